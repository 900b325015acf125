"""`wenbao ask` and `wenbao search`: one question, or a question a line in and a JSON object a line out."""

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from index.errors import NotFound, UsageError, WenbaoError
from search.commands import show, tables
from search.commands.options import Add, add_filters, add_format, add_reranker, engine_of, filters_of, whole_number
from search.find.rank import DEFAULT, MODES

MOST_PASSAGES = 100


def declare(add: Add) -> None:
    asked, searched = add("ask", "提问：答案、出处和相关段落", ask), add("search", "检索：排好序的段落", search)
    for command in (asked, searched):
        add_filters(command)
        command.add_argument("question", nargs="?", metavar="QUESTION")
        few = whole_number(1, MOST_PASSAGES)
        command.add_argument("-k", type=few, default=10, metavar="K", help="几个段落（默认 10）")
        command.add_argument("--batch", metavar="FILE", help="一行一个问题（- 为标准输入），一行一个 JSON 对象")
        command.add_argument("--model", help="检查索引是否由这个模型所建")
        add_reranker(command)
    asked.add_argument("--previous", metavar="QUESTION", help="上一个问题：“今年呢？”接着它问")
    asked.add_argument("--all", action="store_true", help="要点全部列出，不只是前几处")
    add_format(searched)
    searched.add_argument("--mode", choices=tuple(MODES), default=DEFAULT, help=f"默认 {DEFAULT}")


def ask(options: argparse.Namespace) -> int:
    def call(engine: Any, question: str) -> Any:
        return engine.ask(question, options.k, previous=options.previous, everything=options.all, **filters_of(options))

    def give(result: Any) -> None:
        print(json.dumps(result.to_dict(), ensure_ascii=False) if options.json else show.answer(result))

    return _each(options, call, give)


def search(options: argparse.Namespace) -> int:
    def call(engine: Any, query: str) -> Any:
        return engine.search(query, options.mode, options.k, **filters_of(options))

    if options.batch is not None and options.format not in (None, "json"):
        raise UsageError("--batch 一行给一个 JSON 对象，不能与 --format 一起用")
    return _each(options, call, lambda result: tables.given(options, tables.passages(result)))


def _each(options: argparse.Namespace, call: Callable[[Any, str], Any], give: Callable[[Any], object]) -> int:
    """One question from the command line, or each line of a file."""
    if (options.question is None) == (options.batch is None):
        raise UsageError("请给出一个问题，或用 --batch FILE 给出一批")
    if options.batch is None:
        from search.plan.question import check_question

        check_question(options.question)
        give(call(engine_of(options), options.question))
        return 0
    questions = _lines(options.batch)
    engine = engine_of(options)
    for question in questions:
        print(json.dumps(_attempt(engine, call, question), ensure_ascii=False), flush=True)
    return 0


def _attempt(engine: Any, call: Callable[[Any, str], Any], question: str) -> dict[str, Any]:
    """The JSON of one result, or what is wrong with its question. Raises NotFound: that is wrong with all of them."""
    try:
        found: dict[str, Any] = call(engine, question).to_dict()
        return found
    except NotFound:
        raise
    except WenbaoError as error:
        return {"question": question, "error": str(error)}


def _lines(name: str) -> Iterator[str]:
    """The lines of a file, or of standard input as they come; bytes that are no UTF-8 are replaced, not fatal."""
    if name != "-" and not Path(name).is_file():
        raise UsageError(f"{name}：没有这个文件")

    def read() -> Iterator[str]:
        with open(0 if name == "-" else name, encoding="utf-8", errors="replace", closefd=name != "-") as file:
            for line in file:
                yield line.rstrip("\r\n")

    return read()
