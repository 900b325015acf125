"""Reports side by side: a chart, and a table whose every number leads to its sentence."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import get_args

from index.records import Kind, Report
from search.commands.tables import side_by_side
from search.export import Table
from search.library.side_by_side import places
from search.results import Computed, Offer, Row, Side
from web.address import Wanted, file_address
from web.answers.cite import CHINESE, DOT, link, whose
from web.gloss import gloss_difference
from web.strings import Words
from web.tags import Html, el, join
from web.views.asked import section
from web.views.checked import HATCH, SHORTEST, bar
from web.views.searched import select

MOST = 300  # rows on the page; the files have all
FEW = 8  # places to choose from without a box that narrows them
NONE = "—"
KINDS: tuple[Kind, ...] = get_args(Kind)
SIDES = {"planned_before": "planned_before", "reached": "reached_before", "planned": "planned_now"}  # the longest first


def years(reports: Sequence[Report], words: Words) -> list[tuple[str, str]]:
    """The years in which the reports were given, the last first."""
    found = {report.year for report in reports if report.year}
    return [(words["report_year"].format(year=year), year) for year in sorted(found, reverse=True)]


def controls(wanted: Wanted, offers: Sequence[Offer], reports: Sequence[Report], words: Words) -> Html:
    """The indicator, whose list narrows as one types; the places, several of which may be chosen; the year."""
    offered = [
        el("option", words["counted"].format(value=_offered(one, words), count=one.reports), value=_offered(one, words)) for one in offers
    ]
    named = next((_offered(one, words) for one in offers if (one.indicator, one.kind) == (wanted.q, wanted.kind)), wanted.q)
    label = words["indicator"]
    box = el(
        "input", name="indicator", list="indicators", value=named, aria_label=label, placeholder=label, autocomplete="off", id="indicator"
    )
    kinds = [words[f"kind_{kind}"] for kind in KINDS]
    hidden = el(
        "datalist", join(offered), id="indicators", data_kinds=" ".join(f"{name}={kind}" for name, kind in zip(kinds, KINDS, strict=True))
    )
    year = select("year", [(words["any_report_year"], ""), *years(reports, words)], wanted.year, words["any_report_year"])
    links = files(wanted, ("csv", "xlsx", "json"), words)
    return el("div", box, hidden, _places(wanted, reports, words), year, links, class_="filters")


def _offered(offer: Offer, words: Words) -> str:
    return f"{offer.indicator}{DOT}{words[f'kind_{offer.kind}']}"


def _places(wanted: Wanted, reports: Sequence[Report], words: Words) -> Html:
    chosen = wanted.place.split("、") if wanted.place else []
    boxes = [
        el("label", el("input", type="checkbox", name="place", value=name, checked=name in chosen), name, lang=CHINESE)
        for name in places(reports)
    ]
    find = el("input", type="search", placeholder=words["find_place"], aria_label=words["find_place"], data_narrows="label")
    said = words["listed"].join(chosen) or words["any_place"]
    inside = el("div", find if len(boxes) > FEW else "", join(boxes), class_="picks")
    return el("details", el("summary", said), inside, class_="pick", id="places")


def files(wanted: Wanted, endings: Sequence[str], words: Words) -> Html:
    """Links to what is shown as files."""
    to = {end: file_address(end, wanted, words.language) for end in endings}
    links = [el("a", words[f"save_{end}"], href=href, download=f"wenbao.{end}", class_="file") for end, href in to.items()]
    return el("span", join(links), class_="files")


def shown(wanted: Wanted, rows: Sequence[Row], words: Words) -> Html:
    """The reports that give the indicator, then the names of those that do not, or not surely."""
    told = [row for row in rows if row.reached or row.planned or row.planned_before]
    silent = [row for row in rows if row not in told]
    if not told:
        said = words["compare_none"]
        body = [el("p", said, class_="intro")]
    else:
        said = words["compared"].format(indicator=_measure(told[0], words), count=len(told))
        body = [el("p", said, class_="counted"), _chart(told[:MOST], words), _table(told[:MOST], words)]
    if told and silent:
        names = words["listed"].join(_name(row, words) for row in silent)
        body.append(el("p", words["compare_silent"].format(count=len(silent), names=names), class_="counted"))
    return section(body, said, wanted)


def as_table(rows: Sequence[Row], words: Words) -> Table:
    """What the command line has, under headings in the page's language."""
    table = side_by_side([replace(row, report=whose(row.report, row.report_id, words)) for row in rows])
    return replace(table, fields=[_heading(name, words) for name in table.fields])


