"""The answer card: how the question was taken, the answer as its kind is drawn, what may be taken away."""

from search.results import AskResult
from web.answers.chips import chips
from web.answers.context import UNSURE, Context
from web.answers.pivot import grid
from web.answers.points import held, listing
from web.answers.sides import sides
from web.answers.tabular import over, parts, table
from web.answers.taking import actions
from web.answers.value import readings, refusal, sentence, value
from web.tags import Html, el, join


def card(result: AskResult, context: Context, origin: str = "") -> Html:
    answer, words = result.answer, context.words
    unsure = el("p", words["unsure"], class_="unsure") if answer.stated and answer.confidence < UNSURE else ""
    others = readings(answer, context) if answer.stated else ""
    body = [drawn(result, context), others, unsure, actions(result, context, origin)]
    shape = "answer" if answer.stated else "answer refused"
    article = el("article", join(body), class_=shape, aria_label=words["answer"], tabindex="-1")
    return join([_understood(result, context), chips(answer, context), article])


def drawn(result: AskResult, context: Context) -> Html:
    """The answer by what it holds; its form is only a label."""
    answer = result.answer
    if not answer.stated:
        return refusal(result, context)
    judged = any(row.verdict for row in answer.rows)
    several = judged or len({row.report_id for row in answer.rows}) > 1
    if answer.items:
        return join([listing(result, context), grid(answer.rows, context.wanted, context.words["table"], context.words) if several else ""])
    told = [row for row in answer.rows if row.stated]
    if answer.rows and all(row.stated and row.figure is None for row in answer.rows):
        return held(result, context)
    if several and (judged or len(told) != 2 or not answer.computed):
        return over(result, context)
    if len(told) == 2 and len(answer.rows) == 2 and (answer.computed or answer.form == "compare"):
        return sides(result, context)
    if len(answer.rows) > 1:
        selected = answer.plan is not None and answer.plan.source == "select"
        return table(result, context) if selected else parts(result, context)
    return value(result, context) or sentence(result, context)


def _understood(result: AskResult, context: Context) -> Html:
    """What was answered, where it is not what was typed: a follow-up filled in, a misspelling mended."""
    if result.understood.strip() == result.question.strip():
        return Html()
    return el("p", context.words["understood"].format(question=result.understood), class_="understood")
