"""The figures asked for, each the best that fits in kind, unit and period; else what else answers, or "not stated"."""

from __future__ import annotations

import re

from index.text import normal
from search.answer import compose
from search.answer.chance import chance, named_near
from search.answer.compare import comparison, find_pair
from search.answer.measure import SHARE_OF, measures_it
from search.answer.sentence import sentence_answer
from search.answer.subjects import split_subjects
from search.found import Found
from search.places import figure_result
from search.quantities import Candidate, candidates
from search.question import Question
from search.results import Answer, not_stated
from search.view import View
from search.words import found_in, known_share
from search.written import RISEN, difference

ENOUGH = (
    0.4  # chance (0..1) from which a figure is given: below it, saying that the report does not say is right more often
)
SUBJECT = 0.62  # share of the question's telling words that stand by a figure, where the subject is there and its figure is not
LOOKED_AT = 12  # candidates that fit, best first, whose chance is worth asking for
CLOSE = 0.97  # another candidate with this share of the best one's coverage is another reading
BOUND_ASKED = re.compile(
    r"(?:超过?|高于|不低于|不少于|达到)(?:多少|几)[^,，。?]{0,6}(?:才|算|以上)|"
    r"(?:多少|几)[^,，。?]{0,4}以上[^,，。?]{0,8}(?:才|算)"
)


def figure_answer(view: View, question: Question, report_row: int, found: Found) -> Answer:
    if len(question.periods) == 2:
        pair = find_pair(view, question, found.candidates)
        if pair:
            return comparison(view, question, report_row, pair)
        if "difference" in question.asks:
            return unanswered(view, question, report_row, found)
    subjects = split_subjects(question)
    if len(subjects) > 1:
        answers = several(view, question, subjects, report_row, found)
        if answers:
            return answers
    chosen = _chosen(view, question, report_row, found)
    if not chosen:
        return unanswered(view, question, report_row, found)
    report = view.corpus.reports[report_row]
    picks = [candidate for _, candidate in chosen]
    figures = [view.figure(candidate.row) for candidate in picks]
    figures = list(dict.fromkeys(figures))
    companion = compose.companion(report, figures[0]) if len(question.wanted) == 1 else None
    shown = [*figures, *([companion] if companion else [])]
    text = compose.figures_text(view.texts[report_row], report, figures, companion, question)
    return Answer(
        text=text,
        stated=True,
        reason=None,
        confidence=round(min(chance(view, question, report_row, found, c, i) for i, c in chosen), 2),
        alternatives=compose.alternatives(view, _other_readings(view, question, found.candidates, picks)),
        figures=tuple(figure_result(report, figure) for figure in shown),
        citations=compose.cite(view.texts[report_row], report, shown),
    )


def several(view: View, question: Question, subjects: list[Question], report_row: int, found: Found) -> Answer | None:
    """One figure for each subject, with the difference where that is asked for; None where one of them is missing."""
    report, matched = view.corpus.reports[report_row], view.texts[report_row]
    rows = frozenset(view.passage_of_figure(candidate.row) for candidate in found.candidates)
    chosen: list[Candidate] = []
    for subject in subjects:
        own = Found(candidates(view, subject, rows), found.hits, found.sentences)
        picks = [c for c in _likely(view, subject, report_row, own, 0) if c.row not in {d.row for d in chosen}]
        if not picks:
            return None
        chosen.append(picks[0])
    figures = [view.figure(candidate.row) for candidate in chosen]
    computed = (
        difference(figures[0], figures[1], RISEN) if "difference" in question.asks and len(figures) == 2 else None
    )
    text = f"{computed.text}。" if computed else compose.figures_text(matched, report, figures, None, question)
    return Answer(
        text=text,
        stated=True,
        reason=None,
        confidence=round(min(0.95, 0.3 + 0.6 * min(candidate.coverage for candidate in chosen)), 2),
        computed=computed,
        figures=tuple(figure_result(report, figure) for figure in figures),
        citations=compose.cite(matched, report, figures),
    )


