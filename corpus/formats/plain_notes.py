"""Footnotes of plain text that are marked as ^1, ¹ or (1), or listed as `1. text`: written as `[1]`, as all others."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARKS = re.compile(
    r"\[\^(\d{1,3})\](?!:)|(?<=[^\s\d^])\^(?:\{(\d{1,3})\}|(\d{1,3})\^?)(?!\d)|(?<=[^\s\dm])([⁰¹²³⁴-⁹]+)"
)
_HEADING = re.compile(
    r"^[ \t]*(?:foot|end)?(?:notes|references|sources)[ \t]*:?[ \t]*$|^[ \t]*[-_*]{3,}[ \t]*$", re.I | re.M
)
_START = re.compile(r"^[ \t]*(?:\[\^?(\d{1,3})\]:?|\^(\d{1,3})|([⁰¹²³⁴-⁹]+)|\(?(\d{1,3})[.):])[ \t]+(?=\S)", re.M)
_PLAIN_MARK = re.compile(r"\[(\d{1,3})\]")


def with_marks(text: str) -> str:
    """The text with its note marks and the numbers of its notes written as `[n]`; other texts as they are."""
    starts = _list_of_notes(text)
    if not starts:
        return text
    body = text[: starts[0].start()]
    marks = {int(_digits(mark)) for mark in _MARKS.finditer(body)} | {
        int(mark[1]) for mark in _PLAIN_MARK.finditer(body)
    }
    numbers = {int(_digits(start)) for start in starts}
    if not marks & numbers:
        return text
    pieces, at = [], 0
    for listed, start in enumerate(starts):
        pieces += [_marked(text[at : start.start()], listed), _bracketed(start)]
        at = start.end()
    return "".join([*pieces, text[at:]])


def _marked(part: str, listed: int) -> str:
    """A part of the text with its marks as `[n]`; in the line of a note, and of notes listed above, they are powers."""
    note = part.partition("\n")[0] if listed else ""
    marked = _MARKS.sub(
        lambda mark: f"[{digits}]" if int(digits := _digits(mark)) > listed else mark[0], part[len(note) :]
    )
    return note + marked


def _bracketed(start: re.Match[str]) -> str:
    return start[0] if start[1] and "^" not in start[0] else f"[{_digits(start)}] "


def _digits(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group).translate(_SUPERSCRIPTS)


def _list_of_notes(text: str) -> list[re.Match[str]]:
    """The starts of the notes: 1, 2, 3 ... in one style, below a heading or marked as notes, the last such list."""
    starts = list(_START.finditer(text))
    for index in range(len(starts) - 1, -1, -1):
        first = starts[index]
        if int(_digits(first)) == 1 and (not first[4] or _is_below_heading(text, first.start())):
            return _counted(starts[index:])
    return []


def _counted(starts: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The first start and those that count on from it in its style."""
    found = [starts[0]]
    for start in starts[1:]:
        if int(_digits(start)) == len(found) + 1 and start.lastindex == found[0].lastindex:
            found.append(start)
    return found


def _is_below_heading(text: str, at: int) -> bool:
    return any(not text[heading.end() : at].strip() for heading in _HEADING.finditer(text, 0, at))
