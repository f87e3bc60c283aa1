"""Near-identical sentences: a summary repeats the body, a campaign repeats itself over many submissions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from corpus.document import Passage
from corpus.sentences import blank_markers

SAME = 88.0  # rapidfuzz ratio, 0 to 100: 'Some observed' and 'Many observed' are copies, other numbers are not
_WORDS = 4  # shingle length in words; shorter sentences have no copies

Place = tuple[int, int]
"""A sentence: index of its passage, index in the passage."""


def find_copies(passages: Sequence[Passage]) -> dict[Place, tuple[Place, ...]]:
    """For each sentence with near-identical copies in other passages, where they are, in order."""
    words = {place: _words(text) for place, text in _sentences(passages)}
    holders: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    for place, sentence in words.items():
        for shingle in set(_shingles(sentence)):
            holders[shingle].append(place)
    copies: dict[Place, list[Place]] = defaultdict(list)
    for place, sentence in words.items():
        shared = Counter(other for shingle in set(_shingles(sentence)) for other in holders[shingle])
        for other, _ in shared.most_common():
            if other > place and other[0] != place[0] and _same(sentence, words[other]):
                copies[place].append(other)
                copies[other].append(place)
    return {place: tuple(sorted(others)) for place, others in copies.items()}


def _sentences(passages: Sequence[Passage]) -> Iterator[tuple[Place, str]]:
    for number, passage in enumerate(passages):
        for index, sentence in enumerate(passage.sentences):
            yield (number, index), sentence.span.slice(passage.document.text)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", blank_markers(text).casefold())


def _shingles(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[start : start + _WORDS]) for start in range(len(words) - _WORDS + 1))


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Alike in words and with the same numbers: another figure is another statement."""
    if [word for word in one if word.isdigit()] != [word for word in other if word.isdigit()]:
        return False
    return fuzz.ratio(" ".join(one), " ".join(other)) >= SAME
