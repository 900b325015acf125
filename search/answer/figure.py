"""The figures asked for, each the best that fits in kind, unit and period; else what else answers, or "not stated"."""

from __future__ import annotations

from dataclasses import replace

from index.backend import Where
from index.lexicon import load
from index.text import normal
from search.answer import compose
from search.answer.chance import Pick, picks
from search.answer.compare import comparison, find_pair
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
from search.written import RISEN, difference

# Chances (0..1) from which a figure is given: below, saying that the report does not say is right more often. What words alone say must
# be surer: where it is not, the vector is asked too.
ENOUGH, SURE = 0.5, 0.65
BESIDE = 0.1  # for a second number, from the sentence of the first, whose clause has a word of its own
SUBJECT = 0.62  # share of the question's telling words that stand by a figure, where the subject is there and its figure is not
CLOSE = 0.97  # another candidate with this share of the best one's coverage is another reading


def figure_answer(view: View, question: Question, report_row: int, found: Found) -> Answer:
    subjects = split_periods(question, view.corpus.reports[report_row]) or split_subjects(question)
    if len(subjects) > 1:
        answers = several(view, question, subjects, report_row, found)
        if answers:
            return answers
        if subjects[0].periods != subjects[1].periods:
            return unanswered(view, question, report_row, found)
    if len(question.periods) == 2:
        pair = find_pair(view, question, report_row, found.candidates)
        if pair:
            return comparison(view, question, report_row, pair)
        if "difference" in question.asks:
            return unanswered(view, question, report_row, found)
    chosen = _chosen(view, question, report_row, found)
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
        own = replace(found, candidates=candidates(view, subject, within), known=known)
        taken = {candidate.row for candidate in chosen}
        others = [
            pick
            for pick in _likely(view, subject, own, picks(view, subject, report_row, own, 0))
            if pick.candidate.row not in taken
        ]
        if not others:
            return None
        chosen.append(others[0].candidate)
    figures = [view.figure(candidate.row) for candidate in chosen]
    computed = (
        difference(figures[0], figures[1], RISEN) if "difference" in question.asks and len(figures) == 2 else None
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


def _chosen(view: View, question: Question, report_row: int, found: Found) -> list[Pick]:
    """For each number asked for the best figure; the later ones rather from where the first stands."""
    chosen: list[Pick] = []
    for number in range(len(question.wanted)):
        best_first = picks(view, question, report_row, found, number)
        fitting = _likely(view, question, found, best_first)
        if chosen:
            taken = {pick.candidate.row for pick in chosen}
            first = view.passage_of_figure(chosen[0].candidate.row)
            fitting = [pick for pick in fitting if pick.candidate.row not in taken] or _beside(
                view, question, report_row, chosen[0], number, best_first
            )
            fitting = [pick for pick in fitting if view.passage_of_figure(pick.candidate.row) == first] or fitting
        chosen += fitting[:1]
    return chosen


def _beside(
    view: View, question: Question, report_row: int, first: Pick, number: int, best_first: list[Pick]
) -> list[Pick]:
    """Figures in the sentence of the first one, in a clause that has a word of the part that asks: 13.07万户，46万群众."""
    part, sentence = question.wanted[number].part, view.figure(first.candidate.row).sentence
    words = [name for term in question.terms if term.text in part and len(term.text) > 1 for name in term.names]
    return [
        pick
        for pick in best_first
        if pick.candidate.row != first.candidate.row
        and (figure := view.figure(pick.candidate.row)).sentence == sentence
        and pick.chance >= BESIDE
        and any(word in figure.clause.of(view.texts[report_row]) for word in words)
    ]


def _likely(view: View, question: Question, found: Found, best_first: list[Pick]) -> list[Pick]:
    """Those that are likely enough, best first.

    None where the best by words is not: 规模以上工业增加值 is then not answered by that of the counties.
    """
    bound = ENOUGH if found.alike else SURE
    if best_first and best_first[0].chance < bound:
        return []
    likely = [pick for pick in best_first if pick.chance >= bound]
    return likely if question.periods else _reached_first(view, likely)


def _reached_first(view: View, likely: list[Pick]) -> list[Pick]:
    """Where no period is asked for, what was reached goes before the plan for the same measure."""
    if not likely or view.figure(likely[0].candidate.row).status != "target":
        return likely
    plan, coverage = view.figure(likely[0].candidate.row), likely[0].candidate.coverage
    for other in likely[1:]:
        figure = view.figure(other.candidate.row)
        same = (figure.kind, figure.unit) == (plan.kind, plan.unit) and other.candidate.coverage >= CLOSE * coverage
        if figure.status == "actual" and same:
            return [other, *(pick for pick in likely if pick is not other)]
    return likely


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
