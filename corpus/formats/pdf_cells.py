"""Rows of tables that nobody ruled: lines with cells at the same places, and the lines on which their cells go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.formats.pdf_lines import PrintedLine
from corpus.formats.pdf_parting import LABEL

_NEAR = 1.0  # of the size: how far the left edges of two cells of a column may lie apart
_INDENTED = 2.5  # of the size: how far the first line of a cell may be indented
_GAP = 1.5  # of the size: a cell that goes on does so on the next line


def is_row(line: PrintedLine) -> bool:
    """Whether a line has cells; a label that hangs before a paragraph is none."""
    label = LABEL.match(line.text)
    return line.ruled or (
        len(line.cells) > 1 and not (label and len(line.cells) == 2 and label.end() >= len(line.cells[0][1]))
    )


def are_aligned(above: PrintedLine, below: PrintedLine) -> bool:
    """Whether two rows belong to one table; one with rules may go on on the next page."""
    if above.ruled or below.ruled:
        return above.ruled and below.ruled and len(above.cells) == len(below.cells) and below.page - above.page < 2
    close = sum(any(abs(x - y) < 3 * above.size for y, _ in below.cells) for x, _ in above.cells)
    return above.page == below.page and close >= min(len(above.cells), len(below.cells))


def with_whole_cells(lines: Sequence[PrintedLine]) -> Iterator[PrintedLine]:
    """The lines with those on which cells go on joined to their rows, all in the columns of their table."""
    rows: list[PrintedLine] = []
    joined = False
    for line in lines:
        if rows and _goes_on(rows[-1], line):
            rows[-1], joined = _with(rows[-1], line), True
            continue
        if line.ruled or not is_row(line) or (rows and not are_aligned(rows[-1], line)):
            yield from _in_columns(rows) if joined else rows
            rows, joined = [], False
        if line.ruled or not is_row(line):
            yield line
        else:
            rows.append(line)
    yield from _in_columns(rows) if joined else rows


def _goes_on(row: PrintedLine, line: PrintedLine) -> bool:
    """Whether a line holds nothing but the next words of some cells of the row above it."""
    if line.page != row.page or line.column != row.column or not 0 < row.base - line.base < _GAP * row.size:
        return False
    places = [_cell_at(row, x) for x, _ in line.cells]
    if None in places or LABEL.match(line.text):
        return False
    if places == [0]:
        return line.right < row.cells[1][0]
    return 0 not in places


def _cell_at(row: PrintedLine, x: float) -> int | None:
    """The cell that words at a place go on with: at its left edge, or left of it where its first line is indented."""
    least, most = -_INDENTED * row.size, _NEAR * row.size
    near = [(abs(x - left), at) for at, (left, _) in enumerate(row.cells) if least < x - left < most]
    return min(near)[1] if near else None


def _with(row: PrintedLine, line: PrintedLine) -> PrintedLine:
    cells = list(row.cells)
    for x, words in line.cells:
        at = _cell_at(row, x) or 0
        cells[at] = (cells[at][0], f"{cells[at][1]}\n{words}")
    text = " ".join(words.replace("\n", " ") for _, words in cells)
    return replace(row, cells=cells, base=line.base, text=text)


def _in_columns(rows: Sequence[PrintedLine]) -> Iterator[PrintedLine]:
    """The rows with a cell, perhaps empty, in each column of their table."""
    columns: list[float] = []
    for x, size in sorted((x, row.size) for row in rows for x, _ in row.cells):
        if not columns or x - columns[-1] > _NEAR * size:
            columns.append(x)
    for row in rows:
        words = dict[int, str]()
        for x, text in row.cells:
            at = max((at for at, left in enumerate(columns) if left <= x), default=0)
            words[at] = f"{words[at]} {text}" if at in words else text
        yield replace(row, cells=[(left, words.get(at, "")) for at, left in enumerate(columns)], ruled=True)
