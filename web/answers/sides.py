"""Two figures set side by side: what comes of them first, then each with its sentence, how it was computed, and what to mind."""

from decimal import Decimal

from search.results import Answer, AnswerRow, AskResult, Computed, FigureResult
from search.written import plain
from web.answers.cite import CHINESE, link, number_of, tag
from web.answers.context import Context, quote_marks, ranges
from web.answers.grid import quoted
from web.answers.value import glossed
from web.gloss import gloss_difference
from web.strings import Words
from web.tags import Html, el, join

HUNDRED = Decimal(100)


def sides(result: AskResult, context: Context) -> Html:
    """The card of an answer with two rows that are both given."""
    answer, words = result.answer, context.words
    rows = [row for row in answer.rows if row.figure and row.citation]
    english = gloss_difference(answer.computed) if answer.computed and words.language == "en" else None
    parts = [_head(answer, rows, words), el("p", english, class_="gloss") if english else Html()]
    parts.append(el("ol", join([_side(result, row, rows, context) for row in rows]), class_="sides"))
    return join([*parts, calculation(answer.computed, words), *_notes(answer, rows, context)])


def _head(answer: Answer, rows: list[AnswerRow], words: Words) -> Html:
    """2007年目标比2006年 small, 低1.5个百分点 large; which is higher where that is asked."""
    first, colon, _ = answer.text.partition("：")
    if answer.form == "compare" and colon:
        return el("h3", first, class_="big", lang=CHINESE)
    if answer.computed is None:
        return el("h3", words["two_figures"])
    said = answer.computed.text.partition("（")[0]
    one, other = (_named(rows[at], rows, words) for at in (answer.computed.operand_rows or (0, 1))[:2])
    small = el("small", words["against"].format(one=one, other=other)) if answer.computed.operation == "difference" else ""
    return el("h3", small, said, class_="big", lang=CHINESE)


def _named(row: AnswerRow, rows: list[AnswerRow], words: Words) -> str:
    """What sets a row apart from the other: its time (2007年目标), else its name."""
    apart = len({(one.year, one.status) for one in rows}) > 1
    year = words["year"].format(year=row.year) if row.year else ""
    return (words["goal"].format(year=year) if row.status == "target" else year) if apart else row.label


def _side(result: AskResult, row: AnswerRow, rows: list[AnswerRow], context: Context) -> Html:
    words, figure, quote = context.words, row.figure, row.citation
    assert figure is not None
    assert quote is not None
    differ = len({one.label for one in rows}) > 1
    name = el("span", row.label, class_="of", lang=CHINESE) if differ else ""
    head = el("h4", el("mark", number_of(row), class_="figure"), tag(row, words), name)
    said = el("blockquote", quoted(quote, quote_marks(result, quote), words), lang=CHINESE)
    return el(
        "li",
        head,
        glossed([figure], words, timed=False),
        said,
        el("p", link(quote, ranges(result.answer, quote), words), class_="from src"),
    )


def calculation(computed: Computed | None, words: Words) -> Html:
    """15% − 16.5%, and that the report does not have it."""
    if computed is None:
        return Html()
    _, bracket, inside = computed.text.partition("（")
    apart = computed.operation == "difference" and "−" in inside  # a rise and a fall are apart by both together
    shown = " − ".join(computed.operands) if apart else inside.rstrip("）") if bracket else computed.text
    return el("p", el("b", shown), el("span", words["computed_by"]), class_="calc")


def _notes(answer: Answer, rows: list[AnswerRow], context: Context) -> list[Html]:
    words = context.words
    found = []
    if answer.computed and answer.computed.why:
        found.append(words.table.get(f"why_{answer.computed.why}", answer.computed.why))
    found += _own_rate([row.figure for row in rows if row.figure], context)
    return [el("p", el("span", note), class_="note") for note in found]


def _own_rate(figures: list[FigureResult], context: Context) -> list[str]:
    """Where the report writes another growth than the two amounts come to."""
    amounts = [figure for figure in figures if figure.kind in ("amount", "count") and figure.period]
    if len(amounts) != 2 or context.report is None or len({one.unit for one in amounts}) > 1:
        return []
    old, new = sorted(amounts, key=lambda figure: figure.period or "")
    if old.period == new.period or not old.value:
        return []
    made = (new.value / old.value - 1) * HUNDRED
    same = (new.indicator, new.period, new.status)
    for stated in context.report.figures:
        if stated.kind == "growth" and (stated.indicator, stated.period, stated.status) == same and stated.direction != "down":
            places = Decimal(1).scaleb(min(0, int(stated.value.as_tuple().exponent)))
            if made.quantize(places) != stated.value:
                return [context.words["own_rate"].format(stated=stated.text, made=plain(made.quantize(places)))]
    return []
