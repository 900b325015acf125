"""A question with two subjects as one question for each: 蛋和奶的产量分别是多少, 甲比乙高多少."""

from __future__ import annotations

import re
from dataclasses import replace

from index.records import Report
from search.answer.measure import is_measure
from search.question import Question, Term
from search.question.when import read_periods

EACH = re.compile(
    r"(?P<subjects>[^,，。?]+?)(?:的[^,，。?]{0,8}?)?[,，]?(?:今年|去年|\d{4}年)?(?:收入|产量|人数|增速|数量)?(?:分别|各自?|各要|各有)"
)
THAN = re.compile(
    r"(?P<one>[^,，。?]+?)比(?!去年|上年|重|例|较|年)(?P<other>[^,，。?]+?)(?:高|低|多|少|大|长|快|慢)[出挣赚拿花产收卖]?(?:了)?(?:多少|几)"
)
AND_THEN = re.compile(r"[,，;、]|以?及|和|与|而")
AND = re.compile(r"、|和|与|及|跟")


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
