"""What stands above the first heading of a report: its title, place, date, speaker and the years it is about."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from index.lexicon import load
from index.lexicon.compiled import cities
from index.outline.genre import DOCUMENT, genre_of, is_account
from index.periods import YEAR, arabic, five_year_plan
from index.read.sources import Source
from index.records import Genre, Span
from index.text import normal

UNTITLED: dict[Genre, str] = {"work_report": "政府工作报告", "communique": "国民经济和社会发展统计公报"}
HEAD = 1500  # characters in which the masthead stands, a portal's buttons before it included
# At the start of a line, or of a piece parted by wide spaces; 作政府工作报告 is said in a sentence, and a caption ends in a full stop.
TITLE = re.compile(r"(?:^|\n|\s{2})[ \t]*((?:(?!\s{2})[^\n。，,:]){0,40}?(?<![作做向的出])政\s*府\s*工\s*作\s*(?:的\s*)?报\s*告)(?!。)")
LABELLED = re.compile(r"^(?:标题|题目|名称):\s*(\S+)\s*$", re.MULTILINE)
ADDRESS = re.compile(r"^\s*各位(?:代表|委员)|同志们:", re.MULTILINE)
DAY = r"年([\d一二三四五六七八九十]{1,3})月([\d一二三四五六七八九十]{1,3})日"
DATE = re.compile(rf"((?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{{3}}|民国\d{{2,3}}){DAY}")
GIVEN = re.compile(DATE.pattern + r"\s*(?:上午|下午)?在?[^。\n]{0,30}\s*(?:大会|会议)")  # the day it was given, not a portal's
SHORT_GIVEN = re.compile(rf"(?<!\d)(\d\d){DAY}\s*(?:上午|下午)?在[^。\n]{{0,24}}\s*(?:大会|会议)")  # 19年2月24日, its century lost
STAMP = re.compile(r"((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")  # when a portal put it there
CAPTION_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日(?:，|上午|召开的)[^。\n]{0,40}(?:大会|会议)[^。\n]{0,10}(?:上[,，作]|开幕)")
SESSION = re.compile(r"(?:在|日)\s*([^\s\d，。第在日]{2,16}?)第?[一二三四五六七八九十]{1,4}届\s*人民代表大会")
COUNCIL = re.compile(r"^([^\s\d]{1,4}[市县])议会", re.MULTILINE)
NATION = "全国"  # the place of the State Council's reports
NATIONAL = re.compile(r"我代表国务院|国务院总理|届全国人民代表大会|^中华人民共和国(?:国民经济|国家统计局)", re.MULTILINE)
REPUBLIC = ("台湾", re.compile("^行政院|立法院", re.MULTILINE))
ENDINGS = "省|市|自治区|自治州|地区|区|县|旗|州|盟"
PLACE = re.compile(
    rf"^(?:\([^()]*\))?(?:关于)?(?:\d{{4}}年)?([^\d\s]{{1,16}}?(?:{ENDINGS}))"  # 呼伦贝尔市海拉尔区 whole
    r"(?=(?:\d{4}年)?(?:人民)?政府|\d{4}年|国民经济|经济|统计公报|第[一二三四五六七八九十]+(?:个五年|届)|“?十.五|[市省区县]?本级|预算)"
)
REPRESENTED = re.compile(rf"我代表([^\s，。]{{1,12}}(?:{ENDINGS}))(?:人民)?政府")
SMALL = dict(zip("一二三四五六七八九", range(1, 10), strict=True))
OFTEN, CLEARLY = 5, 2  # times that an unnamed place has to be named in its report, and more than any other
NAMED_YEAR = re.compile(r"(?<![0-9a-z])((?:19|20)\d\d)(?![0-9a-z])")


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
    genre: Genre = "work_report"
    year_last: str | None = None  # of a plan
    origins: tuple[tuple[str, str], ...] = ()  # of title, place, date and year: where each comes from


def read_source(source: Source) -> Masthead:
    return read(source.text, normal(source.text), source.id, source.given, source.origin)


def moved(head: Masthead, source: Source) -> Masthead:
    """The masthead of a source from which lines were taken out since it was read."""
    return replace(head, title_span=_title(normal(source.text)[:HEAD]) if head.title_span else None)


def read(text: str, matched: str, name: str, given: Mapping[str, str] | None = None, origin: str = "columns") -> Masthead:
    """Read the masthead; what the text does not say is taken from what stands beside it (`given`), then from `name`, the file's.

    Of a table's columns the place goes before what the text seems to say, unless it is short for that (辽宁 for 辽宁省).
    """
    given, head = given or {}, matched[:HEAD]
    span, label = _title(head), LABELLED.search(head)
    said = re.sub(r"\s+", "", span.of(matched)) if span else ""
    genre = genre_of(said or (label[1] if label else normal(given.get("title", ""))), matched)
    own = _own_year(said, genre, matched, head) or (_year_of(label[1]) if label else None)
    date = _date(head, own, genre)
    place = _place(said) or _by_session(head) or _by_speaker(matched)
    told = {
        "title": _Told(re.sub(r"\s+", "", span.of(text)) if span else None),
        "place": _Told(place),
        "date": _Told(date),
        "year": _Told(own or (date[:4] if date and genre in ("work_report", "budget") else None)),
    }
    labelled = {"title": text[slice(*label.span(1))], "year_planned": _year_of(label[1])} if label else {}
    told = _filled(told, {key: value for key, value in labelled.items() if value}, "text")
    if (
        not NAMED_YEAR.search(said) and NAMED_YEAR.search(given.get("title", "")) and DOCUMENT.fullmatch(normal(given.get("title", "")))
    ):  # 政府工作报告, and beside it whose and of when
        told["title"] = _Told(None)
    for more, where in ((given, origin), (_of_name(name), "file name")):
        told = _filled(told, more, where)
    if told["place"].value is None:
        told["place"] = _Told(_most_named(matched))
    if told["year"].value is None and genre in ("news", "other") and told["date"].value:
        told["year"] = replace(told["date"], value=told["date"].value[:4])
    year, planned = told["year"].value, told["year"].value
    own_year = is_account(genre, matched)
    reported = year if own_year else str(int(year) - 1) if year else None
    office, speaker = _speaker(head)
    bare = told["title"].value or UNTITLED.get(genre, "") or name
    return Masthead(
        title=_full(bare, _body_above(head, span) or told["place"].value, year) if genre not in ("news", "other") else bare,
        title_span=span,
        place=told["place"].value,
        date=told["date"].value,
        speaker=speaker or given.get("speaker"),
        office=office,
        year_reported=reported,
        year_planned=None if own_year else planned,
        genre=genre,
        year_last=_last_year(bare, matched) if genre == "plan" else None,
        origins=tuple((field, one.origin) for field, one in told.items() if one.value),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    value: str | None
    origin: str = "text"


def _filled(told: dict[str, _Told], given: Mapping[str, str], origin: str) -> dict[str, _Told]:
    """What is told, and where it is not, what is given."""
    title = normal(given.get("title", ""))
    year = given.get("year_planned") or (NAMED_YEAR.search(title) or [None])[0] or given.get("date", "")[:4]
    day = GIVEN.search(title)
    more = {
        "title": given.get("title"),
        "place": given.get("place") or _place(title) or _known(title) or _known(given.get("publisher", "")),
        "date": _iso(arabic(day[1]), day[2], day[3]) if day else given.get("date"),
        "year": year or None,
    }
    place, known = more["place"], told["place"].value or ""
    before = {
        field: one
        for field, one in told.items()
        if one.value and not (field == "place" and place and not known.startswith(place) and origin == "columns")
    }
    return {field: before.get(field) or _Told(more[field], origin) for field in told}


def _of_name(name: str) -> dict[str, str]:
    """What a file's name says; of several years none."""
    plain = normal(name)
    title, years, place = DOCUMENT.fullmatch(plain), set(NAMED_YEAR.findall(plain)), _place(plain)
    found = {"title": plain if title else "", "year_planned": years.pop() if len(years) == 1 else "", "place": place or ""}
    return {field: value for field, value in found.items() if value}


