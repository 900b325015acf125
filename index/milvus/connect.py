"""Where a Milvus is and how it is entered; what goes wrong with it, in one line."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import tokens
from index.errors import BackendError

if TYPE_CHECKING:
    from pymilvus import MilvusClient

WAIT = 10.0  # seconds for a server to answer at all
SERVER = re.compile(r"(https?|tcp|unix)://")
TLS = {"CA": "ca_pem_path", "CERT": "client_pem_path", "KEY": "client_key_path", "SERVER_NAME": "server_name"}


@dataclass(frozen=True, slots=True)
class Address:
    """`uri`: http(s)://HOST:PORT, or a folder of milvus-lite, which ends in .db. `tls` holds pymilvus's own options."""

    uri: str
    token: str = ""
    tls: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, uri: str, environment: Mapping[str, str] = os.environ) -> Address:
        """With the token and the certificates that the environment names."""
        named = {option: environment.get(f"WENBAO_MILVUS_{name}", "") for name, option in TLS.items()}
        if named["ca_pem_path"] and not named["client_pem_path"]:  # pymilvus's name for a CA where only the server shows itself
            named["server_pem_path"] = named.pop("ca_pem_path")
        given = tuple((option, value) for option, value in named.items() if value)
        return cls(uri.removeprefix("file://"), environment.get("WENBAO_MILVUS_TOKEN", ""), given)

    @property
    def embedded(self) -> bool:
        return not SERVER.match(self.uri)


def told(environment: Mapping[str, str] = os.environ) -> Address | None:
    """The Milvus that WENBAO_MILVUS_URI names; None is none."""
    uri = environment.get("WENBAO_MILVUS_URI", "")
    return Address.of(uri, environment) if uri else None


def is_milvus(place: str) -> bool:
    """Whether a place given to `wenbao migrate` is a Milvus, not an index folder."""
    return bool(SERVER.match(place)) or place.endswith(".db")


def open_client(address: Address) -> MilvusClient:
    """Raises BackendError."""
    try:
        from pymilvus import MilvusClient
    except ImportError:
        raise BackendError('没有装 Milvus 的客户端；请运行：pip install "wenbao[milvus]"') from None
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # it logs what it raises
    if address.embedded:
        if not address.uri.endswith(".db"):
            raise BackendError(f"{address.uri}：milvus-lite 的文件夹名要以 .db 结尾；服务器写成 http://主机:端口")
        tokens.keep_cache()  # milvus-lite cuts words in this process
        Path(address.uri).parent.mkdir(parents=True, exist_ok=True)
    options: dict[str, Any] = dict(address.tls)
    if options:
        options["secure"] = True
    with connected(address):
        return MilvusClient(address.uri, token=address.token, timeout=WAIT, **options)


@contextmanager
def connected(address: Address) -> Iterator[None]:
    """What a call to the Milvus raises, as a BackendError with what to do."""
    import grpc
    from pymilvus.exceptions import MilvusException

    try:
        yield
    except (MilvusException, grpc.RpcError, OSError) as error:
        raise BackendError(f"{address.uri}：{_reason(error)}") from None


def _reason(error: Exception) -> str:
    said = " ".join(str(getattr(error, "message", "") or error).split())
    if re.search(r"auth check|unauthenticated|permission deny|invalid token", said, re.IGNORECASE):
        return "Milvus 不认这个口令；请看 WENBAO_MILVUS_TOKEN（用户:密码，或 API key）"
    if re.search(r"unavailable|fail connecting|failed to connect|illegal connection|timed? ?out|deadline", said, re.IGNORECASE):
        return "连不上 Milvus；请看地址、端口与 TLS（WENBAO_MILVUS_URI、WENBAO_MILVUS_CA），服务器是否开着"
    if re.search(r"lock|open local milvus", said, re.IGNORECASE):
        return "另一个进程正开着这个 milvus-lite 文件夹，或打不开；一个文件夹同时只给一个进程用"
    return f"Milvus 报错：{said[:200]}"
