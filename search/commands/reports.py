"""`wenbao check` and `wenbao text`: where a report disagrees with itself, and all of its text."""

import argparse
import json
import sys

from index.errors import UsageError
from search.commands import tables
from search.commands.options import Add, add_format, engine_of


def declare(add: Add) -> None:
    checked = add("check", "报告自相矛盾之处，以及各项目标与已达到的水平", check)
    checked.add_argument("--report", metavar="ID", help="只查这份报告")
    checked.add_argument("--kept", action="store_true", help="各项目标与下一年报告所说的完成情况")
    checked.add_argument("--place", metavar="P", help="只看这个地方（与 --kept 一起用）")
    add_format(checked)
    add("text", "报告全文，与各处偏移所数的完全一致", text).add_argument("--report", metavar="ID")


def check(options: argparse.Namespace) -> int:
    if options.kept:
        return tables.given(options, tables.kept(engine_of(options).kept(options.place)))
    if options.place is not None:
        raise UsageError("--place 要和 --kept 一起用")
    return tables.given(options, tables.findings(engine_of(options).check(options.report)))


def text(options: argparse.Namespace) -> int:
    from search.library.filters import report_by_id

    reports = engine_of(options).corpus.reports
    if options.report is None and len(reports) > 1:
        raise UsageError(f"索引里有 {len(reports)} 份报告，请用 --report ID 指定，例如 {reports[0].id}")
    report = reports[report_by_id(reports, options.report) if options.report else 0]
    if options.json:
        print(json.dumps({"report_id": report.id, "report": report.title, "text": report.text}, ensure_ascii=False))
    else:
        sys.stdout.write(report.text)
    return 0
