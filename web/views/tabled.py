"""The figure table: a level with its growth in one row, each number as the report writes it and a way to its sentence; and its file."""

from collections.abc import Callable, Sequence

from index.records import Report
from search.export import Cell, Table
from search.levels import Level, bounds, levels, quoted
from search.results import FigureResult, Finding
from web.address import Wanted
from web.answers.cite import CHINESE, DOT, heading, link, when
from web.gloss import gloss, hedged
from web.strings import Words
from web.tags import Html, el, join
from web.views import checked
from web.views.asked import section

MOST = 500  # rows on the page; the files have all
ASIDE = ("duration", "date", "rank")  # kinds of figure that are no measure of anything
COLUMNS = ("indicator", "value", "growth", "hedge", "period", "section")
BY_UNIT = ("value", "growth")  # columns of numbers: those of two units cannot be compared
OF_FILE = (  # its columns
    *("indicator", "of", "text", "value", "value_to", "unit", "kind", "role", "growth", "growth_to", "growth_unit", "hedge"),
    *("period", "status", "section", "paragraph_in_section", "paragraph", "sentence", "report", "place", "date", "link"),
)


def shown(wanted: Wanted, found: Sequence[FigureResult], findings: Sequence[Finding], report: Report, words: Words) -> Html:
    """The measures, the other numbers folded below them, and what `check` found, with charts of what is among the rows."""
    every = levels(found)
    head = [row for row in every if not _aside(row.figure)]
    rest = [row for row in every if _aside(row.figure)]
    if not head:  # the filters leave no measure: then the others are what was asked for
        head, rest = rest, head
    told = _count(head, rest, words)
    body = [el("p", told, class_="counted" if every else "counted none")]
    if every:
        first, others = head[:MOST], rest[: max(0, MOST - len(head))]
        body += [_table(first, f"{report.title}{DOT}{words['tab_figures']}", report, words, "table")]
        body += [_others(others, len(rest), report, words)] if others else []
        starts = {figure.start for row in (*first, *others) for figure in row.figures}
        pairs = [one for one in findings if any(figure.start in starts for figure in one.figures)]
        body += [checked.charts(pairs, words), checked.findings(findings, words)]
    return section(body, told, wanted)


def _aside(figure: FigureResult) -> str | None:
    """The word for what a number is that is no measure: 门槛 of 投资500万元以上项目, 时长 of 14年来最高."""
    if figure.role != "value":
        return f"role_{figure.role}"
    return f"kind_{figure.kind}" if figure.kind in ASIDE else None


def _count(head: Sequence[Level], rest: Sequence[Level], words: Words) -> str:
    if not head:
        return words["rows_none"]
    text = words["rows"].format(rows=len(head), figures=sum(len(row.figures) for row in head))
    if rest:
        text += words["rows_also"].format(count=len(rest))
    return text + (words["rows_shown"].format(shown=MOST) if len(head) + len(rest) > MOST else "")


def _others(others: Sequence[Level], count: int, report: Report, words: Words) -> Html:
    title = words["rows_apart"].format(count=count)
    return el("details", el("summary", title), _table(others, title, report, words), class_="apart")


def _table(found: Sequence[Level], title: str, report: Report, words: Words, name: str | None = None) -> Html:
    head = el("tr", *(_head(column, words) for column in COLUMNS))
    body = join([_line(row, report, words) for row in found])
    return el(
        "table",
        *(el("caption", title, class_="sr"), el("thead", head), el("tbody", body)),
        class_="tbl figures",
        id=name,
        data_ascending=words["sort_ascending"],
        data_descending=words["sort_descending"],
        data_none=words["sort_none"],
    )


def _head(column: str, words: Words) -> Html:
    text = words[f"column_{column}"]
    if column == "period":
        text += DOT + words["column_status"]
    title = words["sort_by_unit"] if column in BY_UNIT else None
    return el("th", el("button", text, type="button", class_="sort", title=title), scope="col", aria_sort="none", class_=column)


def _line(row: Level, report: Report, words: Words) -> Html:
    """What sorts has the value it sorts by: the section its place in the text, the rest what it shows."""
    figure = row.figure
    name = words["share_of"].format(indicator=figure.indicator, of=figure.of) if figure.of else figure.indicator
    hedges, time = _hedges(row, words), when(figure.period, figure.status, words, figure.modifier)
    return el(
        "tr",
        el("th", name, scope="row", class_="indicator", lang=CHINESE, data_value=name),
        _number("value", row.value, report, words),
        _number("growth", row.change, report, words),
        el("td", hedges, class_="hedge", data_value=hedges or None),
        el("td", time, class_="period", data_value=time or None),
        el("td", heading(quoted(figure, report), words), class_="section", lang=CHINESE, data_value=figure.start),
    )


def _number(column: str, figure: FigureResult | None, report: Report, words: Words) -> Html:
    """As the report writes it, but that a fall has its sign; before it what it is, where it is no measure; below it its English."""
    if figure is None:
        return el("td", class_=column)
    quote, aside = quoted(figure, report), _aside(figure)
    kind = [el("small", words[aside], class_="aside", lang=words["lang"]), " "] if aside else []
    text = f"−{figure.text}" if figure.direction == "down" else figure.text
    number = link(quote, [(figure.start, figure.end)], words, text=text, title=quote.quote)
    english = gloss(figure, timed=False) if words.language == "en" else None  # when stands beside it
    below = [el("small", english, lang=words["lang"])] if english else []
    value = format(bounds(figure)[0] or 0, "f")
    return el("td", *kind, number, *below, class_=column, lang=CHINESE, data_value=value, data_unit=figure.unit)


def _hedges(row: Level, words: Words) -> str:
    """Every hedge of the row, none lost; a growth's own says that it is the growth's."""
    grown = hedged(row.growth.modifier, words.language) if row.growth else ""
    told = [hedged(row.figure.modifier, words.language), words["hedge_growth"].format(hedge=grown) if grown else ""]
    return ("; " if words.language == "en" else "；").join(filter(None, told))


def as_table(rows: Sequence[Level], report_of: Callable[[str], Report], words: Words, address: Callable[[FigureResult], str]) -> Table:
    """A file of rows: numbers as numbers in their base units, a fall below zero, each with its sentence, place and link.

    As JSON the figures as contract.md has them, row by row.
    """
    return Table(
        json=[figure.to_dict() for row in rows for figure in row.figures],
        fields=[words[f"column_{name}"] for name in OF_FILE],
        rows=[_cells(row, report_of(row.figure.report_id), words, address(row.figure)) for row in rows],
    )


def _cells(row: Level, report: Report, words: Words, address: str) -> list[Cell]:
    figure, value, change = row.figure, row.value, row.change
    quote, period = quoted(figure, report), figure.period or ""
    return [
        *(figure.indicator, figure.of, figure.text),
        *(*bounds(value), value.unit if value else None, words[f"kind_{figure.kind}"], words[f"role_{figure.role}"]),
        *(*bounds(change), change.unit if change else None, _hedges(row, words)),
        *(int(period) if period.isdecimal() else period, when(None, figure.status, words, figure.modifier)),
        *(quote.section, quote.paragraph_in_section, quote.paragraph, quote.quote),
        *(report.title, report.place, report.date, address),
    ]
