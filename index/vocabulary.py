"""The words of some submissions: whoever may see only these is not shown other submissions' words as corrections."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.lexical import Lexical
from index.store import Store
from index.tokens import tokens


@dataclass(frozen=True, slots=True)
class ScopedVocabulary:
    """The words of the store that stand in some units (int64, ascending)."""

    store: Store
    lexical: Lexical
    units: NDArray[np.int64]

    def has_word(self, word: str) -> bool:
        """Whether the units have the word."""
        return self.store.has_word(word) and self._holds(word)

    def words_like(self, word: str, shortest: int, longest: int) -> Collection[str]:
        """The words with the same first letter, of a length between these."""
        return [like for like in self.store.words_like(word, shortest, longest) if self._holds(like)]

    def _holds(self, word: str) -> bool:
        """Whether one of the units has the word or another form of it; words without a token are everybody's."""
        return all(_meet(self.lexical.holding(token), self.units) for token in tokens(word))


def _meet(one: NDArray[np.integer[Any]], other: NDArray[np.integer[Any]]) -> bool:
    """Whether two ascending arrays share a number: the shorter is looked up in the longer, which may be very long."""
    few, many = sorted((one, other), key=len)
    places = many.searchsorted(few)
    within = places < len(many)
    return bool((many[places[within]] == few[within]).any())
