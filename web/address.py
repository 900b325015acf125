"""What an address asks for, and the address of what is shown: ?q=…&mode=…&year=…. The place (#p-12) is the browser's."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args
from urllib.parse import urlencode

from search.find import rank
from search.results import Mode

View = Literal["ask", "search", "figures", "compare", "report"]
VIEWS: tuple[View, ...] = get_args(View)
MODES: tuple[Mode, ...] = tuple(rank.MODES)
LONGEST = 4000  # characters of one value; a question is refused long before


@dataclass(frozen=True, slots=True)
class Wanted:
    """A view with its question and filters; "" is none."""

    view: View = "ask"
    q: str = ""
    previous: str = ""  # the question before, of a follow-up
    mode: Mode = "hybrid"
    report: str = ""
    place: str = ""  # places to compare, joined by 、
    section: str = ""
    year: str = ""
    status: str = ""
    unit: str = ""
    kind: str = ""
    figures: str = ""  # "1": only passages that have figures

    def chosen(self) -> dict[str, str]:
        """The filters by their names."""
        values: dict[str, Any] = asdict(self)
        return {name: values[name] for name in FILTERS}


FILTERS = ("report", "section", "year", "status", "unit", "kind", "figures")


def read_address(asked: Mapping[str, Any]) -> Wanted:
    """From the parameters of an address, which may hold anything. Without `view`, a `mode` makes it a search."""
    text = {key: str(asked.get(key) or "")[:LONGEST] for key in ("q", "previous", "place", *FILTERS)}
    mode = next((mode for mode in MODES if mode == asked.get("mode")), None)
    view = next((view for view in VIEWS if view == asked.get("view")), None)
    return Wanted(view=view or ("search" if mode else "ask"), mode=mode or "hybrid", **text)


def address(wanted: Wanted) -> str:
    """The shortest query that read_address reads as this."""
    values: dict[str, str] = {key: value for key, value in asdict(wanted).items() if value}
    if wanted.view in ("ask", "search"):
        del values["view"]
    if wanted.view != "search":
        del values["mode"]
    return urlencode(values)
