"""An index from a folder to Milvus and back: the same to the last bit, or a line that says why not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pymilvus import MilvusClient

from index.build import assemble, embed
from index.encode.encoder import open_encoder
from index.errors import BackendError, IndexFolderError, UsageError
from index.location import migrate
from index.milvus import tables, transfer
from index.milvus.connect import Address, open_client
from index.store import disk
from index.store.disk import Index, fingerprints
from tests.index.backends.conftest import free_port, made_of
from tests.sheets import communique


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, tiny_model: Path) -> Path:
    made_of(tmp_path_factory.mktemp("from"), tiny_model)
    return tmp_path_factory.getbasetemp() / "from0" / "index"


def test_there_and_back_again(folder: Path, tmp_path: Path) -> None:
    """The folder that comes back has the very files, and so the name, of the one that went."""
    lite, back = str(tmp_path / "lite.db"), tmp_path / "back"
    told: list[tuple[str, int, int]] = []
    done = migrate(str(folder), lite, lambda *step: told.append(step))
    assert (done["reports"], done["generation"]) == (4, disk.read_manifest(folder).generation)
    assert told[-1][1] == told[-1][2] == done["figures"]
    assert migrate(str(folder), lite)["generation"] == done["generation"]  # it is there: compared, not written
    assert migrate(lite, str(back))["generation"] == done["generation"]
    assert fingerprints(back / done["generation"]) == fingerprints(folder / done["generation"])


def test_tables_terms_and_what_could_not_be_read_go_along(tmp_path: Path, tiny_model: Path) -> None:
    index = embed(assemble([communique()]), open_encoder(str(tiny_model)))
    skipped = [{"file": "/a/b.pdf", "reason": "b.pdf：没有文字层"}]
    disk.publish(tmp_path / "index", replace(index, manifest=replace(index.manifest, skipped=skipped)))
    lite = str(tmp_path / "lite.db")
    migrate(str(tmp_path / "index"), lite)
    there = transfer.load(Address(lite))
    assert (there.corpus, there.manifest.skipped) == (index.corpus, skipped)
    migrate(lite, str(tmp_path / "back"))
    assert disk.load(tmp_path / "back").manifest == disk.read_manifest(tmp_path / "index")


def test_what_fails_on_the_way_leaves_what_was_read_before(
    folder: Path, tmp_path: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = Address(str(tmp_path / "lite.db"))
    less = made_of(tmp_path / "less", tiny_model, "报告_0")
    transfer.publish(address, less)
    with monkeypatch.context() as patch:
        patch.setattr(transfer, "_write_table", _cut_short)
        with pytest.raises(BackendError, match="没有改用它"):
            migrate(str(folder), address.uri)
    assert transfer.load(address).corpus == less.corpus
    migrate(str(folder), address.uri)  # and again: what was left is taken away
    assert len(transfer.load(address).corpus.reports) == 4
    assert {name.split("_")[2] for name in open_client(address).list_collections() if tables.is_ours(name)} == {
        disk.read_manifest(folder).generation.removeprefix("g-")
    }


def _cut_short(client: MilvusClient, index: Index, table: str, *_: object) -> None:
    """No row of a table arrives."""
    tables.create_pieces(client, tables.collection(index.manifest.generation, table))


def refusal(source: str, target: str) -> str:
    with pytest.raises((BackendError, IndexFolderError)) as caught:
        migrate(source, target)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_what_is_wrong_is_said_in_one_line(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.milvus.connect.WAIT", 2.0)
    assert "连不上" in refusal(str(folder), f"http://127.0.0.1:{free_port()}")
    assert "没有问报的索引" in refusal(str(tmp_path / "empty.db"), str(tmp_path / "x"))
    assert "没有索引" in refusal(str(tmp_path / "nothing"), str(tmp_path / "empty.db"))
    for two in ((str(folder), str(tmp_path)), (str(tmp_path / "a.db"), "http://127.0.0.1:1")):
        with pytest.raises(UsageError, match="一处是"):
            migrate(*two)


def test_an_index_of_another_format_or_damaged(folder: Path, tmp_path: Path) -> None:
    address = Address(str(tmp_path / "lite.db"))
    migrate(str(folder), address.uri)
    client = open_client(address)
    (row,) = client.query(tables.POINTER, filter="id == 0", output_fields=["text"])
    said = json.loads(row["text"])
    for changed, why in (
        ({"format": "0"}, "另一版本"),
        ({"tokeniser": "other"}, "另一版本"),
        ({"sha256": "0"}, "不全"),
        (None, "不是问报写的"),
    ):
        text = json.dumps({**said, **changed} if changed else {"x": 1})
        client.upsert(tables.POINTER, [tables.piece(0, text)])
        assert why in refusal(address.uri, str(tmp_path / "x"))
