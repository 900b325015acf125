"""Report → Passages: each paragraph whole, or in runs of its sentences where it is too long for one."""

import re
from collections.abc import Iterator

from index.records import Paragraph, Passage, Report, Span

MAX_CHARACTERS = 400  # contract.md; 400 Chinese characters stay under the encoder's 512 tokens
COMMA = re.compile(r"[，、：:]|,(?!\d)")


def split_passages(report: Report, position: int) -> tuple[Passage, ...]:
    """The passages of a report that stands at `position` in its corpus, in text order."""
    return tuple(
        Passage(position, paragraph.number, Span(run[0].start, run[-1].end), tuple(run))
        for paragraph in report.paragraphs
        for run in _runs(report, paragraph)
    )


def _runs(report: Report, paragraph: Paragraph) -> Iterator[list[Span]]:
    run: list[Span] = []
    for sentence in paragraph.sentences:
        for piece in _pieces(report, sentence):
            if run and piece.end - run[0].start > MAX_CHARACTERS:
                yield run
                run = []
            run.append(piece)
    if run:
        yield run


def _pieces(report: Report, sentence: Span) -> Iterator[Span]:
    """A sentence, cut at its last comma before the limit as often as needed; a number is never cut."""
    text, start = report.text, sentence.start
    while sentence.end - start > MAX_CHARACTERS:
        commas = [match.end() for match in COMMA.finditer(text, start + 1, start + MAX_CHARACTERS)]
        cut = _outside_figures(report, commas[-1] if commas else start + MAX_CHARACTERS)
        yield Span(start, cut)
        start = cut
    yield Span(start, sentence.end)


def _outside_figures(report: Report, cut: int) -> int:
    return next((figure.span.start for figure in report.figures if figure.span.start < cut < figure.span.end), cut)
