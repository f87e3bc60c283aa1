"""Labels at the start of paragraphs: printed paragraph numbers, which are pinpoints, and the marks of lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Span

Number = int | str
"""A printed paragraph number: 12 as an integer, 1.12 as a text."""

_LABEL = re.compile(r"[\[(]?(?:[Pp]ara(?:graph)?\s+)?(\d{1,3}(?:\.\d{1,3}){0,2})(?:[\])]|[.:]\)?)?\s+(?=\S)")
_BULLET = re.compile(r"[•·●○◦▪▫■□–—*\-\u2043\u2219\uf0b7\uf0a7o]\s+(?=\S)")
_FEWEST = 3  # printed numbers on fewer paragraphs are a list
_SHARE = 0.4  # of the lines of the body; a numbered list covers less of it, numbered paragraphs more


def printed_numbers(text: str, lines: Sequence[Span]) -> dict[int, tuple[Number, int]]:
    """For each line that starts with a printed paragraph number, the number and the offset after it.

    Paragraph numbers run through a whole submission (1, 2, 3 or 1.1, 1.2, 2.1); a list restarts or soon ends.
    """
    labels = [(index, match) for index, line in enumerate(lines) if (match := _LABEL.match(text, line.start, line.end))]
    chains = [_chain(labels[first:]) for first in _first_numbers(labels)]
    longest = max(chains, key=len, default=[])
    if len(longest) < _FEWEST or longest[-1][0] - longest[0][0] + 1 < _SHARE * len(lines):
        return {}
    return {index: (_number(match[1]), match.end()) for index, match in longest}


def _first_numbers(labels: Sequence[tuple[int, re.Match[str]]]) -> list[int]:
    return [at for at, (_, match) in enumerate(labels) if all(int(part) <= 1 for part in match[1].split("."))][:50]


def _chain(labels: Sequence[tuple[int, re.Match[str]]]) -> list[tuple[int, re.Match[str]]]:
    """The labels from the first one on of which each follows the one before it; one may be missing."""
    chain = [labels[0]]
    for label in labels[1:]:
        if _follows(_parts(chain[-1][1][1]), _parts(label[1][1])):
            chain.append(label)
    return chain


def _parts(label: str) -> list[int]:
    return [int(part) for part in label.split(".")]


def _follows(before: Sequence[int], after: Sequence[int]) -> bool:
    if len(before) != len(after):
        return False
    if before[:-1] == after[:-1]:
        return 1 <= after[-1] - before[-1] <= 2
    return before[:-2] == after[:-2] and 1 <= after[-2] - before[-2] <= 2 and after[-1] <= 1


def _number(label: str) -> Number:
    return int(label) if label.isdecimal() else label


def after_bullet(text: str, span: Span) -> int:
    """The offset at which the words of a list item begin, after its bullet."""
    match = _BULLET.match(text, span.start, span.end)
    return match.end() if match else span.start


def in_force(numbers: Sequence[Number | None], ends: Sequence[bool]) -> list[Number | None]:
    """For each line the printed number it stands under, its own or the last one above; none after one that ends it."""
    found: list[Number | None] = []
    current: Number | None = None
    for number, end in zip(numbers, ends, strict=True):
        current = None if end else current if number is None else number
        found.append(current)
    return found
