"""The words of some submissions: who may see no others is not shown their words as corrections."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

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
        return all(bool(np.isin(self.lexical.holding(token), self.units).any()) for token in tokens(word))
