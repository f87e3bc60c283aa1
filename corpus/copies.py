"""Near-identical sentences: a summary repeats the body, a campaign repeats itself over many submissions.

A sentence has a signature: the hash of its words, and the smallest hashes of its shingles (MinHash, Broder 1997).
Sentences that share a part of their signatures are compared, so that the work grows with the corpus and no faster.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from corpus.document import Passage
from corpus.sentences import blank_markers

SAME = 88.0  # rapidfuzz ratio, 0 to 100: 'Some observed' and 'Many observed' are copies, other numbers are not
_WORDS = 4  # shingle length in words; shorter sentences have no copies
_HASHES = 16  # copies that share half of their shingles, and most share more, are compared in 99,998 of 100,000 cases
SIGNATURE = 1 + _HASHES
_SCALES = np.random.default_rng(4).integers(1, 2**62, _HASHES, dtype=np.uint64) | np.uint64(1)
_PAIRS = 8  # sentences that share a hash are compared each with each up to this many, else each with the first

Place = tuple[int, int]
"""A sentence: index of its passage, index in the passage."""


def signature(text: str) -> NDArray[np.uint64]:
    """The signature of a sentence; uint64, shape [SIGNATURE], all 0 for one that is too short to have copies."""
    words = _words(text)
    if len(words) < _WORDS:
        return np.zeros(SIGNATURE, np.uint64)
    shingles = [" ".join(words[start : start + _WORDS]) for start in range(len(words) - _WORDS + 1)]
    hashes = np.array([zlib.crc32(shingle.encode()) for shingle in shingles], np.uint64)
    whole = " ".join(words).encode()
    exact = np.uint64(zlib.crc32(whole) << 32 | zlib.adler32(whole) | 1)
    return np.concatenate(([exact], (hashes[:, None] * _SCALES).min(0)))


def clusters(signatures: NDArray[np.uint64], text: Callable[[int], str]) -> NDArray[np.int32]:
    """For each sentence the number of its cluster of near-identical ones, -1 without any; int32, shape [n].

    `signatures` is uint64, shape [n, SIGNATURE]; `text` gives the n-th sentence and is asked for few of them.
    """
    found = np.full(len(signatures), -1, np.int32)
    long = np.flatnonzero(signatures[:, 0])
    if not len(long):
        return found
    _, first, same = np.unique(signatures[long, 0], return_index=True, return_inverse=True)
    leader = np.arange(len(first))
    for one, other in _candidates(signatures[long[first], 1:]):
        a, b = _root(leader, one), _root(leader, other)
        if a != b and _same(_words(text(int(long[first[one]]))), _words(text(int(long[first[other]])))):
            leader[max(a, b)] = min(a, b)
    roots = np.array([_root(leader, number) for number in range(len(leader))])
    of_sentence = roots[same]
    _, cluster, sizes = np.unique(of_sentence, return_inverse=True, return_counts=True)
    several = sizes[cluster] > 1
    found[long[several]] = np.unique(cluster[several], return_inverse=True)[1]
    return found


def _candidates(hashes: NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
    """Pairs that share a hash in the same column."""
    for column in hashes.T:
        order = np.argsort(column, kind="stable")
        starts = np.flatnonzero(np.diff(column[order], prepend=column[order[0]] + np.uint64(1)))
        ends = np.append(starts[1:], len(order))
        for start, end in zip(starts[ends - starts > 1], ends[ends - starts > 1], strict=True):
            run = order[start:end].tolist()
            for at, one in enumerate(run if len(run) <= _PAIRS else run[:1], 1):
                yield from ((one, other) for other in run[at:])


def _root(leader: NDArray[np.intp], number: int) -> int:
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = int(leader[number])
    return number


def find_copies(passages: Sequence[Passage]) -> dict[Place, tuple[Place, ...]]:
    """For each sentence with near-identical copies in other passages, where they are, in order."""
    places = [(number, index) for number, passage in enumerate(passages) for index in range(len(passage.sentences))]

    def text(at: int) -> str:
        number, index = places[at]
        return passages[number].sentences[index].span.slice(passages[number].document.text)

    signatures = [signature(text(at)) for at in range(len(places))]
    found = clusters(np.array(signatures).reshape(-1, SIGNATURE), text)
    members: dict[int, list[Place]] = defaultdict(list)
    for at in np.flatnonzero(found >= 0):
        members[int(found[at])].append(places[at])
    others = {
        place: tuple(other for other in same if other[0] != place[0]) for same in members.values() for place in same
    }
    return {place: found for place, found in others.items() if found}


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", blank_markers(text).casefold())


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Alike in words and with the same numbers: another figure is another statement."""
    if [word for word in one if word.isdigit()] != [word for word in other if word.isdigit()]:
        return False
    return fuzz.ratio(" ".join(one), " ".join(other)) >= SAME
