"""Near-identical sentences: a summary repeats the body, a campaign repeats itself over many submissions.

A sentence has a signature: the hash of its words, and the smallest hashes of its shingles (MinHash, Broder 1997).
Sentences that share a part of their signatures are compared, so that the work grows with the corpus and no faster.
A cluster is a chain of copies, whose ends may differ: who shows a copy asks `alike` of the two.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from corpus.document import Passage
from corpus.sentences import blank_markers

SAME = 88.0  # rapidfuzz ratio, 0 to 100: 'Some observed' and 'Many observed' are copies
# One of these words more, less or other makes another statement, however alike the rest is; so does another figure.
_TELLING = frozenset(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions
    billion billions half third thirds quarter quarters dozen dozens twice first second last
    no not t never nor none neither nobody nothing nowhere without cannot hardly barely against despite unless
    more less fewer most least all only up down above below before after over under too
    high higher low lower large larger small smaller great greater good better best bad worse worst
    rise rises rising rose fall falls falling fell grow grows growing grew win wins won lose loses lost loss losses
    """.split()
)
_TELLING_STEMS = tuple(
    """
    accept agree allow clos cut declin decreas deteriorat doubl exclud expand fail forbid gain improv includ increas
    narrow open oppos prevent rais reduc refus reject shrank shrink shrunk strengthen succe support tripl weaken worsen
    """.split()
)
_DENIES = re.compile(r"(?:dis|un|in|im|ir|il|non|mis)(\w{3,})")
_WORDS = 4  # shingle length in words; shorter sentences have no copies
_HASHES = 16  # copies that share half of their shingles, and most share more, are compared in 99,998 of 100,000 cases
_KNOWN = 3  # what comes before the smallest hashes
SIGNATURE = _KNOWN + _HASHES
_SCALES = np.random.default_rng(4).integers(1, 2**62, _HASHES, dtype=np.uint64) | np.uint64(1)
_WORDINGS_KEPT = 4096  # a sentence is compared with many
_PAIRS = 8  # sentences that share a hash are compared each with each up to this many, else each with the first

Place = tuple[int, int]
"""A sentence: index of its passage, index in the passage."""


def signature(text: str) -> NDArray[np.uint64]:
    """The signature of a sentence; uint64, shape [SIGNATURE], all 0 for one that is too short to have copies.

    The hash of its words (with the lowest bit set), their length in characters, the hash of its telling words, and its
    smallest hashes.
    """
    words = _words(text)
    if len(words) < _WORDS:
        return np.zeros(SIGNATURE, np.uint64)
    shingles = [" ".join(words[start : start + _WORDS]) for start in range(len(words) - _WORDS + 1)]
    hashes = np.array([zlib.crc32(shingle.encode()) for shingle in shingles], np.uint64)
    length = len(" ".join(words))
    known = np.array([_hash(words) | 1, length, _hash(_telling(words))], np.uint64)
    return np.concatenate((known, (hashes[:, None] * _SCALES).min(0)))


def _hash(words: Iterable[str]) -> int:
    return int.from_bytes(hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest(), "little")


def clusters(signatures: NDArray[np.uint64], text: Callable[[int], str]) -> NDArray[np.int32]:
    """For each sentence the number of its cluster of near-identical ones, -1 without any; int32, shape [n].

    `signatures` is uint64, shape [n, SIGNATURE], and may lie on disk; `text` gives the n-th sentence and is asked for
    few of them.
    """
    found = np.full(len(signatures), -1, np.int32)
    long = np.flatnonzero(signatures[:, 0])
    if not len(long):
        return found
    _, first, same = np.unique(signatures[long, 0], return_index=True, return_inverse=True)
    distinct = long[first]
    leader = np.arange(len(distinct))
    for one, other in _candidates(signatures, distinct):
        a, b = _root(leader, one), _root(leader, other)
        if a != b and alike(text(int(distinct[one])), text(int(distinct[other]))):
            leader[max(a, b)] = min(a, b)
    roots = np.array([_root(leader, number) for number in range(len(leader))])
    of_sentence = roots[same]
    _, cluster, sizes = np.unique(of_sentence, return_inverse=True, return_counts=True)
    several = sizes[cluster] > 1
    found[long[several]] = np.unique(cluster[several], return_inverse=True)[1]
    return found


