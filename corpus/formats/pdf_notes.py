"""Footnotes at the foot of PDF pages: small lines below the text that a number begins, across page ends too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from corpus.formats.marks import raised
from corpus.formats.pdf_lines import PrintedLine

_SMALLER = 0.95  # of the size of the text
_RAISED = re.compile("\ue000(\\d{1,3})\ue001\\s*")
_RAISED_ALONE = re.compile("\ue000(\\d{1,3})\ue001")
_PLAIN = re.compile(r"\[?(\d{1,3})[\].)]?\s+(?=\S)")


@dataclass(slots=True)
class PageNote:
    """A footnote as printed: its number, the page where it begins, its lines."""

    number: int
    page: int
    lines: list[str] = field(default_factory=list)


def body_size(pages: Sequence[Sequence[PrintedLine]]) -> float:
    """The size in which most of the text is set."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def part_notes(pages: Sequence[Sequence[PrintedLine]]) -> tuple[list[list[PrintedLine]], list[PageNote]]:
    """The lines of the text, page by page, and the footnotes below them, numbered through the document."""
    size = body_size(pages)
    notes: list[PageNote] = []
    bodies = []
    for page in pages:
        body: list[PrintedLine] = []
        marks = {int(number) for line in page for number in _RAISED.findall(line.text)}
        for column in _columns(page):
            body += _part(column, size, notes, marks)
        bodies.append(body)
    if len({note.number for note in notes}) < len(notes):
        _renumber(bodies, notes)
    return bodies, notes


def _columns(page: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    found: list[list[PrintedLine]] = []
    for line in page:
        if not found or found[-1][-1].column != line.column:
            found.append([])
        found[-1].append(line)
    return found


def _part(column: list[PrintedLine], size: float, notes: list[PageNote], marks: set[int]) -> list[PrintedLine]:
    """Moves the footnotes at the foot of a column to `notes` and hands back the rest."""
    first = len(column)
    while first and column[first - 1].size < _SMALLER * size:
        first -= 1
    start = next((i for i in range(first, len(column)) if _label(column[i], notes, marks)), len(column))
    if start == len(column) and not (notes and first < len(column) and _goes_on(column, first, notes)):
        return column
    if start > first and notes and _goes_on(column, first, notes):
        start = first
    for line in column[start:]:
        label = _label(line, notes, marks)
        if label:
            notes.append(PageNote(int(label[1]), line.page, [line.text[label.end() :]]))
        else:
            notes[-1].lines.append(line.text)
    return column[:start]


def _label(line: PrintedLine, notes: Sequence[PageNote], marks: set[int]) -> re.Match[str] | None:
    """The number that begins a footnote: raised, or the one that follows the last and has its mark on the page."""
    if match := _RAISED.match(line.text):
        return match
    match = _PLAIN.match(line.text)
    follows = {1, notes[-1].number + 1} if notes else {1}
    return match if match and int(match[1]) in follows & marks else None


def _goes_on(column: Sequence[PrintedLine], first: int, notes: Sequence[PageNote]) -> bool:
    """Whether small lines at the foot go on with the last footnote of the page before."""
    return column[first].page == notes[-1].page + 1 and not notes[-1].lines[-1].rstrip().endswith((".", ")", "”"))


def _renumber(bodies: Sequence[list[PrintedLine]], notes: Sequence[PageNote]) -> None:
    """Numbers that start anew on each page are counted through; the marks on the page follow."""
    for body in bodies:
        page = body[0].page if body else 0
        here = {note.number: number for number, note in enumerate(notes, 1) if note.page == page}
        for line in body:
            line.text = _RAISED_ALONE.sub(partial(_moved, here), line.text)
    for number, note in enumerate(notes, 1):
        note.number = number


def _moved(here: dict[int, int], mark: re.Match[str]) -> str:
    return raised(str(here.get(int(mark[1]), mark[1])))
