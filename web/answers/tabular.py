"""Answers of several figures: of one report one by one, of several as a grid; or all that a condition leaves, as a table with bars."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from search.beside import same_whole
from search.levels import bounds
from search.results import Answer, AnswerRow, AskResult, Citation, FigureResult
from search.written import fallen
from web.answers.cite import CHINESE, EXPECTED, expected, figure_link, link, number_of, tag, when
from web.answers.context import Context
from web.answers.grid import quoted
from web.answers.pivot import grid
from web.answers.sides import calculation
from web.answers.value import glossed
from web.strings import Words
from web.tags import Html, el, join


def parts(result: AskResult, context: Context) -> Html:
    """Rows in the asker's order: what is found and what is not; above them what comes of them, where that is asked."""
    answer, words = result.answer, context.words
    found = sum(row.stated for row in answer.rows)
    key = "parts_all" if found == len(answer.rows) else "parts_some"
    head = el("h3", answer.computed.text.partition("（")[0] if answer.computed else words[key].format(asked=len(answer.rows), found=found))
    rows = join([_part(row, context) for row in answer.rows])
    return join([head, el("ol", rows, class_="part"), calculation(answer.computed, words)])


def over(result: AskResult, context: Context) -> Html:
    """Rows of several reports: what comes of them in a sentence, then the grid."""
    answer, words = result.answer, context.words
    said, aside = _outcome(answer, words)
    head = el("h3", said, lang=CHINESE if answer.computed else None)
    lead = el("p", aside or words["table_lead"], class_="lead", lang=CHINESE if aside == answer.text else None)
    return join(
        [head, lead, grid(answer.rows, context.wanted, said, words), calculation(answer.computed, words) if aside != answer.text else ""]
    )


def _outcome(answer: Answer, words: Words) -> tuple[str, str]:
    """What became of targets; what is computed of all rows; which come first; else how many are given. What only a later report can say
    is none that is missing. Beside it how many were left out, or the answer's text where only that has what is computed of each place."""
    rows = [row for row in answer.rows if row.reason != "not_yet"]
    told = [row for row in rows if row.figure]
    left = words["left_out"].format(count=len(rows) - len(told)) if len(told) < len(rows) else ""
    verdicts = Counter(row.verdict for row in rows if row.verdict)
    if verdicts:
        counts = [words["counted_verdict"].format(verdict=words[f"verdict_{one}"], count=count) for one, count in verdicts.items()]
        return words["listed"].join(counts), ""
    if answer.computed and len(answer.computed.operand_rows) == len(told):
        return answer.computed.text.partition("（")[0], left
    if answer.plan and answer.plan.order and told:
        best = [row for row in told if row.subject == told[0].subject and bounds(row.figure) == bounds(told[0].figure)]
        names = words["listed"].join(row.label for row in best)
        return words["ranked"].format(
            first=words["highest" if answer.plan.order.descending else "lowest"], names=names, value=best[0].text
        ), left
    later = words["not_yet"].format(count=len(answer.rows) - len(rows)) if len(rows) < len(answer.rows) else ""
    said = words["parts_all" if len(told) == len(rows) else "parts_some"].format(asked=len(rows), found=len(told)) + later
    return said, answer.text if answer.computed else ""


def _part(row: AnswerRow, context: Context) -> Html:
    words, label = context.words, el("h4", row.label, lang=CHINESE)
    if row.figure and row.citation:
        growth = el("span", context.growth_with(row.figure), class_="with", lang=CHINESE)
        said = el("p", el("mark", number_of(row), class_="figure", lang=CHINESE), growth, tag(row, words), class_="val")
        place = el("p", link(row.citation, [(row.figure.start, row.figure.end)], words), class_="from src")
        return el("li", _tick("✓", words["is_found"]), el("div", label, said, glossed([row.figure], words, timed=False), place))
    if row.citation is None:
        said = el("p", words["part_absent"], class_="no-val")
        return el("li", _tick("–", words["is_missing"]), el("div", label, said), class_="no")
    said = join([el("p", words["part_related"], class_="no-val"), el("blockquote", quoted(row.citation, (), words), lang=CHINESE)])
    place = el("p", link(row.citation, [(row.citation.start, row.citation.end)], words), class_="from src")
    return el("li", _tick("–", words["is_missing"]), el("div", label, said, place), class_="no")


