"""The figures asked for, each the likeliest that fits; else the sentence that says it, or "not stated"."""

import re
from dataclasses import replace

from index.lexicon import load
from index.retrieve.rows import Where
from index.text import normal
from search.answer import compose
from search.answer.compare import comparison, find_pair, likely_pair, several
from search.find.candidates import Candidate, candidates, with_near
from search.find.gather import Found
from search.library.filters import Scope
from search.library.view import Asked
from search.match.chance import CLOSE, figures_chosen
from search.match.fits import SHARE_OF, asks_change
from search.match.saying import best_saying
from search.plan.question import Question, split_periods, split_subjects
from search.results import Answer, citation, figure_result, not_stated

# What answers 什么时候: a sentence that names no time does not.
DATED = re.compile(r"年|月|日|季度|天|小时|时候|近期|目前|现在|期间")
ENOUGH = 0.2  # chance (0..1) from which a sentence is given: below it more of them are wrong than lost
SUBJECT = 0.62  # share of the question's telling words that stand by a figure, where the subject is there and its figure is not


def figure_answer(asked: Asked, found: Found) -> Answer:
    question = asked.question
    subjects = split_periods(question, asked.report) or split_subjects(question)
    if len(subjects) > 1:
        answers = several(asked, subjects, found)
        if answers:
            return answers
        if subjects[0].periods != subjects[1].periods or "difference" in question.asks:  # one of them is no answer
            return _unanswered(asked, found)
    if len(question.periods) == 2:
        pair = find_pair(asked, found) or likely_pair(asked, found)
        if pair:
            return comparison(asked, pair)
        if "difference" in question.asks and len(question.wanted) == 1:  # 安排多少，比上年少多少 does not ask for last year's
            asked = replace(asked, question=_of_the_later(question))
            if not asks_change(question.matched):
                return _unanswered(asked, found)
            found = replace(found, candidates=_anew(asked, found))
    chosen = figures_chosen(asked, found)
    if not chosen:
        return _unanswered(asked, found)
    figures = [pick.figure for pick in chosen]
    figures = list(dict.fromkeys([*figures, *compose.other_end(asked, figures[0])]))
    companion = compose.companion(asked.report, figures[0]) if len(question.wanted) == 1 else None
    shown = [*figures, *([companion] if companion else [])]
    others = _other_readings(found.candidates, [pick.candidate for pick in chosen])
    return Answer(
        text=compose.figures_text(asked, figures, companion),
        confidence=round(min(pick.chance for pick in chosen), 2),
        alternatives=compose.alternatives(asked, others),
        figures=tuple(figure_result(asked.report, figure) for figure in shown),
        citations=compose.cite(asked, shown),
    )


def _of_the_later(question: Question) -> Question:
    return replace(question, periods=(max(question.periods, key=lambda period: period.year or ""),))


def _anew(asked: Asked, found: Found) -> list[Candidate]:
    """The candidates of a question that has changed, all that have a cosine among them."""
    scope = Scope(Where(asked.row), found.allowed)
    by_words = candidates(asked.view, asked.question, scope)
    return with_near(asked.view, asked.question, scope, by_words, found.alike)


def _unanswered(asked: Asked, found: Found) -> Answer:
    """No figure fits. Where a number was only hinted at a sentence may answer; the subject being there is "related"."""
    if not asked.question.firm and not SHARE_OF.search(asked.question.matched):
        sentence = sentence_answer(asked, found)
        if sentence and names_measures(asked.question, sentence):
            return sentence
    subject = max((candidate.coverage for candidate in found.candidates), default=0.0)
    return not_stated("related" if max(subject, found.known - 0.2) >= SUBJECT else "absent")


def names_measures(question: Question, sentence: Answer) -> bool:
    """Whether a sentence names each known measure of the question: one that only names its place does not give its GDP."""
    text = normal(sentence.text)
    if any(noun in question.matched and noun not in text for noun in load("question")["measures"]["strict"]):
        return False
    return all(term.share_in(text) > 0 for term in question.terms if len(term.names) > 1)


def _other_readings(found: list[Candidate], chosen: list[Candidate]) -> list[Candidate]:
    best, first = chosen[0], chosen[0].figure
    taken = {candidate.row for candidate in chosen}
    return [
        one
        for one in found
        if one.row not in taken
        and one.coverage >= CLOSE * best.coverage
        and (one.figure.kind, one.figure.unit, one.figure.role) == (first.kind, first.unit, first.role)
        and one.figure.value != first.value
        and one.period_fits
    ][:2]


def sentence_answer(asked: Asked, found: Found) -> Answer | None:
    """The sentence that says most of what is asked, with its place; None where it hardly answers."""
    saying = best_saying(asked, found)
    if saying is None or saying.chance < ENOUGH:
        return None
    span = compose.fitting(asked, saying.span)
    if "when" in asked.question.asks and not DATED.search(span.of(asked.matched)):
        return None
    quote = citation(asked.report, asked.view.corpus.paragraph_of(asked.view.corpus.passages[saying.passage]), span)
    return Answer(text=quote.quote, confidence=round(saying.chance, 2), citations=(quote,))
