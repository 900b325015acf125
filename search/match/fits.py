"""Whether a figure may be the one asked for at all: its kind, unit, period, role, measure and place."""

import re
from functools import cache, partial

from index.figures.clauses import BREAK
from index.lexicon import load
from index.lexicon.compiled import pattern_of
from index.records import COUNTED, Figure
from index.text import normal
from search.find.candidates import Candidate
from search.library.view import Asked, indicator_words
from search.plan.question import Question
from search.plan.terms import Term
from search.plan.vocabulary import NAMED, is_indicator, measure_groups, names_of
from search.plan.wanted import Wanted

_pattern = partial(pattern_of, "question", "agree")

BOUND_ASKED = re.compile(
    r"(?:超过?|高于|不低于|不少于|达到)(?:多少|几)[^,，。?]{0,6}(?:才|算|以上)|"
    r"(?:多少|几)[^,，。?]{0,4}以上[^,，。?]{0,8}(?:才|算)"
)

AGE = "岁"  # asked for it is as often a bound: 多少岁以上免费体检


def fits(asked: Asked, candidate: Candidate, number: int) -> bool:
    """Whether kind, unit, period and place are those asked for, and the figure a value, not a bound or a base."""
    question, figure, matched = asked.question, candidate.figure, asked.matched
    if not (candidate.fits[number] and candidate.period_fits and in_role(question, figure)) or _given(question, figure):
        return False
    return (
        candidate.bound >= 0  # the projects of 5 million are not those of a billion
        and measures_it(question, figure, matched)
        and agrees(question, question.wanted[number], figure, matched)
        and named_whole(asked, figure)
        and _in_place(asked, figure)
    )


def _given(question: Question, figure: Figure) -> bool:
    """Whether the question gives the figure itself, and so asks for another: 对美贸易掉了三成，外贸总额涨了多少."""
    given = {(number.value, number.unit) for number in question.numbers}
    return "yesno" not in question.asks and (figure.value, figure.unit) in given


def in_role(question: Question, figure: Figure) -> bool:
    """A bound, a base or a value, as is asked; the base of a change (从2020年的3.68万亿元) is the value of the year it names."""
    if BOUND_ASKED.search(question.matched):
        return figure.role == "threshold"
    if question.before:
        return figure.role == "base"
    if figure.role == "threshold" and figure.unit == AGE:
        return any(wanted.unit == AGE for wanted in question.wanted)
    dated = figure.period is not None and any(period.year == figure.period for period in question.periods)
    return figure.role == "value" or (figure.role == "base" and dated)


def _in_place(asked: Asked, figure: Figure) -> bool:
    """A figure of another place than the report's own must stand where that place is named."""
    whole = of_the_whole(asked.question, figure, asked.matched)
    text = (figure.clause if whole else figure.sentence).of(asked.matched)
    return all(_names(text, place) or place in asked.heading(figure) for place in asked.question.places)


def _names(text: str, place: str) -> bool:
    """Whether a text has a place by its name, or among others by its short one: 天津 in 京津冀."""
    short = next((short for short, name in load("places")["short"].items() if name == place), None)
    return place in text or (short is not None and any(short in run for run in _short_names().findall(text)))


@cache
def _short_names() -> re.Pattern[str]:
    return re.compile(f"[{''.join(load('places')['short'])}]{{2,}}")


SHARE_OF = re.compile(r"占(?!几|多|比)(?P<whole>[^占,，。?]{1,16}?)的?(?:比重|比例|份额|多少|多大|几|百分|%|$|[?])")
PRODUCED = re.compile(r"(?:总?共|一年|能)*(?:生产|出产|产)[了出]?(?:多少|几)")
WORLD = re.compile(r"全?世界")
WHOLE = re.compile(r"[全我][国省市区县旗州疆]|全自治区")


def measures_it(question: Question, figure: Figure, matched: str) -> bool:
    """False where the figure names another measure than the question, or is a share of another whole.

    `matched` is the report in normal form.
    """
    asked, given = measure_groups(_without_whole(question.matched)), measure_groups(indicator_words(figure))
    if asked and given:
        names = " ".join(name for term in question.terms if measure_groups(term.text) for name in term.names)
        if not given & (asked | measure_groups(names)):
            return False
    return _said(question, figure, matched) and _same_whole(question.matched, figure, matched) and _of_no_part(question, figure, matched)


