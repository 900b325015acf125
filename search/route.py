"""Question × filters → the report it is put to: the one a caller names, the only one, or the one `which` chooses."""

from __future__ import annotations

from collections.abc import Callable

from index.encode.pieces import Vectors
from index.text import normal
from search import question as questions
from search.gather import text_evidence
from search.rank import Weights, fuse
from search.select import Filters, report_by_id, scope_of
from search.view import View
from search.which import Asked, Choice, choose, names_one

Encode = Callable[[str], Vectors]

FITTING = 200  # passages looked at for the report a question is about


def route(view: View, weights: Weights, question: str, filters: Filters, encode: Encode | None) -> Choice:
    """The report to ask. The encoder is loaded only where what the question is about decides. Raises NotFound."""
    if filters.report_id is not None:
        return Choice(report_by_id(view.corpus.reports, filters.report_id))
    if len(view.corpus.reports) == 1:
        return Choice(0)
    return choose(view, _asked(question, filters), lambda: _fitting(view, weights, question, filters, encode))


def in_one(view: View, question: str, filters: Filters) -> bool:
    """Whether a search is in one report: the only one, or one that the caller or the question names."""
    named = filters.report_id is not None or len(view.corpus.reports) == 1
    return named or names_one(view, _asked(question, filters))


def _asked(question: str, filters: Filters) -> Asked:
    return Asked(normal(question), filters.year, filters.status == "target")


def _fitting(view: View, weights: Weights, question: str, filters: Filters, encode: Encode | None) -> list[int]:
    """The reports by their best passages."""
    parsed = questions.parse(question, view.corpus.reports[0])
    vector = encode(question) if encode else None
    scope = scope_of(view, filters, None)
    hits = fuse(text_evidence(view, parsed, vector, scope, words=True), weights, FITTING)
    return list(dict.fromkeys(view.corpus.passages[hit.passage].report for hit in hits))
