"""How often a client may ask: a bucket of tokens for each, that fills at a steady pace."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

CLIENTS = 10_000  # remembered; the one not seen for longest is forgotten first


class Buckets:
    """A bucket for each key holds `burst` tokens and gains `per_minute`. Safe to share between threads."""

    def __init__(self, per_minute: float, burst: float, now: Callable[[], float] = time.monotonic) -> None:
        self._pace, self._burst, self._now = per_minute / 60, burst, now
        self._full: OrderedDict[str, tuple[float, float]] = OrderedDict()  # key → tokens, when
        self._lock = threading.Lock()

    def take(self, key: str) -> float:
        """0 where a token was taken, else the seconds until there is one."""
        with self._lock:
            now = self._now()
            tokens, then = self._full.pop(key, (self._burst, now))
            tokens = min(self._burst, tokens + (now - then) * self._pace)
            wait = 0.0 if tokens >= 1 else (1 - tokens) / self._pace
            self._full[key] = (tokens - 1 if tokens >= 1 else tokens, now)
            if len(self._full) > CLIENTS:
                self._full.popitem(last=False)
            return wait


def client_key(address: str | None) -> str:
    """A client by its address; IPv6 by its network of 64 bits, as one customer has all of it."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((int(found) >> 64 << 64, 64)))
    return str(found)
