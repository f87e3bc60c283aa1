"""Columns of prose on a PDF page, told from the cells of tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.formats.pdf_glyphs import Glyph

CELL = 1.6  # of the glyph size: a wider gap parts the cells of a table
_CLEAR = 0.75  # of the rows of a page leave the gutter between its columns clear
_COLUMN = 8  # rows, at least, in each column
_HANGING = re.compile(r"[\[(]?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5})[\]).:]*|[•·●○▪■–o\uf0b7]", re.I)
_REACHING = 0.4  # of the rows of the left column come near the gutter, as prose does and cells do not


def gutter_of(rows: Sequence[Sequence[Glyph]], width: float) -> float:
    """The middle of the gap between two columns of prose; 0 where a page has one column."""
    best, most = 0.0, (0, 0)
    measured = [_Row(row, [glyph.right for glyph in row], size_of(row)) for row in rows]
    for step in range(72, 130):
        x = width * step / 200
        sides = [side for row in measured if (side := _sides(row, x))]
        left = [part for part, _ in sides if part]
        right = [part for _, part in sides if part]
        reaching = sum(x - part[-1].right < 6 * part[-1].size for part in left)
        prose = all(len(part) >= _COLUMN and reaching >= _REACHING * len(part) for part in (left, right))
        if prose and len(sides) >= _CLEAR * len(rows) and (len(sides), len(left) + len(right)) > most:
            best, most = x, (len(sides), len(left) + len(right))
    return best


@dataclass(frozen=True, slots=True)
class _Row:
    """The glyphs of a row from the left, their right edges and the size in which most are set."""

    glyphs: Sequence[Glyph]
    rights: list[float]
    size: float


def _sides(row: _Row, x: float) -> tuple[Sequence[Glyph], Sequence[Glyph]] | None:
    """The two parts of a row that a gutter at x leaves clear, as prose and not as cells; None where it does not."""
    at = bisect_right(row.rights, x)
    left, right = row.glyphs[:at], row.glyphs[at:]
    if (right and right[0].left < x) or (left and right and right[0].left - left[-1].right < 0.9 * row.size):
        return None
    return (left, right) if _has_no_wide_gap(left) and _has_no_wide_gap(right) else None


def crosses(row: Sequence[Glyph], gutter: float) -> bool:
    """Whether words run across the gutter: no gap of a column's width lies at it."""
    left = max((g.right for g in row if g.right <= gutter), default=-1e9)
    right = min((g.left for g in row if g.right > gutter), default=1e9)
    return right - left < 0.9 * size_of(row)


def _has_no_wide_gap(row: Sequence[Glyph]) -> bool:
    """Whether a row is prose and no row of cells; the gap behind a number or a bullet that hangs does not count."""
    wide = [at for at, (a, b) in enumerate(pairwise(row), 1) if b.left - a.right >= CELL * max(a.size, b.size)]
    return not wide or (
        len(wide) == 1 and _HANGING.fullmatch("".join(glyph.text for glyph in row[: wide[0]])) is not None
    )


def size_of(row: Sequence[Glyph]) -> float:
    """The size in which most of a row is set."""
    return Counter(round(glyph.size, 1) for glyph in row).most_common(1)[0][0]
