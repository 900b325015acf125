"""For when a question asks: years and ranges, reached or planned, 去年 and 今年 taken from the report."""

import re
from dataclasses import dataclass

from index import periods
from index.records import Report, Span, Status
from search.plan.vocabulary import BASE_ASKED, found

AT_END = re.compile(r"[\"”’」』]?(?:时期|规划|期间|计划)?(?:的)?(?:末|收官|结束|最后一年|期末|收尾)")
FIRST = re.compile(r"[\"”’」』]?(?:时期)?的?[头前]([两三四])年")  # “十一五”头四年
BOTH_ENDS = re.compile(r"年(?!均)[^?]*?(?:前后|各|分别)(?:自|是|为|有|达)*(?:多少|几)")  # 2010年到2015年森林覆盖率各是多少: of two years
UNTIL = re.compile(r"为止|截[至止]|累计")  # 到去年为止: however many years it took
NOW = re.compile(r"目前|现在|眼下|如今")  # beside a year to come: the year reported on
# 比1952年增加了百分之多少: a rate has its base in it, the period is the other year.
RATE_OVER = re.compile(r"比((?:19|20)\d\d)年[^,，。]{0,8}(?:百分之|增长多少|增幅|增速|%)")
SET_AGAINST = re.compile(r"(?:跟|与|和|同|较)((?:19|20)\d\d)年(?:相?比|(?<=较\d{4}年))")  # nothing but a base
BEFORE_BASE, BEHIND_BASE = re.compile(r"[比较]$|[跟与和同]$"), re.compile(r"[\"”’」』]?(?:时期|期间)?相?比")
REPORT_OF = re.compile(
    r"((?:19|20)\d\d)年?的?(?:[^,，。?]{0,8}?工作报告|[^,，。?]{0,4}报告(?=[里中内]|提出|提到|指出|[说讲称写]|打算|计划))"
)  # the report's own year, not one that is asked about


@dataclass(frozen=True, slots=True)
class Period:
    """When: a year (or range), a status, or both; None is any. `in_all` is what came in all the years to its end."""

    year: str | None
    status: Status | None
    in_all: bool = False


def read_periods(matched: str, report: Report) -> tuple[Period, ...]:
    target, actual = (found("status", name, matched) is not None for name in ("target", "actual"))
    years = [year for year in years_named(matched, report) if year not in _aside(matched, report)]
    if len(years) == 1 and "-" in years[0] and BOTH_ENDS.search(matched):
        years = [years[0][:4]] if BASE_ASKED.search(matched) else years[0].split("-")
    if not years:
        if target == actual:
            return ()
        return (Period(None, "target" if target else "actual"),)
    if len(years) == 1:
        in_all = UNTIL.search(matched) is not None
        return (Period(years[0], _status(years[0], report, target=target, actual=actual), in_all),)
    return tuple(Period(year, _status(year, report, target=False, actual=False)) for year in years)


def years_named(matched: str, report: Report, *, relative: bool = True) -> list[str]:
    """The years and ranges named, in order, each once; 去年 and the like as the report's, unless they are not `relative`ly meant."""
    found: list[tuple[int, str]] = []
    taken: list[Span] = []
    for match in periods.YEARS.finditer(matched):
        found.append((match.start(), f"{match[1]}-{match[2]}"))
        taken.append(Span(match.start(), match.end()))
    for match in re.finditer(r"(?<!\d)((?:19|20)\d\d)(?!\d)|([一二][〇零○一二三四五六七八九]{3})(?=年)", matched):
        if not any(span.start <= match.start() < span.end for span in taken):
            found.append((match.start(), periods.arabic(match[0])))
    for match in periods.SHORT.finditer(matched):
        found.append((match.start(), f"20{periods.arabic(match[0])}"))
    for match in periods.PLAN.finditer(matched):
        years = periods.five_year_plan(match[1])
        if years:
            at_end, first = AT_END.match(matched, match.end()), FIRST.match(matched, match.end())
            last = years[0] + periods.SMALL[first[1]] - 1 if first else years[1]
            found.append((match.start(), str(last) if at_end else f"{years[0]}-{last}"))
    if relative and report.year_reported:
        found += _from_report(matched, report.year_reported, dated=bool(found))
    return list(dict.fromkeys(year for _, year in sorted(found)))


def _from_report(matched: str, reported: str, *, dated: bool) -> list[tuple[int, str]]:
    """The years that only the report knows: 去年, 过去五年, and beside another year 目前."""
    found: list[tuple[int, str]] = []
    counted = periods.COUNTED.search(matched)
    if counted:
        found.append((counted.start(), periods.counted_back(counted, int(reported))))
    ahead = periods.NEXT.search(matched)
    if ahead:
        found.append((ahead.start(), periods.counted_ahead(ahead, int(reported))))
    for word, offset in {**periods.RELATIVE, "last year": 0, "this year": 1}.items():
        for match in re.finditer(word, matched):
            found.append((match.start(), str(int(reported) + offset)))
    now = NOW.search(matched)
    if now and (dated or found):
        found.append((now.start(), reported))
    return found


def _plans_against(matched: str) -> set[str]:
    """The plans that something is only set against: 跟“十三五”比, 较“十三五”时期."""
    found: set[str] = set()
    for match in periods.PLAN.finditer(matched):
        before, years = BEFORE_BASE.search(matched[: match.start()]), periods.five_year_plan(match[1])
        if years and before and (before[0] in "比较" or BEHIND_BASE.match(matched, match.end())):
            found.add(f"{years[0]}-{years[1]}")
    return found


def _aside(matched: str, report: Report) -> set[str]:
    """Years that are named beside the one asked about: a rate's base, the year of the report itself."""
    base, own = RATE_OVER.search(matched), REPORT_OF.search(matched)
    against = {match[1] for match in SET_AGAINST.finditer(matched)}
    named = years_named(matched, report)
    is_asked = own is not None and (matched.count(own[1]) > 1 or "今年" in matched)
    of_report = {own[1]} if own and own[1] == report.year_planned and not is_asked else set()
    aside = of_report | ({base[1]} if base else set()) | _plans_against(matched)
    if against and against >= set(named):  # with another year beside it, both are asked about
        return against
    return aside if len(named) > len(aside) else of_report  # a base is one only beside the year that is asked about


def _status(year: str, report: Report, *, target: bool, actual: bool) -> Status | None:
    if report.year_reported is None:
        return "target" if target and not actual else None
    if year <= report.year_reported:
        return "target" if target and not actual and year > report.year_reported else "actual"
    return "target"