def unanswered(view: View, question: Question, report_row: int, found: Found) -> Answer:
    """No figure fits. Where a number was only hinted at a sentence may answer; the subject being there is "related"."""
    if not question.firm and not SHARE_OF.search(question.matched):
        sentence = sentence_answer(view, question, found)
        if sentence and _names_measures(question, sentence):
            return sentence
    subject = max((c.coverage for c in found.candidates), default=0.0)
    return not_stated("related" if max(subject, known_share(view, question, report_row) - 0.2) >= SUBJECT else "absent")


def _names_measures(question: Question, sentence: Answer) -> bool:
    """Whether a sentence names each known measure of the question: one that only names its place does not give its GDP."""
    text = normal(sentence.text)
    return all(found_in(term, text) > 0 for term in question.terms if len(term.names) > 1)


def _chosen(view: View, question: Question, report_row: int, found: Found) -> list[tuple[int, Candidate]]:
    """For each number asked for (by position) the best figure; the later ones rather from where the first stands."""
    chosen: list[tuple[int, Candidate]] = []
    for number in range(len(question.wanted)):
        fitting = _likely(view, question, report_row, found, number)
        if chosen:
            taken = [candidate for _, candidate in chosen]
            first = view.passage_of_figure(taken[0].row)
            fitting = [c for c in fitting if view.passage_of_figure(c.row) == first and c not in taken] or fitting
        if fitting:
            chosen.append((number, fitting[0]))
    return chosen


def _likely(view: View, question: Question, report_row: int, found: Found, number: int) -> list[Candidate]:
    """The candidates that fit in kind, unit, period and place, and are likely enough, best first."""
    right = [c for c in found.candidates if _fits(view, question, c, number)][:LOOKED_AT]
    likely = [
        c
        for c in right
        if named_near(view, question, report_row, view.figure(c.row)) > 0
        and chance(view, question, report_row, found, c, number) >= ENOUGH
    ]
    return likely if question.periods else _reached_first(view, likely)


def _reached_first(view: View, likely: list[Candidate]) -> list[Candidate]:
    """Where no period is asked for, what was reached goes before the plan for the same measure."""
    if not likely or view.figure(likely[0].row).status != "target":
        return likely
    plan = view.figure(likely[0].row)
    for other in likely[1:]:
        figure = view.figure(other.row)
        same = (figure.kind, figure.unit) == (plan.kind, plan.unit) and other.coverage >= CLOSE * likely[0].coverage
        if figure.status == "actual" and same:
            return [other, *(c for c in likely if c is not other)]
    return likely


def _fits(view: View, question: Question, candidate: Candidate, number: int) -> bool:
    """Whether kind, unit, period and place are those asked for, and the figure a value, not a bound or a base."""
    role = "threshold" if BOUND_ASKED.search(question.matched) else "base" if question.before else "value"
    right = candidate.fits[number] and candidate.period_fits and view.figure(candidate.row).role == role
    return right and measures_it(question, view.figure(candidate.row)) and _in_place(view, question, candidate)


def _in_place(view: View, question: Question, candidate: Candidate) -> bool:
    """A figure of another place than the report's own must stand where that place is named."""
    figure, report = view.figure(candidate.row), view.report_of_figure(candidate.row)
    text = figure.sentence.of(view.texts[view.index.figures[candidate.row][0]])
    section = report.section_of(report.paragraph(figure.paragraph))
    return all(place in text or (section is not None and place in section.path[-1]) for place in question.places)


def _other_readings(
    view: View, question: Question, candidates: list[Candidate], chosen: list[Candidate]
) -> list[Candidate]:
    best, first = chosen[0], view.figure(chosen[0].row)
    taken = {candidate.row for candidate in chosen}
    return [
        candidate
        for candidate in candidates
        if candidate.row not in taken
        and candidate.coverage >= CLOSE * best.coverage
        and view.figure(candidate.row).kind == first.kind
        and view.figure(candidate.row).unit == first.unit
        and view.figure(candidate.row).value != first.value
        and view.figure(candidate.row).role == first.role
        and candidate.period_fits
    ][:2]
