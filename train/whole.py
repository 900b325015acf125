"""How sure an answer over reports is (`sure.over` in search/match/model.json), fitted on answers by models that did not see them."""

from collections.abc import Mapping, Sequence
from typing import Any
from unittest.mock import patch

import numpy as np

from search import Engine
from search.evaluate.multi import judge
from search.match.model import Linear
from search.over import among, framing
from search.over.settled import Settled
from train.across import Example, fit, stem
from train.match import fit_linear, used

RIDGE_SURE = 3.0  # inverse of the ridge, by folds over files: area .79


def fit_sure(engine: Engine, rows: Sequence[Mapping[str, Any]], examples: Sequence[Example], others: Mapping[str, Linear]) -> Linear:
    """The model; the questions of a file are answered by models of the other files."""
    told: list[tuple[Settled, bool]] = []
    for file in sorted({row["id"][:2] for row in rows}):
        own = [row for row in rows if row["id"][:2] == file]
        models, _ = fit([one for one in examples if one.file != file])
        with used({**others, **models}):
            told += [one for row in own if (one := _outcome(engine, row)) is not None]
    return fit_linear(np.array([settled.features for settled, _ in told]), [whole for _, whole in told], RIDGE_SURE)


def _outcome(engine: Engine, row: Mapping[str, Any]) -> tuple[Settled, bool] | None:
    """What an answer over reports was told from, and whether it is whole; None where one report answered."""
    seen: list[Settled] = []

    def kept(own: Settled) -> float:
        seen.append(own)
        return 0.5

    with patch.object(framing, "settled", kept), patch.object(among, "settled", kept):
        answer = engine.ask(str(row["question"]).replace("\n", " ")).answer.to_dict()
    named = {**row, "docs": [stem(doc) for doc in row["docs"]], "cells": [{**cell, "doc": stem(cell["doc"])} for cell in row["cells"]]}
    first = named.get("first")
    if first:
        named["first"] = {**first, "docs": [stem(doc) for doc in first.get("docs") or [first["doc"]]]}
    return (seen[-1], bool(judge(named, answer).get("whole", not answer["stated"]))) if seen and answer["stated"] else None
