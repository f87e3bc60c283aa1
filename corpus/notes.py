"""The submission's own footnotes: found at the end of the text, attached to the sentences that carry their marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.document import SourceNote, Span
from corpus.reading import Line, Style

_URL = re.compile(r"https?://[^\s<>“”\"]+")
_TRAILING = ".,;:)]’'"


def is_note_start(line: str, number: int) -> bool:
    """Whether a line begins the note of that number."""
    return re.match(rf"\s*\[{number}\]", line) is not None


def find_notes(text: str, known: Sequence[Line], links: Sequence[tuple[int, str]] = ()) -> tuple[int, list[SourceNote]]:
    """The index of the first line of the notes (`len(known)` where there are none) and the notes.

    Where the format knows its notes they are those. Else they are a run of lines to the end of the text that
    start [1], [2], ...; a line between two of them belongs to the one above, so a note may have several entries.
    """
    lines = [line.span for line in known]
    starts = [index for index, line in enumerate(known) if line.style is Style.NOTE]
    if starts:
        return starts[0], [_linked(text, lines[index], links) for index in starts]
    for index in range(len(lines) - 1, -1, -1):
        if is_note_start(lines[index].slice(text), 1):
            starts = _numbered(text, lines, index)
            break
    if not starts:
        return len(lines), []
    bounds = [*starts, len(lines)]
    notes = [
        _note(text, number, Span(lines[first].start, lines[after - 1].end))
        for number, (first, after) in enumerate(pairwise(bounds), 1)
    ]
    return starts[0], notes


def _numbered(text: str, lines: list[Span], first: int) -> list[int]:
    starts = [first]
    for index in range(first + 1, len(lines)):
        if is_note_start(lines[index].slice(text), len(starts) + 1):
            starts.append(index)
    return starts


def _linked(text: str, span: Span, links: Sequence[tuple[int, str]]) -> SourceNote:
    """A note that the format knows, with the addresses in its words and those behind them."""
    note = _note(text, _printed(text, span), span)
    behind = [url for offset, url in links if offset == span.start]
    return replace(note, urls=tuple(dict.fromkeys([*note.urls, *behind])))


def _printed(text: str, span: Span) -> int:
    return int(text[span.start + 1 : text.index("]", span.start)])


def _note(text: str, number: int, span: Span) -> SourceNote:
    body = Span(text.index("]", span.start) + 1, span.end).shrink(text)
    return SourceNote(number, body, tuple(find_urls(body.slice(text))))


def find_urls(text: str) -> list[str]:
    """The links in a note, without the punctuation that follows them."""
    return [match.group().rstrip(_TRAILING) for match in _URL.finditer(text)]
