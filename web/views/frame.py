"""The page around what is shown: header, tabs, the box, the report's column; and what a reader brings or has asked before."""

from collections.abc import Iterable

from index.read.formats import SUFFIXES
from index.records import Corpus, Report
from search.brought import MOST_BYTES
from search.find.rank import reads
from web.address import MODES, VIEWS
from web.answers.cite import DOT
from web.strings import Words
from web.tags import Html, el, join
from web.views.asked import heading

COMPARED = join([el("div", id="compare-controls"), el("div", id="compared")])


def frame(corpus: Corpus, words: Words, *, uploads: bool) -> Html:
    """All that stands on the page whatever is asked; page.js fills the parts that have an id."""
    views = [view for view in VIEWS if view != "compare" or len(corpus.reports) > 1]
    tabs = el("div", join([_tab(view, words) for view in views]), id="tabs", role="tablist", aria_label=words["views"])
    made = {
        "ask": _ask(words, uploads=uploads),
        "search": _search(words),
        "figures": _figures(words),
        "compare": COMPARED,
        "library": _library(words),
    }
    panels = [_panel(view, made[view]) for view in views if view in made]
    talk = [tabs, _line("question", words["question"], words["question_hint"], words["ask"]), el("div", id="own"), *panels]
    side = el("div", _column(words), id="side", tabindex="0", role="region", aria_label=words["full_report"])
    said = el("div", el("div", role="status", aria_live="polite"), id="said")
    main = el("div", el("div", join(talk), id="talk"), side, id="main", data_view="ask")
    return join([_header(corpus, words), _history(words), said, main])


def _header(corpus: Corpus, words: Words) -> Html:
    theme = el("button", words["dark"], type="button", class_="theme", data_other=words["light"])
    other = el("a", words["other_language"], href=words["other_language_link"], class_="language")
    past = el("button", words["history"], type="button", popovertarget="past")
    nav = el("nav", past, other, theme, aria_label=words["settings"])
    said = {f"data_{name.replace('_', '-')}": words[name] for name in SAID_BY_SCRIPT}
    plain = " ".join(mode for mode in MODES if not reads(mode).vectors)
    brand = el("h1", words["brand"], class_="brand")
    return el(
        "header",
        brand,
        el("span", title(corpus, words), class_="title", id="title"),
        nav,
        data_lang=words["lang"],
        data_plain=plain,
        **said,
    )


def title(corpus: Corpus, words: Words) -> Html:
    """The one report and its date, or how many there are."""
    given = date(corpus.reports[0], words) if len(corpus.reports) == 1 else ""
    return join([DOT.join(filter(None, (heading(corpus, words), given)))])


# What page.js says by itself: of what is copied, of a server that does not answer, of a file that cannot be read here.
SAID_BY_SCRIPT = (
    "page_title",
    "ask",
    "tab_search",
    "copied",
    "copied_then",
    "gone",
    "busy",
    "again",
    "trouble",
    "wrong_type",
    "too_large",
    "own_read",
    "own_recognise",
)


def date(report: Report, words: Words) -> str:
    """2007年1月19日, from the report's ISO date; empty where it has none."""
    if not report.date:
        return ""
    year, month, day = report.date.split("-")
    return words["date"].format(year=year, month=int(month), day=int(day))


def _history(words: Words) -> Html:
    """The questions asked from this browser, last first: page.js keeps them."""
    clear = el("button", words["history_clear"], type="button", class_="clear")
    return el("div", el("h2", words["history"]), el("p", words["history_none"]), el("ul"), clear, id="past", popover="auto")


def _tab(view: str, words: Words) -> Html:
    chosen = view == "ask"
    return el(
        "button",
        words[f"tab_{view}"],
        type="button",
        role="tab",
        id=f"tab-{view}-button",
        aria_controls=f"tab-{view}" if view != "report" else "side",
        aria_selected=str(chosen).lower(),
        tabindex="0" if chosen else "-1",
        data_view=view,
    )


def _line(id_: str, label: str, hint: str, button: str) -> Html:
    """A form of one line that grows with what is typed."""
    box = el("textarea", rows="1", aria_label=label, placeholder=hint, enterkeyhint="search", autocomplete="off", spellcheck="false")
    return el("form", box, el("button", button, type="submit", class_="submit-button"), id=id_, role="search")


def _panel(view: str, body: Html) -> Html:
    return el("div", body, id=f"tab-{view}", role="tabpanel", aria_labelledby=f"tab-{view}-button", hidden=view != "ask")


def _ask(words: Words, *, uploads: bool) -> Html:
    follow = _line("follow", words["follow"], words["follow_hint"], words["follow_button"])
    return join([el("div", id="try"), el("div", id="answer"), follow, _zone(words) if uploads else ""])


def _zone(words: Words) -> Html:
    types = words["listed"].join(suffix.lstrip(".") for suffix in SUFFIXES)
    label = words["own_file"].format(types=types, most=MOST_BYTES // 1_000_000)
    box = el("input", type="file", accept=",".join(SUFFIXES), data_most=MOST_BYTES, class_="sr")
    return el("label", label, box, id="own-file")


def _search(words: Words) -> Html:
    return join([el("div", id="search-controls"), el("div", el("p", words["intro_search"], class_="intro"), id="results")])


def _figures(words: Words) -> Html:
    label = el("label", _search_box("words", words["words"], words["words_hint"]), id="words")
    return join([el("div", label, el("div", id="table-controls"), class_="filters"), el("div", id="figures")])


def _library(words: Words) -> Html:
    return join([el("label", _search_box("holdings", words["find_report"], words["find_report"]), id="holdings"), el("div", id="library")])


def _search_box(name: str, label: str, hint: str) -> Html:
    return el("input", type="search", name=name, aria_label=label, placeholder=hint, autocomplete="off", spellcheck="false")


def _column(words: Words) -> Html:
    which = el("select", id="which", aria_label=words["which_report"], hidden=True)
    find = el("label", _search_box("find", words["find"], words["find"]), id="find")
    return join([which, find, el("div", id="report")])


def options(titles: Iterable[tuple[str, str]], own: str | None, words: Words) -> Html:
    """The reports that may be read, the reader's own marked as that."""
    named = [(f"{title}（{words['own_tag']}）" if report == own else title, report) for title, report in titles]
    return join([el("option", title, value=report) for title, report in named])
