"""Words that the end of a printed line divides, put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_HYPHENS = "-\u2010\u00ad"  # the last stands for a hyphen of which the file does not say whether it only divides
_HEAD = re.compile(rf"(\w+)[{_HYPHENS}]$")
_TAIL = re.compile(r"[^\W\d]+")
_PREFIXES = {"self", "non", "co", "ex", "anti", "cross", "well", "long", "short", "high", "low", "mid", "post", "pre"}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, casefolded, and whether its lines divide words with hyphens of their own."""

    known: Counter[str]
    divides: bool

    def are_one(self, head: str, tail: str, hyphen: str) -> bool:
        """Whether two halves around a hyphen at the end of a line are one word without it."""
        whole, hyphened = self.known[f"{head}{tail}".casefold()], self.known[f"{head}-{tail}".casefold()]
        if whole != hyphened:
            return whole > hyphened
        return (self.divides or hyphen != "-") and head.casefold() not in _PREFIXES


def words_of(lines: Iterable[str]) -> Words:
    """The words of printed lines."""
    texts = list(lines)
    known = Counter(
        word for text in texts for word in re.findall(r"[\w-]+", re.sub(f"[{_HYPHENS}]", "-", text.casefold()))
    )
    plain = Words(known, divides=False)
    divided = hyphened = 0
    for above, below in pairwise(texts):
        head, tail = _HEAD.search(above), _TAIL.match(below)
        if head and tail and below[0].islower():
            divided += plain.are_one(head[1], tail[0], "-")
            hyphened += known[f"{head[1]}-{tail[0]}".casefold()] > 0
    return Words(known, divides=divided > hyphened)


def joined(above: str, below: str, words: Words) -> str:
    """Two lines as one; a hyphen between them goes where it only divides a word, as far as the text shows it."""
    head, tail = _HEAD.search(above), _TAIL.match(below)
    if head and tail and below[0].islower() and words.are_one(head[1], tail[0], above[-1]):
        return above[:-1] + below
    above = f"{above[:-1]}-" if above.endswith("\u00ad") else above
    return above + below if above.endswith((*_HYPHENS, "/", "—")) else f"{above} {below}"
