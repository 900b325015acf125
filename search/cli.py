"""The command line: `wenbao build | ask | search | figures | text | eval | serve`. Exit status 0 done, 1 understood and failed, 2 wrong usage."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from index import paths
from index.errors import NotFound, UsageError, WenbaoError
from search import show

MOST_PASSAGES = 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what goes wrong is one line on standard error."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        options = _parser().parse_args(arguments)
        command: Callable[[argparse.Namespace], int] = options.command
        return command(options)
    except WenbaoError as error:
        print(f"wenbao：{error}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    except BrokenPipeError:  # the reader of our output has gone: `wenbao text | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("wenbao：已中断", file=sys.stderr)
        return 130


class _Parser(argparse.ArgumentParser):
    """Wrong usage is one line, with the command that tells more."""

    def error(self, message: str) -> NoReturn:
        print(f"wenbao：{message}；用法见 {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="wenbao", description="问报：用自己的话问政府工作报告，得到原文的数字、句子和出处。")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND", parser_class=_Parser)
    shared = _Parser(add_help=False)
    shared.add_argument("--index", type=Path, default=paths.INDEX, metavar="DIR", help="索引文件夹（默认 var/index）")
    shared.add_argument("--json", action="store_true", help="标准输出只有 JSON")
    filters = _Parser(add_help=False)
    filters.add_argument("--report", metavar="ID", help="只在这份报告里")
    filters.add_argument("--section", metavar="TEXT", help="只在标题含有这些字的部分里")
    filters.add_argument("--year", metavar="Y", help="只要这一年的部分或指标")
    filters.add_argument("--status", choices=("actual", "target"), help="actual 已完成，target 计划")

    def add(name: str, run: Callable[[argparse.Namespace], int], help_: str, *parents: _Parser) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help_, description=help_, parents=[shared, *parents])
        command.set_defaults(command=run)
        return command

    build = add("build", _build, "把报告（文件或文件夹）建成索引")
    build.add_argument("paths", nargs="*", type=Path, default=[paths.SEEDS], metavar="PATH", help="默认 seeds/")
    build.add_argument("--model", help="sentence-transformers 的模型名或文件夹（默认内置的 multilingual-e5-small）")
    build.add_argument("--if-changed", action="store_true", help="索引与文件和模型相符时什么也不做")
    for name, run, help_ in (("ask", _ask, "提问：答案、出处和相关段落"), ("search", _search, "检索：排好序的段落")):
        command = add(name, run, help_, filters)
        command.add_argument("question", nargs="?", metavar="QUESTION")
        command.add_argument("-k", type=_passages, default=10, metavar="K", help="几个段落（默认 10）")
        command.add_argument("--batch", metavar="FILE", help="一行一个问题（- 为标准输入），一行一个 JSON 对象")
        command.add_argument("--model", help="检查索引是否由这个模型所建")
        if name == "search":
            command.add_argument("--mode", choices=("hybrid", "keyword", "semantic"), default="hybrid", help="默认 hybrid")
    table = add("figures", _figures, "指标表：报告里的每一个数字", filters)
    table.add_argument("words", nargs="?", default="", metavar="WORDS", help="指标名称里的字")
    table.add_argument("--unit", metavar="U", help="单位：元、%%、家……")
    table.add_argument("--kind", metavar="K", help="amount、count、growth、share、rate、points、multiple、rank、duration")
    table.add_argument("--min", type=_number, metavar="N", help="数值不小于（按基本单位）")
    table.add_argument("--max", type=_number, metavar="N", help="数值不大于（按基本单位）")
    table.add_argument("--format", choices=("table", "json", "csv"), default="table")
    text = add("text", _text, "报告全文，与各处偏移所数的完全一致")
    text.add_argument("--report", metavar="ID")
    scored = add("eval", _eval, "用一组问题给答案打分")
    scored.add_argument("files", nargs="+", type=Path, metavar="FILE")
    scored.add_argument("--misses", action="store_true", help="列出没有答对的问题")
    serve = add("serve", _serve, "打开网页")
    serve.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), metavar="H")
    serve.add_argument("--port", type=int, default=int(os.environ.get("PORT", "7860")), metavar="P")
    return parser


def _passages(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= MOST_PASSAGES:
        raise argparse.ArgumentTypeError(f"{text} 应是 1 到 {MOST_PASSAGES} 的整数")
    return int(text)


def _number(text: str) -> Any:
    from decimal import Decimal, InvalidOperation

    try:
        return Decimal(text)
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"{text} 不是数字") from None


def _engine(options: argparse.Namespace) -> Any:
    from search.engine import open_engine

    return open_engine(options.index, getattr(options, "model", None))


def _build(options: argparse.Namespace) -> int:
    from search.rebuild import rebuild

    done = rebuild(options.paths, options.index, options.model, options.if_changed, show.progress(sys.stderr))
    print(json.dumps(done, ensure_ascii=False) if options.json else show.built(done, options.index))
    return 0


def _ask(options: argparse.Namespace) -> int:
    return _each(options, lambda engine, question: engine.ask(question, options.k, **_filters(options)), show.answer)


def _search(options: argparse.Namespace) -> int:
    return _each(
        options, lambda engine, query: engine.search(query, options.mode, options.k, **_filters(options)), show.passages
    )


def _filters(options: argparse.Namespace) -> dict[str, str | None]:
    return {"report_id": options.report, "section": options.section, "year": options.year, "status": options.status}


def _each(options: argparse.Namespace, call: Callable[[Any, str], Any], shown: Callable[[Any], str]) -> int:
    """One question from the command line, or each line of a file."""
    if (options.question is None) == (options.batch is None):
        raise UsageError("请给出一个问题，或用 --batch FILE 给出一批")
    if options.batch is None:
        from search.question import check

        check(options.question)
        result = call(_engine(options), options.question)
        print(json.dumps(result.to_dict(), ensure_ascii=False) if options.json else shown(result))
        return 0
    questions = _lines(options.batch)
    engine = _engine(options)
    for question in questions:
        print(json.dumps(_attempt(engine, call, question), ensure_ascii=False), flush=True)
    return 0


def _attempt(engine: Any, call: Callable[[Any, str], Any], question: str) -> dict[str, Any]:
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
    return _read_lines(name)


def _read_lines(name: str) -> Iterator[str]:
    with open(0 if name == "-" else name, encoding="utf-8", errors="replace", closefd=name != "-") as file:
        for line in file:
            yield line.rstrip("\r\n")


def _figures(options: argparse.Namespace) -> int:
    figures = _engine(options).figures(
        options.words, unit=options.unit, kind=options.kind, minimum=options.min, maximum=options.max, **_filters(options)
    )
    form = "json" if options.json else options.format
    print(show.figures([figure.to_dict() for figure in figures], form))
    return 0


def _text(options: argparse.Namespace) -> int:
    from search.select import Filters, choose_report

    engine = _engine(options)
    reports = engine.corpus.reports
    if options.report is None and len(reports) > 1:
        raise UsageError(f"索引里有 {len(reports)} 份报告，请用 --report ID 指定，例如 {reports[0].id}")
    report = reports[choose_report(engine.view, "", Filters(options.report)) if options.report else 0]
    if options.json:
        print(json.dumps({"report_id": report.id, "report": report.title, "text": report.text}, ensure_ascii=False))
    else:
        sys.stdout.write(report.text)
    return 0


def _eval(options: argparse.Namespace) -> int:
    from search import evaluate

    gold = [question for file in options.files for question in evaluate.read_gold(file)]
    scores = evaluate.evaluate(_engine(options), gold)
    if options.json:
        print(json.dumps(evaluate.as_json(scores), ensure_ascii=False))
        return 0
    print(evaluate.table(scores))
    if options.misses:
        print(evaluate.misses(scores))
    return 0


def _serve(options: argparse.Namespace) -> int:
    engine = _engine(options)
    from app import launch

    launch(engine, options.host, options.port)
    return 0


if __name__ == "__main__":
    sys.exit(main())
