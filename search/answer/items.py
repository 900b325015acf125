"""哪些, 哪几家, 都有谁: the members that the text enumerates, complete; else nothing, and the sentence answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile, takewhile

from index import tokens
from index.figures import numerals
from index.lexicon import load
from index.records import Span
from search.answer import compose
from search.answer.listings import Listing, listings
from search.found import Found
from search.places import citation
from search.question import Question
from search.results import Answer, Item
from search.view import View
from search.words import share_found

LOOKED_AT = 12  # sentences, best first, whose enumerations are looked at
# What speaks for an enumeration, beside the share (0..1) of the question's words that its sentence has.
NAMED, COUNTED, CLAUSE = 0.5, 0.3, 0.4
ENOUGH = 1.0  # below it the sentence alone is given
NOUNS = 3  # words behind 哪些 that may say what is asked for
SURE = 0.9
HEAD = 2  # last characters of a noun, by which it is known: 外资银行 is a 银行
NUMERAL = r"(\d+|[两二三四五六七八九十]+)"


@dataclass(frozen=True, slots=True)
class Asked:
    """What members are asked for: the noun that says what they are (银行), and how many of them the question says there are."""

    noun: str | None
    count: int | None


def list_answer(view: View, question: Question, report_row: int, found: Found) -> Answer | None:
    """The members of the enumeration that answers; None where none is asked for or none is sure."""
    if not _patterns().asked.search(question.matched):
        return None
    asked, best, answer = asked_for(question.matched), ENOUGH, None
    for row in found.best_sentences(view.index.sentences, LOOKED_AT):
        passage, number = view.index.sentences[row]
        sentence = view.corpus.passages[passage].sentences[number]
        for listing in listings(view.texts[report_row], sentence):
            fit = _fit(view, question, report_row, asked, listing, sentence)
            if fit > best:
                best, answer = fit, _answer(view, question, passage, sentence, listing)
    return answer


def asked_for(matched: str) -> Asked:
    """哪几家外资银行来落户 → 银行; 4个集群是哪几个 → 集群, 4."""
    matched = re.sub('[“”"]', "", matched)
    asking, counted = _patterns().which.search(matched), _patterns().counted.search(matched)
    if asking is None:
        return Asked(None, None)
    number = asking[1] or (counted[1] if counted else None)
    value = numerals.parse(number) if number else None
    after = _until_stop(tokens.words(matched[asking.end() :]))[:NOUNS]
    before = _patterns().link.sub("", matched[: asking.start()])
    nouns = after[-1:] or _until_stop(reversed(tokens.words(before)))[:1]
    return Asked(nouns[0] if nouns else None, None if value is None else int(value))


def _until_stop(words: Iterable[str]) -> list[str]:
    stop = {*load("question")["stop"]["words"], *load("lists")["lead"], *load("lists")["tail"]}
    noun = dropwhile(lambda word: len(word) < 2, words)  # 大, 新
    return list(takewhile(lambda word: tokens.WORD.search(word) and word not in stop, noun))


def _fit(view: View, question: Question, report_row: int, asked: Asked, listing: Listing, sentence: Span) -> float:
    """How surely an enumeration is the one asked for."""
    matched = view.texts[report_row]
    members, after = [member.of(matched) for member in listing.members], listing.after.of(matched)
    noun = (asked.noun or "")[-HEAD:]
    named = noun != "" and (noun in after or 2 * sum(noun in member for member in members) > len(members))
    if asked.count is not None and len(members) != asked.count:
        return 0.0  # another enumeration, or one that leaves members out
    shares = [share_found(view, question, report_row, span.of(matched)) for span in (sentence, listing.clause)]
    certain = named or asked.count is not None or (asked.noun in (None, *load("lists")["classes"]) and shares[1] > 0)
    if not certain:
        return 0.0
    return shares[0] + CLAUSE * shares[1] + NAMED * named + COUNTED * (asked.count is not None)


def _answer(view: View, question: Question, passage_row: int, sentence: Span, listing: Listing) -> Answer:
    """The members as the text writes them, each with its place, and the sentence that gives them."""
    passage = view.corpus.passages[passage_row]
    report = view.corpus.reports[passage.report]
    paragraph = report.paragraph(passage.paragraph)
    quote = compose.fitting(view.texts[passage.report], sentence, question, around=listing.span)
    shown = [member for member in listing.members if member.end - listing.span.start <= compose.LONGEST]
    whole = len(shown) == len(listing.members) and (not listing.open or listing.count == len(shown))
    return Answer(
        text="、".join(member.of(report.text) for member in shown) + ("。" if whole else "等。"),
        stated=True,
        reason=None,
        confidence=SURE,
        items=tuple(Item(member.of(report.text), citation(report, paragraph, member)) for member in listing.members),
        citations=(citation(report, paragraph, quote),),
    )


@dataclass(frozen=True, slots=True)
class _Patterns:
    """lexicon/lists.toml compiled."""

    asked: re.Pattern[str]
    which: re.Pattern[str]
    counted: re.Pattern[str]
    link: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    counters = "|".join(map(re.escape, load("lists")["counters"]))
    return _Patterns(
        asked=re.compile(load("lists")["ask"]),
        which=re.compile(rf"哪(?:些|几|{NUMERAL})(?:大)?(?:{counters})?"),
        counted=re.compile(rf"(?<!第){NUMERAL}(?:大)?(?:{counters})"),
        link=re.compile(load("lists")["link"]),
    )
