"""Questions put otherwise: as people also type them, and to other reports.

    python -m gold.variations traditional|fullwidth|homophone FILE > OTHER    a set for `wenbao eval`, its questions in another form
    python -m gold.variations across FILE                                     how many of the index's other reports answer them

Traditional, full-width, one word misspelt by sound: the same seed, the same questions.
"""

import json
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from index import tokens
from search.engine import Engine, open_engine
from search.evaluate.exam import Gold, read_gold

SEED = 20070119
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


def perturbed(text: str, kind: str, number: int = 0) -> str:
    """The question in another form; `number`, its position in the set, seeds what is drawn."""
    if kind == "fullwidth":
        return text.translate(FULL_WIDTH)
    if kind == "traditional":
        return _traditional()(text)
    return _misspelt(text, random.Random(SEED + number))


def questions(gold: Sequence[Gold], kind: str) -> list[Gold]:
    """All questions in another form."""
    return [replace(one, question=perturbed(one.question, kind, number)) for number, one in enumerate(gold)]


def _misspelt(text: str, draw: random.Random) -> str:
    """One character of one word of two and more replaced by another of the same sound."""
    places: list[int] = []
    position = 0
    for word in tokens.words(text):
        if len(word) > 1 and all("一" <= character <= "鿿" for character in word):
            places += range(position, position + len(word))
        position += len(word)
    draw.shuffle(places)
    for place in places:
        others = [other for other in _by_sound()[tokens.sound(text[place])] if other != text[place]]
        if others:
            return text[:place] + draw.choice(others) + text[place + 1 :]
    return text


@cache
def _by_sound() -> dict[tuple[str, ...], list[str]]:
    """The common characters (GB 2312's first level) by their sound."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            character = bytes((high, low)).decode("gb2312", "ignore")
            if character:
                found[tokens.sound(character)].append(character)
    return found


@cache
def _traditional() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("s2t").convert
    return convert


SAMPLE = 20  # answers printed, to be checked by hand


def across(engine: Engine, questions: Sequence[Gold]) -> str:
    """How many are stated, by kind, and every n-th of the answers for the eye."""
    said: list[str] = []
    counts: dict[str, list[int]] = {}
    for gold in questions:
        others = [report.id for report in engine.corpus.reports if report.id != gold.report_id]
        for other in others if gold.kind != "none" else []:
            answer = engine.ask(gold.question, 1, report_id=other).answer
            counts.setdefault(gold.kind, []).append(answer.stated)
            if answer.stated and gold.answers:
                said.append(f"{gold.id} → {other}: {gold.question} → {answer.text} ({answer.confidence})")
    rows = [f"{'across':<10}{'asked':>7}{'stated':>8}"]
    rows += [f"{kind:<10}{len(stated):>7}{sum(stated):>8}" for kind, stated in counts.items()]
    return "\n".join([*rows, *said[:: max(1, len(said) // SAMPLE)][:SAMPLE]])


def rewritten(file: Path, kind: str) -> str:
    """A file of questions, JSON Lines or SQuAD's JSON, with the questions in another form."""
    text = file.read_text(encoding="utf-8")
    whole = json.loads(text) if file.suffix == ".json" else None
    rows = [json.loads(line) for line in text.split("\n") if line.strip()] if whole is None else []
    if whole is not None:
        rows = [row for article in whole["data"] for paragraph in article["paragraphs"] for row in paragraph["qas"]]
    for number, row in enumerate(rows):
        row["question"] = perturbed(row["question"], kind, number)
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in (rows if whole is None else [whole]))


if __name__ == "__main__":
    form, path = sys.argv[1], Path(sys.argv[2])
    print(across(open_engine(), read_gold(path)) if form == "across" else rewritten(path, form))
