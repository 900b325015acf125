"""Question × candidates × hits → Answer: the figure asked for, two of them side by side, the sentence, or "not stated".

An answer is composed of quoted pieces. Nothing is said that the report does not say, but for a difference of two cited figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from index.periods import within
from index.records import Figure, Report, Span
from search import compose
from search.lookup import lookup_answer, number_answer
from search.masthead import masthead_answer
from search.places import citation, figure_result
from search.quantities import Candidate, candidates, fits_period, known_share, same_measure
from search.question import Question
from search.rank import Hit
from search.results import Answer, Computed, Reason, not_stated
from search.subjects import split_subjects
from search.view import View

# Shares of the question's telling words that must be found for an answer to be one.
FIGURE_COVERAGE = 0.62  # at the number's clause, sentence or paragraph, each word counted by its nearness
SUBJECT_KNOWN = 0.3  # anywhere in the report: then a refusal is "related", else "absent"
MENTIONED = 0.5  # anywhere in the report, where the question is whether it says something at all
FIRST_COVERAGE = 0.35  # the same, for a figure in the passage that ranks first by words, vectors and figures together
OTHER_UNIT = 0.3  # two figures compared are rather of one unit
BOUND_ASKED = re.compile(r"(?:超过?|高于|不低于|不少于|达到)(?:多少|几)[^,，。?]{0,6}(?:才|算|以上)|(?:多少|几)[^,，。?]{0,4}以上[^,，。?]{0,8}(?:才|算)")
CLOSE = 0.97  # another candidate with this share of the best one's coverage is another reading


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found for a question, best first. `sentences` are rows of the index with their scores."""

    candidates: list[Candidate]
    hits: list[Hit]
    sentences: dict[int, float]


def answer(view: View, question: Question, report_row: int, found: Found) -> Answer:
    """The answer to a question put to one report. Never fails: what cannot be answered is not stated."""
    report = view.corpus.reports[report_row]
    head = masthead_answer(question, report)
    if head:
        return head
    refusal = _refused(view, question, report_row)
    if refusal:
        return not_stated(refusal)
    turned = lookup_answer(view, question, report_row) or number_answer(view, question, report_row)
    if turned:
        return turned
    if question.wanted:
        return _figure_answer(view, question, report_row, found)
    return _sentence_answer(view, question, found) or not_stated("absent")


def _refused(view: View, question: Question, report_row: int) -> Reason | None:
    """What the question names and the report lacks: a place, a year, a subject."""
    text = view.texts[report_row]
    if "chat" in question.asks and not any(view.knows(term, report_row) for term in question.terms):
        return "absent"
    if not question.terms and not question.numbers:
        return "absent"
    known = known_share(view, question, report_row)
    if any(place not in text for place in question.places):
        return "related" if known >= SUBJECT_KNOWN else "absent"
    if any(period.year and not _covers(view, period.year, report_row) for period in question.periods):
        return "related" if known >= SUBJECT_KNOWN else "absent"
    if "mention" in question.asks and known < MENTIONED:
        return "absent"
    return None


def _covers(view: View, year: str, report_row: int) -> bool:
    """Whether the report is about a year: one of its own, or one that it names."""
    report = view.corpus.reports[report_row]
    own = {report.year_reported, report.year_planned, *(section.year for section in report.sections)}
    return year in own or year.split("-")[0] in view.texts[report_row] or any(
        within(year, figure.period) for figure in report.figures if figure.period and "-" in figure.period
    )


