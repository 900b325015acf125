"""`wenbao outline`: what was read of each report, where its title and dates come from, and what was not read."""

import argparse
from collections.abc import Mapping, Sequence

from search.commands import tables
from search.commands.options import Add, add_format, engine_of
from search.export import Table
from search.library.outlined import OutlineResult

GENRES = {"work_report": "政府工作报告", "communique": "统计公报", "budget": "预算报告"}
GENRES |= {"plan": "计划、规划", "news": "新闻", "other": "其他"}
NAMES = {"place": "地方", "year": "年份", "date": "日期"}
ORIGINS = {"text": "文内", "metadata": "文件属性", "columns": "表格的列", "file name": "文件名", "provenance": "provenance.toml"}


def declare(add: Add) -> None:
    outlined = add("outline", "读到了什么：标题、段落、术语、表格，年份和日期从哪里来，哪些没有读", outline)
    outlined.add_argument("--report", metavar="ID", help="只看这份报告")
    add_format(outlined)


def outline(options: argparse.Namespace) -> int:
    engine = engine_of(options)
    return tables.given(options, as_table(engine.outline(options.report), engine.index.manifest.skipped))


def as_table(found: Sequence[OutlineResult], skipped: Sequence[Mapping[str, str]]) -> Table:
    """A row a heading. `skipped` are the files of which nothing was read."""
    return Table(
        json=[one.to_dict() for one in found],
        fields=("report_id", "report", "level", "text", "line"),
        rows=[(one.report_id, one.title, head.level, head.text, head.line) for one in found for head in one.heads],
        headings=("报告", "层次", "标题", "行"),
        lines=[(one.title, head.level, head.text, head.line) for one in found for head in one.heads],
        none="没有标题。",
        listing="\n".join([*("\n".join([*_head(one), *_body(one), ""]) for one in found), *tables.unreadable(skipped)]).rstrip(),
    )


def _head(one: OutlineResult) -> list[str]:
    """Title, kind, place, year and date, and how much there is."""
    told = "，".join(f"{name} {_given(one, key)}" for key, name in NAMES.items())
    body = sum(line.paragraph > 0 for line in one.paragraphs)  # 0 is the title, or a heading
    counts = f"{len(one.heads)} 个标题，{body} 段，{one.characters} 个字符，{one.figures} 个数字，{len(one.tables)} 个表格"
    return [_given(one, "title"), f"  编号 {one.report_id}，{GENRES[one.kind]}，{told}", f"  {counts}"]


def _given(one: OutlineResult, key: str) -> str:
    """A value with where it comes from."""
    value, origin = getattr(one, key) or "没有", one.origins.get(key)
    return f"{value}（{ORIGINS.get(origin, origin)}）" if origin else value


def _body(one: OutlineResult) -> list[str]:
    heads = [f"{'  ' * head.level}{head.text}（第{head.line}行）" for head in one.heads]
    held = [f"  {table.title or '没有名称'}：{table.rows} 行 {table.columns} 列（第{table.line}行）" for table in one.tables]
    terms = [f"  {term.term}：{term.definition}（第{term.citation.line}行）" for term in one.terms]
    left = [f"  {part.where}：{part.why}" for part in one.unread]
    named = {"标题": heads, "表格": held, "术语": terms, "没有读的": left}
    return [f"  {line}" for name, lines in named.items() if lines for line in (name, *lines)]
