"""The ruled tables of a PDF page: the lines that are drawn, the grid that they make, the words in its cells."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.formats.pdf_glyphs import Glyph

_NEAR = 3.0  # points within which two lines are one, or touch
_SHORTEST = 5.0  # points; shorter lines are drawn for other ends
_MOST = 2_000  # lines of a page; a page with more holds a drawing
_SEPARATOR = (40.0, 250.0)  # points; how long the line between a text and its footnotes is


@dataclass(frozen=True, slots=True)
class Rule:
    """A line drawn level or upright; lengths are points, y counts upwards from the foot of the page."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_level(self) -> bool:
        """Whether it runs from left to right."""
        return self.x1 - self.x0 > self.y1 - self.y0


@dataclass(slots=True)
class Grid:
    """A ruled table: the places of its columns from the left and of its rows from the top, its drawn lines."""

    columns: list[float]
    rows: list[float]
    rules: list[Rule]

    def holds(self, glyph: Glyph) -> bool:
        """Whether a character stands within the table."""
        inside = self.columns[0] - 1 < (glyph.left + glyph.right) / 2 < self.columns[-1] + 1
        return inside and self.rows[-1] - 1 < glyph.base < self.rows[0]

    def cell_of(self, glyph: Glyph) -> tuple[int, int]:
        """The row and the column of the cell in which a character stands; a joined cell counts as its first."""
        x, y = (glyph.left + glyph.right) / 2, glyph.base
        row = max((at for at, top in enumerate(self.rows[:-1]) if y < top), default=0)
        column = max((at for at, left in enumerate(self.columns[:-1]) if x > left), default=0)
        while row and not self.is_parted_above(row, x):
            row -= 1
        while column and not any(_crosses(rule, self.columns[column], y) for rule in self.rules):
            column -= 1
        return row, column

    def is_parted_above(self, row: int, x: float) -> bool:
        """Whether a line is drawn above a row at a place."""
        return any(
            rule.is_level and abs(rule.y0 - self.rows[row]) < _NEAR and rule.x0 - 1 <= x <= rule.x1 + 1
            for rule in self.rules
        )


def _crosses(rule: Rule, x: float, y: float) -> bool:
    return not rule.is_level and abs(rule.x0 - x) < _NEAR and rule.y0 - 1 <= y <= rule.y1 + 1


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn on a page: its tables from the top, the rules across it, the rule above its footnotes (or 0)."""

    grids: list[Grid]
    across: list[float]
    separator: float


def drawn_on(page: pypdfium2.PdfPage) -> Drawn:
    """The lines drawn on a page, put to use."""
    rules: list[Rule] = []
    for rule in _rules(page):
        rules.append(rule)
        if len(rules) > _MOST:
            return Drawn([], [], 0.0)
    groups = _touching(_joined(rules))
    grids = [grid for group in groups if (grid := _grid(group))]
    alone = [group[0] for group in groups if len(group) == 1 and group[0].is_level]
    shortest, longest = _SEPARATOR
    separators = [rule.y0 for rule in alone if shortest < rule.x1 - rule.x0 < longest]
    across = [rule.y0 for group in groups for rule in group if rule.is_level and rule.x1 - rule.x0 > longest]
    return Drawn(sorted(grids, key=lambda grid: -grid.rows[0]), across, min(separators, default=0.0))


def _rules(page: pypdfium2.PdfPage) -> Iterator[Rule]:
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        left, bottom, right, top = thing.get_bounds()
        if min(right - left, top - bottom) < _NEAR:
            if max(right - left, top - bottom) > _SHORTEST:
                yield Rule(left, bottom, right, top)
        else:
            yield from _segments(thing.raw)


def _segments(path: pdfium.FPDF_PAGEOBJECT) -> Iterator[Rule]:
    """The level and upright stretches of a path that is drawn as more than one line."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    last: tuple[float, float] | None = None
    first: tuple[float, float] | None = None
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _MOST)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        at = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = at
        elif kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
            yield from _drawn(last, at)
        if pdfium.FPDFPathSegment_GetClose(segment) and first is not None:
            yield from _drawn(at, first)
        last = at


def _drawn(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    if min(x1 - x0, y1 - y0) < 1 and max(x1 - x0, y1 - y0) > _SHORTEST:
        yield Rule(x0, y0, x1, y1)


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """The lines with those that go on with each other as one: tables are often drawn cell by cell."""
    found: list[Rule] = []
    for level in (True, False):
        along = [rule for rule in rules if rule.is_level is level]
        for rule in sorted(along, key=lambda r: (round(r.y0 if level else r.x0), r.x0 if level else r.y0)):
            last = found[-1] if found else None
            if last is None or last.is_level is not level or not _goes_on(last, rule, level=level):
                found.append(rule)
            elif level:
                found[-1] = Rule(last.x0, last.y0, max(last.x1, rule.x1), last.y1)
            else:
                found[-1] = Rule(last.x0, last.y0, last.x1, max(last.y1, rule.y1))
    return found


def _goes_on(one: Rule, other: Rule, *, level: bool) -> bool:
    if level:
        return abs(one.y0 - other.y0) < _NEAR and other.x0 <= one.x1 + _NEAR
    return abs(one.x0 - other.x0) < _NEAR and other.y0 <= one.y1 + _NEAR


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """The lines in groups of which each touches another."""
    groups: list[list[Rule]] = []
    for rule in rules:
        met = [group for group in groups if any(_touch(rule, other) for other in group)]
        groups = [group for group in groups if group not in met]
        groups.append([rule, *(other for group in met for other in group)])
    return groups


def _touch(one: Rule, other: Rule) -> bool:
    return (
        one.x0 <= other.x1 + _NEAR
        and other.x0 <= one.x1 + _NEAR
        and one.y0 <= other.y1 + _NEAR
        and other.y0 <= one.y1 + _NEAR
    )


def _grid(rules: list[Rule]) -> Grid | None:
    level = [rule for rule in rules if rule.is_level]
    upright = [rule for rule in rules if not rule.is_level]
    if not upright or not level:
        return None
    columns = _places([rule.x0 for rule in upright] + [min(r.x0 for r in level), max(r.x1 for r in level)])
    rows = _places([rule.y0 for rule in level])[::-1]
    return Grid(columns, rows, rules) if len(columns) > 2 and len(rows) > 1 else None


def _places(values: Sequence[float]) -> list[float]:
    """The values in order, those near each other once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found
