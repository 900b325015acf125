"""What stands beside a figure: what was reached of a target, and the growth that a sentence gives with a level."""

import re
from collections.abc import Sequence

from index.records import Figure, Report
from search.answer.compose import companion
from search.levels import quoted
from search.results import Citation, FigureResult, Finding, falls, figure_result

OWN_WHOLE = re.compile("^全[市省区县国]")


def reached(report: Report, target: FigureResult, findings: Sequence[Finding]) -> tuple[FigureResult, Citation] | None:
    """Of the same measure, as `check` found it; else of the one measure of the year before whose name ends with the target's."""
    for finding in findings:
        starts = [one.start for one in finding.figures]
        if finding.kind == "target" and target.start in starts and target.status == "target":
            at = 1 - starts.index(target.start)
            return finding.figures[at], finding.citations[at]
    if target.status != "target" or not target.indicator:
        return None
    same = [one for one in report.figures if (one.indicator, one.kind, one.status) == (target.indicator, target.kind, "target")]
    if len(same) > 1:  # 财政收入 of the city and of its villages: which of them is meant is not sure
        return None
    kind = (target.kind, target.unit, target.direction, "value", "actual", report.year_reported)
    alike = [one for one in report.figures if (one.kind, one.unit, one.direction, one.role, one.status, one.period) == kind]
    other = [one for one in alike if one.indicator.endswith(target.indicator)]
    if len(other) != 1:
        return None
    found = figure_result(report, other[0])
    return found, quoted(found, report)


def same_whole(one: FigureResult, other: FigureResult) -> bool:
    """全市地区生产总值 is the report's own 地区生产总值; 地方财政收入 is not 财政收入."""
    return OWN_WHOLE.sub("", one.indicator) == OWN_WHOLE.sub("", other.indicator)


def growth_with(report: Report, figure: FigureResult) -> Figure | None:
    """增长16.5%, where the sentence gives it with a level."""
    own = next((one for one in report.figures if one.span.start == figure.start), None)
    growth = companion(report, own) if own else None
    return growth if growth and not falls(growth) else None
