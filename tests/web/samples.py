"""Records as the engine returns them, written by hand from the report."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from index.records import Paragraph, Report, Section, Span, Status
from search.results import Answer, AnswerRow, AskResult, Citation, FigureResult, Mark, PassageResult, PlanResult

REPORT = "000_4c71d26e9961c37b"
TITLE = "沈阳市2007年政府工作报告"
REVIEW = ("一、2006年政府工作回顾",)
HOSTILE = "<img src=x onerror=\"document.title='hit'\"> ${1+1} `tick` {{x}} back\\slash </p><script>alert(1)</script>"


def figure(text: str, start: int, *, year: str = "2006", status: Status = "actual", **other: object) -> FigureResult:
    record = FigureResult(
        text=text,
        value=Decimal(1),
        value_to=None,
        unit="元",
        kind="amount",
        role="value",
        direction=None,
        modifier=None,
        indicator="地区生产总值",
        of=None,
        period=year,
        status=status,
        unit_written="元",
        doubtful=False,
        report_id=REPORT,
        section=REVIEW,
        paragraph=6,
        line=8,
        start=start,
        end=start + len(text),
    )
    return replace(record, **other)  # type: ignore[arg-type]


def citation(quote: str, start: int, paragraph: int = 6, section: tuple[str, ...] = REVIEW) -> Citation:
    return Citation(REPORT, TITLE, section, paragraph, 2, 8, 8, quote, start, start + len(quote))


def passage(text: str, start: int, *marks: Mark, section: tuple[str, ...] = REVIEW, paragraph: int = 6) -> PassageResult:
    place = (REPORT, TITLE, section, paragraph, 2, 8, 8, start, start + len(text))
    return PassageResult(1, 0.9, *place, "2006", "actual", text, marks)


def row(label: str, figure: FigureResult | None, quote: Citation | None) -> AnswerRow:
    """A cell of a plan: with its figure, or without one, where `quote` is what is said of it."""
    year, status = (figure.period, figure.status) if figure else ("2006", "actual")
    text = (figure.text + (f"（{figure.modifier}）" if figure.modifier else "")) if figure else ""
    reason = None if figure else "related" if quote else "absent"
    return AnswerRow(label, label, REPORT, TITLE, "沈阳市", year, status, figure is not None, reason, text, None, figure, quote, 0.9)  # type: ignore[arg-type]


def plan(source: str = "cells", subject: str = "地区生产总值") -> PlanResult:
    return PlanResult(subject, source, "compute", None, None, 0.3, subject, "2007年目标、2006年")  # type: ignore[arg-type]


def result(answer: Answer, *passages: PassageResult, question: str = "地区生产总值？") -> AskResult:
    return AskResult(question, question, answer, passages, {"encode": 9.8, "rank": 1.2, "answer": 0.8})


def gdp() -> AskResult:
    """2006年沈阳市地区生产总值是多少？ as contract.md gives it."""
    answer = Answer(
        text="2482.5亿元（预计），增长16.5%。",
        stated=True,
        reason=None,
        confidence=0.97,
        figures=(figure("2482.5亿元", 272, modifier="预计"), figure("16.5%", 283, kind="growth", unit="%", direction="up")),
        citations=(citation("预计全市地区生产总值实现2482.5亿元，增长16.5%", 260),),
    )
    text = "——预计全市地区生产总值实现2482.5亿元，增长16.5%，创14年来最高增幅；"
    return result(answer, passage(text, 258, Mark(6, 12, "term"), Mark(14, 22, "figure")))


def report(text: str, title: str = TITLE, sections: tuple[Section, ...] = ()) -> Report:
    """A report of a line a paragraph; lines that are the span of a section are its headings."""
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    headings = {section.span for section in sections}
    body = [span for span in spans if span not in headings]
    paragraphs = tuple(Paragraph(n, n, None, n, n, span, (span,)) for n, span in enumerate(body, start=1))
    return Report("r", title, None, None, None, None, None, None, None, text, "", sections, paragraphs)
