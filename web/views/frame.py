"""The page around what is shown: header, tabs, the box, the report's column; and what a reader brings or has asked before."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.read.formats import SUFFIXES
from index.records import Corpus, Report
from search.brought import MOST, MOST_BYTES, is_own
from search.find.rank import reads
from web.address import MODES, VIEWS, Wanted, address
from web.answers.cite import CHINESE, DOT, short, whose
from web.strings import Words
from web.tags import Html, el, join
from web.views.asked import heading

COMPARED = join([el("div", id="compare-controls"), el("div", id="compared")])


def frame(corpus: Corpus, words: Words, *, uploads: bool) -> Html:
    """All that stands on the page whatever is asked; page.js fills the parts that have an id."""
    shown = el("div", tabs(corpus, words), id="tabs", role="tablist", aria_label=words["views"])
    made = {
        "ask": _ask(words, uploads=uploads),
        "search": _search(words),
        "figures": _figures(words),
        "compare": COMPARED,
        "library": _library(words),
    }
    panels = [_panel(view, body) for view, body in made.items()]
    own = el("div", el("div", id="own-said"), el("div", id="own-list"), id="own")
    talk = [shown, _line("question", words["question"], words["question_hint"], words["ask"]), own, *panels]
    side = el("div", _column(words), id="side", tabindex="0", role="region", aria_label=words["full_report"])
    said = el("div", el("div", role="status", aria_live="polite"), id="said")
    main = el("div", el("div", join(talk), id="talk"), side, id="main", data_view="ask")
    return join([_header(corpus, words), _history(words), said, main])


def tabs(corpus: Corpus, words: Words) -> Html:
    """A tab a view: what is compared is of several reports."""
    return join([_tab(view, words) for view in VIEWS if view != "compare" or len(corpus.reports) > 1])


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
    said = DOT.join(filter(None, (heading(corpus, words), given)))
    return el("span", said, class_="own") if any(is_own(report.id) for report in corpus.reports) else join([said])


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
    box = el("input", type="file", accept=",".join(SUFFIXES), data_most=MOST_BYTES, multiple=True, class_="sr")
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


def options(titles: Iterable[tuple[str, str]]) -> Html:
    """The reports that may be read."""
    return join([el("option", title, value=report) for title, report in titles])


def own_reports(reports: Sequence[Report], wanted: Wanted, words: Words) -> Html:
    """All reports, and each of the reader's own, to be asked by itself or put away; nothing where there are none."""
    own = [report for report in reports if is_own(report.id)]
    together = replace(wanted, report="") if wanted.view in ("ask", "search") else Wanted("compare")
    alone = Wanted("figures") if wanted.view == "compare" else wanted
    rows = [_asked(words["own_all"].format(count=len(reports)), together, current=not wanted.report)]
    for report in own:
        name = whose(short(report.place, report.year, report.title), report.id, words)
        said = words["own_drop"].format(title=report.title)
        drop = el("button", "×", type="button", class_="drop", data_report=report.id, aria_label=said, title=said)
        current = report.id == wanted.report
        rows.append(join([_asked(name, replace(alone, report=report.id), current=current, title=report.title), drop]))
    rows.append(el("button", words["own_more"], type="button", class_="more"))
    listed = el("ul", join([el("li", row) for row in rows]), aria_label=words["own_asked"])
    return join([listed, el("p", words["own_note"].format(most=MOST))]) if own else Html()


def _asked(name: str, wanted: Wanted, *, current: bool, title: str | None = None) -> Html:
    return el("a", name, href=f"?{address(wanted)}", aria_current="true" if current else None, title=title, lang=CHINESE if title else None)
