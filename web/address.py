"""What an address asks for, and the address of what is shown: ?q=…&mode=…&year=…. The place (#p-12) is the browser's."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args
from urllib.parse import urlencode

from search.find import rank
from search.plan.plans import FORMS, Chosen
from search.plan.when import Period
from search.results import Mode

View = Literal["ask", "search", "figures", "compare", "report", "library"]
VIEWS: tuple[View, ...] = get_args(View)
MODES: tuple[Mode, ...] = tuple(rank.MODES)
LONGEST = 4000  # characters of one value; a question is refused long before
ANY_TIME = "any"  # of `when`: whenever
OPERATIONS = ("difference", "sum", "mean", "ratio", "share", "growth")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A view with its question and filters; "" is none."""

    view: View = "ask"
    q: str = ""
    previous: str = ""  # the question before, of a follow-up
    form: str = ""  # how the question is to be taken: points, or arithmetic:growth
    when: str = ""  # of what times: 2006:actual,2007:target, or any
    all: str = ""  # "1": all points of a subject
    mode: Mode = "hybrid"
    report: str = ""
    place: str = ""  # places to compare, joined by 、; so are indicators in `q`, and the kind of each in `kind`
    order: str = ""  # of a grid: place, or the number of a column, -2 rising
    turn: str = ""  # "1": its rows are columns
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

    def taken(self) -> Chosen:
        """How the reader wants the question taken; what is none of its choices is left out."""
        form, _, operation = self.form.partition(":")
        known = form in FORMS
        return Chosen(form if known else None, operation if known and operation in OPERATIONS else None, _periods(self.when))


FILTERS = ("report", "section", "year", "status", "unit", "kind", "figures")
TEXTS = ("q", "previous", "form", "when", "all", "place", "order", "turn", *FILTERS)


def _periods(when: str) -> tuple[Period, ...] | None:
    if when == ANY_TIME:
        return ()
    parted = [one.partition(":") for one in when.split(",")]
    statuses: dict[str, Any] = {"actual": "actual", "target": "target"}
    return tuple(Period(year or None, statuses[status]) for year, _, status in parted if status in statuses) or None


def read_address(asked: Mapping[str, Any]) -> Wanted:
    """From the parameters of an address, which may hold anything. Without `view`, a `mode` makes it a search."""
    text = {key: str(asked.get(key) or "")[:LONGEST] for key in TEXTS}
    mode = next((mode for mode in MODES if mode == asked.get("mode")), None)
    view = next((view for view in VIEWS if view == asked.get("view")), None)
    return Wanted(view=view or ("search" if mode else "ask"), mode=mode or "hybrid", **text)


def address(wanted: Wanted, **changed: str) -> str:
    """The shortest query that read_address reads as this, with some values changed."""
    wanted = replace(wanted, **changed) if changed else wanted  # type: ignore[arg-type]
    values: dict[str, str] = {key: value for key, value in asdict(wanted).items() if value}
    if wanted.view in ("ask", "search"):
        del values["view"]
    if wanted.view != "search":
        del values["mode"]
    return urlencode(values)


def file_address(ending: str, wanted: Wanted, language: str) -> str:
    """Where what an address shows is given as a file."""
    return f"/file/wenbao.{ending}?{address(wanted)}&lang={language}"