def named_whole(asked: Asked, figure: Figure) -> bool:
    """Whether what the question puts right before a measure stands about the figure: 旅游总收入 is not any 总收入."""
    question, matched = asked.question, asked.matched
    heading = indicator_words(figure) + normal(asked.heading(figure))
    around = heading + asked.report.paragraph(figure.paragraph).span.of(matched)
    near = heading + figure.sentence.of(matched)
    owners = load("question")["measures"]["owners"]
    own = [t for t in question.terms if len(t.text) >= NAMED and is_indicator(t.text) and t.text not in owners]
    # what the report says of these it says by their names
    named = [term for term in own if term.stands_in(matched)] + _produced(question)
    return all(term.share_in(around) > 0 for term in _restricting(question)) and all(term.share_in(near) > 0 for term in named)


def _produced(question: Question) -> list[Term]:
    """What is asked how much of it was made: 芒果产了多少吨."""
    starts = {match.start() for match in PRODUCED.finditer(question.matched)}
    return [term for term in question.terms if _end(question, term) in starts]


def _end(question: Question, term: Term) -> int:
    """Where a term ends in the question."""
    return question.matched.find(term.text) + len(term.text)


def _restricting(question: Question) -> list[Term]:
    """The terms that stand right before a measure in the question."""
    owners = load("question")["measures"]["owners"]
    named = [term for term in question.terms if len(term.text) > 1 and term.text not in owners]
    ends = {_end(question, term): term for term in named}
    bare = [term.text for term in question.terms if measure_groups(term.text) and not is_indicator(term.text)]
    measures = [question.matched.find(text) for text in bare]
    starts = [end for start in measures for end in (start, start - 1) if end == start or question.matched[end] == "的"]
    return [ends[start] for start in starts if start > 0 and start in ends]


def of_the_whole(question: Question, figure: Figure, matched: str) -> bool:
    """Whether a clause begins with all of the place (全省机场旅客吞吐量), which is not what a question names a part of it by."""
    words = WHOLE.match(matched[figure.clause.start : figure.span.start])
    return words is not None and words[0] not in question.matched


def _of_no_part(question: Question, figure: Figure, matched: str) -> bool:
    """全省机场旅客 is not 白云机场旅客: a word of the question that the clause has, and the one right before it that it has not."""
    if not of_the_whole(question, figure, matched):
        return True
    text = figure.clause.of(matched) + indicator_words(figure)
    ends = {_end(question, term): term for term in question.terms if len(term.text) > 1}
    pairs = [(ends.get(question.matched.find(term.text)), term) for term in question.terms if len(term.text) > 1]
    return not any(before and term.share_in(text) and not before.share_in(text) for before, term in pairs)


def _said(question: Question, figure: Figure, matched: str) -> bool:
    """Whether the sentence, or the indicator, says what is measured, by this or by another name."""
    text = indicator_words(figure) + figure.sentence.of(matched)
    for noun in load("question")["measures"]["said"]:
        if noun in question.matched:
            names = [name for term in question.terms if noun in term.text for name in term.names]
            if not any(name in text for name in (noun, *names)):
                return False
    return True


def _same_whole(asked: str, figure: Figure, matched: str) -> bool:
    """Whether a share is of the whole that is asked for; a figure that is none, or names no whole, says nothing against it."""
    match = SHARE_OF.search(asked)
    if match is None or figure.kind != "share" or figure.of is None:
        return True
    whole, of = WORLD.sub("全球", match["whole"]), normal(figure.of)
    written = SHARE_OF.search(figure.clause.of(matched))  # 占世界经济比重: its whole without the words before it is 经济
    of = WORLD.sub("全球", written["whole"] if written and of in written["whole"] else of)
    scope, other = _scope(whole), _scope(of)
    rest = whole.replace(scope, "").strip("的全 ")
    if scope and scope != other and (other or not rest):  # 占全省的比重 is no share of the city, 占全市GDP one of GDP
        return False
    return not rest or any(name in of for name in names_of(rest)) or of in rest or _alike(rest, of)


def _without_whole(asked: str) -> str:
    """花了多少钱，占财政支出的百分之几: what a share is of is not what is asked for."""
    match = SHARE_OF.search(asked)
    return asked if match is None else asked[: match.start("whole")] + asked[match.end("whole") :]


def _scope(text: str) -> str:
    """The word for the whole place, if there is one: 全省, 全国."""
    return next((word for word in load("figures")["places"]["scope"] if len(word) > 1 and word in text), "")


def _alike(one: str, other: str) -> bool:
    """Whether two phrases share a pair of characters."""
    return any(one[i : i + 2] in other for i in range(len(one) - 1))


RATIO_ASKED, RATIO = "几比几", re.compile("[:：∶比]")
SECOND = re.compile(r"\d[^\d,，;；。]{0,6}[和、及与]$")  # right behind another number; not 从100元、80元提高到 before the first of two
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
