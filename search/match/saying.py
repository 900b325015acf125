"""Found → the sentence that says most of what is asked, and the chance (0..1) that it answers: a logistic model of what was found."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.records import Span
from index.text import normal
from search.find.gather import Found
from search.find.rank import FUSED, standing_out
from search.library.view import Asked
from search.match.chance import logistic

PASSAGES, SENTENCES = 5, 12  # looked at: all sentences of the first passages, and the first sentences of any
SHORTEST = 5  # characters: below it a line is a remnant, not a sentence

# What sets one sentence before another, fitted by softmax regression on the questions whose sentence is known.
WORDS, PASSAGE_WORDS, MEANING, RANKED = 1.0, 0.4, 0.42, 0.46

# What the chance is made of, fitted on the same questions, on some put to other reports, each read, and on chat; docs/evaluation.md.
BIAS = -3.63
SLOPES = (3.66, 1.17, 3.55, 0.83)


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence and what speaks for it, each about 0..1 but for `nearness`."""

    passage: int
    span: Span
    words: float  # the share of the question's telling words that it has
    passage_words: float  # that its passage has, with the headings over it
    ranked: float  # its passage's score, before a cross encoder's
    meaning: float  # how far its cosine stands out
    nearness: float  # its cosine, in standard deviations above that of any two sentences of the report

    @property
    def fit(self) -> float:
        parts = (WORDS * self.words, PASSAGE_WORDS * self.passage_words, MEANING * self.meaning, RANKED * self.ranked)
        return sum(parts)

    @property
    def chance(self) -> float:
        values = (self.words, self.passage_words, self.ranked, self.nearness)
        return logistic(BIAS, SLOPES, values)


def best_saying(asked: Asked, found: Found) -> Saying | None:
    """The sentence that fits best; None where nothing was found."""
    return max(_sayings(asked, found), key=lambda saying: saying.fit, default=None)


def _sayings(asked: Asked, found: Found) -> Iterator[Saying]:
    view, text = asked.view, asked.matched
    ranked = {hit.passage: hit.parts.get(FUSED, hit.score) for hit in found.hits}
    outstanding, farthest = standing_out(found.meaning), min(found.meaning.values(), default=0.0)
    mean, spread = view.likeness(asked.row) if found.meaning else (0.0, 1.0)
    of_passage: dict[int, float] = {}
    for row in _rows(view.index.sentences, found):
        passage_row, number = view.index.sentences[row]
        passage = view.corpus.passages[passage_row]
        span = passage.sentences[number]
        if span.end - span.start < SHORTEST:
            continue
        if passage_row not in of_passage:
            section = view.corpus.section_of(passage)
            around = normal(" ".join(section.path)) if section else ""
            of_passage[passage_row] = asked.share_in(passage.span.of(text) + around)
        yield Saying(
            passage=passage_row,
            span=span,
            words=asked.share_in(span.of(text)),
            passage_words=of_passage[passage_row],
            ranked=ranked.get(passage_row, 0.0),
            meaning=outstanding.get(row, 0.0),
            nearness=(found.meaning.get(row, farthest) - mean) / spread,
        )


def _rows(owners: Sequence[tuple[int, int]], found: Found) -> list[int]:
    """The sentences looked at, as rows of the index: where a cross encoder has read the passages, those of its first alone."""
    rows = set() if found.reranked else set(found.best_sentences(owners, SENTENCES))
    for hit in found.hits[: 1 if found.reranked else PASSAGES]:
        rows.update(range(bisect_left(owners, (hit.passage, 0)), bisect_left(owners, (hit.passage + 1, 0))))
    return sorted(rows)
