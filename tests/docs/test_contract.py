"""docs/contract.md is the code's: its commands, the fields of its JSON and its endpoints; what is not built yet is listed here."""

from __future__ import annotations

import argparse
import inspect
import json
import re
import types
from collections.abc import Iterator
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from index.paths import PROJECT
from search.commands.cli import parser
from search.results import Answer, AskResult, FigureResult, PassageResult, Record
from tests.docs.api_tables import Nowhere
from web.api import endpoints

TEXT = (PROJECT / "docs" / "contract.md").read_text(encoding="utf-8")
PASSAGE, ASK, WHOLE = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL))
WORDS, COMPARE, BRIEF = ("words", "two reports compared", "digest and tasks")
# What the page promises and an issue is still to build. What is built is to be taken from here: the tests say so.
WAITING_COMMANDS = {"words": WORDS, "compare": COMPARE, "digest": BRIEF, "tasks": BRIEF}
WAITING_ENDPOINTS = {"words": WORDS, "compare": COMPARE, "digest": BRIEF, "tasks": BRIEF}
WAITING_FIELDS: dict[str, str] = {}
FILTERS = {"--report", "--section", "--year", "--status"}


def commands() -> dict[str, argparse.ArgumentParser]:
    """The parsers of the commands that there are."""
    top = parser()
    (found,) = (action.choices for action in top._actions if isinstance(action, argparse._SubParsersAction))
    return dict(found)


def promised() -> Iterator[tuple[str, str, set[str]]]:
    """Each command of the tables, or of a sentence, with an option, or "", and the values it may take."""
    yield from ((name, option, set()) for name, option in re.findall(r"`(\w+) (--\w+)`", TEXT))
    rows = re.findall(r"^\| (`.*?) \| ", TEXT.replace(r"\|", "¦"), re.MULTILINE)
    for name, rest in (span for row in rows for span in re.findall(r"`wenbao (\w+)(.*?)`", row)):
        yield name, "", set()
        for option, values in re.findall(r"(--[a-z-]+)(?: ([a-z¦]+))?", rest):
            yield name, option, set(values.split("¦")) - {""}


def fields_missing(example: Any, hint: Any) -> Iterator[str]:
    """The keys of an example that the record of its type lacks, as Answer.rows; "…" stands for any."""
    inner = get_args(hint)
    if isinstance(example, list) and get_origin(hint) is tuple:
        for member in example:
            yield from fields_missing(member, inner[0])
    elif get_origin(hint) in (Union, types.UnionType):
        for one in inner:
            yield from fields_missing(example, one)
    elif isinstance(example, dict) and inspect.isclass(hint) and issubclass(hint, Record):
        hints = get_type_hints(hint)
        for name, value in example.items():
            if name in hints:
                yield from fields_missing(value, hints[name])
            elif name != "…":
                yield f"{hint.__name__}.{name}"


def test_every_command_is_there_or_waits() -> None:
    known, missing = commands(), set()
    for name, option, values in promised():
        action = known[name]._option_string_actions.get(option) if name in known else None
        if name not in known:
            missing.add(name)
        elif option and (action is None or not values <= {*(action.choices or values)}):
            missing.add(f"{name} {option}")
    assert missing == set(WAITING_COMMANDS)


def test_every_target_of_make_is_there() -> None:
    targets = re.findall(r"^(\w+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"`make (\w+)`", TEXT)) <= set(targets)


def test_what_all_commands_take() -> None:
    for name, command in commands().items():
        taken = set(command._option_string_actions)
        assert {"--index", "--json"} <= taken
        assert name not in ("ask", "search", "figures") or taken >= FILTERS


def test_every_field_is_there_or_waits() -> None:
    assert [*fields_missing(PASSAGE, PassageResult), *fields_missing(ASK, AskResult)] == []
    told = [*fields_missing(WHOLE, Answer)]
    told += [*fields_missing(dict.fromkeys(re.findall(r"`(unit_\w+)`", TEXT)), FigureResult)]
    assert set(told) == set(WAITING_FIELDS)


def test_every_endpoint_is_there_or_waits() -> None:
    known = endpoints(Nowhere())
    named = set(re.findall(r"`/(\w+)[`(]", TEXT))
    assert named - set(known) == set(WAITING_ENDPOINTS)
    for name, listed in re.findall(r"`/(\w+)\((.*?)\)`", TEXT):
        parameters = inspect.signature(known[name]).parameters
        for word in re.findall(r"\w+\??", listed):
            optional = parameters[word.rstrip("?")].default is not inspect.Parameter.empty
            assert optional == word.endswith("?"), (name, word)


@pytest.mark.parametrize(
    ("example", "missing"),
    [
        ({"answer": {"text": "x", "items": [{"text": "x", "colour": 1}]}}, ["Item.colour"]),
        ({"answer": {"computed": {"values": 1}}, "passages": ["x"], "…": 1}, ["Computed.values"]),
        ({"question": "x", "reply": {}}, ["AskResult.reply"]),
    ],
)
def test_the_check_sees_what_is_missing(example: Any, missing: list[str]) -> None:
    assert [*fields_missing(example, AskResult)] == missing
