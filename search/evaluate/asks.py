"""Whole answers on one report: does a reply show all that was asked, and nothing false beside it?

A question: {"id", "doc", "form", "question", "must": [[quote, …], …], "fine": [quote, …], "figures": ["15%|15％", …],
"hedge": ["左右", "", …], "number", "says": ["投资|固定资产投资", …], "not": […], "refuse": bool}. What counts as shown is a figure of
`figures` or of a row, never a number that merely stands in a quote; and of a point what a citation quotes, of at most LONGEST
characters. docs/evaluation.md says when an answer is whole.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


BROAD, LISTS = ("points", "summary"), ("enumeration", "outline")
QUOTED = (*BROAD, *LISTS, "statement")
FIRST = ("value", "year", "superlative")  # the first number of the text is an asked one
MOST = 16  # citations that are read
EXTRA = 2  # figures that may be shown beside those asked for
DOWN = re.compile(r"下降|减少|降低|降至|负增长|缩小|[-−]\s*\d|fell|down|decreas")
METRICS = (*("whole", "points", "precise", "figures", "hedge", "first", "number", "says"), *("refuse", "false", "wrong", "sure", "stated"))


def judge(question: Row, answer: Row) -> Values:
    """The metrics of one answer, by the names of METRICS: shares (0..1), and 0 or 1."""
    stated, form = bool(answer.get("stated")), str(question["form"])
    sure = (answer.get("confidence") or 0) >= SURE
    if question.get("refuse") or form == "none":
        return {"stated": stated, "refuse": not stated, "false": stated, "wrong": stated and sure}
    values: Values = {"stated": stated}
    text = fold(answer.get("text"))
    quotes = list(dict.fromkeys(fold(c.get("quote")) for c in citations(answer) if c and c.get("quote")))[:MOST]
    must, asked = question.get("must") or [], question.get("figures") or []
    allowed = [quote for point in must for quote in point] + list(question.get("fine") or [])
    parts, lead = [len(text) <= LONGEST + MARGIN], list[bool]()
    if must:
        short = [quote for quote in quotes if len(quote) <= LONGEST]
        touched = sum(any(touches(quote, short) for quote in point) for point in must)
        values["points"] = touched / len(must) if stated else 0.0
    if form in QUOTED and stated:
        values["precise"] = _precise(quotes, allowed)
        lead.append(values["precise"] >= 0.3)
    if asked and form not in BROAD:
        shown = figures_of(answer)
        parts += _judge_figures(values, question, allowed, shown, text, stated=stated)
        lead.append(values["figures"] > 0)
        if form in FIRST:
            firsts = {first_number(choice) for figure in asked for choice in figure.split("|")}
            values["first"] = good = stated and first_number(answer.get("text")) in firsts
            parts, lead = [*parts, good], [*lead, good]
    parts += _judge_points(values, form, must=bool(must), numbered=bool(asked or question.get("number")), quotes=quotes)
    if question.get("number"):
        values["number"] = good = stated and close(question["number"], f"{text} {computed_text(answer)}")
        parts.append(good)
        if form in ("arithmetic", "mention"):
            lead.append(good and len(NUMBER.findall(text)) <= 6)
    if question.get("says") or question.get("not"):
        values["says"] = good = stated and says(question, text)
        parts, lead = [*parts, good], [*lead, good]
    whole = bool(stated and len(parts) > 1 and all(parts))
    false = bool(stated and not whole and lead and not all(lead))
    values |= {"whole": whole, "false": false, "wrong": false and sure}
    return {**values, "sure": sure} if whole else values


def _precise(quotes: Sequence[str], allowed: Iterable[str]) -> float:
    """The share of what is cited that is on the subject; what is too long is on none."""
    fair = [fold(quote) for quote in allowed]
    on_it = [any(f in q or q in f or f[:12] in q for f in fair) and len(q) <= LONGEST for q in quotes]
    return sum(on_it) / len(on_it) if on_it else 0.0


def _judge_figures(
    values: Values, question: Row, allowed: Sequence[str], shown: Sequence[Shown], text: str, *, stated: bool
) -> Iterator[bool]:
    """All figures, .8 of a table; their hedges; and little beside them."""
    asked, table = question["figures"], question["form"] == "table"
    given = sum(_given(figure, allowed, shown, text) for figure in asked)
    values["figures"] = given / len(asked) if stated else 0.0
    known = fold(" ".join(allowed)) + " ".join(fold(figure) for figure in asked)
    values["extra"] = sum(not re.search(rf"(?<![\d.]){re.escape(one.text)}", known) for one in shown)
    yield values["figures"] >= (0.8 if table else 0.99)
    yield values["extra"] <= (max(EXTRA, len(asked)) if table else EXTRA)
    hedges = [(h, f) for h, f in zip(question.get("hedge") or [], asked, strict=False) if h and h not in LABELS]
    if hedges and stated:
        kept = sum(_hedged(fold(hedge), figure, shown, text) for hedge, figure in hedges)
        values["hedge"] = kept / len(hedges)
        yield values["hedge"] >= (0.8 if table else 0.99)


def _given(figure: str, allowed: Iterable[str], shown: Iterable[Shown], text: str) -> bool:
    """Whether a figure is shown with its unit, and as going down where the report says so."""
    quote = next((quote for quote in map(fold, allowed) if stands(figure, quote)), "")
    places = (m for choice in figure.split("|") for m in re.finditer(rf"(?<![\d.]){re.escape(fold(choice))}", quote))
    down = any(DOWN.search(quote[max(0, place.start() - 6) : place.start()]) for place in places)
    return any(
        (stands(figure, one.text) or stands(figure, one.hedged)) and (not down or one.down or bool(DOWN.search(text))) for one in shown
    )


def _hedged(hedge: str, figure: str, shown: Iterable[Shown], text: str) -> bool:
    return hedge in text or any(hedge in o.hedged and (stands(figure, o.text) or stands(figure, o.hedged)) for o in shown)


def _judge_points(values: Values, form: str, *, must: bool, numbered: bool, quotes: Sequence[str]) -> Iterator[bool]:
    """All points; .8 of a list's, .6 of what is broad, and most of what is cited on the subject."""
    points, precise = values.get("points", 0.0), values.get("precise")
    if form in BROAD:
        yield points >= 0.6 and (precise or 0.0) >= 0.7
    elif form in LISTS and must:
        yield points >= 0.8 and (precise or 0.0) >= 0.6
    elif form in ("statement", "mention") and must:
        yield points >= 0.99 and len(quotes) <= 8 and (1.0 if precise is None else precise) >= 0.5
    elif must and not numbered:
        yield points >= 0.99
