"""The filters of the search and figures views, in words: each value with how much it would leave."""

from collections import Counter
from collections.abc import Iterable

from search.library.facets import Counts
from web.address import Wanted
from web.strings import Words

SEARCH = ("section", "year", "status", "unit")  # beside the check box for passages that have figures
ASK = ("report", "section", "year", "status")
TABLE = ("section", "year", "status", "unit", "kind")


def only(wanted: Wanted, titles: Iterable[tuple[str, str]], say: Words) -> str:
    """What an answer is restricted to, in words; "" where it is not."""
    named = {report: title for title, report in titles}
    chosen = {name: value for name, value in wanted.chosen().items() if value and name in ASK}
    return " · ".join(named.get(value, value) if name == "report" else _named(name, value, say) for name, value in chosen.items())


def choices(name: str, counts: Counts, chosen: str, say: Words) -> list[tuple[str, str]]:
    """(what a reader sees, value), the first for any; the value chosen stays among them when nothing is left of it."""
    found = counts.get(name, Counter())
    values = sorted(found) if name == "year" else list(found)
    if chosen and chosen not in found:
        values.append(chosen)
    return [
        (say[f"any_{name}"], ""),
        *((say["counted"].format(value=_named(name, value, say), count=found[value]), value) for value in values),
    ]


def reports(titles: Iterable[tuple[str, str]], counts: Counts, ranked: int, most: int, say: Words) -> list[tuple[str, str]]:
    """The reports that may be searched in by themselves, those with most of the passages found in all of them first.

    Where a search ranks no more than `most`, one report by itself has further ones: so the count says of how many it is.
    """
    if not counts:
        return [(say["any_report"], ""), *titles]
    found = counts["report"]
    label = say["counted_best" if ranked == most else "counted"]
    named = [(label.format(value=title, count=found[report], most=most), report) for title, report in titles]
    return [(say["any_report"], ""), *sorted(named, key=lambda one: -found[one[1]])]


def _named(name: str, value: str, say: Words) -> str:
    if name == "year":
        return say["year"].format(year=value)
    if name == "status":
        return say[value] if value in ("actual", "target") else value
    return say.table.get(f"kind_{value}", value) if name == "kind" else value
