"""Targets read by hand with what the next year's report says of them: the kept table gives the same result and verdict, or is wrong."""

from collections.abc import Iterator, Sequence

from gold.manifest import Row
from search import Engine
from search.evaluate.asks import fold, stands
from search.match.arrays import dice, pairs_of
from search.over.kept import KeptResult

ABOUT = ("左右",)  # of which docs/contract.md wants the distance, where a reader may have judged


def kept_right(engine: Engine, rows: Sequence[Row]) -> Iterator[tuple[Row, KeptResult | None, bool]]:
    """Each target with the row of the table that is of it, and whether that has the reader's result and verdict."""
    table = engine.kept()
    for row in rows:
        own = [one for one in table if _is_of(one, row)]
        best = max((_alike(one, row) for one in own), default=0.0)
        near = [one for one in own if _alike(one, row) == best]
        right = next((one for one in near if _right(one, row)), None)
        yield row, right or next(iter(near), None), right is not None


def verdict_of(row: Row) -> str:
    """The reader's, by the contract: of a target that is about so much the distance, where a result is told."""
    judged = row["verdict"] in ("met", "over", "missed")
    return "distance" if judged and row["target"]["hedge"] in ABOUT else str(row["verdict"])


def _is_of(one: KeptResult, row: Row) -> bool:
    target = row["target"]
    same = one.target.report_id == target["doc"] and fold(one.target.text) == fold(target["figure"])
    return same and fold(target["quote"]) in fold(one.citations[0].quote)


def _alike(one: KeptResult, row: Row) -> float:
    """Likeness (0..1) of the indicator to the reader's: several targets of a sentence may have one number."""
    return dice(pairs_of(one.indicator), pairs_of(str(row["indicator"])))


def _right(one: KeptResult, row: Row) -> bool:
    told, reached = row["result"], one.reached
    if one.verdict != verdict_of(row) or told is None:
        return bool(one.verdict == row["verdict"])
    return reached is not None and stands(told["figure"], fold(reached.text))
