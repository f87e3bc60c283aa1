"""Footnotes at the foot of PDF pages: lines below the text that a number or a sign begins, across page ends too."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from corpus.formats.marks import raised
from corpus.formats.pdf_lines import PrintedLine

_SMALLER = 0.95  # of the size of the text
_RAISED = re.compile("\ue000([^\ue001]{1,5})\ue001\\s*")
_RAISED_ALONE = re.compile("\ue000([^\ue001]{1,5})\ue001")
_BRACKETED = re.compile(r"\[(\d{1,3})\]")
_PLAIN = re.compile(r"\[?(\d{1,3})[\].)]?\s+(?=\S)")
_SMALL_ROMAN = re.compile(r"\[?([ivx]{1,5})[\].)]?\s+(?=\S)")
_SIGN = re.compile(r"([*†‡§¶#]{1,3})\s*(?=\w|[“‘(])")
_SIGN_MARK = re.compile(r"(?<=[\w.,;:!?)”’%])([*†‡§¶#]{1,3})(?![\w*†‡§¶#])")


@dataclass(slots=True)
class PageNote:
    """A footnote as printed: its label, the page where it begins, its lines, its number in the document."""

    label: str
    page: int
    lines: list[str] = field(default_factory=list)
    number: int = 0


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
    before: set[str] = set()
    for page in pages:
        body: list[PrintedLine] = []
        marks = {label for line in page for label in _marks(line.text)}
        before |= marks
        for column in _columns(page):
            body += _part(column, size, notes, (marks, before))
        bodies.append(body)
    _number(bodies, notes)
    return bodies, notes


def _marks(text: str) -> list[str]:
    """The labels that stand raised, or as signs, behind words of a line."""
    raised_ones = [match[1] for match in _RAISED.finditer(text) if match.start()]
    return raised_ones + _SIGN_MARK.findall(text) + [match[1] for match in _BRACKETED.finditer(text) if match.start()]


def _columns(page: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    found: list[list[PrintedLine]] = []
    for line in page:
        if not found or found[-1][-1].column != line.column:
            found.append([])
        found[-1].append(line)
    return found


def _part(
    column: list[PrintedLine], size: float, notes: list[PageNote], marks: tuple[set[str], set[str]]
) -> list[PrintedLine]:
    """Moves the footnotes at the foot of a column to `notes` and hands back the rest."""
    first = len(column)
    while first and _may_be_note(column[first - 1], size):
        first -= 1
    start = next((i for i in range(first, len(column)) if _label(column[i], notes, marks)), len(column))
    if start == len(column):
        start = _large(column, marks[1])
    if start == len(column) and not (notes and first < len(column) and _goes_on(column, first, notes)):
        return column
    if start > first and notes and _goes_on(column, first, notes):
        start = first
    for line in column[start:]:
        label = _label(line, notes, marks)
        if label:
            notes.append(PageNote(label[1], line.page, [line.text[label.end() :]]))
        else:
            notes[-1].lines.append(line.text)
    return column[:start]


def _may_be_note(line: PrintedLine, size: float) -> bool:
    return (line.size < _SMALLER * size or line.noted) and not line.ruled


def _large(column: Sequence[PrintedLine], marks: set[str]) -> int:
    """Where notes as large as the text begin: at a raised label that is the mark of words further up."""
    starts = [(i, match) for i, line in enumerate(column) if (match := _RAISED.match(line.text))]
    return next((i for i, match in starts if match[1] in marks and match.end() < len(column[i].text)), len(column))


def _label(line: PrintedLine, notes: Sequence[PageNote], marks: tuple[set[str], set[str]]) -> re.Match[str] | None:
    """What begins a footnote: a raised label, a sign with its mark on the page, or the number after the last one."""
    here, before = marks
    if match := _RAISED.match(line.text):
        return match
    if (match := _SIGN.match(line.text)) and match[1] in here:
        return match
    if line.noted and (match := _SMALL_ROMAN.match(line.text)) and match[1] in before:
        return match
    match = _PLAIN.match(line.text)
    last = notes[-1].label if notes else ""
    follows = {"1", str(int(last) + 1)} if last.isdecimal() else {"1"}
    return match if match and match[1] in follows & here else None


def _goes_on(column: Sequence[PrintedLine], first: int, notes: Sequence[PageNote]) -> bool:
    """Whether small lines at the foot go on with the last footnote of the page before."""
    return column[first].page == notes[-1].page + 1 and not notes[-1].lines[-1].rstrip().endswith((".", ")", "”"))


def _number(bodies: Sequence[list[PrintedLine]], notes: Sequence[PageNote]) -> None:
    """Printed numbers are kept where all differ; labels that come again, and signs, are counted on; marks follow."""
    labels = Counter(note.label for note in notes)
    printed = [note.label for note in notes if note.label.isdecimal()]
    unique = len(set(printed)) == len(printed)
    free = count(max(map(int, printed), default=0) + 1 if unique else 1)
    by_page: dict[int, dict[str, int]] = defaultdict(dict)
    for note in notes:
        note.number = int(note.label) if unique and note.label.isdecimal() else next(free)
        by_page[note.page][note.label] = note.number
    anywhere = {note.label: note.number for note in notes if labels[note.label] == 1}
    for line in (line for body in bodies for line in body):
        here = anywhere | by_page[line.page]
        line.text = _moved(line.text, here)
        line.cells = [(left, _moved(words, here)) for left, words in line.cells]
    for note in notes:
        note.lines = [_moved(line, anywhere) for line in note.lines]


def _moved(text: str, numbers: dict[str, int]) -> str:
    """The text with its marks as the numbers of their notes; a raised sign without a note is plain text."""
    text = _RAISED_ALONE.sub(lambda m: _mark(m[1], numbers), text)
    return _SIGN_MARK.sub(lambda m: raised(str(numbers[m[1]])) if m[1] in numbers else m[0], text)


def _mark(label: str, numbers: dict[str, int]) -> str:
    return raised(str(numbers.get(label, label))) if label in numbers or label.isdecimal() else label
