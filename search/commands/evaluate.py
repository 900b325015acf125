"""`wenbao eval`: scores a set of questions, by the form they have."""

import argparse
import sys
from pathlib import Path

from search.commands import show, tables
from search.commands.options import Add, add_format, add_reranker, engine_of


def declare(add: Add) -> None:
    scored = add("eval", "用一组问题给答案打分", evaluate)
    scored.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add_format(scored)
    named = "问题里的文件名与索引里的报告编号不同时"
    scored.add_argument("--map", nargs="*", type=_pair, default=[], metavar="DOC=ID", help=named)
    scored.add_argument("--paragraphs", type=Path, metavar="FILE", help="SQuAD：用这个文件的段落，按问题编号对应")
    add_reranker(scored)
    scored.add_argument("--reliability", action="store_true", help="答案的置信度分档，与实际答对的比例")
    scored.add_argument("--misses", action="store_true", help="列出没有答对的问题")


def evaluate(options: argparse.Namespace) -> int:
    from search.evaluate import exam, squad, whole

    if any(squad.is_squad(file) for file in options.files):
        hits = squad.evaluate(options.files, options.paragraphs, show.progress(sys.stderr))
        return tables.given(options, squad.as_table(hits))
    if all(whole.is_whole(file) for file in options.files):
        form, judged = whole.evaluate(engine_of(options), options.files, dict(options.map))
        status = tables.given(options, whole.as_table(form, judged))
        if options.misses and not options.json:
            print(whole.misses(judged))
        return status
    gold = [question for file in options.files for question in exam.read_gold(file)]
    scored = exam.evaluate(engine_of(options), gold)
    tables.given(options, exam.as_table(scored))
    if options.json or options.format:
        return 0
    if options.misses:
        print(exam.misses(scored))
    if options.reliability:
        print(exam.reliability(scored))
    return 0


def _pair(text: str) -> tuple[str, str]:
    name, equals, report = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text} 应写成 文件名=报告编号")
    return name, report
