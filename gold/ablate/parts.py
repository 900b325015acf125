"""The parts that can be switched off, as the code and the lexicons have them now; nothing is listed by hand but what is left out."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from index import paths
from index.lexicon import load

Kind = Literal["rule", "pattern", "constant", "feature", "section", "word"]
To = Literal["True", "False", "None", "never", "0", "double", "empty", "absent"]

LEFT_OUT: dict[str, str] = {  # module → what judges it instead
    name: entry["why"]
    for entry in tomllib.loads((Path(__file__).with_name("left_out.toml")).read_text(encoding="utf-8"))["left_out"]
    for name in entry["modules"]
}
SAYING = ("words", "passage words", "ranked", "nearness")  # the features of search.match.saying, in the order of its slopes
MEMBERS = ("wanted", "asks", "status", "stop", "measures", "units", "maybe_units")  # sections of question.toml told by the member


@dataclass(frozen=True, slots=True)
class Part:
    """One thing and what it is switched to. `where` is a module and a name in it, or a lexicon and the keys that lead to it."""

    kind: Kind
    where: tuple[str, ...]
    to: To

    @property
    def name(self) -> str:
        """Unique, and the same for as long as the thing has its name."""
        return ".".join(self.where) + f" → {self.to}"


def parts() -> list[Part]:
    """All parts of the question side, in the order of the files, then of the lexicons."""
    found = [part for module in modules("search") for part in _of_module(module)]
    found += [Part("feature", ("search.match.chance", name), "0") for name in _features()]
    found += [Part("feature", ("search.match.saying", name), "0") for name in SAYING]
    for lexicon in ("everyday", "indicators", "lists", "question", "places", "sidebyside"):
        found += _of_lexicon((lexicon,), load(lexicon))
    return found


def reading_parts() -> list[Part]:
    """All parts by which reports are read: outline, masthead, figures."""
    found = [part for module in modules("index") for part in _of_module(module)]
    for lexicon in ("figures", "units", "periods", "outline", "portal", "tables", "check"):
        found += _of_lexicon((lexicon,), load(lexicon))
    return found


def modules(package: str) -> list[str]:
    """The modules of a package whose parts are tried."""
    paths_ = sorted((paths.PROJECT / package).rglob("*.py"))
    names = [".".join(path.relative_to(paths.PROJECT).with_suffix("").parts).removesuffix(".__init__") for path in paths_]
    return [name for name in names if not any(_within(name, out) for out in LEFT_OUT)]


def _within(name: str, out: str) -> bool:
    """Whether a module is left out, by its own name or its package's; `index` is but its own `__init__`."""
    return name == out or (out != "index" and name.startswith(f"{out}."))


def _of_module(name: str) -> Iterator[Part]:
    module = importlib.import_module(name)
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.returns is not None:
            yield from (Part("rule", (name, node.name), to) for to in _off(ast.unparse(node.returns)))
        for constant in _constants(node):
            yield from _of_constant(name, constant, getattr(module, constant))
        if isinstance(node, ast.ClassDef):
            defaults = [
                one.target.id
                for one in node.body
                if isinstance(one, ast.AnnAssign)
                and isinstance(one.target, ast.Name)
                and isinstance(one.value, ast.Constant)
                and isinstance(one.value.value, float)
            ]
            yield from (Part("feature", (name, node.name, field), "0") for field in defaults)


def _off(returns: str) -> tuple[To, ...]:
    """What a rule that says yes or no, or gives something or nothing, may say always; others are stages."""
    if returns == "bool":
        return ("True", "False")
    return ("None",) if returns.endswith("| None") else ()


def _constants(node: ast.stmt) -> Iterator[str]:
    """The names in capitals that a statement of a module sets."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    for target in targets:
        for name in target.elts if isinstance(target, ast.Tuple) else [target]:
            if isinstance(name, ast.Name) and name.id.isupper():
                yield name.id


def _of_constant(module: str, name: str, value: Any) -> Iterator[Part]:
    if holds_patterns(value):
        yield Part("pattern", (module, name), "never")
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        yield from (Part("constant", (module, name), to) for to in ("0", "double"))
    elif isinstance(value, tuple | list | dict | frozenset) and not _numbers(value):
        yield Part("constant", (module, name), "empty")


def holds_patterns(value: Any) -> bool:
    if isinstance(value, dict):
        value = tuple(value.values())
    return isinstance(value, re.Pattern) or (isinstance(value, tuple | list) and any(map(holds_patterns, value)))


def _numbers(value: Any) -> bool:
    """A fitted model: its slopes are features."""
    return isinstance(value, tuple) and any(isinstance(one, float) or _numbers(one) for one in value)


def _features() -> tuple[str, ...]:
    from search.match.chance import BY_MEANING, BY_WORDS

    return BY_WORDS + BY_MEANING


def _of_lexicon(where: tuple[str, ...], value: Any) -> Iterator[Part]:
    if isinstance(value, dict) and where[0] == "places" and not "".join(value).isascii():
        return  # names of provinces, cities, regions: a closed class, judged where what reads them is (left_out.toml)
    if isinstance(value, dict):
        for key, inner in value.items():
            if key.isascii() and not (where[0] == "everyday" and len(where) > 1):
                yield from _of_lexicon((*where, key), inner)
            else:
                yield Part("word", (*where, key), "absent")
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield from (Part("word", (*where, member_name(one)), "absent") for one in value)
    else:
        yield Part("section", where, "empty")
        if isinstance(value, list) and where[0] == "question" and where[1] in MEMBERS:
            yield from (Part("word", (*where, name), "absent") for name in dict.fromkeys(map(member_name, value)))


def member_name(member: Any) -> str:
    """What a member of a list is told by: a word by itself, a group and an indicator by their first name."""
    if isinstance(member, dict):
        return str(member["names"][0] if "names" in member else member["whole"])
    return str(member[0]) if isinstance(member, list) else str(member)