def _candidates(signatures: NDArray[np.uint64], distinct: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    """Pairs of the distinct sentences that share a smallest hash and all telling words, and are of like length."""
    length, telling = signatures[distinct, 1].astype(np.int64), signatures[distinct, 2]
    for column in range(_KNOWN, SIGNATURE):
        key = signatures[distinct, column] ^ telling
        order = np.argsort(key, kind="stable")
        starts = np.flatnonzero(np.append(True, np.diff(key[order]) != 0))
        sizes = np.diff(np.append(starts, len(order)))
        start, size = np.repeat(starts, sizes), np.repeat(sizes, sizes)
        for away in range(1, _PAIRS):
            at = np.flatnonzero((start[:-away] == start[away:]) & (size[away:] <= _PAIRS))
            yield from _of_like_length(order[at], order[at + away], length)
        at = np.flatnonzero((size > _PAIRS) & (start < np.arange(len(order))))
        yield from _of_like_length(order[start[at]], order[at], length)


def _of_like_length(
    one: NDArray[np.intp], other: NDArray[np.intp], length: NDArray[np.int64]
) -> Iterator[tuple[int, int]]:
    """The pairs that can be alike: at most all characters of the shorter one are in the longer one."""
    a, b = length[one], length[other]
    able = 200 * np.minimum(a, b) >= SAME * (a + b)
    yield from zip(one[able].tolist(), other[able].tolist(), strict=True)


def _root(leader: NDArray[np.intp], number: int) -> int:
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = int(leader[number])
    return number


def find_copies(passages: Sequence[Passage], first: int | None = None) -> dict[Place, tuple[Place, ...]]:
    """For each sentence (of the `first` passages only, if given) with copies in other passages, where they are."""
    places = [(number, index) for number, passage in enumerate(passages) for index in range(len(passage.sentences))]

    def text(at: int) -> str:
        number, index = places[at]
        return passages[number].sentences[index].span.slice(passages[number].document.text)

    signatures = [signature(text(at)) for at in range(len(places))]
    found = clusters(np.array(signatures).reshape(-1, SIGNATURE), text)
    members: dict[int, list[int]] = defaultdict(list)
    for at in np.flatnonzero(found >= 0).tolist():
        members[int(found[at])].append(at)
    others = {
        places[one]: tuple(
            places[other] for other in same if places[other][0] != places[one][0] and alike(text(one), text(other))
        )
        for same in members.values()
        for one in same
        if first is None or places[one][0] < first
    }
    return {place: found for place, found in others.items() if found}


def alike(text: str, other: str) -> bool:
    """Whether two sentences are copies: alike in words, and with the same words that would make another statement."""
    one, two = _wording(text), _wording(other)
    if fuzz.ratio(one.text, two.text, score_cutoff=SAME) < SAME:  # tells most that are not, and quickest
        return False
    return one.telling == two.telling and not (one.denied & two.words or two.denied & one.words)


class _Wording:
    """A sentence as it is compared: its words in a row, those that tell, those that are denied by a prefix."""

    def __init__(self, text: str) -> None:
        self._words = _words(text)
        self.text = " ".join(self._words)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(self._words)

    @cached_property
    def telling(self) -> list[str]:
        return _telling(self._words)

    @cached_property
    def denied(self) -> set[str]:
        return _denied(self._words)


_wording = lru_cache(_WORDINGS_KEPT)(_Wording)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", blank_markers(text).casefold())


def _telling(words: Iterable[str]) -> list[str]:
    return [w for w in words if w in _TELLING or w.startswith(_TELLING_STEMS) or any(map(str.isdigit, w))]


def _denied(words: Iterable[str]) -> set[str]:
    """What is denied by a prefix: 'agree' for 'disagree', 'adequate' for 'inadequate'."""
    return {found[1] for word in words if (found := _DENIES.match(word))}
