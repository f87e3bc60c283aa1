"""Tables as lines: one for each row, its cells parted by tabs, under the row that heads them; forms as questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from corpus.reading import Draft, Style

_FIGURE = re.compile(r"[£$€(+–-]*\d[\d.,]*\s?(?:%|m|bn|k|years?)?\)?", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ASKED = re.compile(r"(?:the )?(?:(?:committee|inquiry)['’]?s? )?(?:consultation )?questions?(?: asked| \d+)?\W*", re.I)
_REPLIED = re.compile(
    r"(?:(?:your|our|the) )?(?:responses?|answers?|comments?|repl(?:y|ies)|evidence|views?)\b.*", re.I
)
_NUMBER = re.compile(r"(?:q(?:uestion)?\s*)?\d{0,3}(?:\.\d{1,2})?[a-z]?[.)]?|no\.?|number|ref(?:erence)?\.?", re.I)


def table(rows: Sequence[Sequence[str]], *, headed: int) -> list[Draft]:
    """The rows of a table as drafts, the first `headed` of them as one header.

    Without a marked header the first row is one where figures stand only below. A form, whose cells ask on the left
    and answer on the right, becomes questions and answers.
    """
    cells = [[" ".join(cell.split()) for cell in row] for row in rows]
    headed = sum(any(row) for row in cells[:headed])
    cells = [row for row in cells if any(row)]
    if form := _form(cells):
        return form
    if not headed and len(cells) > 1:
        headed = int(not _figures(cells[0]) and any(_figures(row) for row in cells[1:])) or int(_head_by_years(cells))
    header = [_line(_joined(cells[:headed]), Style.HEADER)] if headed else []
    return header + [_line(row, Style.ROW) for row in cells[headed:]]


def _line(row: Sequence[str], style: Style) -> Draft:
    """A row as a line; a cell that is empty on the left keeps its tab, so that the others stay in their columns."""
    return Draft("\t".join(row).rstrip("\t"), style)


def _joined(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows of a header as one, column by column."""
    return [" ".join(dict.fromkeys(filter(None, column))) for column in zip_longest(*rows, fillvalue="")]


def _figures(row: Sequence[str]) -> bool:
    return any(_FIGURE.fullmatch(cell) for cell in row)


def _head_by_years(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the only figures of the first row are years and other figures stand below them."""
    first, *below = ([cell for cell in row if _FIGURE.fullmatch(cell)] for row in rows)
    dated = bool(first) and all(_YEAR.fullmatch(cell) for cell in first)
    return dated and all(any(not _YEAR.fullmatch(cell) for cell in row) for row in below)


def _form(rows: Sequence[Sequence[str]]) -> list[Draft]:
    """The questions and answers of a form; none where a table is no form."""
    if not rows:
        return []
    asked, headed = _columns(rows[0])
    if not headed:
        asked = next((at for at, cell in enumerate(rows[0]) if not _NUMBER.fullmatch(cell)), 0)
        asking = sum(row[asked].endswith("?") for row in rows if len(row) > asked)
        if any(len(row) - asked != 2 for row in rows) or 2 * asking < len(rows) or not asking:
            return []
    drafts = [_line(rows[0], Style.HEADER)] if headed else []
    return drafts + [draft for row in rows[headed:] for draft in _asked(row, asked)]


def _columns(header: Sequence[str]) -> tuple[int, bool]:
    """The column of the questions, and whether the row is the header of a form at all."""
    asked = next((at for at, cell in enumerate(header[:2]) if _ASKED.fullmatch(cell)), -1)
    return asked, asked >= 0 and asked + 2 == len(header) and _REPLIED.fullmatch(header[-1]) is not None


def _asked(row: Sequence[str], asked: int) -> Iterator[Draft]:
    question, answer = " ".join(filter(None, row[: asked + 1])), row[asked + 1 :]
    if question:
        yield Draft(question, Style.QUESTION)
    yield from (Draft(cell, Style.PARAGRAPH) for cell in answer if cell)