def _own_year(title: str, genre: Genre, matched: str, head: str) -> str | None:
    """A report's own year: the one in its title (of a budget's two the later), that of the day it was given, or of its headings."""
    years = [arabic(year) for year in YEAR.findall(title)]
    plan = _plan_years(title, matched) if genre == "plan" else None
    if years or plan:
        return plan[0] if plan else max(years) if genre == "budget" else years[0]
    given = GIVEN.search(head)
    if given and genre != "communique":
        return arabic(given[1])
    return None if genre in ("communique", "plan") else _by_headings(matched)


def _plan_years(title: str, matched: str) -> tuple[str, str] | None:
    named = re.search(r"第([一二三四五六七八九十]+)个五年|“?(十[一二三四五六七八九]?|[六七八九])五”?(?:规划|计划)?", title)
    years = five_year_plan(named[1] or named[2]) if named else None
    return (str(years[0]), str(years[1])) if years else None


def _last_year(title: str, matched: str) -> str | None:
    years = _plan_years(normal(title), matched)
    return years[1] if years else None


def _date(head: str, own: str | None, genre: Genre) -> str | None:
    """The day it was given; above the address the first day that is named; a portal's stamp where its year fits."""
    addressed = ADDRESS.search(head)
    above = head[: addressed.start()] if addressed else head
    if match := GIVEN.search(head) or DATE.search(above):
        return _iso(arabic(match[1]), match[2], match[3])
    if own and (short := SHORT_GIVEN.search(head)) and own.endswith(short[1]):
        return _iso(own, short[2], short[3])
    if own and (caption := _by_caption(head, own)):
        return caption
    fitting = {own, str(int(own) + 1)} if own and genre == "communique" else {own}
    stamps = [stamp for stamp in STAMP.finditer(above) if stamp[1] in fitting or (own is None and genre == "news")]
    return _iso(*stamps[0].groups()) if stamps else None


