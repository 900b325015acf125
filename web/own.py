"""Readers' own reports: read into memory for one visit, never into the index, and seen by nobody else."""

import os
import tempfile
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import ReadError
from index.store.disk import Index
from search.brought import together
from search.engine import Engine

UNUSED = 3600  # seconds without use after which it goes
LOOKS = 4  # in that time, for those to go
GRADIO_FILES = os.environ.get("GRADIO_TEMP_DIR") or str(Path(tempfile.gettempdir()) / "gradio")  # a folder for each that is brought
GONE = "这是读者自己放的报告，已经没有留住（一小时没有用，浏览器关过，或同时用的人太多）；是你的就请再放一次"
OTHERS = "这是另一位读者自己放的报告，别人看不到；要问它，请自己放一份"
KEPT = 16  # readers whose reports are kept at once; then those that were used longest ago go


@dataclass(slots=True)
class Kept:
    """A visitor's reports, and the engine over the server's and these, made for the engine `beside`."""

    reports: tuple[Index, ...]
    used: float = field(default_factory=time.monotonic)
    beside: Engine | None = None
    engine: Engine | None = None


class Own:
    """The reports of each visitor who brought some: a browser, by the name it was given (web/server/visitor.py)."""

    def __init__(self, most: int = KEPT, seconds: float = UNUSED) -> None:
        self._most, self._seconds = most, seconds
        self._kept: OrderedDict[str, Kept] = OrderedDict()  # by last use
        self._lock = threading.Lock()
        self._clears = False  # whether a thread looks for those to go

    def keep(self, visitor: str, index: Index) -> None:
        """One more, which is asked with the others from now on."""
        with self._lock:
            held = self._kept.pop(visitor).reports if visitor in self._kept else ()
            self._kept[visitor] = Kept((*(one for one in held if one is not index), index))
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            if not self._clears:
                self._clears = True
                threading.Thread(target=self._watch, name="own-reports", daemon=True).start()

    def of(self, visitor: str | None) -> tuple[Index, ...]:
        """The visitor's own, which are thereby the last to go."""
        kept = self._used(visitor)
        return kept.reports if kept else ()

    def beside(self, visitor: str | None, engine: Engine) -> Engine:
        """An engine over the server's reports and the visitor's own; the server's where there are none."""
        kept = self._used(visitor)
        for one in [*self._kept.values()]:
            if one.beside is not engine:  # of a generation that is no longer asked
                one.beside = one.engine = None
        if kept is None:
            return engine
        found = kept.engine or together(engine, kept.reports)
        kept.beside, kept.engine = engine, found
        return found

    def holds(self, report_id: str) -> bool:
        """Whether anybody has brought this report."""
        return any(one.corpus.reports[0].id == report_id for kept in [*self._kept.values()] for one in kept.reports)

    def drop(self, visitor: str | None, report_id: str) -> None:
        """One of the visitor's own is put away."""
        with self._lock:
            kept = self._kept.pop(visitor or "", None)
            left = [one for one in kept.reports if one.corpus.reports[0].id != report_id] if kept else []
            if left:
                self._kept[visitor or ""] = Kept(tuple(left))

    def _used(self, visitor: str | None) -> Kept | None:
        self._clear()
        with self._lock:
            kept = self._kept.get(visitor or "")
            if kept:
                kept.used = time.monotonic()
                self._kept.move_to_end(visitor or "")
            return kept

    def _watch(self) -> None:
        """Clears while there is one: where nobody comes any more, nothing else would. One thread for all that are brought."""
        while True:
            time.sleep(self._seconds / LOOKS)
            self._clear()
            with self._lock:
                if not self._kept:
                    self._clears = False
                    return

    def _clear(self) -> None:
        with self._lock:
            now = time.monotonic()
            for visitor in [visitor for visitor, kept in self._kept.items() if now - kept.used > self._seconds]:
                del self._kept[visitor]


def given(path: str) -> Path:
    """What the browser says it has brought, which may be anything. Raises ReadError for what is no file that Gradio took in."""
    try:
        file = Path(path).resolve()
        if file.parent.parent == Path(GRADIO_FILES).resolve() and file.is_file():
            return file
    except (ValueError, OSError):  # a NUL, half a surrogate pair, more letters than a name may have
        pass
    raise ReadError("没有收到文件；请再放一次")
