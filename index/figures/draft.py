"""A figure in the making, and the sentence it is made in."""

from dataclasses import dataclass, field

from index.figures.clauses import Clause, Word
from index.figures.named import Named, Stretch
from index.figures.recognise import Mention
from index.records import Direction, Kind, Paragraph, Role, Span


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a sentence stands: the report's text in both forms, its years, the paragraph and what it is about."""

    text: str
    matched: str
    year_reported: str | None
    year_planned: str | None
    paragraph: Paragraph
    stretch: Stretch


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
