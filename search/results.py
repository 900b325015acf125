"""What the engine returns: contract.md's objects as frozen records. `.to_dict()` is the JSON of command line, HTTP and Python."""

from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any, Literal

from index.records import Direction, Figure, Kind, Paragraph, Report, Role, Span, Status

Mode = str  # a name of modes.MODES
# The report does not say; speaks of it without the figure; may say it, but not surely enough.
Reason = Literal["absent", "related", "unsure", "not_held", "not_yet", "ambiguous"]
STATUS = {"actual": "已完成", "target": "计划"}  # as people are told
# What became of a target: reached, more than reached, not reached; only how far off (左右); the next report does not say.
Verdict = Literal["met", "over", "missed", "distance", "not_told"]
Bounded = Literal["exact", "at_least", "at_most", "about", "range"]
# values: one indicator and period with two values; sum: parts against their total; growth: a level and a growth against a base;
# target: a target beside the level reached, which is no fault
FindingKind = Literal["values", "sum", "growth", "target"]


class Record:
    """Gives a dataclass its JSON form: tuples as lists, a Decimal as a plain decimal string."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        assert is_dataclass(self)
        return {one.name: _plain(getattr(self, one.name)) for one in fields(self)}


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return format(value, "f") if isinstance(value, Decimal) else value


@dataclass(frozen=True, slots=True)
class Mark(Record):
    """A range of a passage's `text`, counted from its start."""

    start: int
    end: int
    kind: Literal["figure", "term"]


@dataclass(frozen=True, slots=True)
class PassageResult(Record):
    rank: int
    score: float
    report_id: str
    report: str
    section: tuple[str, ...]
    paragraph: int
    paragraph_in_section: int
    line: int
    line_end: int
    start: int
    end: int
    year: str | None
    status: Status | None
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class FigureResult(Record):
    text: str
    value: Decimal
    value_to: Decimal | None
    unit: str | None
    kind: Kind
    role: Role
    direction: Direction | None
    modifier: str | None
    indicator: str
    of: str | None
    period: str | None
    status: Status | None
    unit_written: str | None
    doubtful: bool  # of a scan: a character of it was recognised without certainty
    report_id: str
    section: tuple[str, ...]
    paragraph: int
    line: int
    start: int
    end: int


OF_FIGURE = tuple(one.name for one in fields(FigureResult))
_own = attrgetter(*OF_FIGURE[: OF_FIGURE.index("report_id")])  # what a Figure has of it; the rest is its place


@dataclass(frozen=True, slots=True)
class Citation(Record):
    report_id: str
    report: str
    section: tuple[str, ...]
    paragraph: int
    paragraph_in_section: int
    line: int
    line_end: int
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item(Record):
    text: str
    citation: Citation
    group: str | None = None  # the part of the report, or the place, that it belongs to


@dataclass(frozen=True, slots=True)
class Alternative(Record):
    text: str
    difference: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Computed(Record):
    """What is computed of cited figures: `text` says it with its operands; no `value` where it would mislead, as `why` says."""

    text: str
    value: Decimal | None
    unit: str
    operands: tuple[str, ...]
    operation: str = "difference"
    operand_rows: tuple[int, ...] = ()
    comparable: bool = True
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Condition(Record):
    """What figures or texts are selected by, as far as it is said; bounds as the question writes them."""

    subject: str | None
    kinds: tuple[str, ...] = ()
    unit: str | None = None
    at_least: str | None = None
    at_most: str | None = None
    status: Status | None = None
    year: str | None = None


@dataclass(frozen=True, slots=True)
class Order(Record):
    by: str
    descending: bool
    take: int


@dataclass(frozen=True, slots=True)
class PlanResult(Record):
    """How the question was taken, in one line and in parts."""

    text: str
    source: Literal["cells", "select"]
    operator: str
    condition: Condition | None
    order: Order | None
    confidence: float
    subject: str = ""  # of what it asks, in its own words
    when: str = ""  # 2007年目标、2006年
    operation: str | None = None  # what is computed: difference, sum, mean, ratio, share, growth


@dataclass(frozen=True, slots=True)
class AnswerRow(Record):
    """One cell of a plan, or one figure selected: its figure with its place, or the reason why there is none."""

    label: str
    subject: str
    report_id: str
    report: str
    place: str | None
    year: str | None
    status: Status | None
    stated: bool
    reason: Reason | None
    text: str
    bound: Bounded | None
    figure: FigureResult | None
    citation: Citation | None
    confidence: float
    verdict: Verdict | None = None  # of a target beside its result
    difference: Computed | None = None


@dataclass(frozen=True, slots=True)
class Coverage(Record):
    """Of cells how many are asked for, found and missing; of a selection from how many records or paragraphs it was taken."""

    asked: int | None
    found: int
    missing: tuple[str, ...] = ()
    examined: int | None = None


