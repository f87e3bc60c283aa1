"""Footnotes of plain text, marked ^1, ¹, (1), [i] or by digits behind a full stop: written as `[1]`, as all others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Span
from corpus.formats.html_lists import roman
from corpus.notes import NOTES_HEADING
from corpus.sentences import marks_in

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARKS = re.compile(
    r"\[\^(\d{1,3})\](?!:)|(?<=[^\s\d^])\^(?:\{(\d{1,3})\}|(\d{1,3})\^?)(?!\d)|(?<=[^\s\dm])([⁰¹²³⁴-⁹]+)"
)
_START = re.compile(
    r"^[ \t]*(?:\[\^?(\d{1,3})\]:?|\^(\d{1,3})|([⁰¹²³⁴-⁹]+)|\((\d{1,3})\)|(\d{1,3})[.):]|(\d{1,3}))[ \t]+(?=\S)", re.M
)
_ROMAN = re.compile(r"\[([ivxl]{1,7})\]")
_ROMAN_START = re.compile(r"^\[([ivxl]{1,7})\][ \t]+(?=\S)", re.M)
_IN_BRACKETS, _DIGITS = 4, (5, 6)  # groups of _START: lists that need a heading of notes above them
_FEWEST = 2  # notes that are known by their marks alone
_MISSING = 2  # how far a mark may count on: one may be lost
# In brackets behind a word or before a full stop; no "section 4(1)" and no "(1) carers, (2) homes".
_BRACKETS = re.compile(r"(?:(?<=[^\W\d_])|(?<=[.,;:!?”’\"')])|(?<=\w )(?=\(\d+\)(?:[.,;:]|$)))\((\d{1,3})\)", re.M)
# Digits pasted behind the full stop of a whole word; no "para.2" and no "2.5".
_PASTED = re.compile(
    r"(?:(?<=[^\W\d_]{4}[.,;:!?])|(?<=[.,!?][”’\"'])|(?<=[^\W\d_][”’\"'][.,;:]))(?<!\bpara\.)(?<!\bparas\.)(?<!\bpage\.)(?<!\bpart\.)(?<!\bsect\.)"
    r"(?<!\bchap\.)(?<!\bfigs\.)(?<!prox\.)(\d{1,3})(?=\s|$)",
    re.M,
)


def with_marks(text: str) -> str:
    """The text with its note marks and the numbers of its notes written as `[n]`; other texts as they are."""
    text = _with_digits(text)
    starts = _list_of_notes(text)
    if not starts:
        return text
    pieces, at = [], 0
    for listed, start in enumerate(starts):
        pieces += [_marked(text[at : start.start()], listed), _bracketed(start)]
        at = start.end()
    pieces[0] = _pasted(pieces[0], starts)
    numbers = range(1, len(starts) + 1)
    marks = marks_in(pieces[0], Span(0, len(pieces[0])))
    return "".join([*pieces, text[at:]]) if any(mark in numbers for mark in marks) else text


def _with_digits(text: str) -> str:
    """The text with notes and marks in Roman numbers, [i] and [ii], as [1] and [2], where all of them are marked."""
    starts = list(_ROMAN_START.finditer(text))
    digits = {roman(number): str(number) for number in range(1, len(starts) + 1)}
    body = text[: starts[0].start()] if starts else ""
    if [start[1] for start in starts] != list(digits) or not all(f"[{mark}]" in body for mark in digits):
        return text
    return _ROMAN.sub(lambda mark: f"[{digits.get(mark[1], mark[1])}]", text)


def _marked(part: str, listed: int) -> str:
    """A part of the text with its marks as `[n]`; in the line of a note, and of notes listed above, they are powers."""
    note = part.partition("\n")[0] if listed else ""
    marked = _MARKS.sub(
        lambda mark: f"[{digits}]" if int(digits := _digits(mark)) > listed else mark[0], part[len(note) :]
    )
    return note + marked


def _pasted(body: str, starts: Sequence[re.Match[str]]) -> str:
    """The body with marks of notes listed as (n) or n that are written so too; each new one counts on."""
    style = starts[0].lastindex
    pattern = _BRACKETS if style == _IN_BRACKETS else _PASTED if style in _DIGITS else None
    pieces, at, last = [], 0, 0
    for mark in pattern.finditer(body) if pattern else ():
        number = int(mark[1])
        if last < number <= min(last + _MISSING, len(starts)) or (style == _IN_BRACKETS and 0 < number <= last):
            pieces += [body[at : mark.start()], f"[{number}]"]
            at, last = mark.end(), max(last, number)
    return "".join([*pieces, body[at:]])


def _bracketed(start: re.Match[str]) -> str:
    return start[0] if start[1] and "^" not in start[0] else f"[{_digits(start)}] "


def _digits(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group).translate(_SUPERSCRIPTS)


def _list_of_notes(text: str) -> list[re.Match[str]]:
    """The starts of the notes: 1, 2, 3 ... in one style, below a heading or marked as notes, the last such list."""
    starts = list(_START.finditer(text))
    for index in range(len(starts) - 1, -1, -1):
        first = starts[index]
        style = first.lastindex or 0
        if int(_digits(first)) != 1:
            continue
        if style < _IN_BRACKETS or _is_headed(text, first.start()) or _is_marked_throughout(text, starts[index:]):
            return _counted(starts[index:])
    return []


def _is_marked_throughout(text: str, starts: Sequence[re.Match[str]]) -> bool:
    """Whether the digits of each of several notes without a heading are pasted behind words above them, in order."""
    notes = _counted(starts)
    if len(notes) < _FEWEST or notes[0].lastindex not in _DIGITS or "\n" not in text[: notes[0].start()].rstrip():
        return False
    marks = [int(mark[1]) for mark in _PASTED.finditer(text, 0, notes[0].start())]
    return all(number in marks for number in range(1, len(notes) + 1)) and marks == sorted(marks)


def _counted(starts: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The first start and those that count on from it in its style."""
    found = [starts[0]]
    for start in starts[1:]:
        if int(_digits(start)) == len(found) + 1 and start.lastindex == found[0].lastindex:
            found.append(start)
    return found


def _is_headed(text: str, at: int) -> bool:
    """Whether the line above an offset is a heading of notes."""
    return NOTES_HEADING.fullmatch(text[:at].rstrip().rpartition("\n")[2].strip()) is not None
