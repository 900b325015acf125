"""What `check` found: where the report disagrees with itself first, then each target beside the level reached."""

from __future__ import annotations

from collections.abc import Sequence

from search.results import Finding
from web.places import CHINESE, link
from web.strings import Words
from web.tags import Html, el, join


def findings(found: Sequence[Finding], words: Words) -> Html:
    faults = [one for one in found if one.kind != "target"]
    targets = [one for one in found if one.kind == "target"]
    head = el("p", words["check_faults"].format(count=len(faults)) if faults else words["check_none"], class_="checked")
    return el(
        "section", el("h2", words["check"]), head, _list(faults, words), _targets(targets, words), class_="findings"
    )


def _targets(targets: Sequence[Finding], words: Words) -> Html:
    """Folded: they are no faults, and the charts show most of them."""
    if not targets:
        return Html()
    return el("details", el("summary", words["check_targets"].format(count=len(targets))), _list(targets, words))


def _list(found: Sequence[Finding], words: Words) -> Html:
    return el("ul", join([_finding(one, words) for one in found])) if found else Html()


def _finding(found: Finding, words: Words) -> Html:
    links = []
    for figure, quote in zip(found.figures, found.citations, strict=True):
        links += [" ", link(quote, [(figure.start, figure.end)], words)]
    return el("li", el("span", found.text, lang=CHINESE), *links)
