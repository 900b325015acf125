"""The command line: what each command of options.py does.

Exit status: 0 done; 1 understood and failed, with one line saying what to do; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import getpass
import io
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from index.errors import UsageError, WenbaoError
from search.commands import build, show, tables
from search.commands.ask import attempt, lines
from search.commands.info import info
from search.commands.options import parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what goes wrong is one line on standard error."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    if isinstance(sys.stdout, io.TextIOWrapper):  # a lone surrogate of a question goes out as JSON's own escape
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        options = parser(COMMANDS).parse_args(arguments)
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


def _engine(options: argparse.Namespace) -> Any:
    from search.engine import open_engine

    return open_engine(options.index, getattr(options, "model", None), getattr(options, "reranker", None))


def _ask(options: argparse.Namespace) -> int:
    def call(engine: Any, question: str) -> Any:
        return engine.ask(question, options.k, previous=options.previous, **_filters(options))

    def give(result: Any) -> None:
        print(json.dumps(result.to_dict(), ensure_ascii=False) if options.json else show.answer(result))

    return _each(options, call, give)


def _search(options: argparse.Namespace) -> int:
    def call(engine: Any, query: str) -> Any:
        return engine.search(query, options.mode, options.k, **_filters(options))

    if options.batch is not None and options.format not in (None, "json"):
        raise UsageError("--batch 一行给一个 JSON 对象，不能与 --format 一起用")
    return _each(options, call, lambda result: tables.given(options, tables.passages(result)))


def _filters(options: argparse.Namespace) -> dict[str, str | None]:
    return {"report_id": options.report, "section": options.section, "year": options.year, "status": options.status}


def _each(options: argparse.Namespace, call: Callable[[Any, str], Any], give: Callable[[Any], object]) -> int:
    """One question from the command line, or each line of a file."""
    if (options.question is None) == (options.batch is None):
        raise UsageError("请给出一个问题，或用 --batch FILE 给出一批")
    if options.batch is None:
        from search.plan.question import check_question

        check_question(options.question)
        give(call(_engine(options), options.question))
        return 0
    questions = lines(options.batch)
    engine = _engine(options)
    for question in questions:
        print(json.dumps(attempt(engine, call, question), ensure_ascii=False), flush=True)
    return 0


def _figures(options: argparse.Namespace) -> int:
    if options.by or options.place:
        from search.commands.side_command import shown

        return tables.given(options, shown(options, lambda: _engine(options)))
    figures = _engine(options).figures(
        options.words,
        unit=options.unit,
        kind=options.kind,
        minimum=options.min,
        maximum=options.max,
        **_filters(options),
    )
    return tables.given(options, tables.figures(figures))


def _check(options: argparse.Namespace) -> int:
    return tables.given(options, tables.findings(_engine(options).check(options.report)))


def _text(options: argparse.Namespace) -> int:
    from search.library.filters import report_by_id

    engine = _engine(options)
    reports = engine.corpus.reports
    if options.report is None and len(reports) > 1:
        raise UsageError(f"索引里有 {len(reports)} 份报告，请用 --report ID 指定，例如 {reports[0].id}")
    report = reports[report_by_id(engine.view.corpus.reports, options.report) if options.report else 0]
    if options.json:
        print(json.dumps({"report_id": report.id, "report": report.title, "text": report.text}, ensure_ascii=False))
    else:
        sys.stdout.write(report.text)
    return 0


def _eval(options: argparse.Namespace) -> int:
    from search.evaluate import exam, scores, squad, variations, whole

    if any(squad.is_squad(file) for file in options.files):
        hits = squad.evaluate(options.files, options.paragraphs, show.progress(sys.stderr), options.perturb)
        return tables.given(options, squad.as_table(hits))
    if all(whole.is_whole(file) for file in options.files):
        form, judged = whole.evaluate(_engine(options), options.files, dict(options.map))
        status = tables.given(options, whole.as_table(form, judged))
        if options.misses and not options.json:
            print(whole.misses(judged))
        return status
    gold = [question for file in options.files for question in exam.read_gold(file)]
    if options.perturb:
        gold = variations.questions(gold, options.perturb)
    engine = _engine(options)
    scored = exam.evaluate(engine, gold)
    tables.given(options, scores.as_table(scored))
    if options.json or options.format:
        return 0
    if options.misses:
        print(scores.misses(scored))
    if options.reliability:
        print(scores.reliability(scored))
    if options.across:
        print(variations.across(engine, gold))
    return 0


def _serve(options: argparse.Namespace) -> int:
    from search.live import LiveEngine

    live = LiveEngine(options.index, options.reranker)
    from app import launch, public_settings

    live.watch()
    settings = None
    if options.public:
        settings = public_settings(
            options.public, options.rate, options.accounts, options.log_questions, options.allow_upload
        )
    elif options.rate is not None or options.accounts or options.log_questions or options.allow_upload:
        raise UsageError("--rate、--accounts、--log-questions、--allow-upload 要与 --public HOST 一起用")
    launch(live, options.host, options.port, settings=settings, mcp=options.mcp)
    return 0


def _account(options: argparse.Namespace) -> int:
    from app import add_account

    password = getpass.getpass("密码：") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    add_account(options.file, options.name, password)
    print(f"{options.file}：{options.name} 可以登录了（服务重新启动后生效）")
    return 0


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    **build.COMMANDS,
    "ask": _ask,
    "search": _search,
    "figures": _figures,
    "check": _check,
    "info": info,
    "text": _text,
    "eval": _eval,
    "serve": _serve,
    "account": _account,
}

if __name__ == "__main__":
    sys.exit(main())
