"""Question × Extent → Over: what is asked of several reports. What is done is read by the trained reader, places and years by grammar."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from index import periods
from index.figures import numerals
from index.records import Report, Span, Status
from search.find.gather import Encode
from search.library.extent import MARK, Extent, Place, all_places, every_place
from search.library.view import View
from search.plan.follow import WHEN
from search.plan.plans import FIRST
from search.plan.reader import Floats, head, runs_of, spans
from search.plan.vocabulary import found as vocabulary
from search.plan.when import BOTH_ENDS, REPORT_OF, years_named

# What years a question means by the reports there are: 历年, 哪年, 每年.
JOINED = re.compile("^[的和与]+|(?:各自?|分别|的|和|与|都)+$")  # what a subject does not begin or end with
AND = re.compile(r"[、,，;/+?:。]|以?及|[和与跟]|还有|\band\b|&")
SORTS = re.compile("^(?:城镇|城里人?|城市|农村人?|乡下|乡村|农民|城里的?|农村的?)")  # whose income it is
# Words that name no subject by themselves: 主要目标, 各项指标.
GENERIC = re.compile(
    "主要|重点|重要|预期|各项|几[项个]|大|年初|年度|目标|指标|任务|承诺|情况|的|定|计划|数据?|方面|工作|说法|都|全部|所有|变化|数字|数值|实际|多少|经济社会发展|经济发展"
)
BARE = frozenset(("", "经济", "社会", "发展", "增长", "增速", "增幅"))  # what is left of 主要经济目标, and names nothing by itself
BETWEEN = re.compile("[、,，和与及]")
EVERY_YEAR = re.compile(
    r"历年|逐年|每年|各年|(?:所有|全部)年份|哪[一几些]?年|这[些几][一]?年|一年一年|"
    r"year by year|each year|every year|which year|over the years"
)
# Years of two digits, as people write them beside each other: 24、25, 19到23年.
TWO_DIGITS = re.compile(r"(?<![\d.])([012]\d)(?=年(?!来|间|以|内|之|前|后|多)|[、,/ 和与比到至~—-]+[012]\d(?:年|\D|$)|$)")
TWO_TO = re.compile(r"(?<![\d.])([012]\d)年?[到至~—-]+([012]\d)(?=年|\D|$)")
LAST = re.compile("上一?年|前一年")  # beside a year it is the one before
BEFORE = re.compile(r"比(?:上年|去年|前一?年|上一年)|同比|than (?:the )?(?:year before|last year)|上一?年|前一年")
HIGHEST, LOWEST = (
    re.compile("最[高多快大]|第一|highest|fastest|most|largest"),
    re.compile("最[低少慢小]|垫底|倒数|lowest|slowest|least|smallest"),
)
# What an operation is often said by; how much each tells is fitted.
CUES = tuple(
    re.compile(cue)
    for cue in (
        "最[高低快慢多少大小好差强弱长短猛狠早晚]|highest|lowest|fastest|slowest|most|least|largest",
        "排[个一]?[下序名队]|名次|第一|从.{1,2}到.{1,2}|由.{1,2}[到至]|倒数|垫底|rank|order",
        "前[一二两三四五六七八九十0-9]|top",
        "平均|均值|average|mean",
        "中位|median",
        "合计|总共|一共|加起来|加在一起|加一[块起]|累计|总和|之和|拢共|total|sum|altogether|combined",
        "完成|实现|兑现|达到|做到|落实|达标|守住|超额|achiev|met\\b|meet|hit",
        "[吗没否]|是否|if|whether|did",
        "哪[些几个]|谁|哪家|有谁|which|who",
        "提到|提及|写|说|讲|谈|出现|mention|say",
        "不同|区别|差异|异同|不一样|对比|对照|compare|differ",
        "相差|差[多几]|多少个?百分点|[高低多少快慢][多几出了]|how much (?:higher|lower)",
        "报告",
        "收录|库里|有哪些报告|哪几份|collection|library",
        "以上|以下|超过|不低于|不到|至少|达到|above|over|below|at least",
        "各|分别|逐一|each|respectively",
        "怎么|如何|举措|做法|部署|打法|侧重|how",
    )
)
DONE = re.compile("实绩|实收|结果|实际|完成|达到|实现|做到|实绩|actual|achiev|reached")  # said beside 目标 all the same: 年初目标完成了多少
AGAINST = re.compile("(?:[比较跟与和同]|vs)$")  # before a year: it is what another is set against
OPERATIONS = {"mean": ("mean", "sum", "median"), "compare": ("difference", "ratio")}  # what is reckoned
TIMES = re.compile("倍|times (?:as|that|the)")  # the unit of what is asked for
STRUCTURE = 0.5  # what the number of places and years is worth beside the runs of characters, by folds over files of questions


@dataclass(frozen=True, slots=True)
class Over:
    """What is asked of several reports. `years` are those of the figures; of none named the newest."""

    operator: str
    chance: float  # 0..1
    subjects: tuple[str, ...]  # in the words of the question
    text: str  # the question, masked
    years: tuple[str, ...]
    every_year: bool
    statuses: tuple[tuple[Status, float], ...]  # likeliest first
    operation: str | None
    descending: bool
    both: float  # the chance that plan and result are both asked for
    take: int | None  # of an order: so many of the first; None is all of it


def read_over(extent: Extent, encode: Encode, newest: Report) -> Over:
    """去年 and 今年 are those of the `newest` report."""
    text, years, every_year = extent.text, years_of(extent.text, newest), EVERY_YEAR.search(extent.text) is not None
    read = masked(extent, newest)
    words, vector = over_features(extent, read, years), encode(read)
    operator, chance = head("over.operator", words, vector)[0]
    operations = [one for one, _ in head("over.operation", words, vector) if one in OPERATIONS.get(operator, ())]
    operations = ["ratio"] if operator == "compare" and TIMES.search(text) else operations
    _, named = spans(read, operator, "over.tag")
    first = FIRST.search(text)
    take = numerals.parse(first[1] or first[2]) if first else None
    both_ends = HIGHEST.search(text) is not None and LOWEST.search(text) is not None
    descending, whole = (dict(head(f"over.{name}", words, vector))["yes"] >= 0.5 for name in ("descending", "whole"))
    if operator == "change" and len(years) == 1:
        years = (*years, str(int(years[0]) - 1)) if years[0].isdigit() else years
    status = head("over.status", words, vector)
    subjects = subjects_in(read, named)
    english = sum(character.isascii() and character.isalpha() for character in read) > len(read) / 2
    return Over(
        operator, chance, () if english else subjects, read, years, every_year,
        tuple((one, dict(status).get(one, 0.0)) for one in ("target", "actual")),
        operations[0] if operations else None,
        descending or both_ends, max(dict(status).get("both", 0.0), float(_both_said(text, years))),
        int(take) if take else None if whole or both_ends else 1,
    )  # fmt: skip


def _both_said(text: str, years: Sequence[str]) -> bool:
    """Whether plan and result are both asked for of several years, in so many words: 2024年实际、2025年目标和实际."""
    return len(years) > 2 and vocabulary("status", "target", text) is not None and DONE.search(text) is not None


def subjects_in(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """The words of each subject: runs with no "and" between them are one (城镇…岗位); of 城里和农村收入 each has the measure."""
    runs: list[tuple[int, str]] = []
    for span in spans:
        own = JOINED.sub("", span.of(text))
        if runs and not AND.search(text[runs[-1][0] : span.start]):
            runs[-1] = span.end, runs[-1][1] + own
        else:
            runs.append((span.end, own))
    subjects = [part for _, own in runs for part in _parts(own)]
    whole = max((own for own in subjects if SORTS.sub("", own)), key=len, default="")
    plain = [own for own in subjects if SORTS.sub("", own) or not whole]
    sorts = [own + SORTS.sub("", whole) for own in subjects if whole and not SORTS.sub("", own)]
    if sorts and not SORTS.match(whole):  # 老百姓的收入，城里和农村: the measure is none by itself
        plain = [own for own in plain if own != whole]
    found = (own for own in (*sorts, *plain) if GENERIC.sub("", own) not in BARE)
    return tuple(dict.fromkeys(found))


def _parts(words: str) -> list[str]:
    """GDP和规模工业 as two, where each is long enough to be a name."""
    parts = [part.strip() for part in BETWEEN.split(words)]
    return parts if len(parts) > 1 and all(len(part) > 1 for part in parts) else [words]


def years_of(text: str, newest: Report) -> tuple[str, ...]:
    """The years that a question in normal form names, in its order; ranges year by year, but a five-year plan as a whole."""
    text = TWO_TO.sub(lambda match: f"20{match[1]}年到20{match[2]}年", text)
    text = TWO_DIGITS.sub(lambda match: f"20{match[1]}", text)
    if years_named(text, newest, relative=False):  # 四年累计 beside them says how many they are
        text = LAST.sub("", periods.COUNTED.sub("", text))
    found: list[str] = []
    plans = {f"{first}-{last}" for match in periods.PLAN.finditer(text) for first, last in [periods.five_year_plan(match[1]) or (0, 0)]}
    for year in years_named(text, newest):
        first, last = (year.split("-") * 2)[:2]
        found += [year] if year in plans else [str(one) for one in range(int(first), int(last) + 1)]
    return tuple(dict.fromkeys(found))


def statuses_in(text: str, newest: Report) -> dict[str, Status]:
    """What each of two years is asked for, by the words behind it: 去年产了多少，今年要产多少. A year that is set against the other, as
    what it is compared with, says nothing."""
    marks = [*WHEN.finditer(text)]
    found: dict[str, Status] = {}
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        years = years_of(mark[0], newest)
        if AGAINST.search(text[: mark.start()]) or not years:
            continue
        segment = text[mark.end() : end]
        planned = vocabulary("status", "target", segment) is not None or years[0] == newest.year_planned
        done = DONE.search(segment) is not None
        found[years[0]] = "target" if planned and not (done and years[0] != newest.year_planned) else "actual"
    return found


def masked(extent: Extent, newest: Report) -> str:
    """A question without its places, years told by how they stand to the newest report: it reads the same of any place and year."""
    planned = int(newest.year or 0)

    def told(match: re.Match[str]) -> str:
        year = int(periods.arabic(match[1]))
        return {0: "今年", 1: "去年"}.get(planned - year, "往年" if year < planned else "明年")

    text = TWO_TO.sub(r"20\1年到20\2年", extent.bare)
    text = TWO_DIGITS.sub(r"20\1", text)
    text = re.sub(r"(?<!\d)((?:19|20)\d\d)(?!\d)年?", told, text)
    return re.sub(r"(?<![a-z\d.])\d+(?:\.\d+)?(?![a-z\d.])", "0", text)  # not of pm2.5, 5g


def over_features(extent: Extent, read: str, named: Sequence[str]) -> Floats:
    """Of a question, as `masked` reads it, with the years that it names: its runs of characters, how many places and years it names, and
    whether it plans or reports."""
    places, years = len(extent.places), len(named)
    every = EVERY_YEAR.search(extent.text) is not None
    target, actual = (vocabulary("status", name, extent.text) is not None for name in ("target", "actual"))
    several = places > 1 or extent.group is not None
    facts = (
        places == 0, places == 1, places == 2, places > 2, extent.group is not None, years == 0, years == 1, years == 2, years > 2, every,
        target, actual, target and actual, several, not several and years == 2, not several and (years > 2 or every),
        MARK in extent.bare, BEFORE.search(extent.text) is not None, *(cue.search(extent.text) is not None for cue in CUES),
    )  # fmt: skip
    return np.concatenate([runs_of(read), STRUCTURE * np.array(facts, dtype=np.float32)])


def newest_of(reports: Sequence[Report], extent: Extent) -> Report:
    """The report by which a question's years are told: the newest of the places that it names, or of all."""
    rows = [row for place in extent.places for row in place.reports] or range(len(reports))
    return max((reports[row] for row in rows), key=lambda report: report.year or "")


