"""What is answered without a search: who gave the report and when, what it has no word of, and which measure has a number."""

import re
from itertools import pairwise

from index import tokens
from index.lexicon import load
from index.records import Figure, Report, Span
from search.answer import compose
from search.find.candidates import fits_period
from search.library.view import Asked
from search.plan.conditions import DENIED, conditions_in, goes_as_asked
from search.plan.question import Question
from search.plan.vocabulary import is_filler
from search.results import Answer, Item, Reason, citation, figure_result, not_stated

MASTHEAD = 24  # paragraphs in which it stands; a portal puts its buttons before it
LONGEST_HEAD = 60  # characters of a line of it that is quoted whole
OFFICE = re.compile(
    r"(?:[一-鿿](?<![成增生])长|书记|主任|主席|总理|总统|委员|秘书|部长|负责人|领导)(?:现在|都)?(?:是|叫|有|为)?(?:谁|哪位|什么名)|(?:谁|哪位)是[^,。?]{0,6}(?:长|书记|主任|主席|总理|负责人)|(?:长|书记|主任|主席)的?(?:姓名|名字)"
)
GIVEN = re.compile(
    r"(?:(?<!工)作|做|发表|宣读|给出|提交)[^,，。]{0,6}报告|报告[^,，。]{0,4}谁|报告人|报告[^,。]{0,6}(?:作的|做的|发表|通过|日期|时间)|(?:通过|召开|开会|举行)|(?:大会|会议)[^,。]{0,8}开"
)


def masthead_answer(question: Question, report: Report) -> Answer | None:
    """The speaker or the date, quoted from the masthead; None where the question is on something else."""
    if "who" in question.asks and report.speaker and _asks_speaker(question, report):
        return _quoted(report, report.speaker, f"（{report.office}）" if report.office else "")
    if "who" in question.asks and OFFICE.search(question.matched):
        return not_stated("absent")  # a report names its speaker and no other office holder
    if "when" in question.asks and report.date and GIVEN.search(question.matched) and len(question.terms) <= 3:
        year, month, day = report.date.split("-")
        return _quoted(report, f"{year}年{int(month)}月{int(day)}日", "")
    return None


def _asks_speaker(question: Question, report: Report) -> bool:
    """市长是谁 asks for a 市长; 副市长是谁 does not."""
    office = (report.office or "\0").removeprefix("代")
    named = re.search(rf"(?<![副原前]){re.escape(office)}", question.matched)
    return not question.places and bool(named or GIVEN.search(question.matched))


def _quoted(report: Report, wanted: str, aside: str) -> Answer | None:
    """The wanted words where they stand in the masthead, spaces inside a name passed over."""
    pattern = re.compile(r"\s*".join(map(re.escape, wanted)))
    for paragraph in report.paragraphs[:MASTHEAD]:
        match = pattern.search(report.text, paragraph.span.start, paragraph.span.end)
        if match:
            whole = paragraph.span.end - paragraph.span.start <= LONGEST_HEAD
            quote = citation(report, paragraph, paragraph.span if whole else Span(*match.span()))
            return Answer(text=wanted + aside, confidence=0.97, citations=(quote,))
    return None


# Shares (0..1) of the question's telling words that stand anywhere in the report.
SUBJECT_KNOWN = 0.3  # then a refusal is "related", else "absent"
MENTIONED = 0.5  # needed where the question is whether the report says something at all


def refused(asked: Asked) -> Reason | None:
    """What the question names and the report lacks: a place, a year, a subject."""
    question, text = asked.question, asked.matched
    if "chat" in question.asks and not any(term.stands_in(text) for term in question.terms):
        return "absent"
    if not question.terms and not question.numbers:
        return "absent"
    if any(place not in text for place in question.places) or (question.firm and names_unknown(asked)):
        return how_absent(asked)
    return "absent" if "mention" in question.asks and asked.known < MENTIONED else None


def names_unknown(asked: Asked) -> bool:
    """Whether a question names a thing by a name that the report has nowhere: 迪士尼乐园, not 工业园区."""
    known = {term.text for term in asked.question.terms if term.stands_in(asked.matched)}
    endings = load("places")["named_things"]
    return any(
        len(name) > 1
        and thing in endings
        and tokens.rarity(name) == 1
        and not is_filler(name)
        and name not in asked.matched
        and name not in known
        for name, thing in pairwise(tokens.words(asked.question.matched))
    )


def how_absent(asked: Asked) -> Reason:
    """Whether the report has the subject of what it does not say."""
    return "related" if asked.known >= SUBJECT_KNOWN else "absent"


WHICH = re.compile(r"哪一?[个项种类样家级门条座所]|哪些|什么(?:指标|行业|产业|领域)|有哪|哪几|which")
SHOWN = 5  # measures named in the text; all of them are in the items


def lookup_answer(asked: Asked, allowed: frozenset[int] | None) -> Answer | None:
    """The measures whose figure is the number given; None where the question asks nothing of the kind."""
    question, view = asked.question, asked.view
    if question.firm or not question.numbers or not WHICH.search(question.matched):
        return None
    bounded = any(True for _ in conditions_in(question.matched, question.numbers))
    if bounded or not _is_value(question) or DENIED.search(question.matched[: question.numbers[-1].span.start]):
        return None
    rows = view.rows[asked.row].figures
    here = (view.figure(row) for row in rows if allowed is None or view.passage_of_figure(row) in allowed)
    figures = [figure for figure in here if _matches(question, figure)]
    return _listed(asked, figures) if figures else None


def _is_value(question: Question) -> bool:
    """Whether the number is what a measure comes to (增长了51%的), and not how many are spoken of (尿毒症等8类大病)."""
    return re.match(r"的是|$|[?。]", question.matched[question.numbers[-1].span.end :]) is not None


def _matches(question: Question, figure: Figure) -> bool:
    given = question.numbers[-1]
    if figure.role != "value" or figure.unit is None or given.unit != figure.unit:
        return False
    unsaid = figure.period is not None and "-" in figure.period  # of several years: the question may name one of them
    if not fits_period(figure, question.periods) and not unsaid:
        return False
    return goes_as_asked(question.matched, figure) and figure.value == given.value


def _listed(asked: Asked, figures: list[Figure]) -> Answer:
    said = [compose.hedged(asked, figure) for figure in figures]
    quotes = [compose.cite(asked, [figure])[0] for figure in figures]
    if len(figures) == 1:
        text = f"{figures[0].indicator}（{said[0]}）。"
    else:
        names = "、".join(dict.fromkeys(figure.indicator for figure in figures[:SHOWN]))
        text = f"{names}{'等' if len(figures) > SHOWN else ''}。"
    told = zip(figures, said, quotes, strict=True)
    return Answer(
        text=text,
        confidence=0.85,
        items=tuple(Item(f"{f.indicator}：{words}", quote) for f, words, quote in told) if len(figures) > 1 else (),
        figures=tuple(figure_result(asked.report, figure) for figure in figures),
        citations=tuple(dict.fromkeys(quotes)),
    )
