"""What is done with figures: which of two is higher, what comes of them, and whether they may be set side by side at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.records import COUNTED, Figure
from search.answer.cells import bound_of
from search.results import Computed
from search.written import difference, plain, written_unit

PLACES = Decimal("0.01")  # to which a ratio or a share is rounded
HUNDRED = Decimal(100)
SCALES = ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))


@dataclass(frozen=True, slots=True)
class Compared:
    """The positions of the winners (several where they tie), and what sets the first two apart."""

    winners: tuple[int, ...]
    computed: Computed | None


def compare(figures: Sequence[Figure]) -> Compared:
    """The highest of some figures; a range counts by its lower end, a fall as less than nothing."""
    values = [_signed(figure) for figure in figures]
    best = max(values)
    computed = difference(figures[0], figures[1]) if len(figures) == 2 else None
    winners = tuple(at for at, value in enumerate(values) if value == best)
    return Compared(winners, with_reservations(computed, figures))


def _signed(figure: Figure) -> Decimal:
    return -figure.value if figure.kind == "growth" and figure.direction == "down" else figure.value


def compute(operation: str, figures: Sequence[Figure]) -> Computed | None:
    """What comes of figures; None where they cannot be reckoned with: two units, ranges, nothing to divide by."""
    if len({figure.unit for figure in figures}) > 1 and operation != "ratio":
        return None
    if figures[0].unit == "%" and operation in ("growth", "share"):  # no per cent of per cents
        return None
    values = [figure.value for figure in figures]
    if any(figure.value_to is not None for figure in figures) or (len(figures) > 2 and operation not in ("sum", "mean")):
        return None
    if operation == "difference":
        high, low = sorted(figures, key=_signed, reverse=True)[:2]
        return with_reservations(_apart(high, low), figures)
    made = _reckoned(operation, figures, values)
    return None if made is None else with_reservations(made, figures)


def _apart(high: Figure, low: Figure) -> Computed | None:
    """A difference; of a rise and a fall the two together."""
    if _signed(low) < 0 <= _signed(high):
        total = high.value + low.value
        text = f"相差{plain(total)}个百分点（{plain(high.value)} + {plain(low.value)}）"
        return Computed(text, total, "个百分点", (high.text, low.text))
    return difference(high, low, ("相差", "相差"))


def _reckoned(operation: str, figures: Sequence[Figure], values: Sequence[Decimal]) -> Computed | None:
    scale, unit = min(map(written_unit, figures))
    shown = [plain(value / scale) for value in values]
    operands = tuple(figure.text for figure in figures)
    if operation in ("sum", "mean"):
        total = sum(values, Decimal(0)) / (len(values) if operation == "mean" else 1)
        said, sign = ("合计", " + ") if operation == "sum" else ("平均", "、")
        amount = plain((total / scale).quantize(PLACES) if operation == "mean" else total / scale)
        return Computed(f"{said}{amount}{unit}（{sign.join(shown)}）", total, figures[0].unit or "", operands, operation)
    high, low = sorted(range(2), key=lambda at: -values[at])
    if not values[low]:
        return None
    ratio = values[high] / values[low]
    if figures[0].unit != figures[1].unit:
        return _for_each(figures, operands)
    if operation == "ratio":
        text = f"{plain(ratio.quantize(PLACES))}倍（{shown[high]} ÷ {shown[low]}）"
        return Computed(text, ratio.quantize(PLACES), "倍", operands, operation)
    if operation == "share":
        share = (values[low] / values[high] * HUNDRED).quantize(PLACES)
        return Computed(f"占{plain(share)}%（{shown[low]} ÷ {shown[high]}）", share, "%", operands, operation)
    new, old = sorted(range(2), key=lambda at: figures[at].period or "", reverse=True)
    growth = ((values[new] / values[old] - 1) * HUNDRED).quantize(PLACES) if values[old] else None
    if growth is None:
        return None
    text = f"{'增长' if growth >= 0 else '下降'}{plain(abs(growth))}%（{shown[new]} ÷ {shown[old]} − 1）"
    return Computed(text, growth, "%", operands, operation)


def _for_each(figures: Sequence[Figure], operands: tuple[str, ...]) -> Computed | None:
    """How much comes on each: an amount over what is counted, 6000万元 for 12 projects."""
    amount, count = sorted(figures, key=lambda figure: (figure.kind != "amount", -figure.value))
    if not count.value or count.kind != "count" or amount.kind not in COUNTED:  # nothing comes on a percentage, or on years
        return None
    each = amount.value / count.value
    scale, name = next(((scale, name) for scale, name in SCALES if abs(each) >= scale), (Decimal(1), ""))
    text = f"平均{plain((each / scale).quantize(PLACES))}{name}{amount.unit or ''}（{amount.text} ÷ {count.text}）"
    return Computed(text, each, amount.unit or "", operands, "ratio")


def with_reservations(computed: Computed | None, figures: Sequence[Figure]) -> Computed | None:
    """What is computed with the rows it is of, and whether its figures may be set side by side."""
    if computed is None:
        return None
    why, texts = why_not_comparable(figures), [figure.text for figure in figures]
    told_apart = sorted(texts) == sorted(computed.operands) and len(set(texts)) == len(texts)
    rows = tuple(map(texts.index, computed.operands)) if told_apart else tuple(range(len(figures)))
    return Computed(computed.text, computed.value, computed.unit, computed.operands, computed.operation, rows, why is None, why)


def why_not_comparable(figures: Sequence[Figure]) -> str | None:
    """Why figures are not quite alike; None where they are."""
    if len({figure.unit for figure in figures}) > 1:
        return "单位不同"
    if len({figure.kind in ("growth", "points") for figure in figures}) > 1:
        return "口径不同：增幅与水平"
    if len({figure.status for figure in figures if figure.status}) > 1:
        return "目标与完成"
    if len({"预计" in (figure.modifier or "") for figure in figures}) > 1:
        return "预计与最终"
    if any(bound_of(figure) == "about" for figure in figures) and len(figures) > 1:
        return "其中有“左右”等约数"
    return None
