"""Tables as lines: one for each row, its cells parted by tabs, under the row that heads them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.reading import Draft, Style

_FIGURE = re.compile(r"[£$€(+–-]*\d[\d.,]*\s?(?:%|m|bn|k|years?)?\)?", re.I)


def table(rows: Sequence[Sequence[str]], *, headed: bool) -> list[Draft]:
    """The rows of a table as drafts; without a marked header the first row is one where figures stand only below."""
    cells = [[" ".join(cell.split()) for cell in row] for row in rows]
    cells = [row for row in cells if any(row)]
    if not headed and len(cells) > 1:
        headed = not _figures(cells[0]) and any(_figures(row) for row in cells[1:])
    drafts = [Draft("\t".join(row).strip("\t"), Style.ROW) for row in cells]
    if headed and drafts:
        drafts[0].style = Style.HEADER
    return drafts


def _figures(row: Sequence[str]) -> bool:
    return any(_FIGURE.fullmatch(cell) for cell in row)
