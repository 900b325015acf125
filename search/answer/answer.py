"""A question put to one report: its plans, each filled once, and the one that is likeliest and fullest told."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from index.encode.pieces import Vectors
from search.answer import told
from search.answer.cells import Gathered, fill_each, fill_pair
from search.answer.direct import how_absent, lookup_answer, masthead_answer, refused
from search.answer.figure import figure_answer, names_measures, sentence_answer
from search.answer.framed import plan_result
from search.answer.select import is_open, members, names_listed, points, statement, superlative, table, word_counted
from search.find.gather import Encode, Found, deepen, gather
from search.find.rank import Hit, Weights
from search.library.filters import Filters, Scope, scope_of
from search.library.view import Asked, View
from search.library.which import Choice
from search.match.arrays import ReportArrays
from search.match.features import gather_evidence
from search.plan.plans import AS_READ, Cell, Chosen, Plan, asks_members, for_cell, plans_of, subject_of
from search.plan.question import Question
from search.plan.reader import Reading, read
from search.results import Answer, Coverage, not_held, not_stated
from search.timer import Timer

BOUNDED = 0.85  # how sure all figures beyond a bound are, where no subject is named
NAMES = 0.9  # how sure the names are that rules find for 哪些: of 34 lists of tests/data all were right
OF_SEVERAL = ("compare", "arithmetic", "superlative", "table")  # what no sentence answers whole
SMALL = 60  # sentences: in so short a text nothing stands out, which all models go by, and what rules find is given
COUNTS = ("次", "遍", "回", "处", "频", "times", "often")  # what asks how often a word stands in a report


@dataclass(frozen=True, slots=True)
class Asking:
    """What questions are put with. `k` passages are shown, `depth` ranked; `reread` gives hits their order by a cross encoder."""

    view: View
    weights: Weights
    filters: Filters
    encode: Encode
    arrays: Callable[[int], ReportArrays]
    k: int
    depth: int
    reread: Callable[[Question, list[Hit], Timer], list[Hit]] | None
    timer: Timer
    everything: bool = False  # all points of a subject, not the first ones
    chosen: Chosen = AS_READ


@dataclass(frozen=True, slots=True)
class Reply:
    """What one report was asked, what was found there and the answer."""

    asked: Asked
    found: Found
    answer: Answer


def ask(asking: Asking, text: str, choice: Choice) -> Reply:
    """The answer of the report chosen; where it says nothing, that of the first of the others that does."""
    first = _put(asking, text, choice.report, choice.missing)
    if first.answer.stated:
        return first
    others = (_put(asking, text, report, None) for report in choice.others)
    return next((reply for reply in others if reply.answer.figures), first)


def gathered_of(asking: Asking, text: str, row: int) -> Gathered:
    """All that is known of a question as it is put to one report."""
    asked = Asked(asking.view, asking.view.read(text, row), row)
    vector = asking.encode(asked.question.meant)
    scope = scope_of(asking.view, asking.filters, row)
    found = gather(asked, scope, asking.weights, asking.depth, vector)
    percent = read(asked.question.matched, vector).percent
    return Gathered(asked, found, gather_evidence(asked, asking.arrays(row), vector, percent, found.allowed))


def _put(asking: Asking, text: str, report: int, missing: str | None) -> Reply:
    timer = asking.timer
    asked = Asked(asking.view, asking.chosen.question(asking.view.read(text, report)), report)
    scope = scope_of(asking.view, asking.filters, report)
    vector = asking.encode(asked.question.meant)
    timer.lap("encode")
    found = _found(asking, asked, scope, vector)
    if asking.reread:
        found = replace(found, hits=asking.reread(asked.question, found.hits, timer), reranked=True)
    timer.lap("rank")
    answer = not_held(missing) if missing else _without_search(asked, found)
    if answer is None:
        reading = asking.chosen.reading(read(asked.question.matched, vector))
        evidence = gather_evidence(asked, asking.arrays(report), vector, reading.percent, found.allowed)
        answer = _answer(asking, Gathered(asked, found, evidence), reading)
    timer.lap("answer")
    return Reply(asked, found, answer)


def _found(asking: Asking, asked: Asked, scope: Scope, vector: Vectors) -> Found:
    """What words find, and what is near in meaning where words do not settle the figure asked for, or find too few passages."""
    by_words = gather(asked, scope, asking.weights, asking.depth)
    wanted = asked.question.wanted
    settled = wanted and len(figure_answer(asked, by_words).figures) >= len(wanted) and len(by_words.hits) >= asking.k
    return by_words if settled else deepen(asked, by_words, vector, asking.weights, asking.depth)


def _without_search(asked: Asked, found: Found) -> Answer | None:
    """What needs no search: the masthead, a refusal. None where the question is on something else."""
    head = masthead_answer(asked.question, asked.report)
    if head is not None:
        return head if _allowed(found, asked.view, head) else not_stated("related")
    refusal = refused(asked)
    return not_stated(refusal) if refusal else lookup_answer(asked, found.allowed)


def _allowed(found: Found, view: View, said: Answer) -> bool:
    """Whether a filter leaves every paragraph that an answer cites."""
    if found.allowed is None:
        return True
    left = {view.corpus.passages[row].paragraph for row in found.allowed}
    return all(citation.paragraph in left for citation in said.citations)


def _answer(asking: Asking, gathered: Gathered, reading: Reading) -> Answer:
    """The plan whose answer is likeliest to be right as asked; where none is stated, the sentence that rules choose for words alone."""
    asked = gathered.asked
    ruled, chosen = by_rules(gathered, reading), asking.chosen
    best = ruled if ruled is None or (chosen.form in (None, ruled.form) and chosen.operation in (None, "difference")) else None
    if asked.question.wanted and len(gathered.evidence.arrays.spans) < SMALL:
        return best if best is not None and best.stated else not_stated(how_absent(asked))
    for plan in plans_of(asked.question, reading, asked.report):
        if best is not None and (chosen.form or plan.probability <= best.confidence):
            break
        answer = fill(asking, gathered, plan, reading)
        if best is None or answer.confidence > best.confidence:
            best = answer
    assert best is not None  # a question has a plan
    if best.stated and best.form == "statement" and asked.question.wanted and not names_measures(asked.question, best):
        return not_stated(how_absent(asked))  # what only names its place does not give its GDP
    if best.stated:
        return best
    in_words = not asked.question.wanted and reading.forms[0][0] not in OF_SEVERAL
    sentence = sentence_answer(asked, gathered.found) if in_words else None
    if sentence is not None:
        plan = _selection("statement", asked.question, reading)
        return replace(sentence, form="statement", plan=plan_result(gathered, plan), coverage=Coverage(None, 1))
    return best


def fill(asking: Asking, gathered: Gathered, plan: Plan, reading: Reading) -> Answer:
    """A plan filled and told."""
    if plan.source == "cells":
        pair = plan.operator in ("compare", "compute") and len(plan.cells) <= 2
        own = _each(asking, gathered, plan, reading) if len(plan.cells) > 1 else {}
        if pair:
            vectors = [asking.encode(cell.question(gathered.asked.question.matched)) for cell in plan.cells] if len(plan.cells) == 2 else []
            return told.pair(gathered, plan, fill_pair(plan, gathered, vectors), reading)
        return told.cells(gathered, plan, fill_each(plan, gathered, own))
    if plan.form == "table":
        return told.table(gathered, plan, table(gathered))
    if plan.operator == "order":
        return told.superlative(gathered, plan, superlative(gathered, plan))
    if plan.form in ("points", "summary"):
        return told.points(gathered, plan, points(gathered, everything=asking.everything))
    if plan.form in ("enumeration", "outline"):
        return told.members(gathered, plan, members(gathered, reading))
    if plan.operator == "count" and any(word in gathered.asked.question.matched for word in COUNTS):
        return told.counted(gathered, plan, *word_counted(gathered, reading))
    return told.statement(gathered, plan, statement(gathered))


def by_rules(gathered: Gathered, reading: Reading) -> Answer | None:
    """What rules answer where a number is asked for, or names; how far a number is all that is asked is fitted."""
    asked = gathered.asked
    listed = not asked.question.firm and asks_members(asked.question.matched)
    if listed and asked.question.numbers and is_open(asked.question):
        return told.table(gathered, _selection("table", asked.question, reading), table(gathered), sure=BOUNDED)
    names = names_listed(gathered) if listed and reading.forms[0][0] not in OF_SEVERAL else None
    if names is not None:
        return told.members(gathered, _selection("enumeration", asked.question, reading), names, sure=NAMES)
    return told.ruled(gathered, gathered.ruled, reading) if gathered.ruled is not None and gathered.ruled.figures else None


def _selection(form: str, question: Question, reading: Reading) -> Plan:
    """What rules select, as a plan."""
    return Plan(form, dict(reading.forms).get(form, 0.0), subject=subject_of(question, reading))


def _each(asking: Asking, whole: Gathered, plan: Plan, reading: Reading) -> dict[Cell, Gathered]:
    """The evidence of each cell that has words of its own; the others are what the whole question asks for."""
    if plan.operator != "give" and len(plan.cells) <= 2:
        return {}
    dated = len({cell.period for cell in plan.cells}) > 1
    return {cell: _cell(asking, whole, cell, reading) for cell in plan.cells if cell.own or dated}


def _cell(asking: Asking, whole: Gathered, cell: Cell, reading: Reading) -> Gathered:
    """A cell as a question of its own."""
    row, text = whole.asked.row, cell.question(whole.asked.question.matched)
    asked = Asked(asking.view, for_cell(asking.view.read(text, row), cell), row)
    vector = asking.encode(asked.question.meant)
    found = gather(asked, whole.found.scope, asking.weights, asking.depth, vector)
    return Gathered(asked, found, gather_evidence(asked, whole.evidence.arrays, vector, reading.percent, found.allowed))
