"""Plain text: the reader that knows nothing but where paragraphs end, also where their lines are wrapped by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.document import Span
from corpus.formats.decode import decode
from corpus.formats.plain_notes import with_marks
from corpus.formats.tables import table
from corpus.reading import Line, Reading, Style, whole_lines

_LABEL = re.compile(
    r"(?:Q(?:uestion)?\s*\d+|\(?\d{1,3}(?:\.\d{1,3})*[.):]|\d{1,3}(?:\.\d{1,3})+|\(?[a-z]\)|\(?[ivx]{1,4}[.)]|[•·●○▪*–-]"
    r"|\[\d{1,3}\])\s",
    re.I,
)
_BULLET = re.compile(r"[•·●○▪*]\s|[–-]\s+(?=\S)")
_WRAP = range(45, 101)  # columns: texts are wrapped by hand at 60 to 80, a longer line is a paragraph of its own
_NEARLY_ALL = 0.95  # of the lines end at the column: an address is never wrapped
_SLACK = 6  # columns by which a line may be shorter than the word below needed


def read_plain(raw: bytes) -> Reading:
    """The reading of a text file; nothing is changed but line ends, and note marks to `[n]`."""
    text, remark = decode(raw)
    return read_text(text, remark)


def read_text(text: str, remark: str = "") -> Reading:
    """The reading of a decoded text."""
    text = with_marks(text)
    lines = whole_lines(text)
    width = wrap_width([line.span.slice(text) for line in lines])
    if width:
        lines = tuple(_paragraphs(text, lines, width))
    lines = tuple(_with_items(text, _with_tables(text, lines)))
    return Reading(text, lines, remarks=(remark,) if remark else ())


def wrap_width(lines: Sequence[str]) -> int:
    """The column at which a text is wrapped by hand; 0 where its lines are whole paragraphs."""
    lengths = sorted(len(line) for line in lines)
    width = lengths[int(_NEARLY_ALL * (len(lengths) - 1))] if lengths else 0
    if len(lengths) < 4 or width not in _WRAP:
        return 0
    full = sum(length > 0.75 * width for length in lengths)
    return width if full >= 0.3 * len(lengths) else 0


def _paragraphs(text: str, lines: Sequence[Line], width: int) -> Iterator[Line]:
    start = 0
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else None
        if below is None or _ends(text, line.span, below.span, width):
            yield Line(Span(lines[start].span.start, line.span.end))
            start = index + 1


def _ends(text: str, line: Span, below: Span, width: int) -> bool:
    """Whether a paragraph ends with a line: a blank line, a label or a table row follows, or the next word had room."""
    between = text[line.end : below.start]
    set_off = (text[below.start] == ">") != (text[line.start] == ">")
    row = "\t" in text[line.start : line.end] and "\t" in text[below.start : below.end]
    if set_off or row or between.count("\n") > 1 or _LABEL.match(text, below.start, below.end):
        return True
    word = len(text[below.start : below.end].split(maxsplit=1)[0])
    indent = line.start - text.rfind("\n", 0, line.start) - 1
    return indent + (line.end - line.start) + 1 + word + _SLACK <= width


def _with_tables(text: str, lines: Sequence[Line]) -> list[Line]:
    """Lines below each other with as many cells, parted by tabs, are the rows of a table."""
    found: list[Line] = []
    for cells, run in groupby(lines, key=lambda line: line.span.slice(text).count("\t")):
        rows = list(run)
        if not cells or len(rows) < 2 or "\n\n" in text[rows[0].span.start : rows[-1].span.end]:
            found += rows
            continue
        styles = [draft.style for draft in table([row.span.slice(text).split("\t") for row in rows], headed=0)]
        if Style.QUESTION in styles:
            headed = styles[0] is Style.HEADER
            found += [Line(row.span, Style.HEADER) for row in rows[:headed]]
            found += [part for row in rows[headed:] for part in _asked(text, row.span)]
            continue
        header = rows[0].span if styles[0] is Style.HEADER else None
        found += [
            Line(row.span, style, header=header if style is Style.ROW else None)
            for row, style in zip(rows, styles, strict=True)
        ]
    return found


def _asked(text: str, row: Span) -> Iterator[Line]:
    """A row of a form as its question and its answer."""
    tab = text.rindex("\t", row.start, row.end)
    for part, style in ((Span(row.start, tab), Style.QUESTION), (Span(tab + 1, row.end), Style.PARAGRAPH)):
        words = part.shrink(text)
        if words.start < words.end:
            yield Line(words, style)


def _with_items(text: str, lines: Sequence[Line]) -> Iterator[Line]:
    """Lines that start with a bullet are items, unless a dash only sets off who spoke; > sets off a quotation."""
    starting = Counter(text[line.span.start : line.span.start + 1] for line in lines)
    for line in lines:
        bullet = _BULLET.match(text, line.span.start, line.span.end)
        mark = bullet.group()[0] if bullet else ""
        beside = starting[mark] if mark in ("–", "-") else 2
        if text.startswith(">", line.span.start):
            yield Line(line.span, Style.QUOTATION)
        else:
            yield Line(line.span, Style.ITEM) if bullet and beside > 1 else line
