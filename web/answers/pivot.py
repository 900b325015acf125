"""The grid of figures over reports and years: places and years by indicator, or turned round; each number leads to its sentence.

What is missing says why; intervals are drawn as intervals, on one scale for each measure.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil, floor
from typing import get_args

from index.lexicon import load
from search.levels import bounds
from search.library.extent import level_of, province_of
from search.results import AnswerRow, Bounded, Reason
from search.written import fallen, plain
from web.address import Wanted, address
from web.answers.cite import CHINESE, DOT, EXPECTED, expected, link, number_of, with_own
from web.answers.value import glossed
from web.gloss import gloss_difference, spoken
from web.strings import Words
from web.tags import Attribute, Html, el, join

FIGURES = ("target", "actual", "value")  # columns that have numbers, in this order; "value" is of what is neither planned nor reached
STEPS = 4  # of a scale, about
OPEN, AROUND = Decimal(18), Decimal(9)  # percent of a scale's width that 以上 reaches beyond its number, and 左右 on either side
TEN = Decimal(10)
LARGE = ((TEN**12, "万亿"), (TEN**8, "亿"), (TEN**4, "万"))
Written = tuple[Html, dict[str, Attribute]]  # what a cell has, and its attributes


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the figures of one measure lie: its ends, and what it goes up by."""

    low: Decimal
    high: Decimal
    step: Decimal
    unit: str | None
    kind: str

    def at(self, value: Decimal) -> Decimal:
        """In percent from the left."""
        return (value - self.low) * 100 / (self.high - self.low)

    @property
    def ticks(self) -> list[Decimal]:
        return [self.step * number for number in range(ceil(self.low / self.step), floor(self.high / self.step) + 1)]


@dataclass(frozen=True, slots=True)
class Column:
    """What is told of a subject: planned, reached, how far apart, what became of it, and the drawing. `number` is what orders by it."""

    subject: str
    of: str
    number: int = 0
    scale: Scale | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A place and a year; of targets beside their results one target, whose name is `subject`."""

    place: str
    year: str | None
    subject: str = ""
    rows: list[AnswerRow] = field(default_factory=list)

    def of(self, column: Column) -> list[AnswerRow]:
        return [row for row in self.rows if column.subject in ("", row.subject)]

    def figures(self, column: Column) -> list[AnswerRow]:
        return [row for row in self.of(column) if (row.status or "value") == column.of]


def grid(rows: Sequence[AnswerRow], wanted: Wanted, caption: str, words: Words, measures: Mapping[str, Html] | None = None) -> Html:
    """`measures` are other measures of a subject to change to, as they stand in the head of its column."""
    columns = _columns(rows)
    lines = _ordered(_lines([with_own(row, words) for row in rows]), columns, wanted.order)
    matrix = [[_corner(wanted, words), *(_head(column, columns, wanted, words, measures or {}) for column in columns)]]
    for above, line in zip([None, *lines], lines, strict=False):
        matrix.append([_name(line, above, words), *(_cell(line, column, words) for column in columns)])
    if wanted.turn:
        matrix = [list(row) for row in zip(*matrix, strict=True)]
    head = el("tr", *(el("th", said, scope="col", **more) for said, more in matrix[0]))
    body = [
        el("tr", el("th", row[0][0], scope="row", **row[0][1]), *(el("td", said, **more) for said, more in row[1:])) for row in matrix[1:]
    ]
    table = el("table", el("caption", caption, class_="sr"), el("thead", head), el("tbody", join(body)), class_="tbl grid")
    turn = el("a", words["turn"], href=f"?{address(wanted, turn='' if wanted.turn else '1')}", id="turn", role="button")
    bar = el("div", turn, _keys(columns, words), class_="gridbar")
    return join([bar, el("div", table, class_="wide", tabindex="0", role="region", aria_label=caption), _reasons(rows, words)])


def _lines(rows: Sequence[AnswerRow]) -> list[Line]:
    """A target with what became of it is a line by itself; else what is of one place and year is one, a reader's own reports apart."""
    found: list[Line] = []
    judged = _judged(rows)
    for row in rows:
        line = Line(row.place or row.report, row.year, row.subject if judged else "")
        same = [
            one for one in (found[-1:] if judged else found) if (one.place, one.year, one.subject) == (line.place, line.year, line.subject)
        ]
        if not same or (judged and row.status == "target"):
            found.append(line)
        (same[0] if same and found[-1] is not line else line).rows.append(row)
    return found


def _judged(rows: Sequence[AnswerRow]) -> bool:
    return any(row.verdict for row in rows)