def _figure_answer(view: View, question: Question, report_row: int, found: Found) -> Answer:
    if len(question.periods) == 2:
        pair = _pair(view, question, found.candidates)
        if pair:
            return _comparison(view, question, report_row, pair)
        if "difference" in question.asks:
            return _unanswered(view, question, report_row, found)
    subjects = split_subjects(question)
    if len(subjects) > 1:
        several = _several(view, question, subjects, report_row, found)
        if several:
            return several
    chosen = _chosen(view, question, found)
    if not chosen:
        return _unanswered(view, question, report_row, found)
    report = view.corpus.reports[report_row]
    figures = [view.figure(candidate.row) for candidate in chosen]
    figures = list(dict.fromkeys(figures))
    companion = compose.companion(report, figures[0]) if len(question.wanted) == 1 else None
    shown = [*figures, *([companion] if companion else [])]
    text = compose.figures_text(view.texts[report_row], report, figures, companion, question)
    return Answer(
        text=text,
        stated=True,
        reason=None,
        confidence=round(min(0.98, 0.35 + 0.6 * chosen[0].coverage), 2),
        alternatives=compose.alternatives(view, _other_readings(view, question, found.candidates, chosen)),
        figures=tuple(figure_result(report, figure) for figure in shown),
        citations=compose.cite(view.texts[report_row], report, shown),
    )


def _several(
    view: View, question: Question, subjects: list[Question], report_row: int, found: Found
) -> Answer | None:
    """One figure for each subject, with the difference where that is asked for; None where one of them is missing."""
    report, matched = view.corpus.reports[report_row], view.texts[report_row]
    rows = frozenset(view.passage_of_figure(candidate.row) for candidate in found.candidates)
    chosen = []
    for subject in subjects:
        own = Found(candidates(view, subject, rows), found.hits, found.sentences)
        picks = [c for c in own.candidates if _fits(view, subject, c, 0, own.hits) and c.row not in {d.row for d in chosen}]
        if not picks:
            return None
        chosen.append(picks[0])
    figures = [view.figure(candidate.row) for candidate in chosen]
    computed = difference(figures[1], figures[0]) if "difference" in question.asks and len(figures) == 2 else None
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


def _unanswered(view: View, question: Question, report_row: int, found: Found) -> Answer:
    """No figure fits. Where a number was only hinted at a sentence may answer; the subject being there is "related"."""
    if not question.firm:
        sentence = _sentence_answer(view, question, found)
        if sentence:
            return sentence
    subject = max((c.coverage for c in found.candidates), default=0.0)
    return not_stated("related" if max(subject, known_share(view, question, report_row) - 0.2) >= FIGURE_COVERAGE else "absent")


def _chosen(view: View, question: Question, found: Found) -> list[Candidate]:
    """For each number asked for the best figure that answers it; the later ones rather from where the first stands."""
    chosen: list[Candidate] = []
    for number in range(len(question.wanted)):
        fitting = [c for c in found.candidates if _fits(view, question, c, number, found.hits)]
        if chosen:
            first = view.passage_of_figure(chosen[0].row)
            near = [c for c in fitting if view.passage_of_figure(c.row) == first and c not in chosen]
            fitting = near or fitting
        if fitting:
            chosen.append(fitting[0])
    return chosen


def _fits(view: View, question: Question, candidate: Candidate, number: int, hits: list[Hit]) -> bool:
    """Kind, unit and period must fit, and enough of the question stand there; less is enough in the first passage."""
    figure = view.figure(candidate.row)
    first = bool(hits) and view.passage_of_figure(candidate.row) == hits[0].passage
    enough = FIRST_COVERAGE if first else FIGURE_COVERAGE
    role = "threshold" if BOUND_ASKED.search(question.matched) else "value"
    right = candidate.fits[number] and candidate.period_fits and figure.role == role
    return right and candidate.coverage >= enough and _in_place(view, question, candidate)


def _in_place(view: View, question: Question, candidate: Candidate) -> bool:
    """A figure of another place than the report's own must stand where that place is named."""
    figure, report = view.figure(candidate.row), view.report_of_figure(candidate.row)
    text = figure.sentence.of(view.texts[view.index.figures[candidate.row][0]])
    section = report.section_of(report.paragraph(figure.paragraph))
    return all(place in text or (section is not None and place in section.path[-1]) for place in question.places)


