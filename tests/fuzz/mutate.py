"""Reports made worse: what bad scans, pasting and strange editors do to a text, and bytes at random."""

from __future__ import annotations

import random

PIECES = (
    *("\r", "\u3000", "\ufeff", "\u200b", "\u202e", "\x0b", "\u2028", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")),
    *(
        "亿元",
        "％",
        "%",
        "万",
        "-",
        "—",
        "～",
        "．",
        ",",
        "，",
        "。",
        "、",
        "（一）",
        "一、",
        "第",
        "同比",
        "翻",
        "倍",
        "分别",
        "以上",
        "年",
    ),
    *("0", "9" * 40, "1e309", "0x1F", "１２３", "㎡", "½", "〇", "零", "亿亿亿", "百分之", "百分之百分之", "--1", "1..2", "3-5-7"),
    *("<script>", "${", "{{", "\\", "\n\n\n", "\t", "2007年", "二〇〇七年", "十五", "“十一五”"),
)


def mutated(text: str, choose: random.Random) -> str:
    """The text after one to twelve changes: pieces put in, taken out, doubled, moved, exchanged."""
    for _ in range(choose.randint(1, 12)):
        start = choose.randrange(len(text) + 1)
        end = min(len(text), start + choose.choice((0, 1, 2, 7, 40, 400)))
        piece = choose.choice((choose.choice(PIECES), text[start:end] * 2, "", text[start:end][::-1]))
        text = text[:start] + piece + text[end:]
    return text


def garbled(data: bytes, choose: random.Random) -> bytes:
    """Bytes with some changed, cut or doubled."""
    found = bytearray(data)
    for _ in range(choose.randint(1, 8)):
        found[choose.randrange(len(found))] = choose.randrange(256)
    if choose.random() < 0.3:
        del found[choose.randrange(len(found)) :]
    return bytes(found)
