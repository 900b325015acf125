"""How sure an answer over several reports is as a whole, and what is said where there is none."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from statistics import fmean
from typing import Any

import numpy as np

from search.match.across import Found
from search.match.model import chances, models
from search.results import Reason


@dataclass(frozen=True, slots=True)
class Settled:
    """What an answer over reports was told from, each 0..1."""

    operator: float  # the chance of what is done
    least: float  # of the figures given the least likely one's chance
    mean: float
    ahead: float  # of the closest runner-up
    found: float  # the share of what is asked for
    size: float  # how much is asked for, of ten
    give: float
    kept: float
    which: float
    differ: float

    @classmethod
    def of(cls, operator: float, found: Sequence[Found], asked: int, name: str) -> "Settled":
        own = [one.chance for one in found]
        ahead = min((one.chance - one.behind for one in found), default=0.0)
        kinds = (float(name == kind) for kind in ("give", "kept", "which", "differ"))
        return cls(operator, min(own, default=0.0), fmean(own) if own else 0.0, ahead, len(found) / max(1, asked), min(asked, 10) / 10, *kinds)


def settled(own: Settled) -> float:
    """The chance (0..1) that an answer is right and whole as asked."""
    if "sure.over" not in models():
        return round(own.operator * own.least, 2)
    return round(float(chances("sure.over", np.array([astuple(own)]))[0]), 2)


def words_of(cells: Sequence[Any], reason: Reason) -> str:
    """What is said where no report says it."""
    what = "、".join(dict.fromkeys(cell.place.name for cell in cells))
    if reason == "ambiguous":
        return f"有几个地方都叫{what}：{'、'.join(dict.fromkeys(twin for cell in cells for twin in cell.place.twins))}；请说明是哪一个。"
    if reason == "not_held":
        near = "、".join(dict.fromkeys(name for cell in cells for name in cell.place.near))
        years = "、".join(dict.fromkeys(f"{cell.year}年" for cell in cells if cell.year and cell.place.reports))
        return f"索引里没有{what}{years}的报告{f'，有{near}的' if near else ''}。"
    if reason == "not_yet":
        return f"{what}{'、'.join(dict.fromkeys(f'{cell.year}年' for cell in cells))}的结果要以后的报告才有。"
    return "报告中没有提到。"