def corrected(head: Masthead, given: dict[str, Any]) -> Masthead:
    """The masthead with what was given in place of what was read."""
    if "year_planned" in given and "year_reported" not in given:
        given = {**given, "year_reported": str(int(given["year_planned"]) - 1)}
    fields = {"year_planned": "year", "year_reported": "year"}
    told = {**dict(head.origins), **{fields.get(field, field): "provenance" for field in given}}
    named = tuple((field, told[field]) for field in ("title", "place", "date", "year") if field in told)
    return replace(head, **given, origins=named) if given else head


def _title(head: str) -> Span | None:
    """The first line that is a document's title, or holds one of a work report."""
    match = next((match for match in TITLE.finditer(head) if "会议上" not in match[1]), None)
    found = [Span(match.start(1) + len(match[1]) - len(match[1].lstrip()), match.end(1))] if match else []
    for line in re.finditer(r"[^\n]+", head):
        words = line[0].strip()
        if DOCUMENT.fullmatch(re.sub(r"\s+", "", words)) and "会议上" not in words:
            start = line.start() + line[0].index(words)
            found.append(Span(start, start + len(words)))
            break
    return min(found, default=None)


def _body_above(head: str, title: Span | None) -> str | None:
    """行政院 on the line above 施政报告: whose report it is."""
    above = re.search(r"([^\s]{2,12}(?:院|委员会))\s*$", head[: title.start]) if title else None
    return above[1] if above else None


def _place(title: str) -> str | None:
    match = PLACE.match(title)
    return match[1] if match and "政府" not in match[1] else None


def _known(title: str) -> str | None:
    """The first city or province of the lexicon that a title names in any way: 深圳上半年GDP增长3%."""
    found = [(title.find(name), name) for name in (*cities(), *load("places")["provinces"]) if name in title]
    return min(found)[1] if found else None


def _by_speaker(matched: str) -> str | None:
    """我代表易县人民政府."""
    match = REPRESENTED.search(matched[:HEAD])
    return match[1] if match and match[1] not in ENDINGS.split("|") and match[1][0] not in "全本我" else None


def _most_named(matched: str) -> str | None:
    """The place that a report which does not say whose it is names again and again; a county's names its city, and is none."""
    level = max(("全市", "全省", "全县", "全区", "全州"), key=matched.count)
    if level in ("全县", "全区"):
        return None
    by_city, by_province = (Counter({name: matched.count(name) for name in of}) for of in (cities(), load("places")["provinces"]))
    if not matched.count(level) and matched.count("我国") + matched.count("全国") >= OFTEN:
        return NATION
    (first, most), (_, second) = by_city.most_common(2)
    whole, named = by_province.most_common(1)[0]
    if most >= OFTEN and most >= CLEARLY * second and CLEARLY * most >= named:  # a province's report names many of its cities
        return str(first)
    return str(whole) if named >= OFTEN and named >= CLEARLY * most else None


def _by_session(head: str) -> str | None:
    """Whose congress it was given to."""
    session = SESSION.search(head)
    if session and session[1] != NATION:
        return session[1]
    if NATIONAL.search(head):
        return NATION
    council = COUNCIL.search(head)
    return council[1] if council else REPUBLIC[0] if REPUBLIC[1].search(head) else None


def _by_caption(head: str, planned: str | None) -> str | None:
    """3月5日，……在第五次会议上作政府工作报告: the day under a picture, of the year the report plans for."""
    match = CAPTION_DAY.search(head)
    return f"{planned}-{int(match[1]):02d}-{int(match[2]):02d}" if match and planned else None


def _year_of(title: str) -> str | None:
    year = YEAR.search(title)
    return arabic(year[1]) if year else None


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


def _iso(year: str, month: str, day: str) -> str:
    return f"{year}-{_small(month):02d}-{_small(day):02d}"


def _small(number: str) -> int:
    """A month or day: 5, 十九, 二十一."""
    if number.isdigit():
        return int(number)
    tens, _, ones = number.rpartition("十")
    return ((SMALL.get(tens, 1) if "十" in number else 0) * 10) + SMALL.get(ones, 0)
