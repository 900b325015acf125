"""Which reports a question is about: the places that it names, one by one or as a group, misspelt, twice there or not held at all."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from index import tokens
from index.lexicon import load
from index.lexicon.compiled import cities
from index.outline.masthead import NATION
from index.records import Report, Span
from search.library.directory import Directory, by_place
from search.library.mending import ENDING, mended, word_edges
from search.plan.places import place_names

# What makes a name in a question the full name of a place: 朝阳区, but not 浙江市场, 上海市民.
NAMED = r"[、,，/]|以?及|[和与跟同比]|vs\.?|\s+|\band\b|各?自?"  # between the places of a list
LIST = re.compile(rf"(?:{NAMED}|年|的|去年|今年|\d{{2,4}})*")
COUNT = "(?:[几这那两三四五六七八九十\\d各哪些多]|所有|全部|其[他余])"
# All reports of a level; 各地, 哪里 and who are all that are no nation's.
LEVELS = (
    (
        "province",
        re.compile(
            rf"{COUNT}+个?(?:省级?|省[市区](?:[市区])?|自治区|直辖市)(?!内|会|委|长|级机关)|省份|哪[仨俩两三几]?省|\bprovinces?\b", re.I
        ),
    ),
    ("city", re.compile(rf"{COUNT}+个?(?:地级)?(?:城市|市)(?!场|民|县|内|级机关)|\bcit(?:y|ies)\b", re.I)),
    ("county", re.compile(rf"{COUNT}+个?(?:区县|县|区|旗)(?!域|间|级机关)|\bcount(?:y|ies)\b", re.I)),
    (
        "any",
        re.compile(
            rf"{COUNT}+个?(?:地方?|家|处)(?!长|里人|铁|下|震|质|税)|(?:在?库|手头|这里|你这儿?)里?的?(?:报告|资料)?|哪里|哪儿|哪边|"
            r"谁|哪[几些]?份|(?:所有|全部|每份|各份|各|哪些|多少份?)报告|\b(?:who|whose|which|everyone|all of them)\b|"
            r"\b(?:places|regions|localities|reports)\b",
            re.I,
        ),
    ),
)
NATIONAL = re.compile(
    r"全国(?!第|首|最|前|文明|人大|政协|重点|先进|百强|统一|平均(?!一|每|下来)|唯一|领先|试点|劳模|冠军|各[省地])|国务院|总理|中央(?:政府|财政|预算)|"
    r"中央(?!企业|公园|商务|空调|党校|广播|电视|苏区|督察|巡视|环保|文件|经济工作|财经|厨房|军委|媒体|转移|补助|资金|八项|精神|决策|部署)|"
    r"我国|国家(?!级|队|公园|标准|重点|战略|实验|高新|政策)|\bchina(?:'s)?\b|\bnational(?:ly)?\b|nationwide|central government|the premier|"
    r"中国(?!式|特色|共产|银行|人民|移动|联通|石)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a question names, with the reports of it (positions, by year); none where no report is of it.

    `twins` are the places of reports that go by the name; `near` are those above or below it.
    """

    name: str
    span: Span
    reports: tuple[int, ...] = ()
    twins: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extent:
    """The places of a question, in its order; `group`: named together (各省, 长三角), not one by one."""

    places: tuple[Place, ...]
    group: str | None
    text: str  # the question in normal form, its places spelt right
    bare: str  # the same with a mark for each place, or list of them


MARK = "某"


def extent_of(directory: Directory, reports: Sequence[Report], matched: str) -> Extent:
    """The places that a question in normal form names."""
    text = mended(directory, matched)
    named = _whole(text, [*_named(directory, reports, text)]) or _spoken(directory, reports, text)
    spans = [place.span for place in named]
    group = _group(directory, reports, text, named)
    if group:
        name, span, members = group
        return Extent(members, name, text, _marked(text, [*spans, span]))
    if len(named) > 1 and any(
        place.reports for place in named
    ):  # the nation beside others is a yardstick, or who says so; what no report is of is asked for in a list only
        named = [place for place in named if place.name != NATION or _in_list(text, place, named)]
        named = [place for place in named if place.reports or place.twins or _in_list(text, place, named)]
    return Extent(tuple(named), None, text, _marked(text, spans))


def level_of(place: str) -> str:
    """province, city or county; "" of the nation."""
    if place == NATION:
        return ""
    short = place_names(place)[-1]
    ending = "市" if short in load("places")["regions"]["直辖市"] else "省"
    if short in load("places")["provinces"] and (place in (short, short + ending) or place.endswith(("自治区", "特别行政区"))):
        return "province"  # neither 吉林市 nor 海南州
    return "county" if place[-1] in "区县旗" and not place.endswith("地区") and short not in cities() else "city"


def province_of(place: str) -> str | None:
    """The province that a listed place lies in, in its short form, or is."""
    names = place_names(place)
    for province in load("places")["provinces"]:
        if province in names or place.startswith(province):
            return str(province)
    return next((province for name in names for province, own in load("places")["cities"].items() if name in own), None)


