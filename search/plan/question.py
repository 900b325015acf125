"""str → Question: what is asked for, for when, of which place, and which words name the subject."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import cast

from index.errors import QuestionError
from index.figures.recognise import Mention, recognise
from index.records import Report, Span
from index.text import normal
from search.plan.conditions import with_shares
from search.plan.places import other_places, without_own_name
from search.plan.terms import Term, other_words, read_terms, search_words
from search.plan.vocabulary import ASKED, BASE_ASKED, found, is_measure, names_indicator, patterns
from search.plan.wanted import Asks, Wanted, read_wanted
from search.plan.when import Period, read_periods

# 十亿以上的大项目: as people say it, without what it is counted in.
MONEY_BOUND = re.compile(r"([\d一二三四五六七八九十百千两][万亿])(?=(?:以上|以下)[^,，。?]{0,8}(?:项目|企业|公司|工程|工厂))")
LONGEST = 2000  # characters of a question: contract.md
EACH = re.compile(
    r"(?P<subjects>[^,，。?]+?)(?:的[^,，。?]{0,8}?)?[,，]?(?:今年|去年|\d{4}年)?(?:收入|产量|人数|增速|数量)?(?:分别|各自?|各要|各有)"
)
THAN = re.compile(
    r"(?P<one>[^,，。?]+?)比(?!去年|上年|重|例|较|年)(?P<other>[^,，。?]+?)(?:高|低|多|少|大|长|快|慢)[出挣赚拿花产收卖]?(?:了)?(?:多少|几)"
)
AND_THEN = re.compile(r"[,，;、]|以?及|和|与|而")
AND = re.compile(r"、|和|与|及|跟")


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    matched: str
    meant: str  # what is embedded: without the report's own name
    terms: tuple[Term, ...]
    words: tuple[str, ...]  # for BM25, as asked
    other_words: tuple[str, ...]  # of other names of the same
    wanted: tuple[Wanted, ...]  # one for each number asked for, in the order of asking
    firm: bool  # a number is asked for in so many words (多少, 第几), not only by naming a measure
    before: bool  # where something stood before the change that is reported (五年前)
    asks: frozenset[Asks]
    periods: tuple[Period, ...]
    numbers: tuple[Mention, ...]  # figures the question itself gives
    places: tuple[str, ...]  # places named that are not the report's own


def parse(text: str, report: Report) -> Question:
    """Read a question as one put to `report`, whose years 去年 and 今年 are. Raises QuestionError."""
    check_question(text)
    matched = re.sub(r"\s+", " ", normal(text)).strip().replace("几多", "多少")
    matched = MONEY_BOUND.sub(r"\1元", matched)
    matched = with_shares(matched)
    asks = frozenset(cast(Asks, name) for name in patterns("asks") if found("asks", name, matched))
    numbers = tuple(recognise(matched, Span(0, len(matched))))
    places = other_places(matched, report)
    when = read_periods(matched, report)
    terms = read_terms(matched, report)
    words, meant = search_words(matched, report), without_own_name(matched, report)
    return Question(
        text=text,
        matched=matched,
        meant=meant,
        terms=terms,
        words=words,
        other_words=other_words(terms, words),
        wanted=read_wanted(matched, asks, dated=any(p.year for p in when) and names_indicator(matched), bare=meant),
        firm=ASKED.search(matched) is not None,
        before=BASE_ASKED.search(matched) is not None,
        asks=asks,
        periods=when,
        numbers=numbers,
        places=places,
    )


def check_question(text: object) -> str:
    """The question, if it can be asked at all. Raises QuestionError."""
    if not isinstance(text, str):
        raise QuestionError("问题应该是一段文字")
    if len(text) > LONGEST:
        raise QuestionError(f"问题太长了：{len(text)} 个字符，最多 {LONGEST} 个；请缩短后再问")
    if not any(character.isalnum() for character in text):
        raise QuestionError("问题是空的；请输入要问的内容，例如：地区生产总值是多少？")
    place = next((n for n, character in enumerate(text, start=1) if _is_control(character)), None)
    if place is not None:
        raise QuestionError(f"问题里有控制字符（第 {place} 个字符，U+{ord(text[place - 1]):04X}）；请去掉后再问")
    return text


def _is_control(character: str) -> bool:
    """Not what white space is made of, nor marks of direction, which are pasted with a text unseen."""
    return unicodedata.category(character) == "Cc" and not character.isspace()


def split_subjects(question: Question) -> list[Question]:
    """The question put to each of its subjects; the question itself, alone, where it has one."""
    than = THAN.search(question.matched)
    if than and "difference" in question.asks and len(question.periods) < 2:
        return _each(question, [than["one"], than["other"]])
    each = EACH.search(question.matched)
    if each and len(question.wanted) == 1 and len(question.periods) < 2:
        return _each(question, AND.split(each["subjects"]))
    return [question]


def split_periods(question: Question, report: Report) -> list[Question]:
    """Two measures, each with a period of its own (2006年的参合率和2007年的覆盖率); none where both are of one measure."""
    if len(question.periods) != 2 or "difference" in question.asks:
        return []
    for joint in AND_THEN.finditer(question.matched):
        halves = question.matched[: joint.start()], question.matched[joint.end() :]
        years = [[period.year for period in read_periods(half, report)] for half in halves]
        if years != [[period.year] for period in question.periods]:
            continue
        left, right = ([term for term in question.terms if term.text in half] for half in halves)
        named = [is_measure(term.text) for term in right]
        if any(named) and left and not any(term in left for term in right):
            topic = [term for term in left if not is_measure(term.text)]
            return [
                replace(question, matched=half, terms=tuple(terms), periods=(period,))
                for half, terms, period in zip(halves, (left, topic + right), question.periods, strict=True)
            ]
    return []


def _each(question: Question, subjects: list[str]) -> list[Question]:
    owners = [[term for term in question.terms if _stands_in(term, subject)] for subject in subjects]
    if len(subjects) < 2 or not all(owners):
        return [question]
    return [_for_subject(question, subjects, owners, position) for position in range(len(subjects))]


def _for_subject(question: Question, subjects: list[str], owners: list[list[Term]], position: int) -> Question:
    """Without the other subjects; its own words, those of no subject, and the head of the last one, which the list shares: 蛋和奶的产量."""
    own, last = owners[position], owners[-1]
    shared = [term for term in question.terms if not any(term in terms for terms in owners)]
    head = last[1:] if position < len(owners) - 1 and len(last) > 1 and len(own) < len(last) else []
    matched = question.matched
    for other in subjects[:position] + subjects[position + 1 :]:
        matched = matched.replace(other, "", 1)
    asks = question.asks - {"difference", "compare"}  # which is asked of both
    return replace(question, matched=matched, terms=(*own, *head, *shared), asks=asks)


def _stands_in(term: Term, subject: str) -> bool:
    return term.text in subject
