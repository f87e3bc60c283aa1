"""Near-identical sentences: a summary repeats the body, a campaign repeats itself over many submissions.

Whether two are copies says `alike`. They are found by their signatures (corpus/clusters.py): the hash of a sentence's
words, and the smallest hashes of its shingles (MinHash, Broder 1997).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

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
KNOWN = 3  # what comes before the smallest hashes
SIGNATURE = KNOWN + _HASHES
_SCALES = np.random.default_rng(4).integers(1, 2**62, _HASHES, dtype=np.uint64) | np.uint64(1)
_WORDINGS_KEPT = 4096  # a sentence is compared with many


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