def _named(directory: Directory, reports: Sequence[Report], text: str) -> Iterator[Place]:
    """Each place that is named, once."""
    known, seen, at = directory.names, set[str](), 0
    longest = directory.longest
    words = word_edges(text)
    while at < len(text):
        name = next((text[at:end] for end in range(min(len(text), at + longest), at + 1, -1) if text[at:end] in known), "")
        if not name or not (name.isascii() or _is_word(words, at, at + len(name), text)):
            nation = NATIONAL.match(text, at)
            if nation and NATION not in seen:
                seen.add(NATION)
                yield Place(NATION, Span(*nation.span()), directory.national)
                at = nation.end()
            else:
                short = _short_at(text, at)
                place = _place(directory, reports, known[short], "", "", Span(at, at + 1)) if short else None
                if place and place.name not in seen:
                    seen.add(place.name)
                    yield place
                at += 1
            continue
        ending = ENDING.match(text, at + len(name)) if not ENDING.search(name[-1:]) else None
        end = ending.end() if ending else at + len(name)
        place = _place(directory, reports, known[name], ending[0] if ending else "", text[max(0, at - 8) : at], Span(at, end))
        if place.name not in seen and not (place.reports == () and _is_thing(text, end)):
            seen.add(place.name)
            yield place
        at = end


ADDRESS = re.compile("[省市]?(?:的|那个|下面的|下辖的|里的)?")  # between a place and what lies in it


def _whole(text: str, named: Sequence[Place]) -> list[Place]:
    """A place with what it lies in, named right before it, as one: 长春朝阳区, 江西抚州市."""
    found: list[Place] = []
    for place in named:
        last = found[-1] if found else None
        if last is not None and ADDRESS.fullmatch(text[last.span.end : place.span.start]) and _lies_in(place, last.name):
            found.pop()
            twins = [twin for twin in place.twins if any(name in twin for name in place_names(last.name))]
            place = replace(place, span=Span(last.span.start, place.span.end), twins=tuple(twins))
            if not place.reports and level_of(place.name) == "county":
                place = replace(place, name=last.name + place.name)
        found.append(place)
    return found


def _lies_in(place: Place, other: str) -> bool:
    """Whether a place is one within another: a district in any that is none, a city in its province."""
    level, above = level_of(place.name), level_of(other)
    if level == "county":
        return above in ("province", "city")
    return above == "province" and level == "city" and (province_of(place.name) in (None, province_of(other)) or not place.reports)


def _spoken(directory: Directory, reports: Sequence[Report], text: str) -> list[Place]:
    """The place whose reports are given by whom a question names."""
    rows = directory.of_speaker(text)
    return [Place(reports[rows[0]].place or "", Span(0, 0), tuple(sorted(rows, key=lambda row: reports[row].year or "")))] if rows else []


def _place(directory: Directory, reports: Sequence[Report], name: str, ending: str, before: str, span: Span) -> Place:
    """The place of a name, with the ending that stands behind it and what stands before it."""
    rows = directory.named(name)
    held = by_place(reports, rows)
    fitting = {
        place: own for place, own in held.items() if not ending or place.endswith(ending) or (ending == "市" and level_of(place) == "city")
    }
    if len(fitting) > 1:  # 吉林 is the province, 北京朝阳区 the one in Beijing
        of_parent = {p: own for p, own in fitting.items() if any(n in before for n in place_names(p[: p.rfind(name)]) if n)}
        provinces = {p: own for p, own in fitting.items() if level_of(p) == "province"}
        fitting = of_parent or (provinces if not ending and len(provinces) == 1 else fitting)
    elif fitting and before:  # 长春朝阳区, where only Beijing's is held
        (place,) = fitting
        parent, own = _parent(before), province_of(place)
        named = parent and parent not in place and not (own and (own == parent or (province_of(parent) == own and parent not in cities())))
        fitting = {} if named and level_of(place) != "province" and len(place) > len(name + ending) else fitting
    if len(fitting) > 1:
        return Place(name + ending, span, (), tuple(fitting))
    if fitting:
        ((held_place, reports_of),) = fitting.items()
        return Place(held_place, span, reports_of)
    near = tuple(place for place in directory.places if _is_near(name, ending, place, held))
    known = ending == "市" and name in cities() and name not in load("places")["provinces"]  # 大连 is 大连市, 吉林 not 吉林市
    return Place(name if known else name + ending, span, (), (), near)


def _is_near(name: str, ending: str, place: str, held: Iterable[str]) -> bool:
    own, other = province_of(name + ending), province_of(place)
    return place in held or (own is not None and own == other and (name in (own, *place_names(own)) or level_of(place) == "province"))


def _parent(before: str) -> str | None:
    """A listed place right before another one: 长春(的)朝阳区."""
    match = re.search(r"([一-鿿]{2,4})[省市]?的?$", before)
    return next((one for one in _listed() if match and before.rstrip("的省市").endswith(one)), None)


