"""Report → Findings: where a report disagrees with itself or would surprise a reader. Silent where it cannot be sure."""

from __future__ import annotations

from index.records import Report
from index.text import normal
from search.check.growth import contradicted_growth
from search.check.measures import read_measures
from search.check.sums import unequal_sums
from search.check.targets import targets_beside_results
from search.check.values import differing_values
from search.results import Finding

__all__ = ["check"]


def check(report: Report) -> tuple[Finding, ...]:
    """What contradicts itself first, then each target beside the level reached; within a kind in text order."""
    measures = read_measures(report, normal(report.text))
    return (
        *differing_values(report, measures),
        *unequal_sums(report, measures),
        *contradicted_growth(report, measures),
        *targets_beside_results(report, measures),
    )
