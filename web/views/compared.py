"""Reports side by side: indicators over places and years as one grid, chosen by indicator, measure, place and year."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, get_args

from index.records import Kind, Report, Status
from search.answer.cells import bound_of
from search.answer.framed import dated
from search.commands.tables import answered
from search.export import Table
from search.library.given import other_names
from search.library.side_by_side import groups, place_of, places
from search.results import AnswerRow, Citation, Offer, Reason, Row
from web.address import Wanted, address, file_address
from web.answers.cite import CHINESE, DOT, whose, with_own
from web.answers.pivot import grid
from web.answers.taking import copies, headings, row_words
from web.strings import Words
from web.tags import Html, el, join
from web.views.asked import section, sentences
from web.views.searched import select

MOST = 300  # rows on the page; the files have all
FEW = 8  # places to choose from without a box that narrows them
KINDS: tuple[Kind, ...] = get_args(Kind)
STATUSES: tuple[Status, ...] = ("target", "actual")
Measures = Sequence[tuple[str, str]]  # indicators, each with its kind; "" is that in which most reports give it


def asked_for(wanted: Wanted, offers: Sequence[Offer]) -> list[tuple[str, str]]:
    """The indicators that an address names, by 、; without one what most reports give."""
    if not wanted.q.strip() and offers:
        return [(offers[0].indicator, offers[0].kind)]
    names, kinds = wanted.q.split("、"), wanted.kind.split("、")
    return list(dict.fromkeys(pair for pair in zip(names, [*kinds, *[""] * len(names)], strict=False) if pair[0].strip()))


def named(wanted: Wanted, measures: Measures) -> Wanted:
    """The address of these indicators."""
    return replace(wanted, q="、".join(name for name, _ in measures), kind="、".join(kind for _, kind in measures).strip("、"))


def controls(wanted: Wanted, chosen: Measures, offers: Sequence[Offer], reports: Sequence[Report], words: Words) -> Html:
    """Indicators and places, several of which may be chosen, in lists that narrow as one types; the year."""
    counted: dict[tuple[str, str], str] = {
        (one.indicator, one.kind): words["counted"].format(value=_measure(one.indicator, one.kind, words), count=one.reports)
        for one in offers
    }
    offered = {pair: counted.get(pair) or _measure(*pair, words) for pair in (*chosen, *counted)}
    boxes = [(f"{name}|{kind}", said, (name, kind) in chosen) for (name, kind), said in offered.items()]
    said = words["listed"].join(_measure(*pair, words) for pair in chosen) or words["indicator"]
    find = el(
        "input",
        type="search",
        id="indicator",
        placeholder=words["find_indicator"],
        aria_label=words["find_indicator"],
        data_narrows="label",
        autocomplete="off",
    )
    some = wanted.place.split("、") if wanted.place else []
    names = places(reports)
    narrow = el("input", type="search", placeholder=words["find_place"], aria_label=words["find_place"], data_narrows="label")
    spots = _picks(
        "place",
        [(name, name, name in some) for name in names],
        words["listed"].join(some) or words["any_place"],
        narrow if len(names) > FEW else "",
    )
    years = sorted({year for report in reports for year in (report.year_reported, report.year_planned) if year}, reverse=True)
    year = select(
        "year", [(words["any_year"], ""), *((words["year"].format(year=one), one) for one in years)], wanted.year, words["any_year"]
    )
    return el("div", _picks("indicator", boxes, said, find), spots, year, files(wanted, ("csv", "xlsx", "json"), words), class_="filters")


def _measure(name: str, kind: str, words: Words) -> str:
    return f"{name}{DOT}{words[f'kind_{kind}']}" if kind in KINDS else name


def _picks(name: str, boxes: Sequence[tuple[str, str, bool]], said: str, find: str) -> Html:
    shown = [el("label", el("input", type="checkbox", name=name, value=value, checked=on), text, lang=CHINESE) for value, text, on in boxes]
    return el(
        "details",
        el("summary", said, lang=CHINESE if any(on for *_, on in boxes) else None),
        el("div", find, join(shown), class_="picks"),
        class_="pick",
        id=f"{name}s",
    )


def files(wanted: Wanted, endings: Sequence[str], words: Words) -> Html:
    """Links to what is shown as files."""
    to = {end: file_address(end, wanted, words.language) for end in endings}
    links = [el("a", words[f"save_{end}"], href=href, download=f"wenbao.{end}", class_="file") for end, href in to.items()]
    return el("span", join(links), class_="files")


def cells(rows: Sequence[Row], reports: Sequence[Report], year: str, words: Words) -> list[AnswerRow]:
    """What reports reached and planned, each with its place and the year that it is of; what is missing with its reason."""
    by_id = {report.id: report for report in reports}
    place = {report.id: whose(place_of(group[0]), report.id, words) for group in groups(reports) for report in group}
    found: list[AnswerRow] = []
    for (indicator, kind, name), own in groupby(rows, key=lambda row: (row.indicator, row.kind, place[row.report_id])):
        subject = _measure(indicator, kind, words)
        told = [_cell(row, by_id[row.report_id], name, subject, status) for row in own for status in STATUSES]
        newest = max((cell.year or "" for cell in told if cell.status == "target"), default="")
        for of in sorted({cell.year for cell in told if cell.year}):
            for status in STATUSES:
                reason: Reason = "not_yet" if status == "actual" and of >= newest else "not_held"
                there = [cell for cell in told if (cell.year, cell.status) == (of, status)]
                found += there or [_row(None, name, subject, of, status, reason)]
    stated = {(cell.subject, cell.status) for cell in found if cell.stated}
    return [cell for cell in found if (cell.subject, cell.status) in stated and year in ("", cell.year)]


def _cell(row: Row, report: Report, place: str, subject: str, status: Status) -> AnswerRow:
    """A report that has none of the names of what is asked for does not speak of it."""
    side, year = (row.planned, report.year_planned) if status == "target" else (row.reached, report.year_reported)
    spoken = any(name in report.text for name in (row.indicator, *other_names(row.indicator)))
    cell = _row(report, place, subject, year, status, "unsure" if spoken else "absent")
    if side is None:
        return cell
    figure, difference = side.figure, row.difference if status == "actual" else None
    more: dict[str, Any] = {"figure": figure, "citation": side.citation, "bound": bound_of(figure), "confidence": 1.0}
    return replace(cell, stated=True, reason=None, text=side.text, difference=difference, **more)


def _row(report: Report | None, place: str, subject: str, year: str | None, status: Status, reason: Reason) -> AnswerRow:
    name, of = (report.title, report.id) if report else ("", "")
    label = f"{place}{dated(year, status)}{subject}"
    return AnswerRow(label, subject, of, name, place, year, status, False, reason, "", None, None, None, 0.0)


def shown(wanted: Wanted, found: Sequence[AnswerRow], chosen: Measures, offers: Sequence[Offer], copied: str, words: Words) -> Html:
    """The grid, the places and years with figures first; `copied` is the table as it is copied."""
    with_some = {(row.place, row.year) for row in found if row.stated}
    rows = sorted(found, key=lambda row: (row.place, row.year) not in with_some)
    if not rows:
        return section([el("p", words["compare_none"], class_="intro")], words["compare_none"], wanted)
    reports = len({row.report_id for row in rows if row.stated})
    subjects = words["listed"].join(dict.fromkeys(row.subject for row in rows))
    said = words["compared"].format(indicator=subjects, count=reports)
    lines = list(dict.fromkeys((row.place, row.year) for row in rows))
    first = set(lines[:MOST])
    cut = words["rows_shown"].format(shown=MOST) if len(lines) > MOST else ""
    silent = [_measure(*pair, words) for pair in chosen if not any(row.subject.startswith(pair[0]) for row in rows)]
    none = el("p", words["compare_silent"].format(names=words["listed"].join(silent)), class_="counted") if silent else Html()
    on_page = [row for row in rows if (row.place, row.year) in first]
    table = grid(on_page, wanted, said, words, _others(wanted, chosen, offers, words))
    copy = el("div", copies("copy_table", copied, words), class_="acts")
    return section([el("p", said, cut, class_="counted"), none, table, copy], sentences(said, on_page, words), wanted)


def _others(wanted: Wanted, chosen: Measures, offers: Sequence[Offer], words: Words) -> dict[str, Html]:
    """The other measures of each indicator, to change to in the head of its column."""
    found: dict[str, Html] = {}
    for at, (name, kind) in enumerate(chosen):
        others = [one.kind for one in offers if one.indicator == name and (name, one.kind) not in chosen]
        links = [
            el(
                "a",
                words[f"kind_{one}"],
                href=f"?{address(named(wanted, [*chosen[:at], (name, one), *chosen[at + 1 :]]))}",
                class_="measure",
            )
            for one in others
        ]
        found |= {_measure(name, kind, words): join(links)} if links else {}
    return found


def as_table(rows: Sequence[Row], found: Sequence[AnswerRow], link: Callable[[Citation], str], words: Words) -> Table:
    """A row a figure, or the reason why there is none, under headings in the page's language."""
    lines = [answered(with_own(one, words), link, row_words(words)) for one in found]
    return Table(json=[row.to_dict() for row in rows], fields=headings(words), rows=lines)
