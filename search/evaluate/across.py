"""Questions on one report put to the others of the index: how many get an answer there. Some rightly do: every report has its growth."""

from __future__ import annotations

from collections.abc import Sequence

from search.engine import Engine
from search.evaluate.exam import Gold

SAMPLE = 20  # answers printed, to be checked by hand


def table(engine: Engine, questions: Sequence[Gold]) -> str:
    """How many are stated, by kind, and every n-th of the answers for the eye."""
    said: list[str] = []
    counts: dict[str, list[int]] = {}
    for gold in questions:
        others = [report.id for report in engine.corpus.reports if report.id != gold.report_id]
        for other in others if gold.kind != "none" else []:
            answer = engine.ask(gold.question, 1, report_id=other).answer
            counts.setdefault(gold.kind, []).append(answer.stated)
            if answer.stated and gold.answers:
                said.append(f"{gold.id} → {other}: {gold.question} → {answer.text} ({answer.confidence})")
    rows = [f"{'across':<10}{'asked':>7}{'stated':>8}"]
    rows += [f"{kind:<10}{len(stated):>7}{sum(stated):>8}" for kind, stated in counts.items()]
    return "\n".join([*rows, *said[:: max(1, len(said) // SAMPLE)][:SAMPLE]])
