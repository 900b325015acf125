"""Questions that name their place by a slip, a short name, a twin's or none that is held: answered from the right report, or not at all."""

from gold.manifest import Row
from search.evaluate.asks import Values, fold, stands
from search.results import Answer, AskResult


def placed(row: Row, result: AskResult) -> Values:
    """Whether an answer is right (`whole`), or from a wrong report (`wrong`, however sure). A twin may be asked back, by both names."""
    answer, wanted = result.answer, row["answer"] or []
    strange = answer.stated and bool(reports_of(answer) - {one["doc"] for one in wanted})
    if not wanted:
        return {"whole": not answer.stated, "wrong": strange}
    said = answer.stated and not strange and all(_says(answer, one["doc"], one["figures"]) for one in wanted)
    return {"whole": said or (bool(row["ask_back"]) and _asks_back(answer, row["ask_back"])), "wrong": strange}


def reports_of(answer: Answer) -> set[str]:
    """The reports that an answer is told from: those of its figures, or of what it quotes."""
    figures = {row.report_id for row in answer.rows if row.figure} or {figure.report_id for figure in answer.figures}
    return figures or {one.report_id for one in answer.citations}


def _says(answer: Answer, doc: str, figures: list[str]) -> bool:
    """Whether each figure of a report stands among those said of it, or in what is quoted of it."""
    own = [figure for figure in (*answer.figures, *(row.figure for row in answer.rows if row.figure)) if figure.report_id == doc]
    said = [
        fold(text) for figure in own for text in (figure.text, figure.text + (figure.modifier or ""), (figure.modifier or "") + figure.text)
    ]
    said += [] if own else [fold(one.quote) for one in answer.citations if one.report_id == doc]
    return all(any(stands(figure, text) for text in said) for figure in figures)


def _asks_back(answer: Answer, docs: list[str]) -> bool:
    """Whether an answer names all places that a question may mean: 北京市朝阳区 and 长春市朝阳区."""
    places = [doc.removeprefix("2025年").removesuffix("政府工作报告") for doc in docs]
    return not answer.stated and answer.reason == "ambiguous" and all(place in answer.text for place in places)
