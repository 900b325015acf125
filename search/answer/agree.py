"""Whether a figure is what is asked of its measure: a total or one for each, a level or a change, a number or a rate."""

from __future__ import annotations

import re
from functools import cache

from index.figures.clauses import BREAK
from index.lexicon import load
from index.records import COUNTED, Figure
from index.text import normal
from search.question import Question, Wanted

RATIO_ASKED, RATIO = "几比几", re.compile("[:：∶比]")
SECOND = re.compile(
    r"\d[^\d,，;；。]{0,6}[和、及与]$"
)  # right behind another number; not 从100元、80元提高到 before the first of two
PEOPLE = (None, "人", "名", "位", "人次", "户")
GROWTH = ("growth", "points", "multiple")


def agrees(question: Question, wanted: Wanted, figure: Figure, matched: str) -> bool:
    """False where the question asks for another number of the same thing. `matched` is the report in normal form."""
    if not _half(question, figure, matched) or (RATIO_ASKED in wanted.part and not RATIO.search(figure.text)):
        return False
    if not (_from_abroad(question, figure, matched) and _of_event(question, figure, matched)):
        return False
    if figure.kind in COUNTED:
        return (
            _for_each(question, figure, matched)
            and _changed(question, wanted, figure, matched)
            and _added(question, figure, matched)
            and _counts(question, wanted, figure)
        )
    if figure.direction == "up" and _pattern("falling").search(wanted.part):
        return False
    return _level(question, wanted, figure) and _rate_named(question, wanted, figure)


def asks_change(text: str) -> bool:
    """比前一年多收了多少: what a report gives as a change itself (比上年增加…) answers it, no level does."""
    return _pattern("more").search(text) is not None


def is_change(figure: Figure, matched: str) -> bool:
    """Whether a verb of change stands right before a number: 比上年增加500万人次."""
    return re.search(rf"{load('question')['agree']['change']}$", _before(figure, matched)) is not None


def _half(question: Question, figure: Figure, matched: str) -> bool:
    """城乡居民……分别提高到798元和676元: the first is of the towns, the second of the country."""
    joint = _pattern("both").search(matched, figure.clause.start, figure.span.start)
    town, country = (_pattern(name).search(question.matched) is not None for name in ("town", "country"))
    if joint is None or town == country:
        return True
    is_second = SECOND.search(matched[joint.end() : figure.span.start]) is not None
    return is_second == country


def _from_abroad(question: Question, figure: Figure, matched: str) -> bool:
    """How many foreigners came is not said by how many came in all."""
    asked = _pattern("visitors").search(question.matched) and _pattern("abroad").search(question.matched)
    return not asked or _pattern("from_abroad").search(figure.sentence.of(matched)) is not None


def _of_event(question: Question, figure: Figure, matched: str) -> bool:
    """博览会盛况空前，累计接待游客1268万人次 does not say how many visitors there were in all, nor 全国运动会上获得48枚 how many medals
    亚冬会 brought."""
    asked, sentence = _pattern("named_event").search(question.matched), figure.sentence.of(matched)
    names = [name for term in question.terms if asked and asked[0] in term.text for name in term.names]
    if asked and _pattern("any_event").search(sentence) and not any(name in sentence for name in (asked[0], *names)):
        return False
    before = matched[figure.sentence.start : figure.span.start].lstrip("—- \u3000")
    return _pattern("event").match(before) is None or _pattern("event_asked").search(question.matched) is not None


def _for_each(question: Question, figure: Figure, matched: str) -> bool:
    """人均生产总值 is answered by nothing but one for each, 生产总值 by none of these."""
    per = _pattern("per")
    if per.search(normal(figure.indicator)) or per.search(_before(figure, matched)):
        names = (name for term in question.terms for name in term.names)
        return _pattern("per_asked").search(question.matched) is not None or any(map(per.search, names))
    asked = per.search(question.matched)
    return asked is None or _pattern("each").search(matched[figure.sentence.start : figure.span.start]) is not None


def _changed(question: Question, wanted: Wanted, figure: Figure, matched: str) -> bool:
    """优良天数增加7.8天 does not say how many days there were, and 达到46947万吨 not by how much there was more."""
    change = is_change(figure, matched)
    alone = len(question.wanted) > 1 or ("difference" in question.asks and len(question.periods) < 2)
    if alone and asks_change(wanted.part):
        return change
    return not change or _pattern("change_asked").search(question.matched) is not None


def _added(question: Question, figure: Figure, matched: str) -> bool:
    """新增运营里程 is not all there is."""
    added = _pattern("added")
    before = _before(figure, matched)
    new = (added.search(figure.indicator) or added.search(before)) and not _pattern("in_all").search(before)
    all_asked = _pattern("stock").search(question.matched) and not _pattern("change_asked").search(question.matched)
    return not (new and all_asked)


def _counts(question: Question, wanted: Wanted, figure: Figure) -> bool:
    """Of 三十万手工业者组织在四千八百多个生产合作社中 the second is not how many 手工业者 there are."""
    asked = _pattern("people").search(wanted.part)
    if asked is None or figure.unit in PEOPLE:
        return True
    names = [name for term in question.terms if term.text in asked[1] for name in term.names]
    return any(name in figure.indicator for name in (asked[1], *names))


def _level(question: Question, wanted: Wanted, figure: Figure) -> bool:
    """是多少 is not answered by how fast it grows, unless a plan is asked for: that is as often for the growth.

    降到多少 asks where it ends.
    """
    if figure.kind not in GROWTH or wanted.kinds.isdisjoint(COUNTED):
        return True
    if _pattern("reached").search(wanted.part or question.matched):
        return False
    return (
        any(period.status == "target" for period in question.periods)
        or _pattern("growing").search(wanted.part or question.matched) is not None
    )


def _rate_named(question: Question, wanted: Wanted, figure: Figure) -> bool:
    """Where just a number is asked for, a rate answers only if it is named by the question: 常住人口 is no 城镇化率."""
    if figure.kind not in ("rate", "share") or wanted.kinds.isdisjoint(COUNTED):
        return True
    if wanted.measured:
        return False
    head = next((word for word in load("question")["agree"]["rates"] if figure.indicator.endswith(word)), None)
    names = " ".join([question.matched, *(name for term in question.terms for name in term.names)])
    return head is None or head in names


def _before(figure: Figure, matched: str) -> str:
    """The words between the last break, or number, and the figure."""
    start = figure.clause.start
    breaks = [match.end() for match in BREAK.finditer(matched, start, figure.span.start)]
    return re.split(r"\d", matched[max([start, *breaks]) : figure.span.start])[-1]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load("question")["agree"][name])
