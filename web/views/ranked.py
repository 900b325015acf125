"""Ranked passages with their marks, each a link to its paragraph."""

from collections.abc import Sequence

from search.results import PassageResult
from web.answers.cite import CHINESE, DOT, link, marked, menu, when
from web.answers.grid import row_of
from web.strings import Words
from web.tags import Html, el, join

SHOWN = 10  # passages in sight; the others unfold
# Least scores of a slight, a fair and a good fit. Of the passages of the 69 development questions (10 each) half reach 0.25 and a
# seventh 0.6; what a reader calls a good fit was not measured.
FITS = (0.0, 0.25, 0.6)


def listed(passages: Sequence[PassageResult], title: str, words: Words, term: str = "legend_term") -> Html:
    """The first SHOWN below a title and what the marks mean, the others unfolded."""
    head = el("div", el("h2", title), legend(passages, words, term), class_="passages-head")
    return join([head, rows(passages, words)])


def legend(passages: Sequence[PassageResult], words: Words, term: str = "legend_term") -> Html:
    kinds = {mark.kind for passage in passages for mark in passage.marks}
    named = {"figure": words["legend_figure"], "term": words[term]}
    return el("p", join([el("span", el("mark", named[kind], class_=kind)) for kind in named if kind in kinds]), class_="legend")


def rows(passages: Sequence[PassageResult], words: Words, *, rated: bool = True) -> Html:
    """`rated`: each says how well it fits."""
    first, rest = passages[:SHOWN], passages[SHOWN:]
    more = words["more"].format(count=len(rest))
    unfolded = el("details", el("summary", more), _list(rest, words, rated), class_="more") if rest else ""
    return join([_list(first, words, rated), unfolded])


def _list(passages: Sequence[PassageResult], words: Words, rated: bool) -> Html:
    return el("ol", join([_passage(passage, words, rated) for passage in passages]), class_="passages")


def _passage(passage: PassageResult, words: Words, rated: bool) -> Html:
    """A passage; the link is for the keyboard, a click anywhere on it does the same."""
    figures = [(passage.start + m.start, passage.start + m.end) for m in passage.marks if m.kind == "figure"]
    shown_year = passage.year and any(passage.year in heading for heading in passage.section[-1:])
    period = when(None if shown_year else passage.year, passage.status, words)
    where = [el("b", str(passage.rank)), " ", link(passage, figures, words), DOT + period if period else ""]
    crumb = el(
        "div", el("span", *where, " ", _fit(passage.score, words) if rated else ""), menu(passage.text, passage, words), class_="crumb"
    )
    text = row_of(passage, passage.marks, words) or el("p", marked(passage.text, passage.marks), lang=CHINESE)
    return el("li", crumb, text, class_="passage")


def _fit(score: float, words: Words) -> Html:
    """How well a passage fits, in three steps; the score itself is of use to programs only."""
    step = sum(score >= least for least in FITS)
    dots = el("span", "●" * step + "○" * (len(FITS) - step), aria_hidden="true")
    return el("span", dots, " ", words[f"fit_{step}"], class_="fit")