FIVE = 5  # years that a report looks back on where a new government begins
MOSTLY, EVEN = 0.7, 0.5  # share of the years asked for that there are reports of; chance that both plan and result are asked for
WHETHER = re.compile("[吗么没否]|whether|did|是不是|哪些")
TARGETS = re.compile("目标|指标|任务|承诺|计划|说的|定的|target|goal|promise")
PERCENT = re.compile("百分之|%|percent")
CLEARLY = 0.6  # chance (0..1) from which a question that names no place is one to all reports


def of_several(extent: Extent, over: Over, reports: Sequence[Report]) -> bool:
    """Whether a question is put to several reports, or to the library itself; else one report answers it."""
    places = len(extent.places)
    if over.operator == "library":
        return over.chance >= CLEARLY
    if over.operator == "which" and places > 1 and not extent.places[0].reports:
        return False  # which cities of a province: its own report tells
    if places > 1 or (extent.group is not None and places):
        return True
    if places != 1 or len(REPORT_OF.findall(extent.text)) == 1:
        return False
    return _of_years(extent, over, [reports[row] for row in extent.places[0].reports], newest_of(reports, extent))


def _of_years(extent: Extent, over: Over, own: Sequence[Report], newest: Report) -> bool:
    """Whether a question on one place needs several of its reports."""
    if over.operator == "kept":
        planned = TARGETS.search(extent.text) or vocabulary("status", "target", extent.text)
        about = planned or (over.subjects and WHETHER.search(extent.text))
        return (bool(about) and any(report.year_planned in over.years for report in own)) or (not over.years and len(own) > 1)
    if over.every_year and not over.years:
        return len(own) > 1
    if len(over.years) < 2 and over.operator != "change":
        return False
    if over.operator == "change" and (PERCENT.search(extent.text) and len(years_of(extent.text, newest)) < 2):
        return False  # 比上年增长百分之几: one report gives it
    held = {year for report in own for year in (report.year_planned, report.year_reported) if year}
    known = sum(year in held for year in over.years)
    if known < max(2, MOSTLY * len(over.years)) and over.years:
        return False
    five = len(over.years) == FIVE and periods.COUNTED.search(extent.text) and not over.every_year
    if over.operator == "give" and (BOTH_ENDS.search(extent.text) or five):
        return False  # 2013到2017这五年: of all of them
    years = sorted(over.years)  # what was reached in a year and is planned for the next stands in one report
    beside = len(years) == 2 and any((report.year_reported, report.year_planned) == (years[0], years[1]) for report in own)
    return not (beside and (over.both >= EVEN or statuses_in(extent.text, newest) == {years[0]: "actual", years[1]: "target"}))


def whole_extent(view: View, extent: Extent, over: Over) -> Extent:
    """The extent with all places of the library, where a question asks which of them and names none."""
    if extent.places or over.operator not in ("rank", "mean", "which", "library") or over.chance < CLEARLY or over.every_year:
        return extent
    return replace(extent, places=all_places(view.directory, view.corpus.reports), group="各地")


def over_years(over: Over) -> bool:
    """Whether several years of one place are asked for."""
    return over.operator in ("kept", "change") or (
        over.operator in ("give", "mean", "rank", "differ") and (len(over.years) > 1 or over.every_year)
    )


def place_of(view: View, fitting: Sequence[int]) -> tuple[Place, ...]:
    """The place of the report that fits best."""
    reports = view.corpus.reports
    return tuple(place for place in every_place(view.directory, reports) if fitting and fitting[0] in place.reports)
