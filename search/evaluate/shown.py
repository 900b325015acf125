"""What an answer shows, folded so that it can be compared: figures, citations, what was computed, what its text says."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

Row = Mapping[str, Any]  # a question, or an answer as it is serialised
Values = dict[str, float]  # a metric that does not apply is absent

LONGEST = 200  # characters of what is quoted, and of a text
MARGIN = 20  # by which a text may pass that
SURE = 0.7  # confidence from which an answer is one that a reader relies on
LABELS = ("区间", "力争")  # of a range, which its own text shows, and of a second goal: not asked for in the text
NUMBER = re.compile(r"(?<![\d.])(?!(?:19|20)\d\d年)\d+(?:\.\d+)?")


class Shown(NamedTuple):
    """A figure that an answer shows: without and with its hedge, folded, and whether it fell."""

    text: str
    hedged: str
    down: bool


def fold(text: object) -> str:
    """NFKC without white space and quotation marks: the form in which texts are compared."""
    return re.sub(r"[\s“”\"‘’'*#|]", "", unicodedata.normalize("NFKC", str(text or "")))


def stands(expected: str, text: str) -> bool:
    """Whether one of the spellings (a|b) stands in a folded text, no digit or point directly before it."""
    return any(re.search(rf"(?<![\d.]){re.escape(fold(choice))}", text) for choice in expected.split("|"))


def first_number(text: object) -> str | None:
    """The first number that is no year."""
    match = NUMBER.search(fold(text))
    return match[0] if match else None


def touches(quote: str, cited: Iterable[str]) -> bool:
    """Whether a point's quote stands in something cited, or something long enough that is cited stands in it."""
    wanted = fold(quote)
    return any(wanted in c or (len(c) >= (4 if re.search(r"\d", c) else 8) and c in wanted) for c in cited)


def citations(answer: Row) -> Iterator[Row | None]:
    """Those of the answer, then those of its items and rows."""
    yield from answer.get("citations") or []
    for part in [*(answer.get("items") or []), *(answer.get("rows") or [])]:
        yield from [part.get("citation"), *(part.get("citations") or [])]


def figures_of(answer: Row) -> list[Shown]:
    """Each figure shown, once."""
    rows = [row.get("figure") for row in answer.get("rows") or [] if row.get("stated", True)]
    found: dict[tuple[Any, ...], Shown] = {}
    for figure in [*(answer.get("figures") or []), *rows]:
        if figure and figure.get("text"):
            hedged = fold((figure.get("modifier") or "") + figure["text"])
            key = (figure.get("report_id"), figure.get("start"), figure["text"])
            found[key] = Shown(fold(figure["text"]), hedged, figure.get("direction") == "down")
    return list(found.values())


def says(question: Row, text: str) -> bool:
    """Whether every requirement stands in a folded text, and nothing that is barred."""

    def stand(alternatives: str) -> bool:
        return any(fold(choice).lower() in text.lower() for choice in alternatives.split("|"))

    # a superlative may go on with the others; its first number is judged
    barred = [] if question["form"] == "superlative" else question.get("not") or []
    return all(map(stand, question.get("says") or [])) and not any(map(stand, barred))


def computed_text(answer: Row) -> str:
    """What was computed, as it is said: never positions of operands."""
    computed = answer.get("computed")
    if isinstance(computed, Mapping):
        return f"{fold(computed.get('value'))} {fold(computed.get('text'))}"
    return fold(computed)


def close(number: object, text: str) -> bool:
    """Whether a number stands in a folded text, within .6 % or .011."""
    wanted = abs(float(str(number).replace(",", "")))
    found = [float(one.replace(",", "")) for one in re.findall(r"(?<![\d.])\d[\d,]*(?:\.\d+)?", text)]
    return any(abs(one - wanted) <= max(0.006 * wanted, 0.011) for one in found)
