"""How sure an answer over several reports is as a whole, and what is said where there is none."""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from statistics import fmean
from typing import Any

import numpy as np

from search.match.model import chances
from search.results import Reason

KINDS = ("give", "kept", "which", "differ")


@dataclass(frozen=True, slots=True)
class Settled:
    """What an answer over reports was told from."""

    operator: float  # odds of what is done
    least: float  # of the figures given the odds of the least likely one's chance
    mean: float  # and of their mean
    whole: float  # 1 where nothing is missing
    ahead: float  # odds of the closest lead over a runner-up
    size: float  # how much is asked for, of ten
    found: float  # the share of it (0..1) that is found
    operation: str  # what is done

    @classmethod
    def of(cls, operator: float, chances: Sequence[float], asked: int, name: str, ahead: float = 0.0) -> "Settled":
        own, share = chances or [0.0], len(chances) / max(1, asked)
        least, mean = _odds(min(own)), _odds(fmean(own))
        return cls(_odds(operator), least, mean, float(share == 1), _odds(ahead), min(asked, 10) / 10, share, name)

    @property
    def features(self) -> list[float]:
        """All that stands here, 1 for the one of KINDS that is done, and the least of each."""
        kinds = [float(self.operation == kind) for kind in KINDS]
        return [*astuple(self)[:-1], *kinds, *(one * self.least for one in kinds)]


def _odds(chance: float) -> float:
    kept = min(max(chance, 0.01), 0.99)
    return math.log(kept / (1 - kept))


def settled(own: Settled) -> float:
    """The chance (0..1) that an answer is right and whole as asked."""
    return round(float(chances("sure.over", np.array([own.features]))[0]), 2)


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
