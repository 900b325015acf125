"""What a running server knows of itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class State:
    ready: bool = False  # the first question will find everything loaded
    leaving: bool = False  # SIGTERM has come: what runs is finished, nothing new begins
    running: int = 0  # requests that ask, between their first byte and their last
