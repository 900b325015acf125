"""The tables of a PDF's pages: by the lines drawn between their cells, else by numbers that stand below one another."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product, zip_longest
from typing import NamedTuple

from index.read.formats import Slot

SNAP = 2.5  # points by which lines that meet may miss each other
MOST_STROKES, MOST_CELLS = 1_000, 5_000  # of a page, and of a table: hatching makes more
LEAST_FILLED = 0.25  # of the cells of a table: the lines of a chart hold few words
APART = 0.5  # × the size: a wider gap than any between two words
SAME_LINE = 0.3  # × the size by which the baselines of one line may differ: of digits, and of Chinese
WRAPPED = 0.8, 1.5  # × the distance of two rows, and × the size: what is nearer is the second line of a cell
MOST_HEADS = 6  # lines above the first numbers
NUMBER = re.compile(r"[-+−－]?[\d,，]*[.．]?\d+[%％]?|[-—–－…/]+")
SENTENCE = re.compile(r"[。；，]")
HAN = re.compile(r"[\u3400-\u9fff]")
SET_APART = re.compile(r"[a-z]\n[a-z]|\d\n\d \d|\d \d\n\d(?!\d)")
SPACED = re.compile(rf"^\S(?:\s+\S)+$|(?<!\S){HAN.pattern}(?:\s+{HAN.pattern}){{2,}}(?!\S)")


class Word(NamedTuple):
    """What stands between two blanks or gaps of a line."""

    text: str
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, in points from its left and lower edge; `size` is its characters' height. `words` is empty where it has one."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    words: tuple[Word, ...] = ()

    @property
    def middle(self) -> float:
        """How far up its middle stands."""
        return self.bottom + self.size / 3

    def parts(self) -> tuple[Word, ...]:
        return self.words or (Word(self.text.strip(), self.left, self.right),)

    def cells(self) -> list[Word]:
        """Its words, as one where no wide gap is between them."""
        cells: list[Word] = []
        for word in self.parts():
            if cells and word.left - cells[-1].right < APART * self.size:
                word = Word(f"{cells[-1].text} {word.text}", cells.pop().left, word.right)
            cells.append(word)
        return cells

    def of(self, words: Sequence[Word]) -> "Line | None":
        """What of it these words are."""
        if not words:
            return None
        return replace(self, text=" ".join(word.text for word in words), left=words[0].left, right=words[-1].right, words=tuple(words))

    def split(self, left: float, right: float) -> tuple["Line | None", "Line | None"]:
        """What of it stands between two places, and what beside them."""
        within = [word for word in self.parts() if left < word.middle < right]
        if len(within) == len(self.parts()):
            return self, None
        return self.of(within), self.of([word for word in self.parts() if word not in within])


@dataclass(frozen=True, slots=True)
class Table:
    """A table, or what of it stands on one page; `edges` are those of its columns, `bottom` is where its first row begins."""

    rows: tuple[tuple[Slot, ...], ...]
    edges: tuple[float, ...]
    bottom: float

    def cells(self) -> list[Word]:
        return [Word("", left, right) for left, right in pairwise(self.edges)]

    def split(self, left: float, right: float) -> tuple["Table | None", "Table | None"]:
        return (self, None) if left < self.edges[0] < right else (None, self)

    def goes_on(self, before: "Table") -> bool:
        """Whether its columns are those of another: as many, each in about the same place."""
        places = [(left + right) / 2 for left, right in pairwise(before.edges)]
        return len(self.edges) == len(before.edges) and all(
            cell.left < x < cell.right for cell, x in zip(self.cells(), places, strict=True)
        )


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

    def table(self, lines: Sequence[Line]) -> Table | None:
        """The table that these lines make of what stands within; None of a frame, or the lines of a chart."""
        words = [replace(line, text=word.text, left=word.left, right=word.right) for line in lines for word in line.parts()]
        xs = _edges(self.down, self.across, [(word.left + word.right) / 2 for word in words])
        ys = _edges(self.across, self.down, [word.middle for word in words])[::-1]
        if len(xs) * len(ys) > MOST_CELLS:
            return None
        places: dict[tuple[int, int], list[Line]] = defaultdict(list)
        for word in words:
            row, column = sum(word.middle < y for y in ys[1:-1]), sum((word.left + word.right) / 2 > x for x in xs[1:-1])
            places[row, column].append(word)
        rows: list[dict[Slot, list[Line]]] = [{} for _ in ys[1:]]
        covered: set[tuple[int, int]] = set()
        for row, column in product(range(len(rows)), range(len(xs) - 1)):
            if (row, column) not in covered:
                right, lower = self.end(xs, ys, row, column)
                area = [*product(range(row, lower), range(column, right))]
                covered.update(area)
                rows[row][Slot("", column, right - column, lower - row)] = [word for place in area for word in places[place]]
        filled = [slot.column for cells in rows for slot, held in cells.items() if held]
        if len({*filled}) < 2 or len(filled) < LEAST_FILLED * sum(map(len, rows)):
            return None
        return Table(tuple(_rows([_parted({slot: _stacked(held) for slot, held in cells.items()}) for cells in rows])), tuple(xs), ys[0])

    def end(self, xs: Sequence[float], ys: Sequence[float], row: int, column: int) -> tuple[int, int]:
        """Where the cell that begins there ends: it goes on to the right and down until there is a line."""
        x, y, right, lower = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2, column + 1, row + 1
        while right < len(xs) - 1 and not any(stroke.place == xs[right] and stroke.reaches(y) for stroke in self.down):
            right += 1
        while lower < len(ys) - 1 and not any(stroke.place == ys[lower] and stroke.reaches(x) for stroke in self.across):
            lower += 1
        return right, lower


def ruled(lines: Sequence[Line], rules: Iterable[Sequence[float]]) -> list[Item]:
    """The lines of a page, each table that is ruled in the place of its first line."""
    items: list[Item] = [*lines]
    for grid in _grids(rules):
        (lower, *_, upper), ends = sorted(stroke.place for stroke in grid.across * 2), [end for stroke in grid.across for end in stroke[1:]]
        near = {line: line.split(min(ends), max(ends)) for line in items if isinstance(line, Line) and lower < line.middle < upper}
        held = {line: inside for line, (inside, _) in near.items() if inside}
        if table := grid.table([*held.values()]):
            at = items.index(next(iter(held)))
            beside = [near[item][1] if isinstance(item, Line) and item in held else item for item in items]
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


def _edges(strokes: Sequence[Stroke], others: Sequence[Stroke], places: Sequence[float]) -> list[float]:
    """Where cells begin and end, in order; also without a line where a table is open at its sides and words stand there."""
    edges = sorted({stroke.place for stroke in strokes})
    before = [min(stroke.start for stroke in others)] if any(place < edges[0] for place in places) else []
    after = [max(stroke.end for stroke in others)] if any(place > edges[-1] for place in places) else []
    return [*before, *edges, *after]


def _stacked(words: Iterable[Line]) -> list[tuple[float, str]]:
    """The lines of a cell, from the uppermost, with their places."""
    lines: list[list[Line]] = []
    for word in sorted(words, key=lambda word: -word.bottom):
        near = lines and lines[-1][0].bottom - word.bottom < SAME_LINE * word.size
        lines[-1:] = [[*lines[-1], word]] if near else [*lines[-1:], [word]]
    return [(line[0].bottom, closed_up(" ".join(word.text for word in sorted(line, key=lambda word: word.left)))) for line in lines]


def _parted(cells: Mapping[Slot, list[tuple[float, str]]]) -> list[dict[Slot, str]]:
    """A row of a grid as the rows that it holds: no number is broken, so that two, one below the other, stand in two rows."""
    stacks = [lines for lines in cells.values() if all(NUMBER.fullmatch(text) for _, text in lines)]
    places = [place for place, _ in max(stacks, key=len, default=[])] or [0.0]
    parted: list[dict[Slot, str]] = [dict.fromkeys(cells, ""), *({} for _ in places[1:])] if cells else []
    for slot, lines in cells.items():
        for place, text in lines:
            nearest = parted[min(range(len(places)), key=lambda number: abs(places[number] - place))]
            nearest[slot] = joined(nearest.get(slot, ""), text)
    return parted


def _rows(parted: Sequence[Sequence[Mapping[Slot, str]]]) -> Iterator[tuple[Slot, ...]]:
    """The rows that those of a grid hold; what covers several of these covers all that they hold."""
    for at, row in enumerate(parted):
        for cells in row:
            rows = {slot: sum(map(len, parted[at : at + slot.rows])) if slot.rows > 1 else 1 for slot in cells}
            yield tuple(replace(slot, text=text, rows=rows[slot]) for slot, text in cells.items())


def unruled(items: Sequence[Item]) -> Iterator[Item]:
    """What stands below one another, with the tables that only the places of their words tell."""
    run: list[Line] = []
    for item, after in zip_longest(items, items[1:]):
        if isinstance(item, Line) and (len(item.cells()) > 1 or _is_beside(item, after) or (run and _is_between(item, run[-1]))):
            run.append(item)
            continue
        yield from _of_run(run)
        run = []
        yield item
    yield from _of_run(run)


def _is_beside(line: Line, after: Item | None) -> bool:
    """Whether a line stands in the middle between those of the cells beside it."""
    return isinstance(after, Line) and len(after.cells()) > 1 and abs(line.bottom - after.bottom) < line.size


def _is_between(line: Line, before: Line) -> bool:
    """Whether a line without gaps may belong to a row: it stands where the row before has one cell or none, and is no sentence."""
    met = [cell for cell in before.cells() if cell.left < line.right and line.left < cell.right]
    return len(met) < 2 and line.right < before.right + line.size and not SENTENCE.search(line.text)


def _of_run(run: list[Line]) -> Iterator[Item]:
    """Lines with gaps → a table, where numbers stand below one another in two of them or more, and what is around it.

    A table has heads, or three columns: else a list with its pages would be one.
    """
    numbers = [at for at, line in enumerate(run) if _numbers(line)]
    first, end = (numbers[0], numbers[-1] + 1) if len(numbers) > 1 else (0, 0)
    heads = [at for at in range(max(0, first - MOST_HEADS), first) if not any(SENTENCE.search(line.text) for line in run[at:first])]
    head = next((at for at in heads if len(run[at].cells()) > 1 or _is_beside(run[at], run[at + 1])), first)
    columns: list[tuple[float, float]] = []
    for cell in sorted((cell for at in numbers for cell in run[at].cells()), key=lambda cell: cell.left):
        met = columns and cell.left < columns[-1][1]
        columns[-1:] = [(columns[-1][0], max(columns[-1][1], cell.right))] if met else [*columns[-1:], (cell.left, cell.right)]
    placed = [[sum(cell.left >= left for left, _ in columns) for cell in _numbers(run[at])] for at in numbers]
    is_table = len(columns) >= (2 if head < first else 3) and all(len({*each}) == len(each) for each in placed)
    table = _drawn(run[head:end], columns) if end and is_table else None
    found: list[Item] = [*run]
    found[head:end] = [table] if table else run[head:end]
    yield from found


def _numbers(line: Line) -> list[Word]:
    """Its cells that are numbers, but for what names the row."""
    return [cell for cell in line.cells()[1:] if NUMBER.fullmatch(cell.text)]


def _drawn(lines: list[Line], columns: Sequence[tuple[float, float]]) -> Table | None:
    """The table with the lines that one would draw: between its columns, but where a head stands across them, and between its rows."""
    lines.sort(key=lambda line: -line.bottom)
    pitch = min(upper.bottom - lower.bottom for upper, lower in pairwise(line for line in lines if _numbers(line)))
    gaps = [(before[1], after[0]) for before, after in pairwise(columns)]
    rows: list[list[Line]] = []
    for line in lines:
        near = min(WRAPPED[0] * pitch, WRAPPED[1] * line.size)
        wraps = rows and rows[-1][-1].bottom - line.bottom < near and _are_one([*rows[-1], line], gaps)
        rows[-1:] = [[*rows[-1], line]] if wraps else [*rows[-1:], [line]]
    ys = [
        lines[0].bottom + lines[0].size,
        *((a[-1].middle + b[0].middle) / 2 for a, b in pairwise(rows)),
        lines[-1].bottom - lines[-1].size,
    ]
    ends = [Stroke(x, ys[-1], ys[0]) for x in (min(line.left for line in lines) - 1, max(line.right for line in lines) + 1)]
    sides = [
        (gap, side) for row, side in zip(rows, pairwise(ys), strict=True) for gap in gaps if not any(_crosses(line, gap) for line in row)
    ]
    down = [Stroke(sum(gap) / 2, lower, upper) for gap, (upper, lower) in sides]
    return Grid([Stroke(y, ends[0].place, ends[1].place) for y in ys], [*ends, *down]).table(lines)


def _are_one(lines: Sequence[Line], gaps: Sequence[tuple[float, float]]) -> bool:
    """Whether lines near each other hold the cells of one row: no two have numbers, none has heads below one that stands across them."""
    full = [line for line in lines if len(line.cells()) > 1]
    return len({tuple(_crosses(line, gap) for gap in gaps) for line in full}) < 2 and (len(full) < 2 or not any(map(_numbers, full)))


def _crosses(line: Line, gap: tuple[float, float]) -> bool:
    """Whether a word stands over the columns on both sides of a gap, or in its middle."""
    middle = sum(gap) / 2
    return any(
        word.left < middle < word.right and ((word.left < gap[0] and gap[1] < word.right) or gap[0] < word.middle < gap[1])
        for word in line.parts()
    )
