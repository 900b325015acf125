"""A sentence as clauses of words, what stands left and right of a number; and the figures in the making that it holds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.figures.named import Named, Stretch
from index.figures.recognise import Mention
from index.lexicon import load
from index.records import Direction, Kind, Paragraph, Report, Role, Span
from index.tokens import words

BREAK = re.compile(r"[，;。!?]|:(?!\s?\d)|,(?!\d{3})")
PUNCTUATION = re.compile(r"[\s、，,;:。!?()\"“”'‘’—–\-《》〈〉【】\[\]·…/∶]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A token of the sentence and where it stands."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Clause:
    """The words between two commas."""

    span: Span
    words: tuple[Word, ...]

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        return tuple(word for word in self.words if start <= word.start and word.end <= end)


def clauses(matched: str, sentence: Span, numbers: Sequence[Span] = ()) -> list[Clause]:
    """The clauses of a sentence, in order, without the marks that part them. No word runs over the edge of a number."""
    found, start = [], sentence.start
    for stop in [*(m.start() for m in BREAK.finditer(matched, sentence.start, sentence.end)), sentence.end]:
        if stop > start:
            span = Span(start, stop)
            found.append(Clause(span, tuple(words_of(matched, span, numbers))))
        start = stop + 1
    return found


def words_of(matched: str, span: Span, numbers: Sequence[Span] = ()) -> Iterator[Word]:
    """The words of a span of a text in normal form, marks among them; cut at the edges of the numbers given."""
    edges = {edge for number in numbers for edge in (number.start, number.end) if span.start < edge < span.end}
    starts = {number.start for number in numbers}
    position = span.start
    for edge in [*sorted(edges), span.end]:
        for word in words(matched[position:edge]):
            for text in _unglued(word, position + len(word) in starts):
                yield Word(text, position, position + len(text))
                position += len(text)


def _unglued(word: str, before_number: bool) -> tuple[str, ...]:
    """A verb that jieba leaves at the end of a name is a word of its own: 价格上涨, and before a number 友城达."""
    glued = load("words")["glued"]
    for verb in [*glued["anywhere"], *(glued["before_number"] if before_number else ())]:
        if len(word) > len(verb) + 1 and word.endswith(verb) and word not in load("words")["words"]:
            return word[: -len(verb)], verb
    return (word,)


def is_mark(word: Word) -> bool:
    return PUNCTUATION.fullmatch(word.text) is not None


def joined(matched: str, found: Sequence[Word]) -> str:
    """The words as the report writes them; a space where something was left out between two."""
    text = ""
    for before, word in zip([None, *found], found, strict=False):
        gap = before is not None and before.end != word.start
        text += (" " if gap else "") + matched[word.start : word.end]
    return text


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a sentence stands: the report's text in both forms, the report, the paragraph and what it is about."""

    text: str
    matched: str
    report: Report
    paragraph: Paragraph
    stretch: Stretch

    @property
    def year_reported(self) -> str | None:
        return self.report.year_reported

    @property
    def year_planned(self) -> str | None:
        return self.report.year_planned

    @property
    def year_last(self) -> str | None:
        return self.report.year_last

    @property
    def last_year(self) -> str | None:
        """The one that the report calls 去年: a communiqué is of this year, the others plan for it."""
        year = self.report.year
        return str(int(year) - 1) if year else None


@dataclass(slots=True)
class Draft:
    """A figure in the making."""

    mention: Mention
    clause: Clause
    left: tuple[Word, ...]  # between the number before it in its clause, or the clause's start, and it
    before: str | None = None
    after: str | None = None
    indicator: str = ""
    stem: str = ""  # those of its words that stand before the number
    own: bool = False  # names its measure itself, not by what went before
    kind: Kind = "amount"
    direction: Direction | None = None
    of: str | None = None
    role: Role = "value"


@dataclass(slots=True)
class SentenceDraft:
    """A sentence with the figures made so far."""

    setting: Setting
    span: Span
    clauses: list[Clause]
    named: list[Named]  # the periods named from the last full stop on
    noise: list[Span]  # what names periods and comparisons, not measures
    drafts: list[Draft] = field(default_factory=list)

    def of_clause(self, clause: Clause) -> list[Draft]:
        return [draft for draft in self.drafts if draft.clause is clause]


def text_of(matched: str, words: tuple[Word, ...]) -> str:
    return matched[words[0].start : words[-1].end] if words else ""
