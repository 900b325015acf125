"""Where something stands, in words and as links; and a passage taken along: as plain text, Markdown or GB/T 7714."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.records import Report
from index.text import unseen
from search.brought import is_own
from search.results import AnswerRow, Citation, FigureResult, Mark, PassageResult
from web.strings import Source, Words
from web.tags import Html, el, join

DOT = " · "
CHINESE = "zh-CN"  # the language of what is quoted, whatever the page's own is
EXPECTED = "预计"  # the hedge that is said with the status: 完成（预计数）
Range = tuple[int, int]  # of a report's text


def whose(name: str, report_id: str, words: Words) -> str:
    """A report's name, and that it is the reader's own where it is; once."""
    return words["own_named"].format(name=name) if is_own(report_id) and words["own_tag"] not in name else name


def with_own(row: AnswerRow, words: Words) -> AnswerRow:
    """A row whose place and quote say that it is of the reader's own report."""
    quote = row.citation and replace(row.citation, report=whose(row.citation.report, row.report_id, words))
    return replace(row, place=whose(row.place or row.report, row.report_id, words), citation=quote)


def short(place: str | None, year: str | None, title: str) -> str:
    """沈阳市2007, or the title where the report names no place."""
    return f"{place}{year}" if place and year else title


def place(where: Citation | PassageResult, words: Words) -> str:
    """The innermost heading and the paragraph below it."""
    return heading(where, words) + DOT + number(where, words)


def link(
    where: Citation | PassageResult,
    ranges: Iterable[Range],
    words: Words,
    *,
    short: bool = False,
    text: str | None = None,
    label: str | None = None,
    href: str | None = None,
    title: str | None = None,
) -> Html:
    """A link to a paragraph of the full report, which reads `text` or its place; `ranges` of the report's text are marked."""
    # A line may end inside the heading, not before the dot nor inside 第2段.
    shown = [number(where, words)] if short else [heading(where, words), "\u00a0", el("span", f"·\u00a0{number(where, words)}")]
    return el(
        "a",
        *(shown if text is None else [text]),
        href=href or f"#p-{where.paragraph}",
        class_="place",
        title=title or " › ".join((where.report, *where.section)),
        aria_label=label,
        data_report=where.report_id,
        data_title=whose(where.report, where.report_id, words),  # shown where there are several reports
        data_marks=" ".join(f"{start}-{end}" for start, end in ranges) or None,
    )


def figure_link(figure: FigureResult, cited: Citation, words: Words, text: str | None = None) -> Html:
    """A number that leads to where it stands."""
    return link(cited, [(figure.start, figure.end)], words, text=figure.text if text is None else text)


def heading(where: Citation | PassageResult, words: Words) -> str:
    return where.section[-1] if where.section else words["outside"]


def number(where: Citation | PassageResult, words: Words) -> str:
    return words["paragraph"].format(n=where.paragraph_in_section)


def when(year: str | None, status: str | None, words: Words, modifier: str | None = None) -> str:
    """2006年 · 已完成, 2006年 · 完成（预计数）, or the half of it that is known."""
    expected = status == "actual" and EXPECTED in (modifier or "")
    return DOT.join(filter(None, (year and words["year"].format(year=year), status and words["expected" if expected else status])))


def tag(one: FigureResult | AnswerRow, words: Words) -> Html:
    """When a figure is of and whether it is reached, as a small frame; nothing where neither is known. A row's text has its hedges.

    Beside it, of a scan's figure, that its characters are not certain.
    """
    year, hedges = (one.period, one.modifier) if isinstance(one, FigureResult) else (one.year, one.text)
    said = when(year, one.status, words, hedges)
    figure = one if isinstance(one, FigureResult) else one.figure
    doubt = el("span", words["doubtful"], class_="tag hedge") if figure and figure.doubtful else ""
    return join([el("span", said, class_=status_class(one.status)) if said else "", doubt])


def number_of(row: AnswerRow, said: str | None = None) -> str:
    """A row's number (or what is `said` of it) with its hedges, but for the one that its tag says."""
    text = row.text if said is None else said
    return text.replace(f"（{EXPECTED}）", "") if row.status == "actual" else text


def missing(row: AnswerRow, words: Words) -> str:
    """Why a row has no figure: what the one report that is asked does not give, it does not give."""
    return words["not_given" if row.reason in ("absent", "related", None) else f"reason_{row.reason}"]


def expected(figure: FigureResult, cited: Citation) -> bool:
    """Whether a result is given as expected: by its own hedge, or by one at the head of its clause."""
    before = cited.quote[: max(0, figure.start - cited.start)].rpartition("；")[2]
    return figure.status == "actual" and (EXPECTED in (figure.modifier or "") or EXPECTED in before)


def status_class(status: str | None) -> str:
    return "tag plan" if status == "target" else "tag"


def marked(text: str, marks: Sequence[Mark]) -> Html:
    """The text as it reads, with its marks, which do not overlap; offsets count code points, as Python does."""
    pieces, at = list[str](), 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        pieces += [flowing(text[at : mark.start]), el("mark", flowing(text[mark.start : mark.end]), class_=mark.kind)]
        at = mark.end
    return join([*pieces, flowing(text[at:])])


def flowing(text: str) -> Html:
    """The text as it reads: what parts its lines is there, as offsets count it, but not seen, found or copied."""
    pieces, at = list[str](), 0
    for start, end, instead in unseen(text):
        if not instead:  # a browser shows one blank for a line's end
            pieces += [text[at:start], el("span", text[start:end], hidden=True)]
            at = end
    return join([*pieces, text[at:]])


def source_of(report: Report) -> Source:
    where = report.place
    if where and len(where) > 2:
        where = where.rstrip("市省县区")
    return Source(report.speaker, where, report.date or report.year, report)


def plain_reference(quote: str, where: Citation | PassageResult, words: Words) -> str:
    return words["cited"].format(quote=quote, report=where.report, place=place(where, words))


def markdown(quote: str, where: Citation | PassageResult, words: Words) -> str:
    return f"> {quote}\n>\n> —— {words['title_of'].format(report=where.report)}{words['comma']}{place(where, words)}"


def gbt7714(quote: str, where: Citation | PassageResult, source: Source) -> str:
    """GB/T 7714—2015, a report [R]: author. title[R]. place: publisher, year: place in it. What is not known is said so."""
    author = f"{source.author}. " if source.author else ""
    head = f"{where.section[-1]}, " if where.section else ""
    year = source.date[:4] if source.date else "[出版年不详]"
    published = f"{source.place or '[出版地不详]'}: [出版者不详], {year}"
    return f"“{quote}”\n{author}{where.report}[R]. {published}: {head}第{where.paragraph_in_section}段."


def menu(quote: str, where: Citation | PassageResult, words: Words) -> Html:
    """复制引文 ▾: one button a form."""
    forms = [("form_plain", plain_reference(quote, where, words)), ("form_markdown", markdown(quote, where, words))]
    forms.append(("form_gbt7714", gbt7714(quote, where, words.source(where.report_id))))
    buttons = [el("button", words[name], type="button", data_copy=text) for name, text in forms]
    return el("details", el("summary", words["copy"]), el("div", join(buttons)), class_="cite")
