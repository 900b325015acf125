"""Which sentences of several reports say what words ask for."""

import re
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from index.encode.pieces import Vectors
from index.figures.clauses import BREAK
from index.records import Report, Span
from index.retrieve.rows import Where
from search.answer.select import LONGEST_ITEM
from search.library.view import View
from search.match.across import batches
from search.match.arrays import pairs_of
from search.match.model import chances
from search.plan.question import parse
from search.plan.terms import read_terms, share

EACH = 4  # sentences a report that are looked at
MENTION = ("terms", "paragraph_terms", "behind", "above", "bm25", "pairs", "exact", "length")


def best_sentences(view: View, words: str, report: Report, vector: Vectors, rows: Sequence[int]) -> dict[int, tuple[float, Span]]:
    """Of each report the sentence that is likeliest to say what words ask for, with its chance (0..1)."""
    found = mentions(view, words, report, vector, rows)
    told = chances("mention", np.array([features for _, _, features in found]).reshape(-1, len(MENTION)))
    best: dict[int, tuple[float, Span]] = {}
    for (row, span, _), chance in zip(found, told.tolist(), strict=True):
        if chance > best.get(row, (0.0, span))[0]:
            best[row] = chance, span
    return best


def mentions(view: View, words: str, report: Report, vector: Vectors, rows: Sequence[int]) -> list[tuple[int, Span, tuple[float, ...]]]:
    """The sentences of some reports that are near in words or meaning, each with MENTION."""
    terms, pairs = read_terms(words, report), pairs_of(words)
    question = parse(words, report)
    found: list[tuple[int, Span, tuple[float, ...]]] = []
    for batch in batches(view, rows):
        where = Where(reports=tuple(batch))
        near = view.index.backend.by_vector("sentences", vector, EACH * len(batch), where)
        said = view.by_words("sentences", question, EACH * len(batch), where)
        spread, top, low = float(np.std([*near.values()])) or 1.0, max(near.values(), default=0.0), min(near.values(), default=0.0)
        most = max(said.values(), default=0.0) or 1.0
        for at in near | said:
            passage, number = view.index.sentences[at]
            own = view.corpus.passages[passage]
            span, text = own.sentences[number], view.texts[own.report]
            sentence = span.of(text)
            features = (
                share(terms, sentence), share(terms, own.span.of(text)),
                (near.get(at, low) - top) / spread / 4, (near.get(at, low) - low) / spread / 4,
                said.get(at, 0.0) / most, len(pairs & pairs_of(sentence)) / max(1, len(pairs)), float(words in sentence),
                min(len(words), 12) / 12,
            )  # fmt: skip
            found.append((own.report, span, features))
    return found


def sentences_with(report: Report, matched: str, phrase: str, *, planned: bool) -> list[Span]:
    """The sentences of a report that have a phrase, where plans are asked for those of its plans first."""
    starts = [match.start() for match in re.finditer(re.escape(phrase), matched)]
    found: list[tuple[bool, int, Span]] = []
    for paragraph in report.paragraphs:
        section = report.section_of(paragraph)
        later = not (planned and section is not None and section.status == "target")
        for sentence in paragraph.sentences:
            at = bisect_left(starts, sentence.start)
            if at < len(starts) and starts[at] < sentence.end:
                found.append((later, sentence.start, _around(matched, sentence, Span(starts[at], starts[at] + len(phrase)))))
    return [span for _, _, span in sorted(found)]


def _around(matched: str, sentence: Span, phrase: Span) -> Span:
    """The clauses of a sentence around a phrase, as many as an item holds."""
    start, end = sentence.start, sentence.end
    for match in BREAK.finditer(matched, sentence.start, sentence.end):
        if match.end() <= phrase.start and (phrase.end - start > LONGEST_ITEM or end - start > LONGEST_ITEM):
            start = match.end()
        elif match.start() >= phrase.end and end - start > LONGEST_ITEM:
            end = match.start()
            break
    return (
        Span(start, end)
        if end - start <= 2 * LONGEST_ITEM
        else Span(max(start, phrase.start - LONGEST_ITEM // 2), min(end, phrase.end + LONGEST_ITEM // 2))
    )
