"""What a figure measures, under one name for all spellings: 居民消费价格总水平涨幅, CPI上涨 are growth of 居民消费价格."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from index.lexicon import load
from index.records import Figure, Kind
from index.text import normal
from search.check.measures import canonical
from search.question import names_of


def named(words: str) -> str:
    """The name of an indicator as a reader gives it."""
    return _one(normal(words).replace(" ", ""))[0]


def other_names(words: str) -> tuple[str, ...]:
    """By what other names the lexicon knows it, where no report uses its own: 物价 is 居民消费价格."""
    return tuple(dict.fromkeys(named(name) for name in names_of(normal(words).strip())))


def measured(figure: Figure) -> Iterator[tuple[str, Kind]]:
    """The name and kind of each measure a figure is given for: 社会消费品零售总额、固定资产投资增长4% is of both."""
    for part in normal(figure.indicator).replace(" ", "").split("、"):
        name, changes = _one(part)
        kind: Kind = "growth" if changes and (figure.kind, figure.unit) == ("rate", "%") else figure.kind
        yield load("sidebyside")["growth"].get(name, name) if kind == "growth" else name, kind


def falls(figure: Figure) -> bool:
    """Whether a growth is a fall: by its verb, or by its name (CPI微降)."""
    if figure.kind == "growth":
        return figure.direction == "down"
    return normal(figure.indicator).endswith(tuple(load("sidebyside")["change"]["down"]))


def _one(name: str) -> tuple[str, bool]:
    """The canonical name, and whether the name as written says that it changes."""
    lexicon = load("sidebyside")
    for lead in lexicon["lead"]["words"]:
        name = name.removeprefix(lead) or name
    endings = [*lexicon["change"]["up"], *lexicon["change"]["down"]]
    ending = next((ending for ending in endings if name.endswith(ending) and name != ending), "")
    plain = canonical(name.removesuffix(ending))
    return _same().get(plain, plain), bool(ending)


@cache
def _same() -> dict[str, str]:
    return {name: names[0] for names in load("sidebyside")["same"]["names"] for name in names}
