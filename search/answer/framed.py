"""What every answer is framed by: how it was taken, how sure it is, what is missing, and a text that is not too long."""

from collections.abc import Sequence

from index.records import Figure, Span, Status
from search.answer import compose
from search.answer.cells import Gathered
from search.answer.direct import SUBJECT_KNOWN, how_absent
from search.answer.select import Picked
from search.find.candidates import fits_period
from search.match.model import Signals, Sureness, sure
from search.plan.plans import Plan, bounds_of
from search.results import (
    Answer,
    AnswerRow,
    Citation,
    Computed,
    Condition,
    Coverage,
    FigureResult,
    Order,
    PlanResult,
    figure_result,
    not_stated,
)

# Chances (0..1) that an answer is right as asked, and that the report says what is asked, below which it is not stated but its readings
# are shown: on questions to reports left out they refuse .90 of what is not said and lose .03 of what is answered whole.
STATED, SAID = 0.2, 0.6
ALONE = 0.3  # the first of them for a number that is asked for in so many words, of which rules find none
# The first of them, of what is no figure, where the report has hardly any of the question's telling words and rules find no sentence.
UNKNOWN = 0.65
READABLE = 0.1  # chance from which what is not stated is worth showing as a reading
TARGET = ("", "目标")
LONGEST = 200  # characters of a text: contract.md
MOST_CITED = 16


def sureness_of(
    gathered: Gathered, form: str, signals: Signals, figures: Sequence[Figure | None] | None, places: Sequence[Span | Citation] = ()
) -> Sureness:
    """How sure an answer is that gives these figures, or quotes these places."""
    evidence, arrays = gathered.evidence, gathered.evidence.arrays
    at = None if figures is None else [arrays.position[figure.span] for figure in figures if figure is not None]
    sentences = [arrays.sentence_at(place.start) for place in places]
    return sure(form, signals, evidence, sentences, at)


def framed(
    gathered: Gathered,
    plan: Plan,
    sureness: Sureness,
    text: str,
    rows: tuple[AnswerRow, ...] = (),
    figures: Sequence[Figure] = (),
    computed: Computed | None = None,
    *,
    items: Picked | None = None,
    quotes: tuple[Citation, ...] = (),
    readings: Sequence[Figure] = (),
    examined: int | None = None,
    found: int | None = None,
) -> Answer:
    """An answer with how it was taken and what is missing; below STATED it is not stated, and what it would have said is a reading."""
    asked, report = gathered.asked, gathered.asked.report
    missing = tuple(row.label for row in rows if not row.stated)
    once = [*dict.fromkeys(figures)]
    shown: list[FigureResult] = [figure_result(report, figure) for figure in once]
    cited = compose.cite(asked, once)
    given, best = (items.items, items.best) if items else ((), 0)
    count = len(rows) - len(missing) if rows else len(given) or len(quotes)
    coverage = (
        Coverage(len(rows), count, missing) if plan.source == "cells" else Coverage(None, count if found is None else found, (), examined)
    )
    frame = {"confidence": round(sureness.right, 2), "form": plan.form, "plan": plan_result(gathered, plan), "coverage": coverage}
    nothing = not (figures or given or quotes)
    spoken_of = bool(figures) or gathered.found.known >= SUBJECT_KNOWN or gathered.said_by_rules is not None
    least = UNKNOWN if not spoken_of else ALONE if asked.question.firm and plan.source == "cells" else STATED
    given_out = not nothing and sureness.right >= least and sureness.said >= SAID
    if not given_out:
        fitting = [figure for figure in (*figures, *readings) if fits_period(figure, asked.question.periods)]
        others = compose.readings(asked, fitting) if sureness.right >= READABLE and gathered.found.known > 0 else ()
        if others:
            return Answer("报告里没有找到可靠的答案。", False, "unsure", alternatives=others, **frame)  # type: ignore[arg-type]
        reason = how_absent(asked)
        return Answer(not_stated(reason).text, False, reason, **frame)  # type: ignore[arg-type]
    others = compose.readings(asked, readings)
    return Answer(
        text, alternatives=others, items=given, computed=computed, figures=tuple(shown), rows=rows, more=items.more if items else 0,
        citations=tuple(dict.fromkeys([*cited, *quotes, *(one.citation for one in (*given[best:], *given[:best]))][:MOST_CITED])), **frame,  # type: ignore[arg-type]
    )  # fmt: skip


def plan_result(gathered: Gathered, plan: Plan) -> PlanResult:
    """A plan in one line, as a reader sees it, and in parts."""
    matched, question = gathered.asked.question.matched, gathered.asked.question
    lower, upper = bounds_of(question)
    when = "、".join(dict.fromkeys(dated(period.year, period.status) for period in question.periods))
    if plan.source == "cells":
        subject = "、".join(dict.fromkeys(cell.named(matched) for cell in plan.cells))
        condition = None
    else:
        terms = "".join(term.text for term in question.terms)
        subject = plan.subject or terms
        statuses = {period.status for period in question.periods if period.status}
        years = {period.year for period in question.periods if period.year}
        condition = Condition(
            terms or None,
            unit=next((one.unit for one in question.wanted if one.unit), None),
            at_least=lower,
            at_most=upper,
            status=statuses.pop() if len(statuses) == 1 else None,
            year=years.pop() if len(years) == 1 else None,
        )
    text = " · ".join(filter(None, [subject, when, lower, upper, compose.FORM_NAMES[plan.form]]))
    order = Order("value", plan.descending, plan.take) if plan.operator == "order" else None
    return PlanResult(text, plan.source, plan.operator, condition, order, round(plan.probability, 2), subject, when, plan.operation)


def dated(year: str | None, status: Status | None) -> str:
    """2007年目标."""
    return f"{year}年{TARGET[status == 'target']}" if year else TARGET[status == "target"]


def joined(parts: Sequence[str], head: str = "", tail: str = "", mark: str = "；") -> str:
    """Parts as one text, as many as a text may hold."""
    said = head
    for number, part in enumerate(parts):
        more = f"{mark if number else ''}{part}"
        if len(said) + len(more) + len(tail) + 4 > LONGEST:
            return f"{said}{tail}等。"
        said += more
    return f"{said}{tail}".rstrip("。") + "。"


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
