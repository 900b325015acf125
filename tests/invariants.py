"""The Span invariant (docs/architecture: `report.text[span.start:span.end]` is the text) for all that a report is cut into."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from index.outline.passages import MAX_CHARACTERS, split_passages
from index.records import Report, Span


def check_report(report: Report) -> None:
    """Every invariant of an outlined report with its figures and its passages."""
    check_sections(report)
    check_paragraphs(report)
    check_figures(report)
    check_passages(report)


def check_sections(report: Report) -> None:
    in_order(report, [section.span for section in report.sections])
    for row, section in enumerate(report.sections):
        written = section.span.of(report.text)
        assert _folded(written) == _folded(section.path[-1])
        assert "\n" not in section.path[-1]
        assert len(section.path) == 1 or section.path[:-1] in {other.path for other in report.sections[:row]}
    if report.title_span is not None:
        assert report.title.endswith("".join(report.title_span.of(report.text).split()))


def _folded(heading: str) -> str:
    """A heading that the text breaks over two lines, or sets apart by blanks, is written in one."""
    return "".join(heading.split())


def check_paragraphs(report: Report) -> None:
    in_order(report, [paragraph.span for paragraph in report.paragraphs])
    assert [paragraph.number for paragraph in report.paragraphs] == list(range(1, len(report.paragraphs) + 1))
    counted: dict[int | None, int] = {}
    for paragraph in report.paragraphs:
        counted[paragraph.section] = counted.get(paragraph.section, 0) + 1
        assert paragraph.number_in_section == counted[paragraph.section]
        text = paragraph.span.of(report.text)
        assert text == text.strip()
        assert paragraph.line == 1 + report.text.count("\n", 0, paragraph.span.start)
        assert paragraph.line_end == 1 + report.text.count("\n", 0, paragraph.span.end)
        _check_sentences(report, paragraph.span, paragraph.sentences)


def _check_sentences(report: Report, whole: Span, sentences: tuple[Span, ...]) -> None:
    """They stand inside, in order, and together leave out nothing but white space."""
    in_order(report, sentences)
    assert all(whole.contains(sentence) for sentence in sentences)
    assert _letters(report, sentences) == _letters(report, [whole])


def check_figures(report: Report) -> None:
    in_order(report, [figure.span for figure in report.figures])
    for figure in report.figures:
        assert figure.span.of(report.text) == figure.text
        paragraph = report.paragraph(figure.paragraph)
        assert figure.sentence in paragraph.sentences
        assert figure.sentence.contains(figure.clause)
        assert figure.clause.contains(figure.span)
        assert figure.value.is_finite()


def check_passages(report: Report) -> None:
    passages = split_passages(report, 0)
    in_order(report, [passage.span for passage in passages])
    for paragraph in report.paragraphs:
        own = [passage for passage in passages if passage.paragraph == paragraph.number]
        assert own
        for passage in own:
            assert 0 < passage.span.end - passage.span.start <= MAX_CHARACTERS
            assert passage.span == Span(passage.sentences[0].start, passage.sentences[-1].end)
        _check_sentences(report, paragraph.span, tuple(piece for passage in own for piece in passage.sentences))


def in_order(report: Report, spans: Iterable[Span]) -> None:
    """Not empty, inside the text, one after the other."""
    spans = [*spans]
    for span in spans:
        assert 0 <= span.start < span.end <= len(report.text)
    for one, other in pairwise(spans):
        assert one.end <= other.start, (one.of(report.text), other.of(report.text))


def _letters(report: Report, spans: Iterable[Span]) -> str:
    return "".join("".join(span.of(report.text).split()) for span in spans)
