"""Short answers: lines below a question that look like headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Kind
from corpus.matter import is_short
from corpus.reading import Line
from corpus.sentences import blank_markers

_FIELD = re.compile(r"[^:]{3,40}:\s+\S")  # a filled-in field of a form above the first question: 'Your name: Ann Lee'
_TITLES = 2  # headings in a row above a question, at most, where questions are grouped under headings
_REPLY = re.compile(
    r"(?:yes|no|(?:strongly |partly |partially |mostly |fully )?(?:dis)?agreed?|neither agree nor disagree|neutral"
    r"|partly|partially|sometimes|always|never|often|rarely|maybe|perhaps|unsure|not sure|not at all"
    r"|(?:i |we )?(?:do not|don['’]t) know)(?:\s*[,;:(/.–—-].*)?",
    re.I,
)
_FIGURE = re.compile(
    r"(?:[A-Za-z][a-z ]{1,30}: )?"
    r"(?:(?i:about|around|approximately|circa|roughly|over|under|nearly|almost|some|more than|less than|fewer than"
    r"|up to|in|since)\s+)?[£$€]?\d[\d,]*(?:\.\d+)?\s?(?:%|[mk]\b|bn\b)?(?P<counted>(?:\s[a-z]+){0,4})"
)


def mark_replies(text: str, known: Sequence[Line], kinds: list[Kind]) -> None:
    """Short lines between two questions answer the first, unless headings stand above questions elsewhere too.

    Yes, no and figures answer the question above them wherever they stand.
    """
    grouped = any(
        kinds[index : index + 2] == [Kind.HEADING, Kind.QUESTION]
        and kinds[index - 1] is not Kind.QUESTION
        and not (Kind.QUESTION not in kinds[:index] and _FIELD.match(_line(text, known, index)))
        for index in range(1, len(kinds))
    )
    for first in [i for i in range(1, len(kinds)) if kinds[i - 1 : i + 1] == [Kind.QUESTION, Kind.HEADING]]:
        after = next((i for i in range(first, len(kinds)) if kinds[i] is not Kind.HEADING), len(kinds))
        lines = [_line(text, known, index) for index in range(first, after)]
        below = kinds[after] if after < len(kinds) else None
        asked_next = below is Kind.QUESTION and all(map(is_short, lines)) and (len(lines) > _TITLES or not grouped)
        if asked_next:
            kinds[first:after] = [Kind.PASSAGE] * len(lines)
        elif is_short(lines[0]) and _is_reply(lines[0], alone=len(lines) > 1 or below is not Kind.PASSAGE):
            kinds[first] = Kind.PASSAGE


def _is_reply(line: str, *, alone: bool) -> bool:
    """Whether a line is yes, no, a degree of agreement or a figure; with what it counts only where it stands alone."""
    figure = _FIGURE.fullmatch(line)
    return _REPLY.fullmatch(line) is not None or (figure is not None and (alone or not figure["counted"]))


def _line(text: str, known: Sequence[Line], index: int) -> str:
    return blank_markers(known[index].span.slice(text)).strip()
