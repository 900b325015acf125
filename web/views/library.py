"""The library view: which reports there are, by place, year and kind; which are missing between others; what could not be read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.records import Report
from search.library.directory import by_place
from search.library.extent import level_of, province_of
from search.library.side_by_side import place_of
from web.address import Wanted, address
from web.answers.cite import CHINESE
from web.answers.pivot import by_province
from web.strings import Words
from web.tags import Html, el, join
from web.views.asked import left_out, section

MOST = 120  # places on the page: of more, those of a province are a line that leads to them
COMMON = 2  # a year that more than one in so many places of a level have is one that the others lack
Years = tuple[int, int]  # a year, or those between two that no report is of


@dataclass(frozen=True, slots=True)
class Held:
    """The reports of a place, and the years of which there is none though there is before and after, or most others have one."""

    place: str
    group: str
    level: str
    reports: tuple[Report, ...]
    gaps: frozenset[int] = frozenset()

    @property
    def years(self) -> set[int]:
        return {int(one.year) for one in self.reports if one.year}

    def text(self, words: Words) -> str:
        """What is looked for in it."""
        told = [f"{one.title} {one.year} {words[f'genre_{one.genre}']}" for one in self.reports]
        return " ".join([self.group, self.place, *told, words["gap"] if self.gaps else ""]).lower()


def shown(wanted: Wanted, reports: Sequence[Report], skipped: Sequence[Mapping[str, str]], words: Words) -> Html:
    every = held(reports, words)
    found = [one for one in every if all(part in one.text(words) for part in wanted.q.lower().split())]
    kept = [report for one in found for report in one.reports]
    gaps = sum(len(one.gaps) for one in found)
    said = words["library_count"].format(reports=len(kept), places=len(found), gaps=gaps)
    genres = Counter(report.genre for report in kept)
    kinds = words["listed"].join(words["counted"].format(value=words[f"genre_{one}"], count=count) for one, count in genres.most_common())
    parts = [el("h2", said), el("p", kinds, class_="counted")]
    groups = {name: [one for one in found if one.group == name] for name in dict.fromkeys(one.group for one in found)}
    whole, left = dict[str, list[Held]](), MOST
    for name, own in groups.items():
        if len(own) <= left or len(groups) == 1:
            whole[name] = own[:left]
        left -= len(own) if name in whole else 0
    parts.append(_table(whole, words) if whole else el("p", words["rows_none"], class_="intro"))
    folded = [_folded(name, own, wanted, words) for name, own in groups.items() if name not in whole]
    parts.append(el("ul", join(folded), class_="folded") if folded else Html())
    parts.append(el("p", words["library_cut"].format(shown=MOST), class_="counted") if len(groups) == 1 and len(found) > MOST else Html())
    return section([el("div", join(parts), class_="library"), _unread(kept, skipped, words)], said, wanted)


def held(reports: Sequence[Report], words: Words) -> list[Held]:
    """The places, the nation first, then the provinces, then what lies in each, each with its gaps."""
    places = by_place(reports, [row for row, report in enumerate(reports) if report.place])
    found = [_held(name, tuple(reports[row] for row in rows), words) for name, rows in places.items()]
    found += [Held(place_of(report), words["level_none"], "none", (report,)) for report in reports if not report.place]
    levels = ("", "province", "city", "county", "none")
    found.sort(key=lambda one: (min(levels.index(one.level), 2) if one.level != "none" else 3, by_province(one.place)))
    common = {level: Counter(year for one in found if one.level == level for year in one.years) for level in levels}
    sizes = Counter(one.level for one in found)
    every = {year for one in found for year in one.years}

    def gaps(one: Held) -> frozenset[int]:
        inner = range(min(one.years, default=0), max(one.years, default=0))
        return frozenset(
            year for year in {*every, *inner} - one.years if year in inner or common[one.level][year] * COMMON > sizes[one.level]
        )

    return [Held(one.place, one.group, one.level, one.reports, gaps(one) if one.years else frozenset()) for one in found]


def _held(place: str, reports: tuple[Report, ...], words: Words) -> Held:
    level = level_of(place)
    group = words[f"level_{level or 'nation'}"] if level in ("", "province") else province_of(place) or words["level_other"]
    return Held(place, group, level, reports)


def _columns(found: Sequence[Held]) -> list[Years]:
    """Each year of which there is a report; what some place lacks between two of them in one."""
    columns: list[Years] = []
    for year in sorted({year for one in found for year in one.years}):
        between = (columns[-1][1] + 1, year - 1) if columns else (year, year - 1)
        if any(one.gaps.intersection(range(between[0], between[1] + 1)) for one in found):
            columns.append(between)
        columns.append((year, year))
    return columns


def _table(groups: Mapping[str, Sequence[Held]], words: Words) -> Html:
    columns = _columns([one for own in groups.values() for one in own])
    undated = any(not report.year for own in groups.values() for one in own for report in one.reports)
    named = [f"{first}" if first == last else f"{first}—{last}" for first, last in columns]
    heads = [words["column_place"], *named, *([words["no_year"]] if undated else []), words["column_reports"]]
    head = el("tr", *(el("th", name, scope="col") for name in heads))
    width = len(heads)
    bodies = [
        el(
            "tbody",
            el("tr", el("th", el("span", name), colspan=width, scope="rowgroup")) if len(groups) > 1 else "",
            *(_row(one, columns, words, undated=undated) for one in own),
        )
        for name, own in groups.items()
    ]
    table = el("table", el("caption", words["tab_library"], class_="sr"), el("thead", head), *bodies, class_="tbl grid held")
    return el("div", table, class_="wide", tabindex="0", role="region", aria_label=words["tab_library"])


def _row(one: Held, columns: Sequence[Years], words: Words, *, undated: bool) -> Html:
    cells = [_cell(one, years, words) for years in columns]
    cells += [el("td", join([_link(report, words) for report in one.reports if not report.year]))] if undated else []
    return el("tr", el("th", one.place, scope="row", lang=CHINESE), *cells, el("td", str(len(one.reports)), class_="num"))


def _cell(one: Held, years: Years, words: Words) -> Html:
    links = [_link(report, words) for report in one.reports if report.year == str(years[0]) == str(years[1])]
    lacks = one.gaps.intersection(range(years[0], years[1] + 1))
    return el("td", join(links) if links else el("span", words["gap"], class_="gap", title=words["because_gap"]) if lacks else "")


def _link(report: Report, words: Words) -> Html:
    href = f"?{address(Wanted('report', report=report.id))}"
    said = el("span", words[f"short_{report.genre}"], lang=words["lang"])
    return el("a", said, href=href, title=report.title, class_=report.genre, lang=CHINESE)


def _folded(name: str, own: Sequence[Held], wanted: Wanted, words: Words) -> Html:
    said = words["library_folded"].format(group=name, places=len(own), reports=sum(len(one.reports) for one in own))
    return el("li", el("a", said, href=f"?{address(wanted, q=f'{wanted.q} {name}'.strip())}"))


def _unread(reports: Sequence[Report], skipped: Sequence[Mapping[str, str]], words: Words) -> Html:
    """The files of which nothing was read, and what was left out of the others."""
    parts = [report for report in reports if report.unread]
    if not parts and not skipped:
        return Html()
    rows = [
        el("li", _titled(report), *(f" {one.where}{words['colon']}{one.why}" for one in report.unread), lang=CHINESE)
        for report in parts[:MOST]
    ]
    fold = (
        el("details", el("summary", words["library_parts"].format(count=len(parts))), el("ul", join(rows)), class_="unread")
        if parts
        else ""
    )
    return el("section", el("h2", words["library_unread"]), left_out(skipped, words), fold, class_="left")


def _titled(report: Report) -> Html:
    return el("a", report.title, href=f"?{address(Wanted('report', report=report.id))}")
