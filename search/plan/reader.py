"""How a question is taken, read by a small model on its characters and its vector: what is asked, of what kind, and which words name it.

`train/` fits it (`make train`); reader.npz holds what it learned. Periods, places, numerals and bounds are read by grammar.
"""

import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import tokens
from index.encode.pieces import Vectors
from index.records import Span

Floats = npt.NDArray[np.float32]
MODEL = Path(__file__).with_name("reader.npz")
BUCKETS = 1 << 14  # of hashed runs of characters; half of them halve the file and cost .005
LONGEST_RUN = 4
VECTOR = 2.0  # what the vector is worth beside the runs, both of length 1
TAGS = ("-", "b", "o", "B", "O")  # outside; begins and goes on in words that all cells share; in words of one cell
WINDOW = 3  # characters to each side that tell what a character belongs to
TAG_BUCKETS = 1 << 13
READ = 200  # characters of a question that are tagged


@dataclass(frozen=True, slots=True)
class Reading:
    """Chances (0..1) of forms, best first, and of operations; of a percentage being asked for, and the highest before the lowest."""

    forms: tuple[tuple[str, float], ...]
    operations: tuple[tuple[str, float], ...]
    percent: float
    descending: float
    shared: tuple[Span, ...]  # words of the question that name what is asked, of all cells
    own: tuple[Span, ...]  # and of one cell each


def read(matched: str, vector: Vectors) -> Reading:
    """A question in normal form, with its vector of shape (d,)."""
    words = runs_of(matched)
    forms = head("form", words, vector)
    shared, each = spans(matched, forms[0][0])
    percent, descending = (dict(head(name, words, vector))["yes"] for name in ("percent", "descending"))
    return Reading(forms, head("operation", words, vector), percent, descending, shared, each)


def head(name: str, words: Floats, vector: Vectors) -> tuple[tuple[str, float], ...]:
    """The chance (0..1) of each label by a model of this name, best first."""
    weights, whole = _model()[f"{name}.weights"], features(words, vector)
    if weights.shape[1] != len(whole):  # another encoder's vector: the characters alone are read
        name = f"{name}.plain" if f"{name}.plain.weights" in _model() else name
        weights, whole = _model()[f"{name}.weights"][:, : len(words)], words
    chances = _softmax(weights @ whole + _model()[f"{name}.bias"])
    labels = _model()[f"{name}.labels"]
    return tuple((str(labels[at]), float(chances[at])) for at in np.argsort(-chances, kind="stable"))


def features(words: Floats, vector: Vectors) -> Floats:
    """What the characters of a question say, and its vector: shape (words + d,)."""
    return np.concatenate([words, VECTOR * vector.astype(np.float32)])


def runs_of(matched: str) -> Floats:
    """Which runs of characters a question has, hashed: shape (BUCKETS,), of length 1."""
    found = np.zeros(BUCKETS, dtype=np.float32)
    text = f"^{matched[:READ]}$"
    for length in range(1, LONGEST_RUN + 1):
        for start in range(len(text) - length + 1):
            found[bucket(text[start : start + length], BUCKETS)] = 1
    return np.asarray(found / np.sqrt(found.sum()), dtype=np.float32)


def bucket(text: str, buckets: int) -> int:
    return zlib.crc32(text.encode(errors="surrogatepass")) % buckets


CUES = ("分别", "各", "谁", "哪个", "哪", "相差", "差", "比", "一共", "加起来", "占", "多少")
JOINTS = "、,和与跟及比;?"  # between the things that are asked about


def tag_features(matched: str, form: str) -> list[list[int]]:
    """For each character the buckets of what stands around it, of its word, and of the form of its question."""
    text = matched[:READ]
    words, places = [], []
    for word in tokens.words(text):
        for at in range(len(word)):
            words.append(word)
            places.append("s" if len(word) == 1 else "b" if at == 0 else "e" if at == len(word) - 1 else "m")
    words, places = (words + [""] * len(text))[: len(text)], (places + ["s"] * len(text))[: len(text)]
    padded = "^" * WINDOW + text + "$" * WINDOW
    found = []
    for at in range(len(text)):
        around = padded[at : at + 2 * WINDOW + 1]
        names = [f"{n}{around[n]}" for n in range(len(around))]
        names += [f"{n}{around[n : n + 2]}" for n in range(len(around) - 1)]
        names += [f"3{around[n : n + 3]}{n}" for n in range(1, 4)]
        names += [f"w{words[at]}", f"p{places[at]}", f"l{min(at, 9)}", f"r{min(len(text) - at, 9)}"]
        left, right = text[:at], text[at + 1 :]
        back = next((n for n, c in enumerate(reversed(left)) if c in JOINTS), -1)
        ahead = next((n for n, c in enumerate(right) if c in JOINTS), -1)
        near = left[-back - 1] if back >= 0 else "^", right[ahead] if ahead >= 0 else "$"
        names += [f"<{words[at - 1] if at else ''}", f">{words[at + 1] if at + 1 < len(text) else ''}"]
        joints = f"{form}{min(3, sum(c in JOINTS for c in left))}{min(3, sum(c in JOINTS for c in right))}"
        names += [f"f{form}", f"f{form}w{words[at]}", f"j{near}", f"j{form}{near}", f"J{joints}", f"J{joints}{near}"]
        names += [f"d{form}{near[0]}{min(back, 8)}", f"D{form}{near[1]}{min(ahead, 8)}"]
        names += [f"a{form}{cue}{cue in left}" for cue in CUES if cue in text]
        found.append([bucket(name, TAG_BUCKETS) for name in names])
    return found


def spans(matched: str, form: str, model: str = "tag") -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The likeliest tags, one after the other (Viterbi), as spans: of all cells, and of one each."""
    rows = tag_features(matched, form)
    if not rows:
        return (), ()
    weights, bias, moves = (_model()[f"{model}.{part}"] for part in ("weights", "bias", "moves"))
    scores = np.array([weights[:, row].sum(axis=1) + bias for row in rows])
    best, came = scores[0] + moves[-1], []
    for row in scores[1:]:
        paths = best[:, None] + moves[:-1]
        came.append(paths.argmax(axis=0))
        best = paths.max(axis=0) + row
    at = int(best.argmax())
    tags = [at]
    for step in reversed(came):
        at = int(step[at])
        tags.append(at)
    return spans_of([TAGS[tag] for tag in reversed(tags)])


def spans_of(tags: list[str]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The runs that tags make: of words that all cells share, and of words of one."""
    found: dict[str, list[Span]] = {"b": [], "B": []}
    for at, tag in enumerate(tags):
        kind = {"o": "b", "O": "B"}.get(tag)
        runs = found.get(tag if kind is None else kind)
        if runs is None:
            continue
        if kind and runs and runs[-1].end == at:
            runs[-1] = Span(runs[-1].start, at + 1)
        else:
            runs.append(Span(at, at + 1))
    return tuple(found["b"]), tuple(found["B"])


def _softmax(values: Floats) -> Floats:
    powers = np.exp(values - values.max())
    return np.asarray(powers / powers.sum())


@cache
def _model() -> dict[str, npt.NDArray[np.float32]]:
    """Names of arrays → arrays; weights are kept in 16 bits."""
    with np.load(MODEL) as file:
        return {name: file[name].astype(np.float32) if file[name].dtype == np.float16 else file[name] for name in file.files}