@dataclass(frozen=True, slots=True)
class Answer(Record):
    text: str
    stated: bool = True
    reason: Reason | None = None
    confidence: float = field(kw_only=True)
    items: tuple[Item, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    computed: Computed | None = None
    figures: tuple[FigureResult, ...] = ()
    citations: tuple[Citation, ...] = ()
    form: str | None = None
    plan: PlanResult | None = None
    rows: tuple[AnswerRow, ...] = ()
    coverage: Coverage | None = None
    more: int = 0  # items that are not shown


@dataclass(frozen=True, slots=True)
class Finding(Record):
    """What `check` lists. `figures[i]` stands in `citations[i]`; `text` is the whole message, its numbers those of the figures."""

    kind: FindingKind
    indicator: str
    text: str
    computed: Computed | None  # the difference, where one is told
    figures: tuple[FigureResult, ...]  # two; of a sum the whole and then its parts; of a growth it, level and base
    citations: tuple[Citation, ...]


def not_stated(reason: Reason) -> Answer:
    """The answer to what the report does not say."""
    text = "报告中没有提到。" if reason == "absent" else "报告谈到了相关内容，但没有给出所问的。"
    return Answer(text, stated=False, reason=reason, confidence=0.9)


def not_held(what: str) -> Answer:
    """The answer where no report of the index is of the place or the year asked for."""
    return Answer(f"索引里没有{what}的报告。", stated=False, reason="not_held", confidence=0.9)


@dataclass(frozen=True, slots=True)
class AskResult(Record):
    """`understood` is the question that was answered: with what a follow-up took from the last one, and as it is spelt."""

    question: str
    understood: str
    answer: Answer
    passages: tuple[PassageResult, ...]
    ms: dict[str, float]
    report_id: str = ""  # of the report that was asked, and its title
    report: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult(Record):
    query: str
    mode: Mode
    passages: tuple[PassageResult, ...]
    ms: dict[str, float]


@dataclass(frozen=True, slots=True)
class Side(Record):
    """One figure of a row: `text` is its number with the hedges around it (5%左右, 下降3%), `citation` its sentence."""

    text: str
    falls: bool  # of a growth: the value is by how much it fell
    figure: FigureResult
    citation: Citation


@dataclass(frozen=True, slots=True)
class Row(Record):
    """What one report gives of an indicator: reached in the year it looks back on, planned for its own; None where that is not sure.

    `planned_before` is what the report of the year before planned for the year looked back on, where the index holds that report;
    `difference` is by how much what was reached exceeds it.
    """

    indicator: str
    kind: Kind
    report_id: str
    report: str
    place: str | None
    year: str | None  # of the report: the one it plans for
    reached: Side | None
    planned: Side | None
    planned_before: Side | None
    difference: Computed | None


@dataclass(frozen=True, slots=True)
class Offer(Record):
    """An indicator that can be set side by side, and how many reports give it."""

    indicator: str
    kind: Kind
    reports: int


def citation(report: Report, paragraph: Paragraph, span: Span, line: int | None = None) -> Citation:
    """The quote of a span, with its place; a heading has its own `line`, and the paragraph below it."""
    place = _place(report, paragraph, span)
    return Citation(**(place if line is None else {**place, "line": line, "line_end": line}), quote=span.of(report.text))


def stands(report: Report, paragraph: Paragraph, span: Span) -> dict[str, Any]:
    """What is said of a passage, or of a whole paragraph, but for what a search says of it: its text and where that stands."""
    section = report.section_of(paragraph)
    when = {"year": section.year if section else None, "status": section.status if section else None}
    return {**_place(report, paragraph, span), **when, "text": span.of(report.text)}


def _place(report: Report, paragraph: Paragraph, span: Span) -> dict[str, Any]:
    section = report.section_of(paragraph)
    return {
        "report_id": report.id,
        "report": report.title,
        "section": section.path if section else (),
        "paragraph": paragraph.number,
        "paragraph_in_section": paragraph.number_in_section,
        "line": paragraph.line,
        "line_end": paragraph.line_end,
        "start": span.start,
        "end": span.end,
    }


def falls(figure: Figure | FigureResult) -> bool:
    """Whether a figure says by how much something fell."""
    return figure.kind in ("growth", "points") and figure.direction == "down"


def figure_result(report: Report, figure: Figure) -> FigureResult:
    paragraph = report.paragraph(figure.paragraph)
    section = report.section_of(paragraph)
    where = (report.id, section.path if section else (), paragraph.number, paragraph.line, figure.span.start, figure.span.end)
    return FigureResult(*(*_own(figure), *where))
