"""Readers' own reports: read into memory for one visit, never into the index, and seen by nobody else."""

import os
import secrets
import shutil
import tempfile
import threading
import time
from collections import OrderedDict
from dataclasses import replace
from functools import cache
from pathlib import Path

from index.build import assemble, embed
from index.collect import collect
from index.encode.encoder import Encoder, open_builder
from index.errors import NotFound, ReadError
from index.records import Progress
from search.engine import Engine

MOST_BYTES = 5_000_000
LONGEST = 200_000  # characters: the longest report known has 35,000, and each 10,000 take seconds to embed
UNUSED = 3600  # seconds without use after which it goes
LOOKS = 4  # in that time, for those to go
GRADIO_FILES = os.environ.get("GRADIO_TEMP_DIR") or str(Path(tempfile.gettempdir()) / "gradio")  # a folder for each that is brought
PREFIX = "own_"  # of the id of such a report
KEPT = 16  # readers whose report is kept at once, some 10 MB each; then the one that was used longest ago goes


def is_own(report_id: str | None) -> bool:
    return (report_id or "").startswith(PREFIX)


class Own:
    """An engine for each visitor who brought a report: a browser, by the name it was given (web/server/visitor.py)."""

    def __init__(self, most: int = KEPT, seconds: float = UNUSED) -> None:
        self._most, self._seconds = most, seconds
        self._engines: OrderedDict[str, tuple[Engine, float]] = OrderedDict()  # by last use, which stands beside
        self._lock = threading.Lock()
        self._clears = False  # whether a thread looks for those to go

    def keep(self, visitor: str, engine: Engine) -> None:
        with self._lock:
            self._use(visitor, engine)
            while len(self._engines) > self._most:
                self._engines.popitem(last=False)
            if not self._clears:
                self._clears = True
                threading.Thread(target=self._watch, name="own-reports", daemon=True).start()

    def of(self, visitor: str | None) -> Engine | None:
        """The visitor's own, which is thereby the last to go."""
        self._clear()
        with self._lock:
            if visitor is None or visitor not in self._engines:
                return None
            return self._use(visitor, self._engines[visitor][0])

    def holding(self, visitor: str | None, report_id: str | None) -> Engine:
        """The visitor's own, where it is this report. Raises NotFound."""
        engine = self.of(visitor)
        if engine is None or engine.corpus.reports[0].id != report_id:
            raise NotFound(f"没有编号为 {report_id} 的报告")
        return engine

    def drop(self, visitor: str | None) -> None:
        with self._lock:
            self._engines.pop(visitor or "", None)

    def _use(self, visitor: str, engine: Engine) -> Engine:
        self._engines[visitor] = engine, time.monotonic()
        self._engines.move_to_end(visitor)
        return engine

    def _watch(self) -> None:
        """Clears while there is one: where nobody comes any more, nothing else would. One thread for all that are brought."""
        while True:
            time.sleep(self._seconds / LOOKS)
            self._clear()
            with self._lock:
                if not self._engines:
                    self._clears = False
                    return

    def _clear(self) -> None:
        with self._lock:
            now = time.monotonic()
            for visitor, (_, used) in list(self._engines.items()):
                if now - used > self._seconds:
                    del self._engines[visitor]


@cache
def _builder(model: str) -> Encoder:
    """What embeds a report soonest: opening it takes seconds, so it stays once a reader has brought one."""
    return open_builder(model)


def given(path: str) -> Path:
    """What the browser says it has brought, which may be anything. Raises ReadError for what is no file that Gradio took in."""
    file = Path(path).resolve()
    if file.parent.parent != Path(GRADIO_FILES).resolve() or not file.is_file():
        raise ReadError("没有收到文件；请再放一次")
    return file


def read_own(file: Path, beside: Engine, progress: Progress) -> Engine:
    """An engine over one file, by the model of the engine `beside`. The file is removed whatever comes of it.

    Raises ReadError, in one line that names the file alone, ModelError.
    """
    try:
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise ReadError(f"{file.name}：文件有 {size} 字节，最多 {MOST_BYTES}")
        report, *others = collect([file]).reports
    except ReadError as error:
        raise ReadError(str(error).replace(str(file), file.name)) from None
    finally:
        shutil.rmtree(file.parent, ignore_errors=True)  # Gradio keeps each upload in a folder of its own
    if others:
        raise ReadError(f"{file.name}：里面有 {len(others) + 1} 份报告，请一次放一份")
    if len(report.text) > LONGEST:
        raise ReadError(f"{file.name}：有 {len(report.text)} 个字符，最多 {LONGEST}，不像一份报告")
    report = replace(report, id=f"{PREFIX}{secrets.token_hex(6)}")
    progress("model", 0, 1)
    index = embed(assemble([report]), _builder(beside.index.manifest.model), progress)
    return Engine(index, beside.encoder)
