"""Readers' own reports: read into memory for one visit, never into the index, and seen by nobody else."""

import os
import tempfile
import threading
import time
from collections import OrderedDict
from pathlib import Path

from index.errors import NotFound, ReadError
from search.engine import Engine

UNUSED = 3600  # seconds without use after which it goes
LOOKS = 4  # in that time, for those to go
GRADIO_FILES = os.environ.get("GRADIO_TEMP_DIR") or str(Path(tempfile.gettempdir()) / "gradio")  # a folder for each that is brought
KEPT = 16  # readers whose report is kept at once, some 10 MB each; then the one that was used longest ago goes


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


def given(path: str) -> Path:
    """What the browser says it has brought, which may be anything. Raises ReadError for what is no file that Gradio took in."""
    try:
        file = Path(path).resolve()
        if file.parent.parent == Path(GRADIO_FILES).resolve() and file.is_file():
            return file
    except (ValueError, OSError):  # a NUL, half a surrogate pair, more letters than a name may have
        pass
    raise ReadError("没有收到文件；请再放一次")
