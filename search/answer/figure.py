"""The figures asked for, each the best that fits in kind, unit and period; else what else answers, or "not stated"."""

from __future__ import annotations

from dataclasses import replace

from index.lexicon import load
from index.retrieve.rows import Where
from index.text import normal
from search.answer import compose
from search.answer.agree import asks_change
from search.answer.chance import CLOSE, picks
from search.answer.choose import figures_chosen, likely
from search.answer.compare import comparison, find_pair, likely_pair
from search.answer.measure import SHARE_OF
from search.answer.sentence import sentence_answer
from search.answer.subjects import split_periods, split_subjects
from search.found import Found
from search.places import figure_result
from search.quantities import Candidate, candidates
from search.question import Question
from search.results import Answer, not_stated
from search.select import Scope
from search.view import View
from search.words import found_in, known_share
from search.written import HIGHER, RISEN, difference

SUBJECT = 0.62  # share of the question's telling words that stand by a figure, where the subject is there and its figure is not


def figure_answer(view: View, question: Question, report_row: int, found: Found) -> Answer:
    subjects = split_periods(question, view.corpus.reports[report_row]) or split_subjects(question)
    if len(subjects) > 1:
        answers = several(view, question, subjects, report_row, found)
        if answers:
            return answers
        if subjects[0].periods != subjects[1].periods or "difference" in question.asks:  # one of them is no answer
            return unanswered(view, question, report_row, found)
    if len(question.periods) == 2:
        pair = find_pair(view, question, report_row, found.candidates)
        pair = pair or likely_pair(view, question, report_row, found)
        if pair:
            return comparison(view, question, report_row, pair)
        both = len(question.wanted) > 1  # 安排多少，比上年少多少 does not ask for last year's
        if "difference" in question.asks and not both:
            question = replace(question, periods=(max(question.periods, key=lambda period: period.year or ""),))
            if not asks_change(question.matched):
                return unanswered(view, question, report_row, found)
            found = replace(
                found, candidates=candidates(view, question, Scope(Where(report_row), found.allowed), [*found.alike])
            )
    chosen = figures_chosen(view, question, report_row, found)
    if not chosen:
        return unanswered(view, question, report_row, found)
    report = view.corpus.reports[report_row]
    given = [pick.candidate for pick in chosen]
    figures = [view.figure(candidate.row) for candidate in given]
    figures += compose.other_end(question, report, figures[0])
    figures = list(dict.fromkeys(figures))
    companion = compose.companion(report, figures[0]) if len(question.wanted) == 1 else None
    shown = [*figures, *([companion] if companion else [])]
    text = compose.figures_text(view.texts[report_row], report, figures, companion, question)
    return Answer(
        text=text,
        stated=True,
        reason=None,
        confidence=round(min(pick.chance for pick in chosen), 2),
        alternatives=compose.alternatives(view, _other_readings(view, question, found.candidates, given)),
        figures=tuple(figure_result(report, figure) for figure in shown),
        citations=compose.cite(view.texts[report_row], report, shown),
    )


def several(view: View, question: Question, subjects: list[Question], report_row: int, found: Found) -> Answer | None:
    """One figure for each subject, with the difference where that is asked for; None where one of them is missing."""
    report, matched = view.corpus.reports[report_row], view.texts[report_row]
    rows = frozenset(view.passage_of_figure(candidate.row) for candidate in found.candidates)
    within = Scope(Where(report_row), rows)
    chosen: list[Candidate] = []
    for subject in subjects:
        known = known_share(view, subject, report_row)
        taken = {candidate.row for candidate in chosen}
        others = [candidate for candidate in candidates(view, subject, within) if candidate.row not in taken]
        own = replace(found, candidates=others, known=known)
        picked = likely(view, subject, own, picks(view, subject, report_row, own, 0))
        if not picked:
            return None
        chosen.append(picked[0].candidate)
    figures = [view.figure(candidate.row) for candidate in chosen]
    verbs = HIGHER if subjects[0].periods == subjects[1].periods else RISEN
    computed = (
        difference(figures[0], figures[1], verbs) if "difference" in question.asks and len(figures) == 2 else None
    )
    if computed:
        text = f"{computed.text}。"
    elif subjects[0].periods != subjects[1].periods:
        text = compose.comparison_text(matched, report, figures, question, None)
    else:
        text = compose.figures_text(matched, report, figures, None, question)
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
        sentence = sentence_answer(view, question, report_row, found)
        if sentence and _names_measures(question, sentence):
            return sentence
    subject = max((c.coverage for c in found.candidates), default=0.0)
    return not_stated("related" if max(subject, found.known - 0.2) >= SUBJECT else "absent")


def _names_measures(question: Question, sentence: Answer) -> bool:
    """Whether a sentence names each known measure of the question: one that only names its place does not give its GDP."""
    text = normal(sentence.text)
    if any(noun in question.matched and noun not in text for noun in load("question")["measures"]["strict"]):
        return False
    return all(found_in(term, text) > 0 for term in question.terms if len(term.names) > 1)


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
