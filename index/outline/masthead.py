"""What stands above the first heading of a report: its title, place, date, speaker and the years it is about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from index.lexicon import load
from index.periods import YEAR, arabic
from index.records import Span

UNTITLED = "政府工作报告"
HEAD = 1500  # characters in which the masthead stands, a portal's buttons before it included
# At the start of a line, or of a piece parted by wide spaces; 作政府工作报告 is said in a sentence, and a caption ends in a full stop.
TITLE = re.compile(r"(?:^|\n|\s{2})[ \t]*((?:(?!\s{2})[^\n。，,:]){0,40}?(?<![作做向的出])政\s*府\s*工\s*作\s*(?:的\s*)?报\s*告)(?!。)")
DATE = re.compile(r"((?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{3})年([\d一二三四五六七八九十]{1,3})月([\d一二三四五六七八九十]{1,3})日")
GIVEN = re.compile(DATE.pattern + r"\s*(?:上午|下午)?在[^。\n]{0,24}\s*(?:大会|会议)")  # the day it was given, not a portal's
CAPTION_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日，[^。\n]{0,24}(?:大会|会议)[^。\n]{0,10}(?:上作|开幕)")
SESSION = re.compile(r"(?:在|日)\s*([^\s\d，。第在日]{2,16}?)第?[一二三四五六七八九十]{1,4}届\s*人民代表大会")
NATION = "全国"  # the place of the State Council's reports
NATIONAL = re.compile(r"我代表国务院|国务院总理|届全国人民代表大会")
OPENING = re.compile(r"我代表[^。\n]{2,30}报告")  # a report whose title is missing says that it is one
ENDINGS = "省|市|自治区|自治州|区|县|旗|州|盟"
PLACE = re.compile(rf"^(?:\d{{4}}年)?([^\d\s]{{1,16}}?(?:{ENDINGS}))(?=(?:\d{{4}}年)?(?:人民)?政府|\d{{4}}年)")  # 呼伦贝尔市海拉尔区 whole
SMALL = dict(zip("一二三四五六七八九", range(1, 10), strict=True))


@dataclass(frozen=True, slots=True)
class Masthead:
    title: str
    title_span: Span | None
    place: str | None
    date: str | None  # ISO
    speaker: str | None
    office: str | None
    year_reported: str | None
    year_planned: str | None
    source: str | None = None  # the address of the official text, which only provenance.toml knows


def read(text: str, matched: str, name: str) -> Masthead:
    """Read the masthead; what it does not give is None. `name` (the file's) stands in for a missing title."""
    head = matched[:HEAD]
    span = _title(head)
    is_report = "政府工作报告" in head or OPENING.search(head)
    title = re.sub(r"\s+", "", span.of(text)) if span else UNTITLED if is_report else name
    match = GIVEN.search(head) or DATE.search(head)
    date = _iso(match) if match else None
    place = _place(re.sub(r"\s+", "", span.of(matched)) if span else "") or _by_session(head)
    planned = _planned(title, date) or _by_headings(matched)
    date = date or _by_caption(head, planned)
    office, speaker = _speaker(head)
    return Masthead(
        title=_full(title, place, planned),
        title_span=span,
        place=place,
        date=date,
        speaker=speaker,
        office=office,
        year_reported=str(int(planned) - 1) if planned else None,
        year_planned=planned,
    )


def filled(head: Masthead, given: Mapping[str, str]) -> Masthead:
    """The masthead with what stands beside the text (in a table's columns) where the text does not say it.

    Only the place goes before what the text seems to say, unless it is short for that (辽宁 for 辽宁省).
    """
    place = given.get("place")
    if place is None or (head.place or "").startswith(place):
        place = head.place
    planned = head.year_planned or given.get("year_planned") or given.get("date", "")[:4] or None
    title = head.title if head.title_span or not given else given.get("title", UNTITLED)
    return replace(
        head,
        title=_full(title, place, planned),
        place=place,
        date=head.date or given.get("date"),
        speaker=head.speaker or given.get("speaker"),
        year_reported=str(int(planned) - 1) if planned else None,
        year_planned=planned,
    )


def corrected(head: Masthead, given: dict[str, Any]) -> Masthead:
    """The masthead with what was given in place of what was read."""
    if "year_planned" in given and "year_reported" not in given:
        given = {**given, "year_reported": str(int(given["year_planned"]) - 1)}
    return replace(head, **given) if given else head


def _title(head: str) -> Span | None:
    match = next((match for match in TITLE.finditer(head) if "会议上" not in match[1]), None)
    return Span(match.start(1) + len(match[1]) - len(match[1].lstrip()), match.end(1)) if match else None


def _place(title: str) -> str | None:
    match = PLACE.match(title)
    return match[1] if match and "政府" not in match[1] else None


def _by_session(head: str) -> str | None:
    """Whose congress it was given to."""
    session = SESSION.search(head)
    if session and session[1] != NATION:
        return session[1]
    return NATION if NATIONAL.search(head) else None


def _by_caption(head: str, planned: str | None) -> str | None:
    """3月5日，……在第五次会议上作政府工作报告: the day under a picture, of the year the report plans for."""
    match = CAPTION_DAY.search(head)
    return f"{planned}-{int(match[1]):02d}-{int(match[2]):02d}" if match and planned else None


def _planned(title: str, date: str | None) -> str | None:
    """The year a report plans for: the one in its title, else the one it was given in."""
    year = YEAR.search(title)
    return arabic(year[1]) if year else (date[:4] if date else None)


def _by_headings(matched: str) -> str | None:
    """Where the masthead gives no year: a report looks back on one year and plans the next."""
    back = re.search(r"((?:19|20)\d\d)年(?:政府)?(?:的)?(?:主要)?工作(?:的)?(?:总结)?(?:和[^,，。\s]{0,12})?回顾", matched)
    if back:
        return str(int(back[1]) + 1)
    ahead = re.search(r"((?:19|20)\d\d)年(?:政府|主要|重点)?(?:工作|任务)?(?:的)?(?:总体)?(?:部署|安排|任务|要求|建议)", matched)
    return ahead[1] if ahead else None


def _full(title: str, place: str | None, planned: str | None) -> str:
    """A bare 政府工作报告 says neither whose nor when: put before it what the masthead says elsewhere."""
    missing = place if place and place not in title and place != NATION else ""
    return f"{missing}{planned}年{title}" if planned and not YEAR.search(title) else missing + title


def _speaker(head: str) -> tuple[str | None, str | None]:
    offices = "|".join(load("outline")["speaker"]["offices"])
    match = re.search(
        rf"(?<!副)({offices})[ \t\u3000:]*"
        r"([一-鿿]{4,6}(?=\s*\n)|[一-鿿](?:[ \u3000]{0,2}[一-鿿]){1,2}(?:·[一-鿿]+)*(?=\s|各位|$|\)|在|作))",
        head,
    )
    return (match[1], re.sub(r"\s", "", match[2])) if match else (None, None)


def _iso(match: re.Match[str]) -> str:
    return f"{arabic(match[1])}-{_small(match[2]):02d}-{_small(match[3]):02d}"


def _small(number: str) -> int:
    """A month or day: 5, 十九, 二十一."""
    if number.isdigit():
        return int(number)
    tens, _, ones = number.rpartition("十")
    return ((SMALL.get(tens, 1) if "十" in number else 0) * 10) + SMALL.get(ones, 0)
