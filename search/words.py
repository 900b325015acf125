"""A question's words: rankings of a word index by them, and how far a text has them."""

from __future__ import annotations

from index.retrieve.backend import SearchBackend
from index.retrieve.rows import Ranking, Table, Where
from search.question import Question, Term
from search.question.vocabulary import longer_names
from search.view import View

PART_OF_WORD = 0.6  # a word only part of which stands there (综合改革 for 综合治理改革)
OTHER_NAME = 0.5  # what a word of another name is worth beside the word asked


def by_words(backend: SearchBackend, table: Table, question: Question, k: int, where: Where) -> Ranking:
    """BM25 by the words as asked, and for less by the other names of the same: what uses the word itself goes first."""
    own, other = (backend.by_words(table, words, k, where) for words in (question.words, question.other_words))
    scores = {row: own.get(row, 0.0) + OTHER_NAME * other.get(row, 0.0) for row in own | other}
    return dict(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:k])


def found_in(term: Term, text: str) -> float:
    """1 where any name of the term stands in the text; less for a part of it: the share of its pairs of characters."""
    for name in term.names:
        if name in text and name in _but_for(text, longer_names(name)):
            return 1.0
    word = term.text
    if len(word) < 3 or word.isascii():
        return 0.0
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    return PART_OF_WORD * sum(pair in text for pair in pairs) / len(pairs)


def _but_for(text: str, longer: tuple[str, ...]) -> str:
    """The text without what is another measure by a longer name: 出口 is not found in 进出口."""
    for name in longer:
        text = text.replace(name, " ")
    return text


def known_share(view: View, question: Question, report: int) -> float:
    """The share of the question's telling words that the report has (0..1)."""
    return share_found(view, question, report, view.texts[report])


def share_found(view: View, question: Question, report: int, text: str) -> float:
    """The share of the question's telling words that a text of the report has, each weighed by how telling it is (0..1)."""
    weights = [view.weight(term, report) for term in question.terms]
    has = [found_in(term, text) for term in question.terms]
    return sum(w * h for w, h in zip(weights, has, strict=True)) / sum(weights) if sum(weights) else 0.0


def specific(question: Question, indicator: str) -> float:
    """The share of the indicator's characters that the question names."""
    letters = indicator.replace(" ", "")
    if not letters:
        return 0.0
    rest = letters
    for term in question.terms:
        for name in sorted(term.names, key=len, reverse=True):
            rest = rest.replace(name, "")
    return 1 - len(rest) / len(letters)
