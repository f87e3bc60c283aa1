"""Sentences as spans of the text, by sentencex, mended where British official prose defeats it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from corpus.document import Span

MARKER = re.compile(r"\[(?!\d{1,3},\d{3}\])(\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)\]")
"""A note mark: [1], and of several notes [1, 2] or [2-4]."""
# sentencex breaks after these; in submissions they stand before a name or a number ...
_BEFORE_NAMES = re.compile(r"\b(?:Cllrs?|Hon|Rt|Revd?|Assoc|S\.I|cf|approx|incl)\.\s*$", re.I)
_BEFORE_NUMBERS = re.compile(
    r"(?<![\w.’'])(?:Cm|Cmnd|HL|HC|paras?|pp?|nos?|vols?|chs?|ss?|sch|scheds?|figs?|eqs?|cls?|div|max)\.\s*$", re.I
)
_NUMBER = re.compile(r"[\[(]?\d|(?:[IVXL]+|[A-Z])(?:[.,;:)]|\s+(?:of|to|and|or)\b)")
# ... and before a small letter, where a full stop ends no sentence: not that of a point in a list, nor of techUK ...
_GOING_ON = re.compile(r"[a-z](?![a-z]{0,3}[.)])(?!\w*[A-Z])")
# ... and it does not break between a closing quotation mark and the next sentence.
_HIDDEN_END = re.compile(r"[.!?…][”’\"']?\s+(?=[“‘\"£]?[A-Z0-9])")


_REACH = 60  # characters beside a full stop that are looked at


def marks_in(text: str, span: Span) -> tuple[int, ...]:
    """The numbers of the note marks in a stretch of the text, in order."""
    return tuple(number for mark in MARKER.finditer(text, span.start, span.end) for number in marked(mark))


def marked(mark: re.Match[str]) -> Iterator[int]:
    """The numbers of the notes that one mark stands for."""
    for part in re.split(r"[,;]", mark[1]):
        first, *last = re.split(r"[–-]", part)
        yield from range(int(first), int(last[-1] if last else first) + 1)


def blank_markers(text: str) -> str:
    """The text with its note markers blanked out, character for character as long."""
    return MARKER.sub(lambda marker: " " * len(marker.group()), text)


def split_sentences(text: str, within: Span) -> list[Span]:
    """Whole sentences of one passage, in order; a marker after the full stop lies between two of them."""
    plain = blank_markers(within.slice(text)).replace("\n", " ")
    ends = sorted({boundary["end_index"] for boundary in get_sentence_boundaries("en", plain)} | _hidden_ends(plain))
    spans, start = [], 0
    for end in ends:
        if _goes_on(plain, end) and not _is_marked(text, within, plain, end):
            continue
        sentence = Span(start, end).shrink(plain)
        if sentence.start < sentence.end:
            spans.append(Span(within.start + sentence.start, within.start + sentence.end))
        start = end
    return spans


def _goes_on(plain: str, end: int) -> bool:
    """Whether a sentence goes on although a full stop stands there."""
    before, after = plain[max(0, end - _REACH) : end].rstrip(), plain[end : end + _REACH].lstrip()
    if not after or not before.endswith("."):
        return False
    numbered = _BEFORE_NUMBERS.search(before) is not None and _NUMBER.match(after) is not None
    return numbered or _BEFORE_NAMES.search(before) is not None or _GOING_ON.match(after) is not None


def _is_marked(text: str, within: Span, plain: str, end: int) -> bool:
    """Whether a note mark stands behind the full stop, which then ends a sentence."""
    start = max(0, end - _REACH)
    return MARKER.match(text, within.start + start + len(plain[start:end].rstrip())) is not None


def _hidden_ends(plain: str) -> set[int]:
    quote_ends = (match for match in _HIDDEN_END.finditer(plain) if match.group().rstrip()[-1] in "”’\"'")
    return {match.end() for match in quote_ends}
