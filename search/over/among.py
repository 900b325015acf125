"""Which reports say something, what two of them say on a subject, and which reports there are."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from index.figures import numerals
from index.figures.recognise import Mention
from index.figures.units import kind_of
from index.records import Figure, Report, Span
from index.text import normal
from search.answer import compose
from search.answer.cells import Gathered
from search.answer.framed import joined
from search.answer.select import likeliest
from search.library.extent import MARK
from search.match.across import unmarked
from search.over.filled import Cell, Gathering, cells_of, fill, subjects_of
from search.over.framing import framed, plan_of, rows_of, said
from search.over.mentioned import best_sentences, sentences_with
from search.over.settled import Settled, settled
from search.plan.conditions import Condition, conditions_in, exceeds
from search.results import Answer, AnswerRow, Citation, Coverage, Item, citation, not_stated

NOT = re.compile("(?:没有?|未)(?:[给把对])?[^,，。?]{0,6}(?:定|设|提|写|说|讲|列)|没(?:提|写|说|定|设|讲)")  # which of them do not say it
FIGURES = re.compile("目标|增速|增幅|多少|指标|定在|涨幅|比例|率")  # a figure is asked for, not a mention
QUOTED = re.compile('[“"「『](.+?)[”"」』]')
MENTIONED = (
    0.3  # chance (0..1) from which a report is taken to say it: of those that do .68 are found, of those that do not .06 (train/mention.py)
)
SHOWN_EACH = 3  # sentences of each report that has what is asked for
PLANNED = 0.7  # chance (0..1) from which plans are asked for, not what was done
BARE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?[万亿千百]*|[一二两三四五六七八九十]+[万亿千百]+)(?![\d年月日])")  # 不少于60万的
ASKS_FOR_POINTS = "打算怎么做"  # behind a subject: of what a county, a province and a nation say 34 of 40 points are found so, 31 without
POINTS_OF_TWO = 8  # of each of two sides
POINTS_EACH = 5  # of each place or year


def which(gathering: Gathering) -> Answer:
    """The reports that say something, or whose figure is beyond a bound."""
    over, text = gathering.over, gathering.extent.text
    question = gathering.question
    bounds = [condition for condition, _ in conditions_in(question.matched, question.numbers or bare_numbers(question.matched))]
    if bounds or (FIGURES.search(text) and over.subjects):
        cells = fill(gathering, [cell for subject in subjects_of(over) for cell in cells_of(gathering, subject)])
        if any(cell.found for cell in cells):
            return _by_figure(gathering, cells, bounds)
        if bounds:
            return framed(gathering, cells, "")
    return _by_text(gathering)


def bare_numbers(matched: str) -> list[Mention]:
    """Numbers without a unit, as people put them: 不少于60万的."""
    found = ((match, numerals.parse(match[1])) for match in BARE.finditer(matched))
    return [
        Mention(Span(*match.span(1)), value, None, None, "count") for match, value in found if value is not None and not 1900 < value < 2100
    ]


def _by_figure(gathering: Gathering, cells: Sequence[Cell], bounds: Sequence[Condition]) -> Answer:
    negated = NOT.search(gathering.extent.text) is not None and not bounds
    examined = sum(cell.report is not None for cell in cells)
    if negated:
        left = [cell for cell in cells if cell.found is None and cell.report is not None]
        names = "、".join(dict.fromkeys(cell.place.name for cell in left))
        answer = framed(gathering, cells, f"{len(left)}份报告没有：{names}。" if left else "各份报告都有。")
        return replace(answer, coverage=Coverage(None, len(left), (), examined))
    kept = [cell for cell in cells if cell.figure and all(_beyond(bound, cell.figure) for bound in bounds)]
    kept.sort(key=lambda cell: -cell.signed)
    rows = rows_of(gathering, kept)
    text = joined([said(row) for row in rows], f"{len(kept)}份报告：") if kept else f"看过的{examined}份报告里没有。"
    if not kept:
        answer = framed(gathering, [cell for cell in cells if cell.found], text)
        return replace(answer, rows=(), figures=(), citations=(), coverage=Coverage(None, 0, (), examined))
    answer = framed(gathering, kept, text, rows=rows)
    return replace(answer, coverage=Coverage(None, len(kept), (), examined))


def _beyond(bound: Condition, figure: Figure) -> bool:
    """Whether a figure is beyond a bound; one without a unit (60万) is in that of the figure."""
    counted = bound.unit is not None and figure.kind == "count" and kind_of(bound.unit) == "count"  # 40万个 of 人
    return exceeds(replace(bound, unit=figure.unit) if bound.unit is None or counted else bound, figure)


def _by_text(gathering: Gathering) -> Answer:
    """The reports with a sentence on it, each with its best."""
    view, over = gathering.view, gathering.over
    rows = reports_asked(gathering)
    named = _names(gathering, rows)
    subject = QUOTED.search(gathering.extent.text)
    phrases = [subject[1]] if subject else [normal(one) for one in over.subjects]
    found: dict[int, tuple[Sequence[Span], float]] = {}
    if phrases and any(all(phrase in view.texts[row] for phrase in phrases) for row in rows):
        planned = dict(over.statuses).get("target", 0.0) >= PLANNED
        for row in rows:
            if all(phrase in view.texts[row] for phrase in phrases):
                spans = [
                    span
                    for phrase in phrases
                    for span in sentences_with(view.corpus.reports[row], view.texts[row], phrase, planned=planned)
                ]
                found[row] = [*dict.fromkeys(spans)][:SHOWN_EACH], 1.0
    else:
        found = _near(gathering, rows)
    if NOT.search(gathering.extent.text):
        found_rows = [row for row in rows if row not in found]
        names = "、".join(named[row] for row in found_rows)
        text = joined([names], f"看过的{len(rows)}份报告里，{len(found_rows)}份没有：")
        return Answer(text, confidence=0.5, **_frame(gathering, "which", Coverage(None, len(found_rows), (), len(rows))))
    items = tuple(_item(gathering, row, span, named[row]) for row, (spans, _) in found.items() for span in spans)
    own = Settled.of(over.chance, [chance for _, chance in found.values()], len(found), "which")
    frame = _frame(gathering, "which", Coverage(None, len(found), (), len(rows)))
    if not found:
        return replace(not_stated("absent"), text=f"看过的{len(rows)}份报告里没有提到。", **frame)
    names = "、".join(dict.fromkeys(item.group or "" for item in items))
    return Answer(
        joined([names], f"{len(found)}份报告提到（看过{len(rows)}份）："),
        confidence=settled(own),
        items=items,
        citations=tuple(i.citation for i in items),
        **frame,
    )


def _frame(gathering: Gathering, form: str, coverage: Coverage) -> dict[str, Any]:
    """How a question to texts was taken, and what there is of it: the fields that all its answers have."""
    return {"form": form, "plan": plan_of(gathering, source="select"), "coverage": coverage}


def reports_asked(gathering: Gathering) -> list[int]:
    """The reports that a question about texts looks through: of the places and the years that it names."""
    over, extent, reports = gathering.over, gathering.extent, gathering.reports
    rows = [row for place in extent.places for row in place.reports] or list(range(len(reports)))
    return [row for row in rows if not over.years or reports[row].year in over.years] or rows


def _names(gathering: Gathering, rows: Sequence[int]) -> dict[int, str]:
    """Reports by their places; with their years where several of one place are looked at, by years alone where all are of one."""
    reports = gathering.reports
    counts = Counter(reports[row].place for row in rows)

    def name(row: int) -> str:
        place, year = reports[row].place or reports[row].title, f"{reports[row].year}年"
        return year if len(counts) == 1 else f"{place}（{year}）" if counts[reports[row].place] > 1 else place

    return {row: name(row) for row in rows}


def _near(gathering: Gathering, rows: Sequence[int]) -> dict[int, tuple[Sequence[Span], float]]:
    """The best sentence of each report by words and meaning, where it is likely enough to be on what is asked for."""

    view, over = gathering.view, gathering.over
    plain = unmarked(over.text).strip(" ,，、的")
    words = "".join(over.subjects) or plain
    best = best_sentences(view, words, gathering.newest, gathering.encode(words), rows)
    return {row: ([span], chance) for row, (chance, span) in sorted(best.items()) if chance >= MENTIONED}


def _item(gathering: Gathering, row: int, span: Span, group: str) -> Item:
    asked = gathering.asked(row)
    fitting = compose.fitting(asked, span, longest=80)
    return Item(fitting.of(asked.report.text).strip(), _cited(asked.report, fitting), group)


def _cited(report: Report, span: Span) -> Citation:
    paragraph = next((one for one in report.paragraphs if one.span.start <= span.start < one.span.end), report.paragraphs[0])
    return citation(report, paragraph, span)


Gather = Callable[[str, int], Gathered]


def differ(gathering: Gathering, gather: Gather) -> Answer:
    """What each place, or year, says on a subject, side by side: its points, and its figures where it gives them."""
    over, extent = gathering.over, gathering.extent
    items: list[Item] = []
    missing: list[str] = []
    more = 0
    rows = _sides(gathering)
    names = _names(gathering, rows)
    chance = 1.0
    plain = "".join(over.subjects) or re.sub(rf"{MARK}+[、和与跟]*", "", over.text)
    each = POINTS_EACH if len(rows) > 2 else POINTS_OF_TWO
    for row in rows:
        picked = likeliest(gather(f"{plain}{ASKS_FOR_POINTS}", row), each, names[row])
        own = picked.items
        items += own
        more += picked.more
        chance = min(chance, picked.chance)
        missing += [] if own else [names[row]]
    cells = fill(gathering, [cell for subject in over.subjects for cell in cells_of(gathering, subject)]) if over.subjects else []
    cells = [cell for cell in cells if cell.found]
    figures = rows_of(gathering, cells)
    confidence = settled(Settled.of(over.chance, [chance] * len(rows), len(rows), "differ"))
    held = {place.name for place in extent.places if not place.reports}
    missing += [*held]
    parts = []
    for row in rows:
        name = names[row]
        first = next((item.text for item in items if item.group == name), "")
        parts.append(f"{name}：{first[:60].rstrip('，。；,;')}" if first else f"{name}没有提到")
    frame = _frame(gathering, "differ", Coverage(len(rows) + len(held), len(rows) + len(held) - len(missing), tuple(missing)))
    if not items:
        return replace(not_stated("absent"), **frame)
    order = [item for number in range(each) for row in rows for item in _of(items, names[row])[number : number + 1]]
    cited = tuple(dict.fromkeys([*(row.citation for row in figures if row.citation), *(item.citation for item in order)]))
    return Answer(
        joined(parts), confidence=confidence, items=tuple(items), more=more, rows=figures, citations=cited[:24],
        figures=tuple(row.figure for row in figures if row.figure), **frame,
    )  # fmt: skip


def _of(items: Sequence[Item], group: str) -> list[Item]:
    return [item for item in items if item.group == group]


def _sides(gathering: Gathering) -> list[int]:
    """The reports that are set side by side: of each place that of the year asked for, or the newest; of one place all."""
    over, extent, reports = gathering.over, gathering.extent, gathering.reports
    found: list[int] = []
    for place in extent.places:
        own = [row for row in place.reports if reports[row].year in over.years] if over.years else list(place.reports[-1:])
        if over.years and not own and place.reports:
            own = [row for row in place.reports if reports[row].year_reported in over.years]
        found += own if len(extent.places) == 1 or len(over.years) > 1 else own[-1:]
    return found


def library(gathering: Gathering) -> Answer:
    """The reports that there are, by place and year."""
    extent, over, reports = gathering.extent, gathering.over, gathering.reports
    named = list(extent.places) if not extent.group else []
    rows = [row for place in named for row in place.reports] if named else list(range(len(reports)))
    years = set(over.years)
    rows = [row for row in rows if not years or reports[row].year in years]
    frame = _frame(gathering, "library", Coverage(None, len(rows), (), len(reports)))
    if not rows:
        what = "、".join(place.name for place in named) + "、".join(f"{year}年" for year in sorted(years))
        there = sorted({year for place in named for row in place.reports if (year := reports[row].year)})
        return Answer(
            f"索引里没有{what}的报告{'，有' + _years(there) + '的' if there else ''}。", False, "not_held", confidence=0.9, **frame
        )
    by_place: dict[str, list[str]] = {}
    for row in rows:
        by_place.setdefault(reports[row].place or reports[row].title, []).append(reports[row].year or "")
    same: dict[str, list[str]] = {}
    for place, own in by_place.items():
        same.setdefault(_years(sorted(set(own))), []).append(place)
    missing = [place.name for place in named if not place.reports]
    text = joined(
        [f"{'、'.join(places)}{when}" for when, places in same.items()],
        f"共{len(rows)}份报告：",
        f"；没有{'、'.join(missing)}的" if missing else "",
    )
    told = tuple(_told(reports[row]) for row in rows)
    return Answer(text, confidence=round(over.chance, 2), rows=told, **frame)


def _years(years: Sequence[str]) -> str:
    """2017—2019年、2025年."""
    runs: list[list[str]] = []
    for year in years:
        if runs and year.isdigit() and runs[-1][-1].isdigit() and int(year) == int(runs[-1][-1]) + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return "、".join(run[0] if len(run) == 1 else f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(run) for run in runs) + "年"


def _told(report: Report) -> AnswerRow:
    return AnswerRow(
        report.title, "", report.id, report.title, report.place, report.year, None, True, None, report.title, None, None, None, 1.0
    )
