"""The lexical half of the search: BM25 over words, and how much of a question's words the corpus knows.

Postings lie in memory-mapped arrays, sorted by token and unit, each with its part of a score, so that a question
reads the postings of its own words and nothing else. The formula is Lucene's, as bm25s computes it (a test compares).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.store import Store

K1, B = 1.2, 0.75  # Lucene's defaults; smaller ones found longer passages worse on public collections
_TOKENS_KEPT = 65_536
_SORTED_WHOLE = 32_768  # units up to which the best are found by looking at all scores


@dataclass(frozen=True)
class Lexical:
    """BM25 with document frequencies. Thread-safe.

    `start` int64 [n_tokens + 1]; `unit` int32 and `weight` float32 [n_postings]; `units` is their number.
    """

    store: Store
    start: NDArray[np.int64]
    unit: NDArray[np.int32]
    weight: NDArray[np.float32]
    units: int
    postings: Callable[[str], slice] = field(init=False, repr=False)
    idf: Callable[[str], float] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "postings", lru_cache(_TOKENS_KEPT)(self._postings))
        object.__setattr__(self, "idf", lru_cache(_TOKENS_KEPT)(self._idf))

    def scores(self, tokens: Iterable[str]) -> NDArray[np.float32]:
        """BM25 of each unit: float32, shape [n_units], 0 and more, higher is better; a repeated token counts again."""
        scores = np.zeros(self.units, np.float32)
        for token in tokens:
            held = self.postings(token)
            scores[self.unit[held]] += self.weight[held]
        return scores

    def best(self, scores: NDArray[np.float32], tokens: Sequence[str], most: int) -> NDArray[np.intp]:
        """The units with the `most` highest scores above 0, in no order."""
        if self.units <= _SORTED_WHOLE or not tokens:
            return _highest(scores, np.flatnonzero(scores), most)
        least = 0.0
        for token in sorted(tokens, key=self.frequency):  # enough units that hold a rare token bound the others
            of_token = scores[self.unit[self.postings(token)]]
            if len(of_token) >= most:
                least = float(np.partition(of_token, len(of_token) - most)[-most])
                break
        return _highest(scores, np.flatnonzero(scores >= least) if least > 0 else np.flatnonzero(scores), most)

    def holding(self, token: str) -> NDArray[np.int32]:
        """The units that hold the token; int32, ascending."""
        return self.unit[self.postings(token)]

    def frequency(self, token: str) -> int:
        """How many units hold the token."""
        held = self.postings(token)
        return int(held.stop) - int(held.start)

    def _idf(self, token: str) -> float:
        """Inverse document frequency (as in BM25); a word that the corpus lacks weighs most."""
        return idf(self.frequency(token), self.units)

    def holds(self, token: str, unit: int) -> bool:
        """Whether a unit, or an expansion of it, has the token."""
        held = self.holding(token)
        at = int(held.searchsorted(unit))
        return at < len(held) and int(held[at]) == unit

    def coverage(self, words: Sequence[str], unit: int) -> float:
        """The share of the words' weight that a unit holds, in [0, 1]."""
        total = sum(map(self.idf, words))
        return sum(self.idf(word) for word in words if self.holds(word, unit)) / total if total else 0.0

    def _postings(self, token: str) -> slice:
        """Where the postings of a token lie."""
        number = self.store.token(token)
        return slice(0, 0) if number < 0 else slice(int(self.start[number]), int(self.start[number + 1]))


def _highest(scores: NDArray[np.float32], units: NDArray[np.intp], most: int) -> NDArray[np.intp]:
    if len(units) <= most:
        return units
    return units[np.argpartition(-scores[units], most - 1)[:most]]


def idf(holding: int, units: int) -> float:
    """Inverse document frequency, as Lucene counts it."""
    return math.log(1 + (units - holding + 0.5) / (holding + 0.5))


def impact(count: NDArray[np.int32], length: NDArray[Any], mean_length: float) -> NDArray[np.float64]:
    """The part of BM25 that a token's count in a unit of some length (in tokens) makes, before its idf."""
    return count / (count + K1 * (1 - B + B * length / mean_length))
