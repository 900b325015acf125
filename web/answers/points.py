"""Answers that are lists of quoted clauses: points in groups, the text's own enumeration, an outline, names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from search.results import AskResult, Item
from web.address import Wanted, address
from web.answers.cite import CHINESE, Range, link
from web.answers.context import Context
from web.answers.grid import quoted
from web.strings import Words
from web.tags import Html, el, join

MOST = 100  # reports that are named one by one; the library has all
OPEN = 5  # of each group in sight; the rest unfolds
# What numbers the members of a list: 一是, 第一, （一）, 一、, 1. (a closed class)
NUMERAL = "[一二三四五六七八九十]{1,3}"
ORDINAL = re.compile(rf"(?:{NUMERAL}[是、]|第{NUMERAL}[，、]?|[（(]{NUMERAL}[）)]|\d{{1,2}}[.、．])")
GROUP = re.compile(r"(?:([\d—–-]+)年)?(已完成|计划)")
STATUS = {"已完成": "actual", "计划": "target"}
NAME = 24  # characters: longer ones are clauses
ENDS = "，。；;, "
LONGEST_LEAD = 120  # characters of what stands before or after a list


@dataclass(frozen=True, slots=True)
class Point:
    """An item with its number in the answer and where it stands in the report."""

    number: int
    item: Item
    at: Range


def listing(result: AskResult, context: Context) -> Html:
    """The card of an answer that has items."""
    answer = result.answer
    found = [Point(number, item, _at(item)) for number, item in enumerate(answer.items, start=1)]
    if answer.form in ("points", "summary"):
        return _points(result, found, context)
    if all(len(point.item.text) <= NAME and not ORDINAL.match(point.item.text) for point in found):
        return _names(result, found, context)
    return _enumeration(result, found, context)


def _at(item: Item) -> Range:
    """Where an item's words stand: its quote may hold more."""
    start = item.citation.start + max(0, item.citation.quote.find(item.text))
    return start, start + len(item.text)


def _points(result: AskResult, found: Sequence[Point], context: Context) -> Html:
    words, answer = context.words, result.answer
    groups = [(key, [*points]) for key, points in groupby(found, key=lambda point: point.item.group)]
    total = len(found) + answer.more
    counts = words["comma"].join(_counted(key, len(points), words) for key, points in groups if key)
    several = len([key for key, _ in groups if key]) > 1
    said = words["points_found"].format(count=total) + (words["colon"] + counts if several and not answer.more else "")
    jump = [el("a", _group(key, words), href=f"#group-{at}") for at, (key, _) in enumerate(groups) if key]
    nav = el("nav", join(jump), class_="jump", aria_label=words["jump"]) if several else ""
    shown = join([_of_group(at, key, points, result, context) for at, (key, points) in enumerate(groups)])
    more = el("a", words["rest_all"], href=f"?{address(context.wanted, all='1')}", class_="all") if answer.more else ""
    return join([el("h3", said), nav, shown, more])


def _counted(key: str, count: int, words: Words) -> str:
    match = GROUP.fullmatch(key)
    status = STATUS[match[2]] if match else "actual"
    year = words["year"].format(year=match[1]) if match and match[1] else ""
    return words[f"points_{status}"].format(year=year, count=count)


def _group(key: str, words: Words) -> str:
    match = GROUP.fullmatch(key)
    if match is None:
        return key
    year = words["year"].format(year=match[1]) + " · " if match[1] else ""
    return f"{year}{words[STATUS[match[2]]]}"


def _of_group(at: int, key: str | None, points: Sequence[Point], result: AskResult, context: Context) -> Html:
    words, everything = context.words, bool(context.wanted.all)
    planned = key is not None and key.endswith("计划")
    tag = el("span", _group(key, words), class_="tag plan" if planned else "tag") if key else ""
    count = "" if result.answer.more else words["of_group"].format(count=len(points))
    head = el("h4", tag, count, class_="grp", id=f"group-{at}", tabindex="-1") if key else ""
    seen = len(points) if everything else OPEN
    first, rest = points[:seen], points[seen:]
    folded = Html()
    if rest:
        folded = el("details", el("summary", words["rest"].format(count=len(rest))), _rows(rest, context), class_="rest")
    return join([head, _rows(first, context), folded])


def _rows(points: Sequence[Point], context: Context) -> Html:
    """The place once for what stands in one paragraph, below the last of it."""
    rows = []
    for here, after in zip(points, [*points[1:], None], strict=True):
        last = after is None or _paragraph(after) != _paragraph(here)
        place = el("p", link(here.item.citation, [here.at], context.words), class_="from") if last else ""
        rows.append(el("li", mark_link(here, context.words), el("span", _bold(here, context), lang=CHINESE), place))
    return el("ol", join(rows), class_="pts", start=points[0].number)


def _paragraph(point: Point) -> tuple[str, int]:
    return point.item.citation.report_id, point.item.citation.paragraph


