"""Tables of a DOCX as rows of cells, where a cell may go over several rows or columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from corpus.formats.docx_package import W, value, whole

LAYOUT = 500
"""Characters in a cell from which a table only arranges the page."""
_WIDEST = 100  # columns that one cell may go over
_AROUND = {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"}


def rows_of(table: etree._Element) -> list[etree._Element]:
    """The rows of a table that were not deleted."""
    return [row for row in _inside(table, f"{W}tr") if row.find(f"{W}trPr/{W}del") is None]


def cells_of(row: etree._Element) -> list[etree._Element]:
    """The cells of a row."""
    return list(_inside(row, f"{W}tc"))


def _inside(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children with a tag, also those in content controls."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _AROUND:
            yield from _inside(child, tag)


def grid_of(rows: Sequence[etree._Element], words: Callable[[etree._Element], str]) -> list[list[str]]:
    """The words of the cells, row by row; a cell over several rows stands in each, over several columns once."""
    grid: list[list[str]] = []
    for row in rows:
        above, texts = (grid[-1] if grid else []), list[str]()
        for cell in cells_of(row):
            goes_on = cell.find(f"{W}tcPr/{W}vMerge") is not None and value(cell, f"{W}tcPr/{W}vMerge") != "restart"
            text = above[len(texts)] if goes_on and len(texts) < len(above) else words(cell)
            wide = min(whole(value(cell, f"{W}tcPr/{W}gridSpan"), 1), _WIDEST)
            texts += [text, *[""] * (wide - 1)]
        grid.append(texts)
    return grid