@cache
def _listed() -> Mapping[str, None]:
    """Provinces and cities, in the order of the lexicon."""
    return dict.fromkeys((*load("places")["provinces"], *cities()))


def _is_word(words: Sequence[tuple[int, int]], start: int, end: int, text: str) -> bool:
    """Whether a name is cut off from what stands around it as a word is, but for its ending and for a longer place."""
    for first, last in words:
        if first < start < last or first < end < last:
            outside = text[first:start] + text[end:last]
            if outside != "人" and not tokens.is_new(text[first:last]) and not ENDING.match(outside) and text[first:last] not in _listed():
                return False
    return True


def _is_thing(text: str, end: int) -> bool:
    """Whether a place only gives its name to something: 宁波舟山港, 中山大学."""
    table = load("places")
    return any(text.startswith(word, end) or text[end : end + 3].find(word) > 0 for word in (*table["named_for"], *table["named_things"]))


def _short_at(text: str, at: int) -> str | None:
    """A province by its one character, where several stand together or a year follows: 冀沪滇, 苏浙两省, 沪2026年."""
    shorts, beside = _shorts()
    if text[at] not in shorts:
        return None
    own = next((match for match in beside.finditer(text) if match.start() <= at < match.end()), None)
    words = [text[first:last] for first, last in word_edges(text) if first <= at < last]
    in_word = any(len(word) > 1 and not tokens.is_new(word) and not all(character in shorts for character in word) for word in words)
    if own is None or in_word:
        return None
    alone = len(own[0]) == 1 and (re.search("[一-鿿]$", text[:at]) or not re.match(r"省|今年|去年|前年|20\d\d| ", text[at + 1 : at + 6]))
    return None if alone else text[at]


@cache
def _shorts() -> tuple[frozenset[str], re.Pattern[str]]:
    """The characters by which provinces go, and several of them beside each other."""
    shorts = "".join(name for name in (*load("places")["short"], *load("places")["also_short"]) if len(name) == 1)
    return frozenset(shorts), re.compile(rf"[{shorts}](?:[、,，/ 和与跟]?(?:vs\.?)?[{shorts}])*")


def _in_list(text: str, place: Place, others: Sequence[Place]) -> bool:
    """Whether a place stands beside another one, with nothing but an "and" between them."""
    for other in others:
        if other is place:
            continue
        first, last = sorted((place.span, other.span))
        if LIST.fullmatch(text[first.end : last.start]):
            return True
    return False


def _group(
    directory: Directory, reports: Sequence[Report], text: str, named: Sequence[Place]
) -> tuple[str, Span, tuple[Place, ...]] | None:
    """What a question names together: a region, a level, all, the cities of a province. Places that it names one by one go first."""
    own = [place for place in named if place.name != NATION]
    regions = load("places")["regions"]
    for name in sorted(regions, key=len, reverse=True):
        span = Span(text.find(name), text.find(name) + len(name))
        if span.start >= 0 and not named:
            members = [_place(directory, reports, member, "", "", span) for member in regions[name]]
            return name, span, tuple(members)
    for level, pattern in LEVELS:
        match = next((one for one in pattern.finditer(text) if not any(Span(*one.span()).overlaps(place.span) for place in named)), None)
        if match is None or len(named) > len(own):  # what the nation plans for all provinces is its own
            continue
        within = own[0] if len(own) == 1 and own[0].span.end == match.start() and level in ("city", "county") else None
        excepted = {place.name for place in own if re.search("除了?$", text[: place.span.start])}
        if own and within is None and excepted != {place.name for place in own}:
            return None
        short = province_of(within.name) if within else None
        span = Span(*match.span())
        found = tuple(
            place
            for place in all_places(directory, reports)
            if place.name not in excepted
            and (level == "any" or level_of(place.name) == level)
            and (short is None or province_of(place.name) == short)
        )
        if within and not found:
            return match[0], span, (Place(f"{within.name}{match[0]}", span, near=(within.name,)), within)
        if found:
            return match[0], span, found
    return None


def all_places(directory: Directory, reports: Sequence[Report]) -> tuple[Place, ...]:
    """Every place that there are reports of, but the nation, where there are others."""
    found = every_place(directory, reports)
    return tuple(place for place in found if place.name != NATION) or found


def every_place(directory: Directory, reports: Sequence[Report]) -> tuple[Place, ...]:
    """Every place that there are reports of."""
    return tuple(Place(place, Span(0, 0), own) for place, own in directory.held.items())


def _marked(text: str, spans: Sequence[Span]) -> str:
    """A question with one mark for each list of places, so that it reads the same whatever they are."""
    for span in sorted(set(spans), reverse=True):
        text = text[: span.start] + MARK + text[span.end :]
    return re.sub(rf"{MARK}(?:(?:{NAMED})*{MARK})+", MARK * 2, text)
