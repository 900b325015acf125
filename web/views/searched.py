"""The search view: how to search, the filters with what each value would leave, the passages."""

from collections.abc import Iterable, Mapping, Sequence

from search.library.facets import Counts
from search.results import PassageResult
from web.address import MODES, Wanted
from web.strings import Words
from web.tags import Html, el, join
from web.views.asked import section
from web.views.offered import SEARCH, choices
from web.views.ranked import listed

Options = Iterable[tuple[str, str]]  # what a reader sees, value


def select(name: str, options: Options, chosen: str, label: str) -> Html:
    shown = [el("option", text, value=value, selected=value == chosen) for text, value in options]
    return el("select", join(shown), name=name, aria_label=label)


def selects(names: Iterable[str], counts: Counts, chosen: Mapping[str, str], words: Words) -> list[Html]:
    return [select(name, choices(name, counts, chosen[name], words), chosen[name], words[f"any_{name}"]) for name in names]


def controls(wanted: Wanted, counts: Counts, offered: Options | None, words: Words) -> Html:
    """`offered` are the reports that may be searched in by themselves; None where there is one."""
    modes = [
        el("label", el("input", type="radio", name="mode", value=mode, checked=mode == wanted.mode), words[f"mode_{mode}"])
        for mode in MODES
    ]
    how = el("fieldset", el("legend", words["mode"], class_="sr"), join(modes), id="mode")
    report = select("report", offered, wanted.report, words["any_report"]) if offered else ""
    having = counts["figures"]["1"] if "figures" in counts else None
    label = words["figures_only"] if having is None else words["counted"].format(value=words["figures_only"], count=having)
    box = el("input", type="checkbox", name="figures", value="1", checked=bool(wanted.figures))
    filters = [report, *selects(SEARCH, counts, wanted.chosen(), words), el("label", box, label, id="figures-only")]
    return join([how, el("div", join(filters), class_="filters")])


def searched(wanted: Wanted, found: Sequence[PassageResult], words: Words, *, several: bool = False) -> Html:
    """The passages that a search and its filters leave."""
    count = len(found)
    said = words["said_passages"].format(count=count) if count else words["found_none"]
    body = el("p", said, class_="intro")
    if count:
        body = listed(found, words["found"].format(count=count), words, "legend_query")
    return section([body], said, wanted, several)
