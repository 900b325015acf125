"""`wenbao figures`: the figure table, and with `--by report` one indicator over reports."""

import argparse

from index.errors import UsageError
from search.commands import tables
from search.commands.options import Add, add_filters, add_format, engine_of, filters_of, number

OTHERS = ("section", "status", "unit", "min", "max")  # filters of single figures


def declare(add: Add) -> None:
    table = add("figures", "指标表：报告里的每一个数字", figures)
    add_filters(table)
    words = "指标名称里的字，可带条件：增长超过30%%"
    table.add_argument("words", nargs="?", default="", metavar="WORDS", help=words)
    table.add_argument("--unit", metavar="U", help="单位：元、亿元、%%、家……")
    kinds = "amount、count、growth、share、rate、points、multiple、rank、duration"
    table.add_argument("--kind", metavar="K", help=kinds)
    table.add_argument("--min", type=number, metavar="N", help="数值不小于（可带单位：100亿元；不带时按基本单位）")
    table.add_argument("--max", type=number, metavar="N", help="数值不大于（同上）")
    add_format(table)
    table.add_argument("--by", choices=("report",), help="各报告对照：一份报告一行，上年完成、当年计划、上年计划")
    table.add_argument("--place", metavar="P", help="对照时只要这个地方的报告；--year 是哪一年的报告")


def figures(options: argparse.Namespace) -> int:
    if options.by or options.place:
        return _by_report(options)
    bounds = {"minimum": options.min, "maximum": options.max, **filters_of(options)}
    found = engine_of(options).figures(options.words, unit=options.unit, kind=options.kind, **bounds)
    return tables.given(options, tables.figures(found))


def _by_report(options: argparse.Namespace) -> int:
    """The rows of the reports that are asked for. Raises UsageError, NotFound."""
    if options.by is None:
        raise UsageError("--place 要与 --by report 一起用")
    unused = next((name for name in OTHERS if getattr(options, name) is not None), None)
    if unused:
        raise UsageError(f"--by report 不能与 --{unused} 一起用")
    ids = None if options.report is None else [options.report]
    chosen = {"report_ids": ids, "place": options.place, "year": options.year}
    rows = engine_of(options).side_by_side(options.words, kind=options.kind, **chosen)
    return tables.given(options, tables.side_by_side(rows))
