"""The tables of a PDF's pages: by the lines drawn between their cells, else by numbers that stand below one another."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import groupby, pairwise
from typing import NamedTuple

from index.read.formats import Slot

SNAP = 2.5  # points by which lines that meet may miss each other
MOST_STROKES, MOST_CELLS = 1_000, 5_000  # of a page, and of a table: hatching makes more
LEAST_FILLED = 0.25  # of the cells of a table: the lines of a chart hold few words
APART = 0.5  # × the size: a wider gap than any between two words
SAME_LINE = 0.3  # × the size by which the words of one line may differ in height: digits, and Chinese
WRAPPED = 1.3  # × the size: what is nearer is the second line of a name
MOST_LABELS = 3  # lines of a table, one below the other, without numbers
NUMBER = re.compile(r"[-+−－]?[\d,，]*[.．]?\d+[%％]?|[-—–－…/]+")
SENTENCE = re.compile(r"[。；]|，\D")
HAN = re.compile(r"[\u3400-\u9fff]")
SET_APART = re.compile(r"[a-z]\n[a-z]|\d\n\d \d|\d \d\n\d(?!\d)")
SPACED = re.compile(rf"^\S(?:\s+\S)+$|(?<!\S){HAN.pattern}(?:\s+{HAN.pattern}){{2,}}(?!\S)")


class Word(NamedTuple):
    """What stands between two blanks or gaps of a line; of a scan with how sure the recogniser is of each character, from 0 to 1."""

    text: str
    left: float
    right: float
    scores: tuple[float, ...] = ()


class Line(NamedTuple):
    """A line of a page: its baseline and its characters' height, in points from the page's lower edge, and its words, one or more."""

    bottom: float
    size: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    def cells(self) -> list[Word]:
        """Its words, as one where no wide gap is between them."""
        cells: list[Word] = []
        for word in self.words:
            if cells and word.left - cells[-1].right < APART * self.size:
                word = Word(f"{cells[-1].text} {word.text}", cells.pop().left, word.right)
            cells.append(word)
        return cells

    def split(self, left: float, right: float) -> "list[Line | None]":
        """What of it stands between two places, and what beside them."""
        sides = [tuple(word for word in self.words if (left <= (word.left + word.right) / 2 < right) is within) for within in (True, False)]
        return [self._replace(words=words) if words else None for words in sides]


class Table(NamedTuple):
    """A table, or what of it stands on one page, where it begins and where its columns do."""

    rows: tuple[tuple[Slot, ...], ...]
    edges: tuple[float, ...]
    bottom: float

    def goes_on(self, before: "Table") -> bool:
        """Whether its columns are those of another: as many, each in about the same place."""
        pairs = zip(pairwise(self.edges), pairwise(before.edges), strict=False)
        return len(self.edges) == len(before.edges) and all(left < sum(other) / 2 < right for (left, right), other in pairs)


Item = Line | Table


def joined(before: str, after: str) -> str:
    """Chinese, numbers and capitals (GD|P) go on without a space; words of small letters, and digits set apart (2|3 0 0), with one."""
    return f"{before} {after}" if SET_APART.search(f"{before[-3:]}\n{after[:3]}") else before + after


def closed_up(text: str) -> str:
    """Without the blanks of what is written letter by letter, more than a third of it Chinese: 卓 榮 泰, 占 比 6 4 %."""
    return SPACED.sub(lambda found: "".join(found[0].split()) if 6 * len(HAN.findall(found[0])) > len(found[0]) else found[0], text.strip())


class Stroke(NamedTuple):
    """A straight line: how far up or across it stands, and from where to where it goes."""

    place: float
    start: float
    end: float

    def reaches(self, place: float) -> bool:
        return self.start - SNAP < place < self.end + SNAP


class Grid(NamedTuple):
    """The lines of a table: those across and those down."""

    across: list[Stroke]
    down: list[Stroke]

    def edges(self) -> tuple[list[float], list[float]]:
        """Where its columns and its rows begin and end; a table may be open at its sides."""
        down = {stroke.place for stroke in self.down}
        ends = min(stroke.start for stroke in self.across), max(stroke.end for stroke in self.across)
        sides = [end for end in ends if all(abs(end - place) > SNAP for place in down)]
        return sorted([*down, *sides]), sorted({stroke.place for stroke in self.across}, reverse=True)

    def table(self, lines: Sequence[Line]) -> Table | None:
        """The table that these lines make of what stands within; None of a frame, or the lines of a chart."""
        xs, ys = self.edges()
        rows = [(*self.row(row, xs, ys, lines),) for row in range(len(ys) - 1)] if len(xs) * len(ys) < MOST_CELLS else []
        filled = [slot.column for row in rows for slot in row if slot.text]
        enough = len({*filled}) > 1 and len(filled) >= LEAST_FILLED * sum(map(len, rows))
        return Table(tuple(rows), tuple(xs), ys[0]) if enough else None

    def row(self, row: int, xs: Sequence[float], ys: Sequence[float], lines: Sequence[Line]) -> Iterator[Slot]:
        """The cells that begin in a row: each goes on to the right and down until there is a line."""
        middle = (ys[row] + ys[row + 1]) / 2
        sides = {xs[0], xs[-1], *(stroke.place for stroke in self.down if stroke.reaches(middle))}
        for start, end in pairwise(column for column, x in enumerate(xs) if x in sides):
            middle = (xs[start] + xs[start + 1]) / 2
            parted = {ys[0], ys[-1], *(stroke.place for stroke in self.across if stroke.reaches(middle))}
            first, after = [*(number for number in range(row, len(ys)) if ys[number] in parted), 0][:2]
            if first == row:
                within = [line for line in lines if ys[after] <= line.bottom < ys[row]]
                yield Slot(_text(within, xs[start], xs[end]), start, end - start, after - row)


def ruled(lines: Sequence[Line], rules: Iterable[Sequence[float]]) -> list[Item]:
    """The lines of a page, each table that is ruled in the place of its first line."""
    items: list[Item] = [*lines]
    for grid in _grids(rules):
        xs, ys = grid.edges()
        parts = [item.split(xs[0], xs[-1]) if isinstance(item, Line) and ys[-1] < item.bottom < ys[0] else [None, item] for item in items]
        held = [within for within, _ in parts if isinstance(within, Line)]
        if table := grid.table(held):
            at, beside = [within for within, _ in parts].index(held[0]), [other for _, other in parts]
            items = [item for item in (*beside[:at], table, *beside[at:]) if item]
    return items


def _grids(rules: Iterable[Sequence[float]]) -> Iterator[Grid]:
    """Lines that meet, as many as there are tables; lines across alone make none."""
    down = _strokes(((x + right) / 2, y, upper) for x, y, right, upper in rules if right - x < upper - y)
    across = _strokes(((y + upper) / 2, x, right) for x, y, right, upper in rules if right - x >= upper - y)
    while down and len(down) + len(across) < MOST_STROKES:
        grid, size = Grid([], [down.pop()]), 0
        while size < len(grid.across) + len(grid.down):
            size = len(grid.across) + len(grid.down)
            for mine, rest, others in ((grid.across, across, grid.down), (grid.down, down, grid.across)):
                mine += [one for one in rest if any(one.reaches(other.place) and other.reaches(one.place) for other in others)]
                rest[:] = [one for one in rest if one not in mine]
        if grid.across:
            yield grid


def _strokes(found: Iterable[tuple[float, float, float]]) -> list[Stroke]:
    """Lines as they are seen: what is drawn piece by piece, or as the two sides of a bar, is one."""
    placed, strokes = list[Stroke](), list[Stroke]()
    for place, start, end in sorted(found):
        near = placed and place - placed[-1].place < SNAP
        placed.append(Stroke(placed[-1].place if near else place, start, end))
    for one in sorted(placed):
        if strokes and strokes[-1].place == one.place and strokes[-1].reaches(one.start):
            one = Stroke(one.place, strokes[-1].start, max(strokes.pop().end, one.end))
        strokes.append(one)
    return strokes


def _text(lines: Sequence[Line], left: float, right: float) -> str:
    """What of these lines stands between two places, from the uppermost; numbers, one below the other, are never one."""
    parts = [line.split(left, right)[0] for line in sorted(lines, key=lambda line: -line.bottom)]
    texts = [closed_up(part.text) for part in parts if part]
    return " ".join(texts) if all(map(NUMBER.fullmatch, texts)) else reduce(joined, texts, "")


def unruled(items: Sequence[Item]) -> Iterator[Item]:
    """What stands below one another, with the tables that only the places of their words tell."""
    for is_run, places in groupby(range(len(items)), key=lambda at: _is_of_rows(items[at], items[max(0, at - MOST_LABELS) : at + 2])):
        run = [items[at] for at in places]
        yield from _tabled([line for line in run if isinstance(line, Line)]) if is_run else run


def _is_of_rows(line: Item, near: Sequence[Item]) -> bool:
    """Whether a line has gaps, or stands where a row near it has its name, and is no sentence."""
    if isinstance(line, Table) or SENTENCE.search(line.text):
        return False
    rows = [cells for row in near if isinstance(row, Line) and len(cells := row.cells()) > 1]
    return len(line.cells()) > 1 or any(line.right < cells[1].left for cells in rows)


def _tabled(run: Sequence[Line]) -> list[Item]:
    """Lines with gaps → a table, where numbers stand below one another, with heads or three columns: a list with its pages is none."""
    lines = sorted(run, key=lambda line: -line.bottom)
    head = next((at for at, line in enumerate(lines) if len(line.cells()) > 1), 0)
    named = {at: [cell for cell in line.cells()[1:] if NUMBER.fullmatch(cell.text)] for at, line in enumerate(lines)}
    numbers = [at for at, cells in named.items() if cells]
    columns: list[tuple[float, float]] = []
    for _, left, right, _ in sorted((cell for at in numbers for cell in lines[at].cells()), key=lambda cell: cell.left):
        met = columns and left < columns[-1][1]
        columns[-1:] = [(columns[-1][0], max(columns[-1][1], right))] if met else [*columns[-1:], (left, right)]
    placed = [(at, sum(cell.left >= left for left, _ in columns)) for at in numbers for cell in named[at]]
    if len(numbers) < 2 or len(columns) < (2 if head < numbers[0] else 3) or len({*placed}) < len(placed):
        return [*run]
    end = numbers[-1] + 1
    return [*lines[:head], _drawn(lines[head:end], [(before[1], after[0]) for before, after in pairwise(columns)]), *lines[end:]]


def _drawn(lines: Sequence[Line], gaps: Sequence[tuple[float, float]]) -> Table:
    """The table of these lines: a row for each, but for the second line of a name; a head may stand across several columns."""
    rows: list[list[Line]] = []
    for line in lines:
        near = rows and rows[-1][-1].bottom - line.bottom < WRAPPED * line.size
        is_one = near and sum(len(one.cells()) > 1 for one in (*rows[-1], line)) < 2
        rows[-1:] = [[*rows[-1], line]] if is_one else [*rows[-1:], [line]]
    edges = (min(line.left for line in lines), *(sum(gap) / 2 for gap in gaps), max(line.right for line in lines))
    slots = list[tuple[Slot, ...]]()
    for row in rows:
        words = [word for line in row for word in line.words]
        parted = [column for column, edge in enumerate(edges[1:-1], start=1) if not any(word.left < edge < word.right for word in words)]
        cells = pairwise([0, *parted, len(gaps) + 1])
        slots.append(tuple(Slot(_text(row, edges[start], edges[end]), start, end - start) for start, end in cells))
    return Table(tuple(slots), edges, lines[0].bottom)
