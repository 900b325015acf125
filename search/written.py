"""How a figure is written: the scale and unit behind its digits, and the difference of two in them."""

import re
from decimal import Decimal

from index.figures.units import read_unit
from index.lexicon import load
from index.records import Figure, measured
from index.text import normal
from search.results import AnswerRow, Computed, FigureResult, falls

NUMBER = re.compile(r"[\d,]+(?:\.\d+)?\s*[余多]?")
HIGHER = ("高", "低")  # than another; risen and fallen are said of one measure over time
RISEN = ("增加", "减少")


def written_unit(figure: Figure) -> tuple[Decimal, str]:
    """The scale of a figure's digits and the unit they are in: 35.5亿美元 → (10⁸, 亿美元), 34万农户 → (10⁴, 万户).

    What has no digits, or more than one number, is taken in its base unit: (1, 元).
    """
    text, base = normal(figure.text), figure.unit or ""
    number = NUMBER.match(text)
    written = (text[number.end() :].strip() or normal(figure.unit_written or "")) if number else ""
    scales = load("units")["scales"]
    scale = next((s for s in sorted(scales, key=len, reverse=True) if written.startswith(s)), "")
    rest = written.removeprefix(scale).removeprefix("余").removeprefix("多").strip()
    if not number or figure.value_to is not None or re.search(r"\d", rest):
        return Decimal(1), base
    known = read_unit(rest)
    unit = rest if known else base  # 70万 and 34万农户 have none of their own
    return (known[1] if known else Decimal(1)) * scales.get(scale, 1), scale + unit


def difference(new: Figure, old: Figure, words: tuple[str, str] = HIGHER) -> Computed | None:
    """new − old with its operands, in the smaller of the units they are written in; none for ranges and two units."""
    if new.unit != old.unit or new.unit is None or new.value_to is not None or old.value_to is not None:
        return None
    scale, unit = min(written_unit(new), written_unit(old))  # 4万亿元 and 33757.93亿元 are told apart in 亿元
    change = new.value - old.value
    points = "个百分点" if unit == "%" else unit
    operands = f"（{plain(new.value / scale)} − {plain(old.value / scale)}）"
    text = f"{words[change < 0]}{plain(abs(change) / scale)}{points}{operands}" if change else "持平"
    return Computed(text, change, "个百分点" if new.unit == "%" else new.unit, (new.text, old.text))


def plain(value: Decimal) -> str:
    """A decimal without exponent or trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


KINDS: dict[str, dict[str | None, str]] = {"growth": {"up": "增长", "down": "下降"}, "share": {None: "占比"}}


def said(figure: Figure) -> str:
    """A figure with its period, what it says of it and its hedge: 2007年目标增长20%左右."""
    when = f"{figure.period}年" if figure.period else ""
    planned = "目标" if figure.status == "target" else ""
    verb = KINDS.get(figure.kind, {}).get(figure.direction, "")
    return f"{when}{planned}{verb}{hedged(figure)}"


def hedged(figure: Figure | FigureResult) -> str:
    """Number and unit as written, with the bounds around it."""
    words = [word for word in (figure.modifier or "").split() if word not in figure.text]
    after = [word for word in words if word.startswith("以") or word in ("左右", "上下", "之内")]
    before = [word for word in words if word not in after]
    return "".join(before) + measured(figure) + "".join(after)


def fallen(figure: Figure | FigureResult) -> str:
    """下降4.8%, 5%左右: a number with its bounds, and that it is a fall."""
    return ("下降" if falls(figure) else "") + hedged(figure)


def grown(row: AnswerRow) -> str:
    """A row's figure, of a growth with its verb."""
    figure = row.figure
    rises = figure is not None and figure.kind == "growth" and figure.direction == "up"
    return f"增长{row.text}" if rises and not row.label.endswith("增长") else row.text