def mark_link(point: Point, words: Words) -> Html:
    """A number that leads to exactly its clause, where the text bears the same number."""
    cited = point.item.citation
    return el(
        "a",
        str(point.number),
        class_="mk",
        href=f"#p-{cited.paragraph}",
        aria_label=words["see_clause"].format(number=point.number),
        data_report=cited.report_id,
        data_marks=f"{point.at[0]}-{point.at[1]}",
        data_number=point.number,
    )


def _bold(point: Point, context: Context) -> Html:
    """The clause as written, the number of each set bold."""
    start, end = point.at
    text, pieces, at = point.item.text.rstrip(ENDS), [], 0
    for figure in sorted(context.figures_in(start, end), key=lambda one: one.span.start):
        first, last = figure.span.start - start, figure.span.end - start
        if first >= at and last <= len(text):
            pieces += [text[at:first], el("b", text[first:last])]
            at = last
    return join([*pieces, text[at:]])


def _enumeration(result: AskResult, found: Sequence[Point], context: Context) -> Html:
    """The text's own numbers, with its lead-in small; the headings of an outline lead to their parts."""
    words, heads = context.words, result.answer.form == "outline" or _headings(found, context)
    title = words["outline_found" if heads else "list_found"].format(count=len(found))
    before, after = ("", "") if heads else _around(found, context)
    rows = join([_member(point, context, heads=heads) for point in found])
    lead = el("p", before, class_="quote", lang=CHINESE) if before else ""
    tail = el("p", after, class_="quote", lang=CHINESE) if after else ""
    places = {_paragraph(point): point.item.citation for point in found}
    first = next(iter(places.values()))
    source = el("p", link(first, [point.at for point in found], words), class_="from src") if len(places) == 1 else ""
    return join([el("h3", title), lead, el("ol", rows, class_="enum"), tail, source])


def _headings(found: Sequence[Point], context: Context) -> bool:
    spans = {(one.span.start, one.span.end) for one in context.report.sections} if context.report else set()
    return all(point.at in spans for point in found)


def _member(point: Point, context: Context, *, heads: bool) -> Html:
    ordinal = ORDINAL.match(point.item.text)
    sign = ordinal[0] if ordinal else str(point.number)
    text = point.item.text[ordinal.end() :] if ordinal else point.item.text
    href = _section(point, context) if heads else None
    label = context.words["see_clause"].format(number=sign)
    where = link(point.item.citation, [point.at], context.words, text=sign.rstrip("、，"), label=label, href=href)
    return el("li", where, el("span", text, lang=CHINESE))


def _section(point: Point, context: Context) -> str | None:
    """The heading's own anchor."""
    sections = context.report.sections if context.report else ()
    return next((f"#s-{at}" for at, one in enumerate(sections, start=1) if (one.span.start, one.span.end) == point.at), None)


def _around(found: Sequence[Point], context: Context) -> tuple[str, str]:
    """The sentence before the list and the one after it, where all of it stands in one paragraph."""
    if context.report is None or len({_paragraph(point) for point in found}) > 1:
        return "", ""
    paragraph = context.report.paragraph(found[0].item.citation.paragraph)
    text = context.report.text
    before = [span for span in paragraph.sentences if span.end <= found[0].at[0]]
    after = [span for span in paragraph.sentences if span.start >= found[-1].at[1]]
    kept = [_short(text[spans[at].start : spans[at].end]) if spans else "" for spans, at in ((before, -1), (after, 0))]
    return kept[0], kept[1]


def _short(sentence: str) -> str:
    return sentence.strip() if len(sentence) <= LONGEST_LEAD else ""


def _names(result: AskResult, found: Sequence[Point], context: Context) -> Html:
    """Short members in a line each leads to; the clause that holds them below."""
    words = context.words
    rows = join([el("li", link(p.item.citation, [p.at], words, text=p.item.text.rstrip(ENDS)), lang=CHINESE) for p in found])
    names = {point.item.citation for point in found}
    clauses = [cited for cited in result.answer.citations if cited not in names]
    quotes = [
        join([el("blockquote", quoted(one, (), words), lang=CHINESE), el("p", link(one, (), words), class_="from src")]) for one in clauses
    ]
    said_more = result.answer.text.rstrip("。").endswith("等") and any("等" in one.quote for one in clauses)
    key = "list_open" if said_more else "list_found"
    return join([el("h3", words[key].format(count=len(found))), el("ul", rows, class_="names"), *quotes])


def held(result: AskResult, context: Context) -> Html:
    """The reports that there are, each the way to its text."""
    links = [el("li", el("a", row.report, href=f"?{address(Wanted('report', report=row.report_id))}")) for row in result.answer.rows[:MOST]]
    said = el("p", result.answer.text, class_="sentence", lang=CHINESE)
    return join(
        [said, el("ul", join(links), class_="names", lang=CHINESE), el("p", el("a", context.words["to_library"], href="?view=library"))]
    )
