"""A server that listens, and leaves when it is told: what runs is finished first."""

import asyncio
import socket
import threading
import time
from types import FrameType
from typing import Any

import gradio as gr
import uvicorn
from fastapi import FastAPI

from index.errors import WenbaoError
from web.server.limits import State
from web.server.settings import DRAIN_SECONDS

LAST_BYTES = 0.5  # seconds that answers need to reach their readers


class CannotListen(WenbaoError):
    """The address is taken, or not this machine's."""


class Server(uvicorn.Server):
    """uvicorn, but the first signal lets what runs finish; a second one does not wait."""

    def __init__(self, app: FastAPI, blocks: gr.Blocks, state: State, host: str, port: int) -> None:
        """Raises CannotListen."""
        self.state, self.blocks, self.host, self.port = state, blocks, host, port
        self._page: Any = app.routes[-1].app  # type: ignore[attr-defined]
        self._told: float | None = None  # when it was told to leave
        self._socket = _listen(host, port)
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            access_log=False,  # it would write the addresses, which hold the questions
            log_config=None,
            log_level="warning",
            server_header=False,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=5,
            limit_concurrency=4000,
        )
        super().__init__(config)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.state.leaving:
            super().handle_exit(sig, frame)
        self.state.leaving = True

    async def on_tick(self, counter: int) -> bool:
        """Called ten times a second."""
        if self.state.leaving and not self.should_exit:
            self.should_exit = await self._is_done()
        return await super().on_tick(counter)

    async def _is_done(self) -> bool:
        self._told = self._told or time.monotonic()
        queue: Any = self.blocks._queue
        busy = len(queue) or any(job is not None for job in queue.active_jobs) or self.state.running
        if busy and time.monotonic() - self._told < DRAIN_SECONDS:
            return False
        await asyncio.sleep(LAST_BYTES)
        self._page.stop_event.set()  # ends the pages' heartbeats
        return True

    def block(self) -> None:
        """Serve until a signal comes."""
        self.run(sockets=[self._socket])

    def start(self) -> None:
        """Serve in the background, until `close`."""
        self._thread = threading.Thread(target=self.block, name="server", daemon=True)
        self._thread.start()
        while not self.started and self._thread.is_alive():
            time.sleep(0.01)

    def close(self) -> None:
        self.state.leaving = True
        self._thread.join()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CannotListen(f"无法在 {host}:{port} 上提供服务（{reason}）；换一个端口：--port P") from None