def _tick(sign: str, said: str) -> Html:
    return el("span", el("span", sign, aria_hidden="true"), el("span", said, class_="sr"), class_="is")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: its figure, and what was reached of it where it is a target."""

    row: AnswerRow
    figure: FigureResult
    cited: Citation
    reached: tuple[FigureResult, Citation] | None


def table(result: AskResult, context: Context) -> Html:
    """All figures that a condition leaves: those of the paragraph with most of them first."""
    answer, words = result.answer, context.words
    found = [Line(row, row.figure, row.citation, context.beside(row.figure)) for row in answer.rows if row.figure and row.citation]
    of_paragraph = Counter(line.figure.paragraph for line in found)
    if answer.plan is None or answer.plan.operator != "order":
        found.sort(key=lambda line: -of_paragraph[line.figure.paragraph])
    beside = next((line.reached[0] for line in found if line.reached), None)
    lead = words["table_beside" if beside else "table_lead"]
    head = join([el("h3", _title(answer, found, words)), el("p", lead, class_="lead")])
    caption = el("caption", _title(answer, found, words), class_="sr")
    body = join([_line(line, found, words, beside=beside is not None) for line in found])
    shown = el("table", caption, _heads(found, beside, words), el("tbody", body), class_="tbl goals")
    return join([head, shown])


def _title(answer: Answer, found: Sequence[Line], words: Words) -> str:
    if answer.plan and answer.plan.order:
        return words["table_highest" if answer.plan.order.descending else "table_lowest"].format(count=len(found))
    grown = all(line.figure.kind == "growth" for line in found)
    asked = answer.coverage.found if answer.coverage else len(found)
    return words["table_grown" if grown and found else "table_found"].format(count=asked)


def _heads(found: Sequence[Line], beside: FigureResult | None, words: Words) -> Html:
    """When the figures are of stands in the head where it is of all, else in each row."""
    times = {(line.figure.period, line.figure.status) for line in found}
    named = when(found[0].figure.period, found[0].figure.status, words) if len(times) == 1 and beside else words["column_value"]
    heads = [
        el("th", words["column_indicator"], scope="col"),
        el("th", _key(planned=True) if beside else "", named, scope="col", class_="num"),
    ]
    if beside:
        heads.append(el("th", _key(planned=False), words["actual"], scope="col", class_="num"))
    return el("thead", el("tr", *heads, el("th", el("span", words["column_chart"], class_="sr"), scope="col", class_="bars")))


def _key(*, planned: bool) -> Html:
    return el("span", class_="key plan" if planned else "key", aria_hidden="true")


def _line(line: Line, found: Sequence[Line], words: Words, *, beside: bool) -> Html:
    figure = line.figure
    same = len({(one.figure.period, one.figure.status) for one in found}) == 1
    grows = figure.kind == "growth" and figure.direction == "up" and any(one.figure.kind != "growth" for one in found)
    number = [el("small", words["grows"]) if grows else "", figure_link(figure, line.cited, words, line.row.text)]
    period = "" if same and beside else join([" ", el("small", when(figure.period, figure.status, words, figure.modifier))])
    other = line.reached[0].indicator if line.reached and not same_whole(line.reached[0], figure) else ""
    whole = el("small", words["other_whole"].format(name=other), lang=CHINESE) if other else ""
    cells = [el("th", el("span", line.row.label, lang=CHINESE), whole, scope="row")]
    cells.append(el("td", *number, period, glossed([figure], words, timed=False), class_="num strong", lang=CHINESE))
    if beside:
        cells.append(el("td", _reached(line, words), class_="num", lang=CHINESE))
    return el("tr", *cells, el("td", _bars(line, found), class_="bars"))


def _reached(line: Line, words: Words) -> Html:
    if line.reached is None:
        return el("span", "—", role="img", aria_label=words["compare_not"])
    figure, cited = line.reached
    late = el("small", words["expected_short"], " ", class_="hedge") if expected(figure, cited) and EXPECTED not in fallen(figure) else ""
    period = el("small", words["year"].format(year=figure.period)) if figure.period else ""
    return join([late, figure_link(figure, cited, words, fallen(figure)), " ", period, glossed([figure], words, timed=False)])


def _bars(line: Line, found: Sequence[Line]) -> Html:
    """Only within one unit and kind, and only what is of the same whole."""
    mine = [line.figure, *_comparable(line)]
    alike = [one for each in found for one in (each.figure, *_comparable(each)) if _measure(one) == _measure(line.figure)]
    if len(alike) < 2 or line.figure.value_to is not None:
        return Html()
    most = max(one.value for one in alike)
    bars = [_bar(one, most) for one in mine if one.value_to is None]
    return el("span", join(bars), class_="pair", aria_hidden="true")


def _comparable(line: Line) -> list[FigureResult]:
    return [line.reached[0]] if line.reached and same_whole(line.reached[0], line.figure) else []


def _measure(figure: FigureResult) -> tuple[str | None, str, str | None]:
    return figure.unit, figure.kind, figure.direction


def _bar(figure: FigureResult, most: Decimal) -> Html:
    width = figure.value * 100 / most if most else Decimal(0)
    return el("i", class_="plan" if figure.status == "target" else None, style=f"--v:{width:.1f}")
