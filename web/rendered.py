"""What is rendered once: long pieces of HTML, kept until the index is rebuilt."""

from __future__ import annotations

from collections.abc import Callable

from web.tags import Html

KEPT = 200  # pieces of some 100 kB: a collection may have thousands of reports to open


class Rendered:
    """Html by what it is, of which report and in which language."""

    def __init__(self) -> None:
        self._generation = ""
        self._kept: dict[tuple[str, ...], Html] = {}

    def get(self, generation: str, key: tuple[str, ...], make: Callable[[], Html]) -> Html:
        """The piece of this key, made where this generation of the index has none yet; where too many are kept all go."""
        if self._generation != generation or len(self._kept) >= KEPT:
            self._generation, self._kept = generation, {}
        kept = self._kept
        if key not in kept:
            kept[key] = make()
        return kept[key]
