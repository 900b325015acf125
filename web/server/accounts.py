"""A file of accounts, a line each: name, scrypt's parameters, salt, hash. No password is kept anywhere."""

import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path

from index.errors import UsageError, WenbaoError

N, R, P = 2**14, 8, 5  # OWASP's scrypt parameters for 16 MiB: some 0.2 s a guess on one core
SALT_BYTES, HASH_BYTES = 16, 32
SHORTEST, LONGEST = 10, 200  # characters of a password
NAME = re.compile(r"[\w.@-]{1,64}")


class AccountsError(WenbaoError):
    """An accounts file that cannot be read or written."""


class Accounts:
    """Checks a name and a password in the same time whether the name exists or not."""

    def __init__(self, path: Path) -> None:
        """Raises AccountsError, in one line."""
        self._hashes = read_accounts(path)
        self._nobody = hash_password(secrets.token_hex())

    def check(self, name: str, password: str) -> bool:
        stored = self._hashes.get(name)
        return _matches(password[:LONGEST], stored or self._nobody) and stored is not None


def read_accounts(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        found = dict(line.split(":", 1) for line in lines if line)
        for stored in found.values():
            _parts(stored)
    except OSError as error:
        raise AccountsError(f"{path}：无法读取账号文件（{error.strerror}）；用 wenbao account 建立") from None
    except (ValueError, UnicodeDecodeError):
        raise AccountsError(f"{path}：账号文件有一行读不懂；每行应是 wenbao account 所写的 名称:scrypt$…") from None
    if not found:
        raise AccountsError(f"{path}：账号文件是空的；用 wenbao account 添加")
    return found


def add_account(path: Path, name: str, password: str) -> None:
    """Write the account into the file, which only its owner may read; one of that name is replaced. Raises UsageError."""
    if not NAME.fullmatch(name):
        raise UsageError("账号名只能是 1 到 64 个字母、汉字、数字或 . _ @ -")
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(f"密码应有 {SHORTEST} 到 {LONGEST} 个字符")
    accounts = read_accounts(path) if path.exists() else {}
    accounts[name] = hash_password(password)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(f"{known}:{stored}\n" for known, stored in accounts.items())
        fresh.replace(path)
    except OSError as error:
        raise AccountsError(f"{path}：无法写入账号文件（{error.strerror}）") from None


def hash_password(password: str) -> str:
    salt = secrets.token_bytes(SALT_BYTES)
    return f"scrypt${N}${R}${P}${salt.hex()}${_scrypt(password, salt, N, R, P).hex()}"


def _matches(password: str, stored: str) -> bool:
    n, r, p, salt, digest = _parts(stored)
    return hmac.compare_digest(_scrypt(password, salt, n, r, p), digest)


def _parts(stored: str) -> tuple[int, int, int, bytes, bytes]:
    scheme, n, r, p, salt, digest = stored.split("$")
    if scheme != "scrypt":
        raise ValueError(scheme)
    return int(n), int(r), int(p), bytes.fromhex(salt), bytes.fromhex(digest)


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    text = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(text, salt=salt, n=n, r=r, p=p, maxmem=256 * n * r, dklen=HASH_BYTES)
