"""The printed lines of a PDF page: glyphs with size and place, gathered into lines in reading order."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.formats.marks import raised
from corpus.formats.pdf_columns import CELL, crosses, gutter_of, size_of
from corpus.formats.pdf_glyphs import Glyph
from corpus.formats.pdf_rules import Grid

_SPACE = 0.3  # of the glyph size: a wider gap is a blank, even where the file has none
_SPACE_BESIDE = 0.12  # the same after a raised number, whose own blank is small
_RAISED = 0.15  # of the line's size: by how much a footnote mark stands above the line, and it is smaller
_SMALLER = 0.85
_LABELS = "*†‡§¶#ivx"  # signs and small Roman numerals that mark footnotes as numbers do
_BRACKETS = re.compile("[\\[(](\ue000[^\ue001]{1,5}\ue001)[\\])]")


@dataclass(slots=True)
class PrintedLine:
    """A line of a page; `cells` are its stretches between wide gaps with their left edges.

    A row of a ruled table is one line, `ruled`, with all cells of its table and newlines between the lines in them.
    `noted` is a line below the rule that parts a text from its footnotes, `apart` one below a rule across the page.
    """

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    font: str
    cells: list[tuple[float, str]]
    column: int = 0
    ruled: bool = False
    noted: bool = False
    apart: bool = False


def lines_of(glyphs: Sequence[Glyph], page: int, width: float, grids: Sequence[Grid] = ()) -> list[PrintedLine]:
    """The lines of a page in reading order: down the left column, then the right one, where there are two."""
    rest = list(glyphs)
    tables = []
    for grid in grids:
        inside = [glyph for glyph in rest if grid.holds(glyph)]
        if rows := _table_rows(grid, inside, page):
            tables.append(rows)
            rest = [glyph for glyph in rest if not grid.holds(glyph)]
    found = _flowing(rest, page, width)
    for rows in tables:
        below = (at for at, line in enumerate(found) if line.base < rows[0].base and line.column in (0, rows[0].column))
        at = next(below, len(found))
        found[at:at] = rows
    return found


def _table_rows(grid: Grid, glyphs: Sequence[Glyph], page: int) -> list[PrintedLine]:
    """The rows of a ruled table, a cell over several rows in each of them; none where all words are in one column."""
    cells: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        cells[grid.cell_of(glyph)].append(glyph)
    if len({column for _, column in cells}) < 2:
        return []
    words = {place: "\n".join(_line(_in_order(row), page).text for row in _rows(cell)) for place, cell in cells.items()}
    filled = {row for row, _ in cells}
    found = []
    for row in sorted(filled):
        own = [glyph for (at, _), cell in cells.items() if at == row for glyph in cell]
        texts = []
        for column, (left, right) in enumerate(pairwise(grid.columns)):
            if row - 1 in filled and not grid.is_parted_above(row, (left + right) / 2):
                words.setdefault((row, column), words.get((row - 1, column), ""))
            texts.append((left, words.get((row, column), "")))
        line = _line(_in_order(own), page)
        line.cells, line.ruled, line.base = texts, True, max(glyph.base for glyph in own)
        line.text = " ".join(text.replace("\n", " ") for _, text in texts if text)
        found.append(line)
    return found


def _flowing(glyphs: Sequence[Glyph], page: int, width: float) -> list[PrintedLine]:
    fragments = [_in_order(row) for row in _rows(glyphs)]
    gutter = gutter_of(fragments, width)
    found: list[PrintedLine] = []
    columns: tuple[list[PrintedLine], list[PrintedLine]] = ([], [])
    for row in fragments:
        sides = [[g for g in row if g.right <= gutter], [g for g in row if g.right > gutter]] if gutter else [row]
        if (gutter and any(g.left < gutter < g.right for g in row)) or not gutter or crosses(row, gutter):
            found += [*columns[0], *columns[1], _line(row, page)]
            columns = ([], [])
            continue
        for column, side in enumerate(sides):
            if side:
                columns[column].append(_line(side, page, column + 1))
    return [*found, *columns[0], *columns[1]]


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs of about the same base line, from the top of the page; raised ones join the line that they overlap."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (-g.base, g.left)):
        for row in reversed(rows[-4:]):
            if _same_row(row, glyph):
                row.append(glyph)
                break
        else:
            rows.append([glyph])
    return _with_raised(rows)


def _same_row(row: Sequence[Glyph], glyph: Glyph) -> bool:
    return abs(row[0].base - glyph.base) < 0.12 * max(row[0].size, glyph.size)


def _with_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Rows of small glyphs that stand a little above the next row belong to it."""
    joined: list[list[Glyph]] = []
    above: list[Glyph] = []
    for row in rows:
        size = size_of(row)
        if above and size_of(above) < _SMALLER * size and above[0].base - row[0].base < 0.6 * size:
            row = [*above, *row]
        elif above:
            joined.append(above)
        above = row
    return [*joined, above] if above else joined


def _in_order(row: Sequence[Glyph]) -> list[Glyph]:
    return sorted(row, key=lambda glyph: glyph.left)


def _line(row: Sequence[Glyph], page: int, column: int = 0) -> PrintedLine:
    size = size_of(row)
    base = Counter(round(g.base, 1) for g in row if g.size > _SMALLER * size).most_common(1)[0][0]
    cells: list[tuple[float, str]] = []
    for part in _parts(row, size):
        words = _BRACKETS.sub(r"\1", "".join(_words(part, size, base)))
        cells.append((part[0].left, words))
    letters = [g for g in row if g.text.isalnum()] or list(row)
    return PrintedLine(
        text=" ".join(words for _, words in cells),
        page=page,
        left=row[0].left,
        right=row[-1].right,
        base=base,
        size=size,
        font=Counter(g.font for g in letters).most_common(1)[0][0],
        cells=cells,
        column=column,
    )


def _parts(row: Sequence[Glyph], size: float) -> Iterator[list[Glyph]]:
    part: list[Glyph] = []
    for glyph in row:
        if part and glyph.left - part[-1].right > CELL * size:
            yield part
            part = []
        part.append(glyph)
    yield part


def _words(part: Sequence[Glyph], size: float, base: float) -> Iterator[str]:
    """The characters with blanks where gaps are, and numbers that stand above the line as open marks."""
    number = ""
    for index, glyph in enumerate(part):
        mark = (glyph.text.isdecimal() or glyph.text in _LABELS) and _is_raised(glyph, size, base)
        gap = glyph.left - part[index - 1].right if index else 0.0
        blank = bool(index) and (glyph.spaced or gap > (_SPACE_BESIDE if number and not mark else _SPACE) * size)
        if number and (blank or not mark):
            yield raised(number)
            number = ""
        if blank:
            yield " "
        if mark:
            number += glyph.text
        else:
            yield glyph.text
    if number:
        yield raised(number)


def _is_raised(glyph: Glyph, size: float, base: float) -> bool:
    return glyph.size < _SMALLER * size and glyph.base - base > _RAISED * size
