"""The place a question names: the reports of it, or that there are none."""

from __future__ import annotations

import re
from functools import cache

from index import tokens
from index.lexicon import load
from index.outline.masthead import NATION
from search.question.patterns import found
from search.view import View

# 全国 as a whole; not 全国第二, 全国文明城市, 中国式现代化.
THE_NATION = re.compile(
    r"全国(?!第|首|最|前|文明|人大|政协|重点|先进|百强|统一|平均|唯一|领先|试点|劳模|冠军)|国务院|中央(?:政府|财政|预算)|中央(?=打算|准备|计划|安排|要|拨|投)|我国|国家(?=定|要|打算|计划|准备|规定|一共|财政|拿出|花)|\bchina|nationwide|"
    r"中国(?!式|特色|共产|银行|人民|移动|联通|石)"
)
UNLISTED = re.compile(r"[\u4e00-\u9fff]{2,5}[市县旗盟]$|[\u4e00-\u9fff]{2,4}(?<![小社园城地山灾牧林新矿校景库功]..)区$")


def of_place(view: View, matched: str) -> tuple[int, ...]:
    """The reports of who is named as having given one, else of the place that is named first; of the nation's only where no other is."""
    rows = view.directory.of_speaker(matched) or view.directory.of_place(matched)
    if not rows and THE_NATION.search(matched) and not _listed_elsewhere(view, matched):
        return view.directory.national
    return rows


def of_name(view: View, matched: str) -> tuple[int, ...]:
    """The reports that have a name with a place of no report in it: 宁波舟山港."""
    found = _named_for_place().search(matched)
    if not found:
        return ()
    return tuple(row for row, text in enumerate(view.texts) if found[0] in text)


@cache
def _named_for_place() -> re.Pattern[str]:
    table = load("places")
    places = "|".join(name for key in ("provinces", "cities", "abroad") for name in table[key])
    return re.compile(rf"(?:{places})[一-鿿]{{0,4}}?(?:{'|'.join(table['named_for'])})")


def place_not_held(view: View, matched: str) -> str | None:
    """A place that is asked about and that no report is of: a listed one, or one by its ending that no text has."""
    if not _asks_a_fact(matched):
        return None
    listed = _listed_elsewhere(view, matched)
    if listed:
        return listed
    if THE_NATION.search(matched):
        return NATION
    unlisted = [word for word in tokens.words(matched) if UNLISTED.match(word)]
    return next((word for word in unlisted if word not in view.places_written), None)


def _asks_a_fact(matched: str) -> bool:
    """A number, a person or a day: what a report of another place cannot give. A bare name is a search."""
    wanted = any(
        found("wanted", kind, matched) for kind in ("any", "growth", "rate", "share", "measure", "amount", "rank")
    )
    return wanted or any(found("asks", name, matched) for name in ("who", "when"))


def _listed_elsewhere(view: View, matched: str) -> str | None:
    table = load("places")
    words = tokens.words(matched)
    names = [name for key in ("provinces", "cities", "abroad") for name in table[key] if name in matched]
    full = {name: {name, *(name + ending for ending in table["endings"])} for name in names}
    return next((name for name in names if not view.directory.has_place(name) and full[name] & set(words)), None)
