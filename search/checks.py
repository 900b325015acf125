"""What a caller gives, checked where it is used: a widget's limit or a schema's type binds nobody. All raise UsageError."""

from __future__ import annotations

import unicodedata

from index.errors import QuestionError, UsageError

LONGEST = 2000  # characters of a question: contract.md
LONGEST_FILTER = 200  # characters: no heading, unit or id is longer


def check_question(text: object) -> str:
    """The question, if it can be asked at all. Raises QuestionError."""
    if not isinstance(text, str):
        raise QuestionError("问题应该是一段文字")
    if len(text) > LONGEST:
        raise QuestionError(f"问题太长了：{len(text)} 个字符，最多 {LONGEST} 个；请缩短后再问")
    if not any(character.isalnum() for character in text):
        raise QuestionError("问题是空的；请输入要问的内容，例如：地区生产总值是多少？")
    place = next((n for n, character in enumerate(text, start=1) if _is_control(character)), None)
    if place is not None:
        raise QuestionError(f"问题里有控制字符（第 {place} 个字符，U+{ord(text[place - 1]):04X}）；请去掉后再问")
    return text


def _is_control(character: str) -> bool:
    """Not what white space is made of, nor marks of direction, which are pasted with a text unseen."""
    return unicodedata.category(character) == "Cc" and not character.isspace()


def check_filter(name: str, value: object) -> None:
    """A filter is None or a short text."""
    if value is not None and not isinstance(value, str):
        raise UsageError(f"{name} 应该是一段文字")
    if isinstance(value, str) and len(value) > LONGEST_FILTER:
        raise UsageError(f"{name} 太长了：{len(value)} 个字符，最多 {LONGEST_FILTER} 个")


def check_status(status: object) -> None:
    if status not in (None, "actual", "target"):
        raise UsageError(f"status 应为 actual 或 target，不是 {str(status)[:40]}")


def check_count(k: object) -> None:
    if not isinstance(k, int) or isinstance(k, bool) or k < 1:
        raise UsageError("k 应为不小于 1 的整数")
