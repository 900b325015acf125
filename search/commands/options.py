"""What commands share: how an option is written, the filters, the formats; the engine that the options ask for."""

import argparse
import re
import sys
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NoReturn

from index import paths
from index.figures.units import read_unit
from index.text import normal
from search.export import FORMATS

Command = Callable[[argparse.Namespace], int]
Add = Callable[[str, str, Command], argparse.ArgumentParser]  # name, help, what runs it → the command's parser
FILTERS = {"report": "report_id", "section": "section", "year": "year", "status": "status"}  # option → the engine's name


class Parser(argparse.ArgumentParser):
    """Wrong usage is one line, with the command that tells more."""

    def error(self, message: str) -> NoReturn:
        print(f"wenbao：{message}；用法见 {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)


def shared() -> Parser:
    """The options that every command has."""
    every = Parser(add_help=False)
    where = "索引文件夹（默认在哪里，见 wenbao info）"
    every.add_argument("--index", type=Path, default=paths.INDEX, metavar="DIR", help=where)
    every.add_argument("--json", action="store_true", help="标准输出只有 JSON")
    return every


def add_filters(command: argparse.ArgumentParser) -> None:
    command.add_argument("--report", metavar="ID", help="只在这份报告里")
    command.add_argument("--section", metavar="TEXT", help="只在标题含有这些字的部分里")
    command.add_argument("--year", metavar="Y", help="只要这一年的部分或指标")
    command.add_argument("--status", choices=("actual", "target"), help="actual 已完成，target 计划")


def filters_of(options: argparse.Namespace) -> dict[str, str | None]:
    """The filters by the names that the engine has for them."""
    return {name: getattr(options, option) for option, name in FILTERS.items()}


def add_reranker(command: argparse.ArgumentParser) -> None:
    command.add_argument("--reranker", metavar="NAME", help="用这个 CrossEncoder（模型名或文件夹）重排前几段；默认不用")


def add_format(command: argparse.ArgumentParser) -> None:
    told = "表格、JSON、CSV、Markdown 或工作簿；xlsx 要写进文件：> FILE.xlsx"
    command.add_argument("--format", type=_shown, choices=tuple(FORMATS), help=told)


def engine_of(options: argparse.Namespace) -> Any:
    """The engine of the index, by the model and with the reranker that are asked for."""
    from search.engine import open_engine

    return open_engine(options.index, getattr(options, "model", None), getattr(options, "reranker", None))


def _shown(text: str) -> str:
    """A format that standard output takes."""
    if text == "xlsx" and sys.stdout.isatty():
        raise argparse.ArgumentTypeError("终端显示不了工作簿，请写进文件：wenbao … --format xlsx > FILE.xlsx")
    return text


def whole_number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text[:7]) <= most:
            raise argparse.ArgumentTypeError(f"{text} 应是 {least} 到 {most} 的整数")
        return int(text)

    return read


def number(text: str) -> Decimal:
    """A number in base units, or with its unit: 100亿元."""
    match = re.fullmatch(r"([-+]?[\d.,]+) ?(\D+)?", normal(text))
    try:
        value = Decimal(match[1].replace(",", "")) if match else Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    unit = read_unit(match[2]) if match and match[2] else ("", Decimal(1))
    if unit is None or not value.is_finite():
        raise argparse.ArgumentTypeError(f"{text} 不是数字，或单位不认识；例如 100 或 100亿元")
    return value * unit[1]