def _columns(rows: Sequence[AnswerRow]) -> list[Column]:
    found: list[Column] = []
    for subject in dict.fromkeys("" if _judged(rows) else row.subject for row in rows):
        own = [row for row in rows if subject in ("", row.subject)]
        of = [name for name in FIGURES if any((row.status or "value") == name for row in own)]
        number = sum(column.number > 0 for column in found) + 1
        found += [Column(subject, name, at) for at, name in enumerate(of, start=number)]
        found += [Column(subject, "difference")] if any(row.difference for row in own) else []
        found += [Column(subject, "verdict")] if any(row.verdict for row in own) else []
        alone = subject or len({row.subject for row in own}) == 1
        scale = _scale(own) if alone else None
        found += [Column(subject, "drawn", scale=scale)] if scale else []
    return found


def _scale(rows: Sequence[AnswerRow]) -> Scale | None:
    """The scale of the measure that most of the figures are of; None where there are not two of it."""
    measures = Counter((row.figure.unit, row.figure.kind) for row in rows if row.figure)
    (unit, kind), count = measures.most_common(1)[0] if measures else ((None, ""), 0)
    figures = [row.figure for row in rows if row.figure and (row.figure.unit, row.figure.kind) == (unit, kind)]
    ends = [end for figure in figures for end in bounds(figure) if end is not None]
    if count < 2:
        return None
    step = _round((max(ends) - min(ends)) / STEPS or abs(ends[0]) / STEPS or Decimal(1))
    beyond = step * 3 / 4  # room for what is open at an end
    return Scale(min(ends) - beyond, max(ends) + beyond, step, unit, kind)


def _round(width: Decimal) -> Decimal:
    """The next number of one digit that a scale goes up by."""
    power = TEN ** width.adjusted()
    return next(power * one for one in (1, 2, 5, 10) if power * one >= width)


def _ordered(lines: list[Line], columns: Sequence[Column], order: str) -> list[Line]:
    """By place; by a column's base values, falling or rising (-2), each unit by itself and what has none last; else as asked."""
    if order == "place":
        return sorted(lines, key=lambda line: (*by_province(line.place), line.year or ""))
    column = next((one for one in columns if one.number and str(one.number) == order.removeprefix("-")), None)
    if column is None:
        return lines
    given = {at: row.figure for at, line in enumerate(lines) for row in line.figures(column)[:1] if row.figure}
    units = list(dict.fromkeys(figure.unit for figure in given.values()))
    sign = 1 if order.startswith("-") else -1
    found = sorted(given, key=lambda at: (units.index(given[at].unit), sign * (bounds(given[at])[0] or 0)))
    return [*(lines[at] for at in found), *(line for at, line in enumerate(lines) if at not in given)]


def by_province(place: str) -> tuple[int, str]:
    """What places are ordered by: the nation, then provinces as they are always listed, each with what lies in it."""
    provinces, own = load("places")["provinces"], province_of(place)
    return (-1 if not level_of(place) else provinces.index(own) if own else len(provinces)), place


def _corner(wanted: Wanted, words: Words) -> Written:
    return _sorting("place", words["column_place"] + DOT + words["column_year"], ("", "place"), wanted, words)


def _head(column: Column, columns: Sequence[Column], wanted: Wanted, words: Words, measures: Mapping[str, Html]) -> Written:
    """The subject stands in the head where there are several, or another measure of it can be had."""
    first = next(one for one in columns if one.subject == column.subject) is column
    several = len({one.subject for one in columns}) > 1 or (first and column.subject in measures)
    of = [el("span", column.subject, class_="of", lang=CHINESE) if several else "", measures.get(column.subject, "") if first else ""]
    said = words["column_chart" if column.of == "drawn" else f"column_{column.of}" if column.of in ("verdict", "value") else column.of]
    if column.scale:
        return join([*of, el("span", said, class_="sr"), _axis(column.scale, words)]), {"class_": "drawn"}
    if not column.number:
        return join([*of, el("span", said)]), {}
    link, more = _sorting(f"by-{column.number}", said, ("", str(column.number), f"-{column.number}"), wanted, words)
    return join([*of, link]), more | {"class_": "num"}


def _sorting(name: str, said: str, orders: Sequence[str], wanted: Wanted, words: Words) -> Written:
    """A heading that goes on to the next order of its column."""
    at = orders.index(wanted.order) if wanted.order in orders else 0
    href = f"?{address(wanted, order=orders[(at + 1) % len(orders)])}"
    aria = "none" if not at else "ascending" if orders[at][:1] in ("-", "p") else "descending"
    return el("a", said, href=href, id=name, class_="sort", title=words["sort"]), {"aria_sort": aria}


def _name(line: Line, above: Line | None, words: Words) -> Written:
    """The place is seen once above its years."""
    place = el("span", line.place, class_="same" if above and above.place == line.place else None, lang=CHINESE)
    year = el("small", words["year"].format(year=line.year)) if line.year else ""
    return join([place, " ", year, el("span", line.subject, class_="of", lang=CHINESE) if line.subject else ""]), {}


