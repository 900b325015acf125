"""What a server is told when it starts."""

from dataclasses import dataclass
from pathlib import Path

from search.brought import MOST_BYTES

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
EVERYWHERE = ("0.0.0.0", "::", "")
BODY_LIMIT = 64 * 1024  # bytes: a question of 2,000 characters, escaped, takes 12 kB
UPLOAD_LIMIT = MOST_BYTES + BODY_LIMIT  # bytes: a reader's report in its form
PER_MINUTE = 120  # questions a client of a public server may ask: an office behind one address reads at this pace
QUESTIONS_AT_ONCE = 32  # calls that do not go through the queue; the queue has its own bound
DRAIN_SECONDS = 20.0  # how long what runs may take after SIGTERM


@dataclass(frozen=True, slots=True)
class Settings:
    """`hosts` are the names the server answers to, "*" for any. `per_minute` None is no limit, `accounts` None no login."""

    hosts: tuple[str, ...]
    public: bool = False
    per_minute: int | None = None
    accounts: Path | None = None
    log_requests: bool = False
    log_questions: bool = False
    uploads: bool = False  # readers may upload their own report
    mcp: bool = False  # tools for language models at /gradio_api/mcp


def local(host: str) -> Settings:
    """For this machine alone; a server that is told to listen everywhere answers to any name."""
    return Settings(hosts=("*",) if host in EVERYWHERE else (host, *LOOPBACK), uploads=True)
