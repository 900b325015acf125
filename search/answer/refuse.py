"""What a question names and the report lacks: a place, a year, a subject."""

from __future__ import annotations

from itertools import pairwise

from index import tokens
from index.lexicon import load
from search.question import Question
from search.question.vocabulary import is_filler
from search.results import Reason
from search.view import View
from search.words import known_share

# Shares (0..1) of the question's telling words that stand anywhere in the report.
SUBJECT_KNOWN = 0.3  # then a refusal is "related", else "absent"
MENTIONED = 0.5  # needed where the question is whether the report says something at all


def refused(view: View, question: Question, report_row: int) -> Reason | None:
    """What the question names and the report lacks: a place, a year, a subject."""
    text = view.texts[report_row]
    if "chat" in question.asks and not any(view.knows(term, report_row) for term in question.terms):
        return "absent"
    if not question.terms and not question.numbers:
        return "absent"
    if any(place not in text for place in question.places):
        return how_absent(view, question, report_row)
    if question.firm and names_unknown(view, question, report_row):
        return how_absent(view, question, report_row)
    if "mention" in question.asks and known_share(view, question, report_row) < MENTIONED:
        return "absent"
    return None


def names_unknown(view: View, question: Question, report_row: int) -> bool:
    """Whether a question names a thing by a name that the report has nowhere: 迪士尼乐园, not 工业园区."""
    words = tokens.words(question.matched)
    endings = load("places")["named_things"]
    return any(
        len(name) > 1
        and thing in endings
        and tokens.rarity(name) == 1
        and not is_filler(name)
        and name not in view.texts[report_row]
        and not any(name == term.text and view.knows(term, report_row) for term in question.terms)
        for name, thing in pairwise(words)
    )


def how_absent(view: View, question: Question, report_row: int) -> Reason:
    """Whether the report has the subject of what it does not say."""
    return "related" if known_share(view, question, report_row) >= SUBJECT_KNOWN else "absent"