def _cell(line: Line, column: Column, words: Words) -> Written:
    if column.of == "drawn" and column.scale:
        drawn = [_drawn(row, column.scale) for row in line.of(column) if row.figure]
        return el("div", join(drawn), class_="iv", aria_hidden="true"), {"class_": "drawn"}
    if column.of == "verdict":
        return join([el("span", words[f"verdict_{row.verdict}"], class_=row.verdict) for row in line.rows if row.verdict]), {
            "class_": "verdict"
        }
    if column.of == "difference":
        return join([_difference(row, words) for row in line.of(column)]), {}
    rows = line.figures(column)
    told = [join([number(row, words), el("small", row.report) if len(rows) > 1 else ""]) for row in rows]
    return join(told if len(told) < 2 else [el("div", one) for one in told]), {"class_": "num"}


def number(row: AnswerRow, words: Words) -> Html:
    """A number with its hedges, which leads to its sentence; or why there is none."""
    if row.figure is None or row.citation is None:
        reason = row.reason or "absent"
        said = el("span", words[f"reason_{reason}"], class_="none", title=words[f"because_{reason}"])
        return said if row.citation is None else link(row.citation, (), words, text=words[f"reason_{reason}"], title=row.citation.quote)
    late = expected(row.figure, row.citation) and EXPECTED not in fallen(row.figure)
    hedge = el("small", words["expected_short"], " ", class_="hedge") if late else ""
    where = link(row.citation, [(row.figure.start, row.figure.end)], words, text=number_of(row), title=row.citation.quote)
    return join([hedge, where, glossed([row.figure], words, timed=False)])


def _difference(row: AnswerRow, words: Words) -> Html:
    """How much, and its operands, which a phone has no room for."""
    if row.difference is None:
        return Html()
    much, bracket, operands = row.difference.text.partition("（")
    english = gloss_difference(row.difference) if words.language == "en" else None
    inside = el("small", f" ({operands.rstrip('）')})" if english else bracket + operands) if bracket else ""
    return el("span", english or much, inside, lang=None if english else CHINESE)


def _axis(scale: Scale, words: Words) -> Html:
    unit = scale.unit if scale.unit in ("%", "‰") else ""
    said = [el("span", f"{_short(tick, words)}{unit}", style=f"--a:{scale.at(tick):.2f}") for tick in scale.ticks]
    return el("div", join(said), class_="iv axis", aria_hidden="true")


def _short(value: Decimal, words: Words) -> str:
    """1.5万亿, 1.5 trillion."""
    size, name = next(((size, name) for size, name in LARGE if abs(value) >= size), (Decimal(1), ""))
    return spoken(value) if words.language == "en" else plain(value / size) + name


def _drawn(row: AnswerRow, scale: Scale) -> Html:
    """An interval from end to end; 以上 open to the right, 以内 to the left, of a fall turned; a line is a target, a dot a result."""
    figure = row.figure
    if figure is None or (figure.unit, figure.kind) != (scale.unit, scale.kind):
        return Html()
    first, last = bounds(figure)
    at = scale.at(first or Decimal(0))
    side = "" if row.status == "target" else " real"
    if last is not None:
        low, high = sorted((at, scale.at(last)))
        return el("i", class_=f"t span{side}", style=f"--a:{low:.2f};--w:{high - low:.2f}")
    bound: Bounded = row.bound or "exact"
    falls, up = figure.direction == "down", bound == "at_least"
    start, width = {"about": (at - AROUND, 2 * AROUND)}.get(bound, (at if up != falls else at - OPEN, OPEN))
    open_ = f"t {'about' if bound == 'about' else 'open' if up != falls else 'open down'}{side}"
    reach = el("i", class_=open_, style=f"--a:{start:.2f};--w:{width:.2f}") if bound not in ("exact", "range") else ""
    return join([reach, el("i", class_="tick" if row.status == "target" else "dot", style=f"--a:{at:.2f}")])


def _keys(columns: Sequence[Column], words: Words) -> Html:
    """What the drawing is made of."""
    if not any(column.scale for column in columns):
        return Html()
    signs = (("target", "tick"), ("actual", "dot"), ("key_range", "t span"), ("key_open", "t open"), ("key_about", "t about"))
    shown = [el("span", el("b", el("i", class_=sign), class_="k"), words[name]) for name, sign in signs]
    return el("div", join(shown), class_="keys", aria_hidden="true")


def _reasons(rows: Sequence[AnswerRow], words: Words) -> Html:
    """Those that stand in the grid, each with what it means."""
    there = {row.reason for row in rows if not row.stated}
    found = [el("div", el("dt", words[f"reason_{one}"]), el("dd", words[f"because_{one}"])) for one in get_args(Reason) if one in there]
    return el("dl", join(found), class_="states") if found else Html()
