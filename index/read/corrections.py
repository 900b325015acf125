"""<report>.corrections.toml: what a person knows better than the program does of single figures.

It stands beside the report and holds a [[figure]] for each record to change or remove:

    [[figure]]
    text = "2482.5亿元"            # number and unit, as the report writes them
    before = "地区生产总值实现"      # what stands right before it; or start = 272, its offset
    reason = "初步核算数"            # why, for whoever reads the file next
    period = "2006"                # any of FIELDS; or remove = true
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from index.errors import CorrectionError, ReadError
from index.records import Direction, Figure, Kind, Report, Role, Status

SUFFIX = ".corrections.toml"
NUMBERS = ("value", "value_to")
CHOICES = {"kind": get_args(Kind), "role": get_args(Role), "direction": get_args(Direction), "status": get_args(Status)}
WORDS = ("unit", "modifier", "indicator", "of", "period")
FIELDS = (*NUMBERS, *CHOICES, *WORDS)
PLACE = ("text", "before", "start", "reason", "remove")


def beside(file: Path) -> Path:
    """Where the corrections of a report are looked for."""
    return file.with_name(file.stem + SUFFIX)


def apply(report: Report, figures: Sequence[Figure], file: Path) -> tuple[Figure, ...]:
    """The figures with the corrections beside the report's file; as they are where there is none. Raises CorrectionError."""
    path = beside(file)
    if not path.is_file():
        return tuple(figures)
    changed: dict[int, Figure | None] = {}
    for number, row in enumerate(_rows(path), start=1):
        where = f"{path}：第{number}条"
        found = _find(report, figures, row, where)
        if found in changed:
            raise CorrectionError(f"{where}：“{row['text']}”已由前面一条更正；请合成一条")
        changed[found] = None if row.get("remove") else replace(figures[found], **_given(row, where))
    kept = (changed.get(position, figure) for position, figure in enumerate(figures))
    return tuple(figure for figure in kept if figure is not None)


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:  # both TOML and UTF-8 errors are ValueErrors
        raise CorrectionError(f"{path}：不是有效的 TOML（{str(error)[:80]}）；请改正后再建") from None
    rows = table.get("figure", [])
    if set(table) - {"figure"} or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise CorrectionError(f"{path}：只能有 [[figure]] 表，一条更正一个")
    return rows


def _find(report: Report, figures: Sequence[Figure], row: dict[str, Any], where: str) -> int:
    """The position of the figure a row names: by its text and either its offset or the words right before it."""
    text, before, start = row.get("text"), row.get("before", ""), row.get("start")
    if not isinstance(text, str) or not text or not isinstance(before, str) or type(start) not in (int, type(None)):
        raise CorrectionError(f"{where}：要有 text（数字和单位的原文），并用 before（它前面的字）或 start（它的位置）指明是哪一处")
    if not isinstance(row.get("reason"), str) or not row["reason"].strip():
        raise CorrectionError(f"{where}（“{text}”）：要有 reason，说明为什么更正")
    found = [
        position
        for position, figure in enumerate(figures)
        if figure.text == text and start in (None, figure.span.start) and report.text[: figure.span.start].endswith(before)
    ]
    if len(found) == 1:
        return found[0]
    place = f"位置 {start}" if start is not None else f"“{before}”之后" if before else "文中"
    if not found:
        raise CorrectionError(f"{where}：{place}没有数字“{text}”；报告或程序变了，请核对后改正或删去这一条")
    raise CorrectionError(f"{where}：{place}有 {len(found)} 处“{text}”；请用 start 或更长的 before 指明是哪一处")


def _given(row: dict[str, Any], where: str) -> dict[str, Any]:
    """The fields a row changes, checked; "" takes a field away."""
    given = {name: value for name, value in row.items() if name not in PLACE}
    if unknown := given.keys() - set(FIELDS):
        raise CorrectionError(f"{where}：不认识 {'、'.join(sorted(unknown))}；可用 {'、'.join(FIELDS)} 或 remove = true")
    if not given:
        raise CorrectionError(f"{where}：没有说改什么；可用 {'、'.join(FIELDS)} 或 remove = true")
    return {name: _checked(name, value, where) for name, value in given.items()}


def _checked(name: str, value: Any, where: str) -> Any:
    if name in NUMBERS:
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise CorrectionError(f"{where}：{name} = {value!r} 不是数字（按基本单位）")
        return number
    if not isinstance(value, str) or (value not in CHOICES.get(name, (value,)) and value != ""):
        raise CorrectionError(f"{where}：{name} = {value!r} 应该是{'、'.join(CHOICES.get(name, ('一段文字',)))}")
    if value == "" and name in ("kind", "role"):
        raise CorrectionError(f"{where}：{name} 不能为空")
    return value if value or name == "indicator" else None


PROVENANCE = "provenance.toml"
MASTHEAD_WORDS = ("title", "place", "speaker", "office")
MASTHEAD_YEARS = ("year_reported", "year_planned")
MASTHEAD = (*MASTHEAD_WORDS, "date", *MASTHEAD_YEARS, "source")
LINK = re.compile(r"https?://[^\s<>\"']+")  # a source may be words as well; these are no link


def provenance(file: Path) -> dict[str, Any]:
    """What the provenance.toml beside a report says of it (by file name or its stem), of FIELDS. Raises ReadError."""
    path = file.parent / PROVENANCE
    if not path.is_file():
        return {}
    try:
        tables = _tables(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:  # both TOML and UTF-8 errors are ValueErrors
        raise ReadError(f"{path}：不是有效的 TOML（{str(error)[:80]}）；请改正后再建") from None
    table = tables.get(file.name, tables.get(file.stem, {}))
    if not isinstance(table, dict):
        raise ReadError(f"{path}：{file.stem} 应该是一个表：[{file.stem}]")
    given = {field: _of_masthead(path, field, table[field]) for field in MASTHEAD if field in table}
    if not LINK.fullmatch(given.get("source", "")):
        given.pop("source", None)
    return given


@lru_cache(maxsize=1)
def _tables(text: str) -> dict[str, Any]:
    """A provenance.toml read; it is the same for every report of its folder."""
    return tomllib.loads(text)


def _of_masthead(path: Path, field: str, value: object) -> str:
    if field in (*MASTHEAD_WORDS, "source") and isinstance(value, str) and value.strip():
        return value.strip()
    if field == "date" and type(value) is date:
        return value.isoformat()
    if field in MASTHEAD_YEARS and str(value).isdigit() and len(str(value)) == 4:
        return str(value)
    kind = {"date": "日期，例如 2007-01-19"}.get(field, "四位数的年份" if field in MASTHEAD_YEARS else "一段文字")
    raise ReadError(f"{path}：{field} = {value!r} 应该是{kind}")
