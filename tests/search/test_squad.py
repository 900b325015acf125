"""SQuAD-format files: questions as rows, the second file's paragraphs, and what a second run has to embed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.encode.encoder import open_encoder
from index.encode.pieces import Vectors
from index.errors import UsageError
from index.records import Report
from index.store.cache import VectorCache
from search.evaluate.squad import SYSTEMS, Pair, read_squad, score


def squad(folder: Path, name: str, contexts: list[str]) -> Path:
    """A file in which each paragraph is asked for by its own number."""
    rows = [{"context": text, "qas": [{"id": f"q{n}", "question": f"第{n}段？"}]} for n, text in enumerate(contexts)]
    file = folder / name
    file.write_text(json.dumps({"data": [{"paragraphs": rows}]}), encoding="utf-8")
    return file


def test_paragraphs_of_another_file_are_matched_by_id(tmp_path: Path) -> None:
    one, other = squad(tmp_path, "one.json", ["a", "b"]), squad(tmp_path, "other.json", ["甲", "乙", "丙"])
    assert read_squad(one, other) == (["甲", "乙", "丙"], [Pair("q0", "第0段？", 0), Pair("q1", "第1段？", 1)])
    with pytest.raises(UsageError, match="q2"):
        read_squad(other, one)


def test_a_second_run_embeds_no_paragraph_again(tmp_path: Path, tiny_model: Path, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder, embedded = open_encoder(str(tiny_model)), list[str]()
    embed = encoder.encode_document

    def counted(texts: Sequence[str]) -> Vectors:
        embedded.extend(texts)
        return embed(texts)

    monkeypatch.setattr(encoder, "encode_document", counted)
    contexts = [paragraph.span.of(report.text) for paragraph in report.paragraphs[5:25]]
    asked = [Pair(str(n), paragraph.sentences[0].of(report.text), n) for n, paragraph in enumerate(report.paragraphs[5:25])]
    first, second = (score(contexts, asked, encoder, lambda *_: None, VectorCache(tmp_path / "vectors")) for _ in range(2))
    assert first == second
    assert first.keys() == set(SYSTEMS)
    assert sum(first["BM25"]) == len(asked)  # each is asked for in its own words
    assert len(embedded) == len(set(embedded)) > len(asked)
