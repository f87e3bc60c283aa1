"""The submission's own footnotes: found at the end of the text or of each part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.document import SourceNote, Span
from corpus.matter import is_short
from corpus.reading import Line, Style
from corpus.sentences import MARKER, blank_markers, marked

_URL = re.compile(r"https?://[^\s<>“”\"]+")
_TRAILING = ".,;:)]’'"
_ENDS_IN_URL = re.compile(r"https?://\S+[^\s.]$")
_SOURCE = re.compile(r"https?://|\b(?:19|20)\d\d\b|\bibid\b|\bpp?\. ?\d", re.I)
NOTES_HEADING = re.compile(
    r"[\W\d]*(?:(?:foot|end)[ -]?)?(?:notes|references|sources|citations|bibliography)"
    r"(?: and (?:notes|references|sources))?\W*|[-_*–—]{3,}",
    re.I,
)
_POINTS = re.compile(
    r"\b(?:recommend|propos|ask|aim|objective|conclusion|question|principle|action|priorit|demand)", re.I
)


_STYLES = (r"\[{}\]", r"\({}\)", r"{}[.):]", r"{}(?=\s)")  # of these the first needs no heading above it
_LABEL = re.compile(r"[\[(]?\d{1,3}[\]).:]*\s*")
_SELF = re.compile(r"\b(?:we|I)\b", re.I)


def is_note_start(line: str, number: int, style: str = _STYLES[0]) -> bool:
    """Whether a line begins the note of that number."""
    return re.match(style.format(number), line) is not None


def find_notes(
    text: str, known: Sequence[Line], links: Sequence[tuple[int, str]] = ()
) -> tuple[frozenset[int], list[SourceNote]]:
    """The indices of the lines that are notes or the heading above them, and the notes.

    Where the format knows its notes they are those. Else they are lines that start [1], [2], ...: at the end of the
    text, or at the end of each part of it, when the text between two of them carries the mark of the next.
    """
    lines = [line.span for line in known]
    starts = [index for index, line in enumerate(known) if line.style is Style.NOTE]
    if starts:
        return _titled(text, lines, starts), [_linked(text, lines[index], links) for index in starts]
    rows = _rows(text, lines)
    notes = [
        _note(text, number, Span(lines[row[0]].start, lines[row[-1]].end)) for number, row in enumerate(rows, start=1)
    ]
    return _titled(text, lines, [index for row in rows for index in row]), notes


def _titled(text: str, lines: Sequence[Span], of_notes: Sequence[int]) -> frozenset[int]:
    """The lines of the notes with the heading above them, where there is one."""
    above = min(of_notes, default=0) - 1
    headed = above >= 0 and NOTES_HEADING.fullmatch(lines[above].slice(text))
    return frozenset([above, *of_notes] if headed else of_notes)


def _rows(text: str, lines: Sequence[Span]) -> list[list[int]]:
    """For each note the indices of its lines; of several lists that start anew the one that most looks like notes."""
    found = [
        (_likeness(text, lines, first, style), first, style)
        for first, line in enumerate(lines)
        for style in _STYLES
        if is_note_start(line.slice(text), 1, style)
    ]
    likeness, first, style = max(found, default=(0, 0, ""))
    return _gathered(text, lines, first, style) if likeness else []


def _likeness(text: str, lines: Sequence[Span], first: int, style: str) -> int:
    """How much the list that starts at a line looks like notes; 0 where it is a list of the submission's own points."""
    above = blank_markers(lines[first - 1].slice(text)).strip() if first else ""
    bracketed = style == _STYLES[0]
    if NOTES_HEADING.fullmatch(above) and (bracketed or not _SELF.search(lines[first].slice(text))):
        return 3
    leads = above.endswith(":") or (is_short(above) and _POINTS.search(above))
    if not bracketed or leads or not any(_marks(text, line) for line in lines[:first]):
        return 0
    return 2 if _SOURCE.search(lines[first].slice(text)) else 1


def _gathered(text: str, lines: Sequence[Span], first: int, style: str) -> list[list[int]]:
    """The lines of each note from the first on; lines after a note are its own, or text again."""
    spaced = any(_is_parted(text, above, below) for above, below in pairwise(lines[: first + 1]))
    rows, between = [[first]], list[int]()
    for index in range(first + 1, len(lines)):
        line = lines[index].slice(text)
        if is_note_start(line, len(rows) + 1, style) and not any(_starts(text, lines[other]) for other in between):
            marked = any(number > len(rows) for other in between for number in _marks(text, lines[other]))
            rows[-1] += [] if marked else between
            rows.append([index])
            between = []
        elif not between and _goes_on(text, lines[index - 1], lines[index], spaced=spaced):
            rows[-1].append(index)
        else:
            between.append(index)
    return rows


def _goes_on(text: str, above: Span, line: Span, *, spaced: bool) -> bool:
    """Whether a line is of the note above it: an address ends it, or no blank line parts them where others do."""
    return _ENDS_IN_URL.search(line.slice(text)) is not None or (spaced and not _is_parted(text, above, line))


def _is_parted(text: str, above: Span, below: Span) -> bool:
    """Whether a blank line stands between two lines."""
    return text.count("\n", above.end, below.start) > 1


def _starts(text: str, line: Span) -> bool:
    return MARKER.match(text, line.start, line.end) is not None


def _marks(text: str, line: Span) -> list[int]:
    """The numbers of the note marks in a line, without the one that it may start with."""
    return [n for m in MARKER.finditer(text, line.start, line.end) if m.start() > line.start for n in marked(m)]


def _linked(text: str, span: Span, links: Sequence[tuple[int, str]]) -> SourceNote:
    """A note that the format knows, with the addresses in its words and those behind them."""
    note = _note(text, _printed(text, span), span)
    behind = [url for offset, url in links if offset == span.start]
    return replace(note, urls=tuple(dict.fromkeys([*note.urls, *behind])))


def _printed(text: str, span: Span) -> int:
    return int(text[span.start + 1 : text.index("]", span.start)])


def _note(text: str, number: int, span: Span) -> SourceNote:
    label = _LABEL.match(text, span.start, span.end)
    body = Span(label.end() if label else span.start, span.end).shrink(text)
    return SourceNote(number, body, tuple(find_urls(body.slice(text))))


def find_urls(text: str) -> list[str]:
    """The links in a note, without the punctuation that follows them."""
    return [match.group().rstrip(_TRAILING) for match in _URL.finditer(text)]
