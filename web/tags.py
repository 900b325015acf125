"""HTML elements. The one place where text is escaped: whatever is not Html already becomes text, never markup."""

from collections.abc import Iterable
from html import escape

Attribute = str | int | bool | None


class Html(str):
    """A string that is markup already: only `el` and `join` make one."""


def el(tag: str, /, *children: str, **attributes: Attribute) -> Html:
    """An element: el("a", "第2段", href="#p-6", data_n=2). `class_` is class; None and False drop an attribute."""
    shown = "".join(map(_attribute, attributes, attributes.values()))
    return Html(f"<{tag}{shown}>" if tag == "input" else f"<{tag}{shown}>{join(children)}</{tag}>")


def join(children: Iterable[str]) -> Html:
    return Html("".join(child if isinstance(child, Html) else escape(child) for child in children))


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
