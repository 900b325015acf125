"""What `check` found: where the report disagrees with itself, and each target beside the level reached, in words and as SVG charts."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from search.results import Finding
from search.written import fallen
from web.answers.cite import CHINESE, link, when
from web.strings import Words
from web.tags import Html, el, join


def findings(found: Sequence[Finding], words: Words) -> Html:
    faults = [one for one in found if one.kind != "target"]
    targets = [one for one in found if one.kind == "target"]
    head = el("p", words["check_faults"].format(count=len(faults)) if faults else words["check_none"], class_="checked")
    return el("section", el("h2", words["check"]), head, _list(faults, words), _targets(targets, words), class_="findings")


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


MOST = 12  # indicators in one chart
SHORTEST = Decimal("0.4")  # percent of the width that a bar of nearly nothing still has
HATCH = (
    '<svg width="0" height="0" aria-hidden="true" focusable="false"><defs><pattern id="hatch" width="6" height="6" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="stripe" width="3" height="6"></rect>'
    "</pattern></defs></svg>"
)


def charts(findings: Iterable[Finding], words: Words) -> Html:
    """Levels, each pair on its own scale, for their units differ; growth rates on one scale, in percent."""
    pairs = [finding for finding in findings if finding.kind == "target"]
    growths = [pair for pair in pairs if pair.figures[0].kind == "growth"][:MOST]
    levels = [pair for pair in pairs if pair.figures[0].kind != "growth"][:MOST]
    top = max((figure.value for pair in growths for figure in pair.figures), default=Decimal(1))
    shown = [
        _chart(levels, words["chart_levels"], None, words) if levels else "",
        _chart(growths, words["chart_growth"], top, words) if growths else "",
    ]
    return el("div", Html(HATCH), join(shown), class_="charts") if any(shown) else Html()


def _chart(pairs: list[Finding], title: str, top: Decimal | None, words: Words) -> Html:
    legend = el("p", bar(False, Decimal(100)), words["actual"], " ", bar(True, Decimal(100)), words["target"])
    rows = join([_pair(pair, top, words) for pair in pairs])
    return el("figure", el("figcaption", el("h2", title), legend), el("dl", rows), class_="chart")


def _pair(pair: Finding, top: Decimal | None, words: Words) -> Html:
    """The level reached first, then the target."""
    sides = sorted(zip(pair.figures, pair.citations, strict=True), key=lambda side: side[0].status == "target")
    most = top or max(figure.value for figure in pair.figures)
    bars = []
    for figure, quote in sides:
        width = max(SHORTEST, figure.value * 100 / most) if most > 0 else SHORTEST
        number = link(quote, [(figure.start, figure.end)], words, text=fallen(figure))
        name = when(figure.period, figure.status, words)
        bars.append(el("dd", bar(figure.status == "target", width), number, el("span", name, class_="sr")))
    return join([el("dt", pair.indicator, lang=CHINESE), *bars])


def bar(planned: bool, width: Decimal) -> Html:
    """`width` is in percent of the space there is."""
    rect = el("rect", x="0.00%", width=f"{width:.2f}%", height="10", rx=1, class_="planned" if planned else "reached")
    return el("svg", rect, class_="bar", width="100%", height="10", aria_hidden="true", focusable="false")
