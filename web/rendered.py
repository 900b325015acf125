"""What is rendered once: long pieces of HTML, kept until the index is rebuilt."""

from __future__ import annotations

from collections.abc import Callable

from web.tags import Html


class Rendered:
    """Html by what it is, of which report and in which language."""

    def __init__(self) -> None:
        self._generation = ""
        self._kept: dict[tuple[str, ...], Html] = {}

    def get(self, generation: str, key: tuple[str, ...], make: Callable[[], Html]) -> Html:
        """The piece of this key, made where this generation of the index has none yet."""
        if self._generation != generation:
            self._generation, self._kept = generation, {}
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]
