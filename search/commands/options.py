"""The commands of `wenbao` and their options."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NoReturn

from index import paths
from index.encode.encoder import DTYPES
from index.figures.units import read_unit
from index.text import normal
from search.export import FORMATS
from search.find.rank import DEFAULT, MODES

MOST_PASSAGES = 100
Command = Callable[[argparse.Namespace], int]
Add = Callable[..., argparse.ArgumentParser]  # name, help, parents → the command's parser


class Parser(argparse.ArgumentParser):
    """Wrong usage is one line, with the command that tells more."""

    def error(self, message: str) -> NoReturn:
        print(f"wenbao：{message}；用法见 {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)


def parser(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    """The parser of all commands; `commands` maps each name to what runs it."""
    top = Parser(prog="wenbao", description="问报：用自己的话问政府工作报告，得到原文的数字、句子和出处。")
    names = top.add_subparsers(title="commands", required=True, metavar="COMMAND", parser_class=Parser)
    shared = Parser(add_help=False)
    shared.add_argument(
        "--index", type=Path, default=paths.INDEX, metavar="DIR", help="索引文件夹（默认在哪里，见 wenbao info）"
    )
    shared.add_argument("--json", action="store_true", help="标准输出只有 JSON")
    filters = Parser(add_help=False)
    filters.add_argument("--report", metavar="ID", help="只在这份报告里")
    filters.add_argument("--section", metavar="TEXT", help="只在标题含有这些字的部分里")
    filters.add_argument("--year", metavar="Y", help="只要这一年的部分或指标")
    filters.add_argument("--status", choices=("actual", "target"), help="actual 已完成，target 计划")

    def add(name: str, help_: str, *parents: Parser) -> argparse.ArgumentParser:
        command = names.add_parser(name, help=help_, description=help_, parents=[shared, *parents])
        command.set_defaults(command=commands[name])
        return command

    for declare in (_build, _questions, _figures, _reports, _eval, _serving):
        declare(add, filters)
    return top


def _build(add: Add, _: Parser) -> None:
    build = add("build", "把报告（文件或文件夹）建成索引")
    build.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="默认是源码的 seeds/")
    build.add_argument("--model", help="sentence-transformers 的模型名或文件夹（默认内置的 multilingual-e5-small）")
    build.add_argument("--dtype", choices=DTYPES, default=DTYPES[0], help=f"计算精度（默认 {DTYPES[0]}）")
    build.add_argument("--if-changed", action="store_true", help="索引与文件和模型相符时什么也不做")
    build.add_argument("--add", action="store_true", help="索引里原有的其他报告留下")
    removed = add("remove", "从索引里去掉报告")
    removed.add_argument("ids", nargs="+", metavar="ID", help="报告的编号")
    migrated = add("migrate", "把索引从文件夹复制到 Milvus，或从 Milvus 复制到文件夹（见 docs/scale.md）")
    for name in ("source", "target"):
        migrated.add_argument(
            name, metavar=name.upper(), help="索引文件夹；http(s)://主机:端口；或 milvus-lite 的 *.db"
        )


def _questions(add: Add, filters: Parser) -> None:
    for name, help_ in (("ask", "提问：答案、出处和相关段落"), ("search", "检索：排好序的段落")):
        command = add(name, help_, filters)
        command.add_argument("question", nargs="?", metavar="QUESTION")
        command.add_argument("-k", type=_passages, default=10, metavar="K", help="几个段落（默认 10）")
        command.add_argument("--batch", metavar="FILE", help="一行一个问题（- 为标准输入），一行一个 JSON 对象")
        command.add_argument("--model", help="检查索引是否由这个模型所建")
        _reranker(command)
        if name == "ask":
            command.add_argument("--previous", metavar="QUESTION", help="上一个问题：“今年呢？”接着它问")
        if name == "search":
            _format(command)
            command.add_argument("--mode", choices=tuple(MODES), default=DEFAULT, help=f"默认 {DEFAULT}")


def _reranker(command: argparse.ArgumentParser) -> None:
    command.add_argument("--reranker", metavar="NAME", help="用这个 CrossEncoder（模型名或文件夹）重排前几段；默认不用")


def _format(command: argparse.ArgumentParser) -> None:
    told = "表格、JSON、CSV、Markdown 或工作簿；xlsx 要写进文件：> FILE.xlsx"
    command.add_argument("--format", type=_shown, choices=tuple(FORMATS), help=told)


def _figures(add: Add, filters: Parser) -> None:
    table = add("figures", "指标表：报告里的每一个数字", filters)
    table.add_argument("words", nargs="?", default="", metavar="WORDS", help="指标名称里的字，可带条件：增长超过30%%")
    table.add_argument("--unit", metavar="U", help="单位：元、亿元、%%、家……")
    table.add_argument(
        "--kind", metavar="K", help="amount、count、growth、share、rate、points、multiple、rank、duration"
    )
    table.add_argument("--min", type=_number, metavar="N", help="数值不小于（可带单位：100亿元；不带时按基本单位）")
    table.add_argument("--max", type=_number, metavar="N", help="数值不大于（同上）")
    _format(table)
    table.add_argument("--by", choices=("report",), help="各报告对照：一份报告一行，上年完成、当年计划、上年计划")
    table.add_argument("--place", metavar="P", help="对照时只要这个地方的报告；--year 是哪一年的报告")


def _reports(add: Add, _: Parser) -> None:
    told = add("info", "这里有什么：数据放在哪里，各部分的版本，索引和其中的报告")
    _format(told)
    checked = add("check", "报告自相矛盾之处，以及各项目标与已达到的水平")
    checked.add_argument("--report", metavar="ID", help="只查这份报告")
    _format(checked)
    text = add("text", "报告全文，与各处偏移所数的完全一致")
    text.add_argument("--report", metavar="ID")


def _eval(add: Add, _: Parser) -> None:
    scored = add("eval", "用一组问题给答案打分")
    scored.add_argument("files", nargs="+", type=Path, metavar="FILE")
    _format(scored)
    scored.add_argument(
        "--map", nargs="*", type=_pair, default=[], metavar="DOC=ID", help="问题里的文件名与索引里的报告编号不同时"
    )
    scored.add_argument("--paragraphs", type=Path, metavar="FILE", help="SQuAD：用这个文件的段落，按问题编号对应")
    _reranker(scored)
    scored.add_argument("--reliability", action="store_true", help="答案的置信度分档，与实际答对的比例")
    scored.add_argument("--across", action="store_true", help="把问题拿去问索引里的其他报告，看有多少给出答案")
    scored.add_argument(
        "--perturb", choices=("traditional", "fullwidth", "homophone"), help="先改写问题：繁体、全角、一处同音错字"
    )
    scored.add_argument("--misses", action="store_true", help="列出没有答对的问题")


def _serving(add: Add, _: Parser) -> None:
    serve = add("serve", "打开网页")
    serve.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), metavar="H")
    serve.add_argument("--port", type=int, default=int(os.environ.get("PORT", "7860")), metavar="P")
    _reranker(serve)
    serve.add_argument("--mcp", action="store_true", help="也给语言模型当工具：/gradio_api/mcp/（见 docs/api.md）")
    public = serve.add_argument_group("对外服务（见 docs/deploy.md）")
    public.add_argument("--public", nargs="+", metavar="HOST", help="对外服务，只认这些域名")
    public.add_argument("--rate", type=_per_minute, metavar="N", help="每个客户端每分钟最多几问（默认 120，0 不限）")
    public.add_argument("--accounts", type=Path, metavar="FILE", help="要登录：账号文件，由 wenbao account 写成")
    public.add_argument("--allow-upload", action="store_true", help="读者可以用自己的报告（对外服务时默认不可以）")
    public.add_argument("--log-questions", action="store_true", help="日志里也记下问题原文（默认不记）")
    account = add("account", "给账号文件添一个账号，或换它的密码；密码从终端或标准输入读")
    account.add_argument("file", type=Path, metavar="FILE")
    account.add_argument("name", metavar="NAME")


def _shown(text: str) -> str:
    """A format that standard output takes."""
    if text == "xlsx" and sys.stdout.isatty():
        raise argparse.ArgumentTypeError("终端显示不了工作簿，请写进文件：wenbao … --format xlsx > FILE.xlsx")
    return text


def _per_minute(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise argparse.ArgumentTypeError(f"{text} 应是不小于 0 的整数")
    return int(text)


def _pair(text: str) -> tuple[str, str]:
    name, equals, report = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text} 应写成 文件名=报告编号")
    return name, report


def _passages(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= MOST_PASSAGES:
        raise argparse.ArgumentTypeError(f"{text} 应是 1 到 {MOST_PASSAGES} 的整数")
    return int(text)


def _number(text: str) -> Decimal:
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
