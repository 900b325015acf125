"""How a server is watched: a line of JSON a request, and counts for Prometheus. Neither holds what was asked, unless told."""

import json
import logging
import sys
import time
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, PlatformCollector, ProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.server.guards import http_only
from web.server.limits import client_key

log = logging.getLogger("wenbao.requests")
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """Counts by route label, never by path."""

    def __init__(self, waiting: Callable[[], int], running: Callable[[], int], ready: Callable[[], bool]) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        by = ["route", "method", "status"]
        self.requests = Counter("wenbao_requests", "Requests answered", by, registry=self.registry)
        self.seconds = Histogram("wenbao_request_seconds", "Seconds to the last byte", ["route"], buckets=SECONDS, registry=self.registry)
        self._gauge("wenbao_questions_waiting", "Events in the queue", waiting)
        self._gauge("wenbao_questions_running", "Requests that ask, under way", running)
        self._gauge("wenbao_ready", "1 when the index and the encoder are loaded", ready)

    def _gauge(self, name: str, about: str, value: Callable[[], float]) -> None:
        Gauge(name, about, registry=self.registry).set_function(value)


@http_only
class Watch:
    """Counts and logs each request: the route, not the address, which holds the question (`?q=`)."""

    def __init__(self, app: ASGIApp, metrics: Metrics, log_requests: bool, log_questions: bool) -> None:
        self.app, self.metrics = app, metrics
        self.log_requests, self.log_questions = log_requests, log_questions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            self._note(scope, status, time.perf_counter() - start)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = scope["wenbao.route"]
        label, method = (route.label, scope["method"]) if route else ("none", "any")
        self.metrics.requests.labels(label, method, status).inc()
        self.metrics.seconds.labels(label).observe(seconds)
        if not self.log_requests or label in ("static", "health", "ready"):
            return
        client = scope.get("client")
        row = {"route": label, "method": method, "status": status, "ms": round(seconds * 1000, 1)}
        row["client"] = client_key(client and client[0])
        if self.log_questions and route and route.asks:
            row["asked"] = _asked(scope.get("wenbao.body", b""))
        log.info(json.dumps(row, ensure_ascii=True))  # escapes: no text of a request can begin a line of its own


def _asked(body: bytes) -> list[str] | str:
    try:
        call = json.loads(body)
        data = call["data"] if "data" in call else call["params"]["arguments"].values()  # of an endpoint, or over MCP
        return [item for item in data if isinstance(item, str)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "unreadable"


class JsonLines(logging.Formatter):
    """Every record as one line of JSON; a request's line is an object of its own within it."""

    def format(self, record: logging.LogRecord) -> str:
        row: dict[str, object] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if record.name == log.name:
            return json.dumps({**row, **json.loads(record.getMessage())}, ensure_ascii=True)
        row["message"] = record.getMessage()
        if record.exc_info:
            row["trace"] = self.formatException(record.exc_info)
        return json.dumps(row, ensure_ascii=True)


def log_as_json() -> None:
    """All logs of the process to standard error, a line of JSON each."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for noisy in ("httpx", "bm25s", "jieba", "faiss.loader", "sentence_transformers"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
