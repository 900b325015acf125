"""A plain English gloss of a figure, for readers of English: 248.25 billion yuan (expected), 2006, reached."""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from search.results import Computed, FigureResult
from web.strings import resource

SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))


def gloss(figure: FigureResult, *, timed: bool = True) -> str | None:
    """None where the unit has no English in gloss.toml: no gloss is better than a guess. `timed` says when, and whether it is reached."""
    table = _table()
    unit = table["units"].get(figure.unit or "")
    if unit is None:
        return None
    said = _measured(figure.value, figure.value_to, unit)
    kind = table["kinds"].get(f"{figure.kind}_{figure.direction}" if figure.direction else figure.kind, "")
    hedges = hedged(figure.modifier)
    aside = f" ({hedges})" if hedges else ""
    when = [figure.period or "", table["status"].get(figure.status or "", "")] if timed else []
    return ", ".join(filter(None, [f"{kind} {said}".strip() + aside, *when]))


def hedged(modifier: str | None, language: str = "en") -> str:
    """Hedges in the page's language: expected, at least."""
    if language != "en":
        return modifier or ""
    return ", ".join(filter(None, (_table()["hedges"].get(word, word) for word in (modifier or "").split())))


def gloss_difference(computed: Computed) -> str | None:
    """3 billion yuan more, 9.9 percentage points less. None where gloss.toml has no English of the unit."""
    unit = _table()["units"].get(computed.unit)
    if unit is None or computed.operation != "difference":
        return None
    if not computed.value:
        return "no difference"
    return f"{_measured(abs(computed.value), None, unit)} {'more' if computed.value > 0 else 'less'}"


def _measured(value: Decimal, to: Decimal | None, unit: str) -> str:
    said = spoken(value) if to is None else f"{spoken(value)} to {spoken(to)}"
    single = abs(value) == 1 and to is None
    return said + unit if unit in ("%", "‰") else f"{said} {_one(unit) if single else unit}".rstrip()


def _one(unit: str) -> str:
    """doublings → doubling, tonnes of standard coal → tonne of standard coal."""
    return _table()["one"].get(unit) or re.sub(r"s(?=$| of | a | an )", "", unit, count=1)


def spoken(value: Decimal) -> str:
    """248250000000 → 248.25 billion: exact, never rounded; what would need more than three decimals is written out."""
    for scale, name in SCALES:
        if abs(value) >= scale and value.scaleb(3) % scale == 0:
            return f"{_trimmed(value / scale)} {name}"
    return _trimmed(value)


def _trimmed(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resource("gloss.toml"))
