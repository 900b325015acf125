"""A text with pieces taken out or put in, and the way back: for each of its characters where it stood."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from index.read.sources import Source
from index.records import Box, Cell, Report, Span

Placed = TypeVar("Placed", Cell, Box)


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """What stands at `start` up to `end` becomes `text`; with start == end it is put in there."""

    start: int
    end: int
    text: str = ""


def edited(source: Source, edits: Iterable[Edit]) -> Source:
    """The source with its text changed; headings, notes and cells move along. Of edits that overlap the first counts."""
    pieces, places, position = list[str](), list[int](), 0
    for edit in sorted(edits):
        if edit.start < position:
            continue
        pieces += (source.text[position : edit.start], edit.text)
        places += range(position, edit.start)
        places += [edit.start] * len(edit.text)
        position = edit.end
    if not pieces:
        return source
    pieces.append(source.text[position:])
    places += range(position, len(source.text))
    text = "".join(pieces)
    return replace(
        source,
        text=text,
        original=source.original or source.text,
        back=places if source.back is None else [source.back[place] for place in places],
        headings=_moved_lines(source.headings, source.text, text, places),
        notes=_moved_lines(source.notes, source.text, text, places),
        tables=tuple(tuple(_moved_spans(cells, places)) for cells in source.tables),
        boxes=tuple(replace(box, doubtful=_kept(box.doubtful, places)) for box in _moved_spans(source.boxes, places)),
    )


def without_lines(source: Source, spans: Iterable[Span]) -> Source:
    """The source without the lines that these spans are the words of."""
    text = source.text
    ends = ((span, text.find("\n", span.end)) for span in spans)
    return edited(source, (Edit(text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end + 1) for span, end in ends))


def _moved_lines(marked: Mapping[int, Any], before: str, after: str, places: Sequence[int]) -> dict[int, Any]:
    """What is said of lines, by their new numbers; a line that is gone takes it along."""
    if not marked:
        return {}
    starts = line_starts(before)
    moved = {}
    for line, said in marked.items():
        start, end = starts[line - 1], starts[line] if line < len(starts) else len(before)
        place = bisect_left(places, start)
        if place < len(places) and places[place] < end:
            moved[after.count("\n", 0, place) + 1] = said
    return moved


def _moved_spans(held: Sequence[Placed], places: Sequence[int]) -> Iterable[Placed]:
    for one in held:
        for span in _kept([one.span], places):
            yield replace(one, span=span)


def _kept(spans: Iterable[Span], places: Sequence[int]) -> tuple[Span, ...]:
    """Where these stand after an edit, less those that are gone."""
    moved = (Span(bisect_left(places, span.start), bisect_left(places, span.end)) for span in spans)
    return tuple(span for span in moved if span.start < span.end)


def line_starts(text: str) -> list[int]:
    """Where each line of a text begins."""
    starts, position = [0], text.find("\n")
    while position >= 0:
        starts.append(position + 1)
        position = text.find("\n", position + 1)
    return starts


def restored(report: Report, source: Source) -> Report:
    """The report of an edited text as one of the text that was given: what stands there is found there."""
    if source.back is None:
        return report
    moved: Report = _moved(report, source.back)
    text, starts = source.original, line_starts(source.original)
    return replace(
        moved,
        text=text,
        paragraphs=tuple(
            replace(one, line=_line(starts, one.span.start), line_end=_line(starts, one.span.end - 1)) for one in moved.paragraphs
        ),
        figures=tuple(replace(one, text=one.span.of(text)) for one in moved.figures),
        tables=tuple(replace(one, line=_line(starts, one.cells[0].span.start)) for one in moved.tables),
    )


def _moved(value: Any, back: Sequence[int]) -> Any:
    """A record with every span in it where it stood before."""
    if isinstance(value, Span):
        return Span(back[value.start], back[value.end - 1] + 1)
    if isinstance(value, tuple):
        return tuple(_moved(one, back) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _moved(getattr(value, one.name), back) for one in fields(value)})
    return value


def _line(starts: Sequence[int], offset: int) -> int:
    return bisect_left(starts, offset + 1)
