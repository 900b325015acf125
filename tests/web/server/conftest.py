"""The public server, in this process: real guards, real page, real engine."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app import create_app
from search import Engine
from web.page import Page
from web.server.limits import State
from web.server.public import mount
from web.server.settings import Settings

HOST = "report.example"
READER = ("203.0.113.9", 40000)  # from the networks kept for documentation
Serve = Callable[..., Any]


@contextmanager
def serving(engine: Engine, **settings: Any) -> Iterator[TestClient]:
    """A client of a public server; `.state` is the server's."""
    state = State()
    page = Page(engine)
    blocks = create_app(engine, page)
    app = mount(blocks, engine, page, Settings(hosts=(HOST,), public=True, **settings), state)
    with TestClient(app, base_url=f"http://{HOST}", client=READER, follow_redirects=False) as client:
        while not state.ready:
            time.sleep(0.01)
        client.state, client.blocks = state, blocks  # type: ignore[attr-defined]
        yield client


@pytest.fixture(scope="module")
def public(engine: Engine) -> Iterator[TestClient]:
    with serving(engine) as client:
        yield client


def call(client: TestClient, name: str, *arguments: Any, **options: Any) -> Any:
    """What an endpoint returns, or the error it ends with."""
    begun = client.post(f"/gradio_api/call/{name}", json={"data": list(arguments)}, **options)
    assert begun.status_code == 200, begun.text
    told = client.get(f"/gradio_api/call/{name}/{begun.json()['event_id']}").text
    event, data = told.strip().rsplit("event: ", 1)[1].split("\ndata: ", 1)
    found = json.loads(data)
    return found[0] if event == "complete" else {"error": found}
