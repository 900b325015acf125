"""In a process of its own: the questions asked with everything on, then with a part off, and what that changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gold.ablate.items import LOST, Key, Outcome, Questions
from gold.ablate.parts import Part
from gold.ablate.switch import off

CELLS = ("search.library.side_by_side", "search.written", "sidebyside")  # parts that are tried side by side, too
CHUNK = 100  # questions between two looks at what has come of them
NEEDED = 25  # questions lost more than gained, after which a part is kept without asking on


@dataclass(frozen=True, slots=True)
class Worth:
    """What came of switching a part off: of `asked` questions those answered otherwise, those right now that were not, and no more."""

    part: Part
    asked: int
    changed: int
    gained: int
    lost: int
    first: int = 0  # by how many more questions have their passage first
    wrong: int = 0  # by how many more are wrong with confidence
    together: str = ""  # of what changed nothing: goes with all the others that change nothing, or stands in for one

    @property
    def line(self) -> str:
        return "\t".join(
            map(
                str,
                (self.part.name, self.part.kind, self.asked, self.changed, self.gained, self.lost, self.first, self.wrong, self.together),
            )
        )


class _Asked:
    """What a process keeps: the questions, and what comes of them with everything on."""

    questions: Questions
    before: Mapping[Key, Outcome]
    cells: Mapping[Key, Outcome]


def open_questions(part: bool) -> None:
    _Asked.questions = Questions(part=part)
    _Asked.before = _Asked.questions.ask(_Asked.questions.items)
    _Asked.cells = _Asked.questions.side_by_side()


def alone(part: Part, keys: Sequence[Key] | None) -> Worth:
    """A part off alone: the questions in which it had a say, or where that is not known those that CI runs.

    No more are asked once it is plain that the part is needed. What changes none of these is tried on all questions together.
    """
    before, now = _Asked.before, dict[Key, Outcome]()
    mine = [key for key, one in _Asked.questions.items.items() if one.part] if keys is None else keys
    _Asked.questions.renew()
    with off([part]):
        for start in range(0, len(mine), CHUNK):
            now |= _Asked.questions.ask(mine[start : start + CHUNK])
            if sum(before[key].right - outcome.right for key, outcome in now.items()) >= NEEDED:
                break
        after = _Asked.questions.side_by_side() if part.name.startswith(CELLS) else _Asked.cells
    pairs = [(before[key], outcome) for key, outcome in now.items()]
    pairs += [(cell, after.get(key, LOST)) for key, cell in _Asked.cells.items()]
    return Worth(
        part,
        len(now),
        changed=sum(one != other for one, other in pairs),
        gained=sum(other.right and not one.right for one, other in pairs),
        lost=sum(one.right and not other.right for one, other in pairs),
        first=sum(bool(other.first) - bool(one.first) for one, other in pairs),
        wrong=sum(other.wrong - one.wrong for one, other in pairs),
    )


def together(some: Sequence[Part], keys: Sequence[Key]) -> bool:
    """Whether all of these off change no answer."""
    _Asked.questions.renew()
    with off(some):
        for start in range(0, len(keys), CHUNK):
            now = _Asked.questions.ask(keys[start : start + CHUNK])
            if any(outcome != _Asked.before[key] for key, outcome in now.items()):
                return False
        return keys[0] != next(iter(_Asked.questions.items)) or dict(_Asked.questions.side_by_side()) == dict(_Asked.cells)
