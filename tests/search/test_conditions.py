"""Conditions in words, and the filters of the figure table on the real report."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import UsageError
from index.figures.units import read_unit
from search import Engine
from search.commands.cli import parser
from search.plan.conditions import Condition, read_condition


@pytest.mark.parametrize(
    ("words", "left", "condition"),
    [
        ("增长超过30%的指标", "", Condition("%", Decimal(30), None, True, "up")),
        ("下降5%以上", "", Condition("%", Decimal(5), None, False, "down")),
        ("失业率低于5%", "失业率", Condition("%", None, Decimal(5), True, None)),
        ("失业率不高于5%", "失业率", Condition("%", None, Decimal(5), False, None)),
        ("投资10亿元以上", "投资", Condition("元", Decimal(10**9), None, False, None)),
        ("企业不少于1000家", "企业", Condition("家", Decimal(1000), None, False, None)),
        ("工业增加值", "工业增加值", None),
        ("50万吨", "50万吨", None),
    ],
)
def test_read_condition(words: str, left: str, condition: Condition | None) -> None:
    assert read_condition(words) == (left, condition)


Compare = Callable[[Decimal, Decimal], bool]
NEGATIONS = ("不", "未", "没", "没有", "不会", "没能", "未能", "不得")
# Each bound in words ({} is the number), what passes in plain arithmetic, and what its negation leaves.
VERBS: dict[str, tuple[Compare, Compare]] = {
    **dict.fromkeys(("超过{}", "超{}", "超过了{}", "高于{}", "大于{}", "多于{}", "突破{}", "逾{}"), (operator.gt, operator.le)),
    **dict.fromkeys(("低于{}", "小于{}", "少于{}"), (operator.lt, operator.ge)),
    **dict.fromkeys(("达到{}", "达{}", "大于或等于{}", "在{}以上", "在{}及以上"), (operator.ge, operator.lt)),
    **dict.fromkeys(("小于等于{}", "在{}以下", "在{}以内"), (operator.le, operator.gt)),
}
ONLY_NEGATED = ("到{}", "足{}", "满{}")
ENGLISH: dict[str, tuple[Compare, Compare]] = {
    **dict.fromkeys((" over {}", " above {}", " more than {}", " greater than {}", " exceeding {}"), (operator.gt, operator.le)),
    **dict.fromkeys((" under {}", " below {}", " less than {}", " lower than {}"), (operator.lt, operator.ge)),
    " reaching {}": (operator.ge, operator.lt),
}
PLAIN: dict[str, Compare] = {
    **dict.fromkeys(("至少{}", "{}以上", "{}及以上", "{}之上", "≥{}", " at least {}", "{} or more", "{} and above"), operator.ge),
    **dict.fromkeys(("至多{}", "最多{}", "{}以下", "{}以内", "{}之内", "≤{}", " at most {}", " up to {}", "{} or less"), operator.le),
    **dict.fromkeys(("不止{}", "超过{}以上", "有没有超过{}", ">{}"), operator.gt),
    **dict.fromkeys(("达不到{}", "不到{}以下", "<{}"), operator.lt),
    "超不过{}": operator.le,
}
WORDED: dict[str, Compare] = {
    **PLAIN,
    **{words: passes for words, (passes, _) in (VERBS | ENGLISH).items()},
    **{no + words: left for no, (words, (_, left)) in product(NEGATIONS, VERBS.items())},
    **{no + words: operator.lt for no, words in product(NEGATIONS, ONLY_NEGATED)},
    **{f" {no}{words}": left for no, (words, (_, left)) in product(("not", "no", "does not", "didn't"), ENGLISH.items())},
}
PERCENT = st.decimals(0, 200, places=1)


@settings(max_examples=20)  # each is tried with every wording
@given(PERCENT, st.lists(PERCENT, max_size=5), PERCENT)
def test_the_figures_that_pass_are_those_of_plain_arithmetic(value: Decimal, figures: list[Decimal], width: Decimal) -> None:
    tried = [*figures, value, value - 1, value + 1]
    for words, passes in WORDED.items():
        left, condition = read_condition("税收" + words.format(f"{value}%"))
        assert condition is not None, words
        assert (left, condition.unit) == ("税收", "%"), words
        held = [one for one in tried if condition.holds(one, one)]
        assert held == [one for one in tried if passes(one, value)], words
        # of a range one value is enough
        held = [one for one in tried if condition.holds(one, one + width)]
        assert held == [one for one in tried if passes(one, value) or passes(one + width, value)], words


@pytest.mark.parametrize("words", sorted(WORDED)[::7])  # of some 300 wordings: each is a question
def test_a_list_and_the_figure_table_read_a_bound_alike(engine: Engine, words: str) -> None:
    bound = words.format("10%")
    listed = engine.ask(f"哪些指标增长{bound}").answer.figures
    table = [one for one in engine.figures(f"增长{bound}") if one.role == "value"]
    assert {one.start for one in listed} == {one.start for one in table}
    assert all(one.kind == "growth" and WORDED[words](one.value, Decimal(10)) for one in listed)
    assert listed


@pytest.mark.parametrize(
    ("question", "bound", "passes"),
    [
        ("哪些增长不超过10%", "10", operator.le),
        ("哪些增长没有超过14.3%", "14.3", operator.le),
        ("哪些增长达到16.5%", "16.5", operator.ge),
        ("哪些指标增长超过30%", "30", operator.gt),
        ("which figures grew by no less than 16.5%", "16.5", operator.ge),
    ],
)
def test_a_list_holds_every_figure_within_the_bound(engine: Engine, question: str, bound: str, passes: Compare) -> None:
    grown = [one for one in engine.figures(kind="growth") if (one.direction, one.role) == ("up", "value")]
    wanted = {one.start for one in grown if passes(one.value, Decimal(bound))}
    assert {one.start for one in engine.ask(question).answer.figures} == wanted
    assert 0 < len(wanted) < len(grown)


@pytest.mark.parametrize("question", ["哪些指标没掉到三成以下", "哪个指标没有一项超过10%"])
def test_a_bound_that_is_denied_from_afar_lists_nothing(engine: Engine, question: str) -> None:
    answer = engine.ask(question).answer
    assert max(len(answer.items), len(answer.rows)) < 2 or not answer.stated


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("元", ("元", 1)),
        ("亿元", ("元", 10**8)),
        ("万吨", ("吨", 10**4)),
        ("万亿元", ("元", 10**12)),
        ("%", ("%", 1)),
        ("百分点", ("个百分点", 1)),
        ("千米", ("公里", 1)),
        ("光年", None),
        ("亿", None),
    ],
)
def test_read_unit(text: str, unit: tuple[str, int] | None) -> None:
    found = read_unit(text)
    assert (found and (found[0], int(found[1]))) == unit


def test_growth_above_thirty(engine: Engine) -> None:
    found = engine.figures("增长超过30%的指标")
    assert {figure.kind for figure in found} == {"growth"}
    assert all(figure.value > 30 and figure.direction == "up" for figure in found)
    whole = [f for f in engine.figures(kind="growth", unit="%", minimum=Decimal(30)) if f.value > 30 and f.direction == "up"]
    assert list(found) == whole
    assert len(found) > 10


def test_a_unit_as_written_is_its_base_unit(engine: Engine) -> None:
    found = engine.figures(unit="亿元", minimum=Decimal(10**11))
    assert found == engine.figures(unit="元", minimum=Decimal(10**11))
    assert "2482.5亿元" in {figure.text for figure in found}
    assert all(figure.unit == "元" and figure.value >= 10**11 for figure in found)


@pytest.mark.parametrize(("text", "value"), [("100", 100), ("1,000亿元", 10**11), ("3万", None), ("-5", -5), ("十", None)])
def test_bounds_on_the_command_line_take_units(text: str, value: int | None) -> None:
    arguments = ["figures", f"--min={text}"]
    if value is None:
        with pytest.raises(SystemExit):
            parser().parse_args(arguments)
    else:
        assert parser().parse_args(arguments).min == value


def test_every_filter_narrows(engine: Engine) -> None:
    everything = engine.figures()
    for narrowed in (
        engine.figures("投资"),
        engine.figures(unit="家"),
        engine.figures(kind="rank"),
        engine.figures(maximum=Decimal(10)),
        engine.figures(status="target"),
        engine.figures(year="2006"),
        engine.figures(section="开放"),
    ):
        assert 0 < len(narrowed) < len(everything)
        assert set(narrowed) < set(everything)
    assert {figure.status for figure in engine.figures(status="target")} == {"target"}


def test_synonyms_find_the_same_figures(engine: Engine) -> None:
    assert engine.figures("GDP") == engine.figures("地区生产总值")
    assert engine.figures("GDP")


def test_an_unknown_unit_is_told(engine: Engine) -> None:
    with pytest.raises(UsageError, match="不认识的单位：光年"):
        engine.figures(unit="光年")
