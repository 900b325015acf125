"""Report → Findings: where a report disagrees with itself or would surprise a reader. Silent where it cannot be sure."""

from index.records import Report
from index.text import normal
from search.check.contradictions import contradicted_growth, differing_values, unequal_sums
from search.check.measures import Measure, finding, is_single, read_measures
from search.results import Finding
from search.written import difference, said


def targets_beside_results(report: Report, measures: list[Measure]) -> list[Finding]:
    """For each target of a measure that has one value a period, the latest result of the same kind and unit."""
    found, seen = [], set()
    for target in measures:
        figure = target.figure
        if figure.status != "target" or figure.role != "value" or not figure.period or not is_single(target.name):
            continue
        reached = _reached(target, measures)
        key = (target.name, figure.period, figure.kind, figure.value, figure.value_to)
        if reached is None or key in seen:
            continue
        seen.add(key)
        computed = difference(figure, reached.figure)
        told = f"，{computed.text}" if computed else ""
        text = f"{target.name}：{said(figure)}，{said(reached.figure)}{told}"
        found.append(finding(report, "target", target.name, text, [figure, reached.figure], computed))
    return found


def _reached(target: Measure, measures: list[Measure]) -> Measure | None:
    """The latest result that can stand beside a target: of one year beside one year, of a span beside a span."""
    figure = target.figure
    found = [
        other
        for other in measures
        if other.name == target.name
        and other.figure.status == "actual"
        and other.figure.role == "value"
        and (other.figure.kind, other.figure.unit, other.figure.of) == (figure.kind, figure.unit, figure.of)
        and (other.average, other.step, other.partial) == (target.average, target.step, target.partial)
        and other.figure.direction == figure.direction
        and other.figure.period
        and ("-" in other.figure.period) == ("-" in (figure.period or ""))
    ]
    return max(found, key=lambda other: (other.figure.period or "", -other.figure.span.start), default=None)


def check(report: Report) -> tuple[Finding, ...]:
    """What contradicts itself first, then each target beside the level reached; within a kind in text order."""
    measures = read_measures(report, normal(report.text))
    return (
        *differing_values(report, measures),
        *unequal_sums(report, measures),
        *contradicted_growth(report, measures),
        *targets_beside_results(report, measures),
    )
