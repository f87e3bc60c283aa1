"""The printed lines of a PDF page: glyphs with size and place, gathered into lines in reading order."""

from __future__ import annotations

import ctypes
import itertools
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.formats.marks import raised

_SPACE = 0.3  # of the glyph size: a wider gap is a blank, even where the file has none
_SPACE_BESIDE = 0.12  # the same after a raised number, whose own blank is small
_CELL = 1.6  # of the glyph size: a wider gap parts the cells of a table
_CLEAR = 0.75  # of the rows of a page leave the gutter between its columns clear
_COLUMN = 8  # rows, at least, in each column
_REACHING = 0.4  # of the rows of the left column come near the gutter, as prose does and cells do not
_RAISED = 0.15  # of the line's size: by how much a footnote mark stands above the line, and it is smaller
_SMALLER = 0.85
_SMALLEST = 2.0  # points; smaller letters are bookmarks and searching aids that nobody sees
_BOLD = 600  # weight from which a font is bold
_WRITTEN = {
    "\x02": "\u00ad", "\ufffe": "\u00ad", "\uf0b7": "•",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl",
}  # fmt: skip
"""Signs of fonts as text: hyphens that only divide a word, the bullet of the symbol font, joined letters."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character; lengths are points, y counts upwards from the foot of the page; `spaced` after a blank."""

    text: str
    left: float
    right: float
    base: float
    size: float
    font: str
    spaced: bool


@dataclass(slots=True)
class PrintedLine:
    """A line of a page; `cells` are its stretches between wide gaps with their left edges."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    font: str
    cells: list[tuple[float, str]]
    column: int = 0


def glyphs_of(textpage: pypdfium2.PdfTextPage) -> list[Glyph]:
    """The visible characters of a page in the order in which the file draws them."""
    found: list[Glyph] = []
    matrix = pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    spaced = False
    for index in range(textpage.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(textpage.raw, index))
        char = _WRITTEN.get(char, char)
        if char.isspace() or char < " " or char == "\ufffd":
            spaced = True
            continue
        pdfium.FPDFText_GetMatrix(textpage.raw, index, matrix)
        pdfium.FPDFText_GetCharOrigin(textpage.raw, index, x, y)
        left, _, right, _ = textpage.get_charbox(index, loose=True)
        size = pdfium.FPDFText_GetFontSize(textpage.raw, index) * math.hypot(matrix.c, matrix.d)
        upright = abs(matrix.b) < 0.1 * max(abs(matrix.a), 1e-6)
        if upright and size > _SMALLEST:
            found.append(Glyph(char, left, right, y.value, size, _font(textpage, index), spaced))
        spaced = False
    return found


def _font(textpage: pypdfium2.PdfTextPage, index: int) -> str:
    """The font of a character without the prefix of its subset, and whether it is bold by its weight."""
    name = ctypes.create_string_buffer(96)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(textpage.raw, index, name, 96, flags)
    bold = pdfium.FPDFText_GetFontWeight(textpage.raw, index) >= _BOLD
    plain = name.value.decode("utf-8", "replace").split("+")[-1]
    return f"{plain}-Bold" if bold and "bold" not in plain.lower() else plain


def lines_of(glyphs: Sequence[Glyph], page: int, width: float) -> list[PrintedLine]:
    """The lines of a page in reading order: down the left column, then the right one, where there are two."""
    fragments = [_in_order(row) for row in _rows(glyphs)]
    gutter = _gutter(fragments, width)
    found: list[PrintedLine] = []
    columns: tuple[list[PrintedLine], list[PrintedLine]] = ([], [])
    for row in fragments:
        sides = [[g for g in row if g.right <= gutter], [g for g in row if g.right > gutter]] if gutter else [row]
        if (gutter and any(g.left < gutter < g.right for g in row)) or not gutter or _spans(row, gutter):
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
        size = _size(row)
        if above and _size(above) < _SMALLER * size and above[0].base - row[0].base < 0.6 * size:
            row = [*above, *row]
        elif above:
            joined.append(above)
        above = row
    return [*joined, above] if above else joined


def _in_order(row: Sequence[Glyph]) -> list[Glyph]:
    return sorted(row, key=lambda glyph: glyph.left)


def _size(row: Sequence[Glyph]) -> float:
    return Counter(round(glyph.size, 1) for glyph in row).most_common(1)[0][0]


def _spans(row: Sequence[Glyph], gutter: float) -> bool:
    """Whether words run across the gutter: no gap of a column's width lies at it."""
    left = max((g.right for g in row if g.right <= gutter), default=-1e9)
    right = min((g.left for g in row if g.right > gutter), default=1e9)
    return right - left < 0.9 * _size(row)


def _gutter(rows: Sequence[Sequence[Glyph]], width: float) -> float:
    """The middle of the gap between two columns of prose; 0 where a page has one column."""
    best, most = 0.0, 0
    for step in range(72, 130):
        x = width * step / 200
        sides = [side for row in rows if (side := _sides(row, x))]
        left = [part for part, _ in sides if part]
        right = [part for _, part in sides if part]
        reaching = sum(x - part[-1].right < 6 * part[-1].size for part in left)
        prose = all(len(part) >= _COLUMN and reaching >= _REACHING * len(part) for part in (left, right))
        if prose and len(sides) >= _CLEAR * len(rows) and len(left) + len(right) > most:
            best, most = x, len(left) + len(right)
    return best


def _sides(row: Sequence[Glyph], x: float) -> tuple[list[Glyph], list[Glyph]] | None:
    """The two parts of a row that a gutter at x leaves clear, as prose and not as cells; None where it does not."""
    left = [g for g in row if g.right <= x]
    right = [g for g in row if g.left >= x]
    if len(left) + len(right) < len(row):
        return None
    gap = (right[0].left - left[-1].right) if left and right else 2 * _size(row)
    clear = gap >= 0.9 * _size(row) and _has_no_wide_gap(left) and _has_no_wide_gap(right)
    return (left, right) if clear else None


def _has_no_wide_gap(row: Sequence[Glyph]) -> bool:
    return all(b.left - a.right < _CELL * max(a.size, b.size) for a, b in itertools.pairwise(row))


def _line(row: Sequence[Glyph], page: int, column: int = 0) -> PrintedLine:
    size = _size(row)
    base = Counter(round(g.base, 1) for g in row if g.size > _SMALLER * size).most_common(1)[0][0]
    cells: list[tuple[float, str]] = []
    for part in _parts(row, size):
        words = "".join(_words(part, size, base))
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
        if part and glyph.left - part[-1].right > _CELL * size:
            yield part
            part = []
        part.append(glyph)
    yield part


def _words(part: Sequence[Glyph], size: float, base: float) -> Iterator[str]:
    """The characters with blanks where gaps are, and numbers that stand above the line as open marks."""
    number = ""
    for index, glyph in enumerate(part):
        mark = glyph.text.isdecimal() and _is_raised(glyph, size, base)
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