def _heading(field: str, words: Words) -> str:
    """reached_value → 上年完成 · 数值."""
    for side, said in SIDES.items():
        column = f"column_{field.removeprefix(side).removeprefix('_') or 'text'}"
        if field.startswith(side) and column in words.table:
            return f"{words[said]}{DOT}{words[column]}"
    return words["difference"] if field == "difference" else words[f"column_{field}"]


def _measure(row: Row, words: Words) -> str:
    return f"{row.indicator}{DOT}{words[f'kind_{row.kind}']}"


def _name(row: Row, words: Words) -> str:
    return whose(f"{row.place} {row.year}" if row.place and row.year else row.report, row.report_id, words)


def _table(rows: Sequence[Row], words: Words) -> Html:
    before = any(row.planned_before for row in rows)
    heads = ["column_report", "reached_before", "planned_now", *(["planned_before", "difference"] if before else [])]
    head = el("tr", *(el("th", words[name], scope="col") for name in heads))
    body = join([_line(row, before, words) for row in rows])
    title = el("caption", words["compare_caption"].format(indicator=rows[0].indicator), class_="sr")
    table = el("table", title, el("thead", head), el("tbody", body), class_="sides-table")
    return el("div", table, class_="wide", tabindex="0", role="region", aria_label=rows[0].indicator)


def _line(row: Row, before: bool, words: Words) -> Html:
    sides = [row.reached, row.planned, *([row.planned_before] if before else [])]
    cells = [_cell(side, words) for side in sides]
    if before:
        cells.append(_difference(row.difference, words))
    return el("tr", el("th", _name(row, words), scope="row", lang=CHINESE), *cells)


def _cell(side: Side | None, words: Words) -> Html:
    """A number, the year it is of, and the way to its sentence."""
    if side is None:
        return el("td", el("span", NONE, aria_label=words["compare_not"], role="img"))
    figure = side.figure
    number = link(side.citation, [(figure.start, figure.end)], words, text=side.text)
    return el("td", number, " ", el("small", words["year"].format(year=figure.period)))


def _difference(computed: Computed | None, words: Words) -> Html:
    """How much, and its operands, which a phone has no room for."""
    much, bracket, operands = (computed.text if computed else "").partition("（")
    if computed and words.language == "en" and (english := gloss_difference(computed)):
        return el("td", english, el("small", f" ({operands.rstrip('）')})") if bracket else "")
    return el("td", much, el("small", bracket + operands) if bracket else "", lang=CHINESE)


def _chart(rows: Sequence[Row], words: Words) -> Html:
    """Bars of the numbers in the unit that most have, on one scale; the table below says the same to those who do not see it."""
    units = Counter(side.figure.unit for row in rows for side in (row.reached, row.planned) if side)
    if not units:
        return Html()
    unit = units.most_common(1)[0][0]
    drawn = [(row, [side for side in (row.reached, row.planned) if side and side.figure.unit == unit]) for row in rows]
    values = [_value(side) for _, sides in drawn for side in sides]
    low, high = min(Decimal(0), *values), max(Decimal(0), *values)
    if len(values) < 2 or high == low:
        return Html()
    legend = el("p", bar(False, Decimal(100)), words["actual"], " ", bar(True, Decimal(100)), words["target"])
    title = el("figcaption", el("h2", _measure(rows[0], words)), legend)
    pairs = join([_pair(row, sides, low, high, words) for row, sides in drawn if sides])
    label = words["compare_chart"].format(indicator=rows[0].indicator)
    figure = el("div", Html(HATCH), el("dl", pairs, aria_hidden="true"), role="img", aria_label=label)
    return el("figure", title, figure, class_="chart sides-chart")


def _pair(row: Row, sides: Sequence[Side], low: Decimal, high: Decimal, words: Words) -> Html:
    bars = []
    for side in sides:
        value = _value(side)
        start = (min(value, Decimal(0)) - low) * 100 / (high - low)
        width = max(SHORTEST, abs(value) * 100 / (high - low))
        bars.append(el("dd", bar(side.figure.status == "target", width, start), el("span", side.text)))
    return el("div", el("dt", _name(row, words)), *bars)


def _value(side: Side) -> Decimal:
    """As far as its bar goes: a range to its upper end, a fall to the left."""
    value = side.figure.value_to or side.figure.value
    return -value if side.falls else value
