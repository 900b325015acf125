"""The engine of a folder's newest generation: what a server asks, through rebuilds."""

import gc
import logging
import threading
from pathlib import Path
from typing import Protocol

from index.errors import WenbaoError
from index.location import newest
from search.engine import Engine, open_engine

LOOK_EVERY = 2.0  # seconds: reading a manifest takes some tenths of a millisecond
log = logging.getLogger(__name__)


class EngineSource(Protocol):
    """Where an event gets its engine. One event asks once: its answer is of one generation."""

    def current(self) -> Engine: ...


class LiveEngine:
    """Opens the folder's index and moves to each new generation once it is open and warm.

    A question under way keeps the engine it began with. A generation that cannot be opened is logged, and the old one stays.
    """

    def __init__(self, folder: Path, reranker: str | None = None) -> None:
        """Raises IndexFolderError, and ModelError where `reranker` is none."""
        self.folder = folder
        self._reranker = reranker
        self._engine = open_engine(folder, reranker=reranker)
        self._stopped = threading.Event()
        self._refused: str | None = None

    def current(self) -> Engine:
        return self._engine

    def refresh(self) -> bool:
        """Whether there was a new generation to move to. Raises WenbaoError where it cannot be opened."""
        if newest(self.folder) == self._engine.index.manifest.generation:
            return False
        fresh = open_engine(self.folder, reranker=self._reranker)
        warm(fresh)
        self._engine = fresh
        return True

    def watch(self, every: float = LOOK_EVERY) -> None:
        """Refresh in the background, until `stop`."""
        threading.Thread(target=self._watch, args=(every,), name="index-watch", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def _watch(self, every: float) -> None:
        while not self._stopped.wait(every):
            try:
                if self.refresh():
                    log.info("moved to generation %s", self._engine.index.manifest.generation)
                self._refused = None
            except WenbaoError as error:
                self._say_once(str(error))
            except Exception:  # nothing may end the watch
                log.exception("the new generation could not be opened")

    def _say_once(self, message: str) -> None:
        if message != self._refused:
            log.warning("%s", message)
            self._refused = message


def warm(engine: Engine) -> None:
    """Load what the first questions would load: the encoder, words and numerals, the readings of characters, texts in normal form and the
    places in them, and what English calls these.

    What is loaded by then stays until the next generation, so Python no longer looks through it for cycles: of ten thousand reports
    that stops every question for half a second, once in a few hundred. Raises WenbaoError.
    """
    for question in ("报告的主要内容是什么？", "第三产业增加值增长多少？", "What is the report about?"):
        engine.ask(question)
    _ = engine.view.places_written, engine.view.sounds(0)
    gc.collect()
    gc.freeze()
