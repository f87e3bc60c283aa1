"""Sentences as spans of the text, by sentencex, mended where British official prose defeats it."""

from __future__ import annotations

import re

from sentencex import get_sentence_boundaries

from corpus.document import Span

MARKER = re.compile(r"\[(\d{1,3})\]")
# sentencex breaks after these; in submissions they stand before a name or a number.
_NOT_AN_END = re.compile(
    r"(?:\b(?:Cllr|Cllrs|Hon|Rt|Revd?|Cm|Cmnd|HL|HC|paras?|pp?|nos?|vol|ch|cf|approx|incl)\.)\s*$", re.I
)
# ... and it does not break between a closing quotation mark and the next sentence.
_HIDDEN_END = re.compile(r"[.!?…][”’\"']?\s+(?=[“‘\"£]?[A-Z0-9])")


def blank_markers(text: str) -> str:
    """The text with its note markers blanked out, character for character as long."""
    return MARKER.sub(lambda marker: " " * len(marker.group()), text)


def split_sentences(text: str, within: Span) -> list[Span]:
    """Whole sentences of one passage, in order; a marker after the full stop lies between two of them."""
    plain = blank_markers(within.slice(text)).replace("\n", " ")
    ends = sorted({boundary["end_index"] for boundary in get_sentence_boundaries("en", plain)} | _hidden_ends(plain))
    spans, start = [], 0
    for end in ends:
        if end < len(plain) and _NOT_AN_END.search(plain[:end]):
            continue
        sentence = Span(start, end).shrink(plain)
        if sentence.start < sentence.end:
            spans.append(Span(within.start + sentence.start, within.start + sentence.end))
        start = end
    return spans


def _hidden_ends(plain: str) -> set[int]:
    quote_ends = (match for match in _HIDDEN_END.finditer(plain) if match.group().rstrip()[-1] in "”’\"'")
    return {match.end() for match in quote_ends}
