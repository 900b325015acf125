"""Two small indexes by the tiny model, and one of them published."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.encode.encoder import open_encoder
from index.store.disk import Index, publish
from tests.builds import index_of

REPORTS = {
    "one": "甲市2011年政府工作报告\n一、2010年工作回顾\n地区生产总值实现100亿元，增长9%。\n",
    "two": "乙市2012年政府工作报告\n一、2011年工作回顾\n地区生产总值实现777亿元，增长8%。\n",
    "three": "丙市2013年政府工作报告\n一、2012年工作回顾\n经济平稳发展。\n",
}


def small_index(folder: Path, model: Path, *names: str) -> Index:
    files = []
    for name in names:
        files.append(folder / f"{name}.txt")
        files[-1].write_text(REPORTS[name], encoding="utf-8")
    return index_of(files, open_encoder(str(model)))


@pytest.fixture
def one(tmp_path: Path, tiny_model: Path) -> Index:
    return small_index(tmp_path, tiny_model, "one")


@pytest.fixture
def two(tmp_path: Path, tiny_model: Path) -> Index:
    return small_index(tmp_path, tiny_model, "one", "two")


@pytest.fixture
def folder(tmp_path: Path, one: Index) -> Path:
    publish(tmp_path / "index", one)
    return tmp_path / "index"