def _pair(view: View, question: Question, candidates: list[Candidate]) -> list[Candidate]:
    """For each of two periods the figure asked for, both of one unit."""
    wanted = question.wanted[0]
    kinds = wanted.kinds
    if "difference" in question.asks:  # 多多少 asks for no growth rate: the difference of two levels answers it
        percent = wanted.unit in ("%", "个百分点")
        kinds = frozenset(("growth", "rate", "share")) if percent else frozenset(("amount", "count", "rate", "share"))
    options = [
        [
            candidate
            for candidate in candidates
            if view.figure(candidate.row).kind in kinds
            and fits_period(view.figure(candidate.row), (period,))
            and (wanted.unit is None or same_measure(view.figure(candidate.row).unit, wanted.unit))
            and candidate.coverage >= FIRST_COVERAGE
            and view.figure(candidate.row).role == "value"
        ]
        for period in question.periods
    ]
    pairs = [
        (first.score + second.score - OTHER_UNIT * (one.unit != other.unit), [first, second])
        for first in options[0][:12]
        for second in options[1][:12]
        if (one := view.figure(first.row)).kind == (other := view.figure(second.row)).kind
        and first.row != second.row
        and (one.unit == other.unit or (one.unit and other.unit and same_measure(one.unit, other.unit)))
    ]
    return max(pairs, key=lambda pair: pair[0])[1] if pairs else []


def _comparison(view: View, question: Question, report_row: int, pair: list[Candidate]) -> Answer:
    report = view.corpus.reports[report_row]
    figures = [view.figure(candidate.row) for candidate in pair]
    order = sorted(range(2), key=lambda i: question.periods[i].year or "")
    earlier, later = figures[order[0]], figures[order[1]]
    computed = difference(earlier, later)
    text = compose.comparison_text(view.texts[report_row], report, figures, question, computed)
    return Answer(
        text=text,
        stated=True,
        reason=None,
        confidence=round(min(0.95, 0.3 + 0.6 * min(candidate.coverage for candidate in pair)), 2),
        computed=computed,
        figures=tuple(figure_result(report, figure) for figure in figures),
        citations=compose.cite(view.texts[report_row], report, figures),
    )


def difference(earlier: Figure, later: Figure) -> Computed | None:
    """How much more or less the later figure is, said with its operands in the unit they are written in."""
    if earlier.unit != later.unit or earlier.unit is None or earlier.value_to or later.value_to:
        return None
    scale, unit = compose.written_unit(later)
    if compose.written_unit(earlier) != (scale, unit):
        scale, unit = Decimal(1), later.unit or ""
    low, high = earlier.value / scale, later.value / scale
    change = high - low
    verb = "增加" if change > 0 else "减少" if change < 0 else "持平"
    shown = "个百分点" if unit == "%" else unit
    text = f"{verb}{compose.plain(abs(change))}{shown}（{compose.plain(high)} − {compose.plain(low)}）" if change else "持平"
    return Computed(text, change * scale, later.unit or "", (later.text, earlier.text))


def _other_readings(view: View, question: Question, candidates: list[Candidate], chosen: list[Candidate]) -> list[Candidate]:
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


def _sentence_answer(view: View, question: Question, found: Found) -> Answer | None:
    """The sentence of the best passage that says it, with its place."""
    if not found.hits:
        return None
    passage_row = found.hits[0].passage
    passage = view.corpus.passages[passage_row]
    report: Report = view.corpus.reports[passage.report]
    rows = [row for row, (owner, _) in enumerate(view.index.sentences) if owner == passage_row]
    best = max(rows, key=lambda row: found.sentences.get(row, 0.0))
    span = passage.sentences[view.index.sentences[best][1]]
    span = compose.fitting(view.texts[passage.report], span, question)
    paragraph = report.paragraph(passage.paragraph)
    return Answer(
        text=span.of(report.text),
        stated=True,
        reason=None,
        confidence=round(min(0.9, 0.4 + 0.5 * found.hits[0].score), 2),
        citations=(citation(report, paragraph, Span(span.start, span.end)),),
    )
