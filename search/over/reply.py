"""A question over reports from beginning to end: taken, put, answered; or left to the one report that answers it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from search.answer.answer import Asking, gathered_of
from search.library.extent import Extent
from search.library.which import asks_a_fact
from search.over.among import differ, library, which
from search.over.filled import Gathering
from search.over.intent import newest_of, of_several, over_years, place_of, read_over, whole_extent
from search.over.told_over import figures_over
from search.results import Answer

FEWEST = 2  # reports that a question which of them is put to
READ = 0.4  # chance (0..1) from which what reports say on a subject stands in place of figures that they do not give


def ask_over(asking: Asking, extent: Extent, fitting: Callable[[], Sequence[int]]) -> Answer | None:
    """The answer of several reports; None where one is asked. `fitting` gives the reports that fit, best first: asked where years are named
    and no place."""
    view = asking.view
    newest = newest_of(view.corpus.reports, extent)
    over = read_over(extent, asking.encode, newest)
    if over_years(over) and not extent.places:
        extent = replace(extent, places=place_of(view, fitting()))
        newest = newest_of(view.corpus.reports, extent)
        over = read_over(extent, asking.encode, newest)
    gathering = Gathering(view, asking.encode, whole_extent(view, extent, over), over, newest)
    if not of_several(gathering.extent, over, view.corpus.reports):
        missing = not any(place.reports for place in extent.places) and extent.places and asks_a_fact(extent.text)
        return figures_over(replace(gathering, over=replace(over, operator="give"))) if missing else None
    if over.operator == "library":
        return library(gathering)
    if over.operator == "which":
        answer = which(gathering)
        alone = answer.coverage is not None and (answer.coverage.examined or 0) < FEWEST
        return None if alone and not answer.stated else answer
    if over.operator == "differ":
        return differ(gathering, lambda text, row: gathered_of(asking, text, row))
    answer = figures_over(gathering)
    if over.operator == "kept" and len(answer.rows) == 2 and all(row.verdict in (None, "not_told") for row in answer.rows):
        return None  # of one target whose result bears no name that is known: one report may tell it in one sentence
    if answer.reason == "not_held" and extent.group is not None:
        return None  # 1954年…哪家工厂: no place is asked for, and one report may tell
    if not answer.stated and over.operator in ("change", "give") and answer.reason == "absent":
        said = differ(replace(gathering, over=replace(over, operator="differ")), lambda text, row: gathered_of(asking, text, row))
        return said if said.stated and said.confidence >= READ else answer
    return answer
