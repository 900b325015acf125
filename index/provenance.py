"""provenance.toml: what a person knows better than the text does.

It stands beside the reports and has a table a report: title, place, date, speaker, office, years, and as `source` where it comes from.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.errors import ReadError
from index.masthead import Masthead

NAME = "provenance.toml"
WORDS = ("title", "place", "speaker", "office")
YEARS = ("year_reported", "year_planned")
FIELDS = (*WORDS, "date", *YEARS, "source")
ADDRESS = re.compile(r"https?://[^\s<>\"']+")  # a source may be words as well; these are no link


def corrections(file: Path) -> dict[str, Any]:
    """What the provenance.toml beside a report says of it (by file name or its stem), of FIELDS. Raises ReadError."""
    path = file.parent / NAME
    if not path.is_file():
        return {}
    try:
        tables = _tables(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:  # both TOML and UTF-8 errors are ValueErrors
        raise ReadError(f"{path}：不是有效的 TOML（{str(error)[:80]}）；请改正后再建") from None
    table = tables.get(file.name, tables.get(file.stem, {}))
    if not isinstance(table, dict):
        raise ReadError(f"{path}：{file.stem} 应该是一个表：[{file.stem}]")
    given = {field: _checked(path, field, table[field]) for field in FIELDS if field in table}
    if not ADDRESS.fullmatch(given.get("source", "")):
        given.pop("source", None)
    return given


@lru_cache(maxsize=1)
def _tables(text: str) -> dict[str, Any]:
    """A provenance.toml read; it is the same for every report of its folder."""
    return tomllib.loads(text)


def corrected(head: Masthead, given: dict[str, Any]) -> Masthead:
    """The masthead with what was given in place of what was read."""
    if "year_planned" in given and "year_reported" not in given:
        given = {**given, "year_reported": str(int(given["year_planned"]) - 1)}
    return replace(head, **given) if given else head


def _checked(path: Path, field: str, value: object) -> str:
    if field in (*WORDS, "source") and isinstance(value, str) and value.strip():
        return value.strip()
    if field == "date" and type(value) is date:
        return value.isoformat()
    if field in YEARS and str(value).isdigit() and len(str(value)) == 4:
        return str(value)
    kind = {"date": "日期，例如 2007-01-19"}.get(field, "四位数的年份" if field in YEARS else "一段文字")
    raise ReadError(f"{path}：{field} = {value!r} 应该是{kind}")
