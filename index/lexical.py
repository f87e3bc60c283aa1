"""The lexical half of the search: BM25 over words, and how much of a question's words the corpus knows."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import bm25s
import numpy as np
from numpy.typing import NDArray

K1, B = 1.2, 0.75  # Lucene's defaults; smaller ones found longer passages worse on public collections


@dataclass(frozen=True)
class Lexical:
    """BM25 (Lucene's variant) with document frequencies. Thread-safe once built."""

    model: Any
    frequency: dict[str, int]
    units: int

    @classmethod
    def build(cls, bags: Sequence[Sequence[str]]) -> Self:
        """Index one bag of tokens for each unit."""
        model = bm25s.BM25(k1=K1, b=B, method="lucene")
        model.index([list(bag) or [""] for bag in bags], show_progress=False)
        frequency = Counter(token for bag in bags for token in set(bag))
        return cls(model, dict(frequency), len(bags))

    def save(self, folder: Path) -> None:
        """Write everything below `folder`."""
        self.model.save(str(folder), show_progress=False)
        (folder / "frequency.json").write_text(
            json.dumps({"units": self.units, "frequency": self.frequency}, ensure_ascii=False), encoding="utf-8"
        )

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read what `save` wrote."""
        saved = json.loads((folder / "frequency.json").read_text(encoding="utf-8"))
        return cls(bm25s.BM25.load(str(folder)), saved["frequency"], saved["units"])

    def scores(self, tokens: Iterable[str]) -> NDArray[np.float32]:
        """BM25 of each unit: float32, shape [n_units], 0 and more, higher is better."""
        known = [token for token in tokens if token in self.frequency]
        if not known:
            return np.zeros(self.units, np.float32)
        return np.asarray(self.model.get_scores(known), np.float32)

    def weight(self, token: str) -> float:
        """Inverse document frequency (as in BM25); a word that the corpus lacks weighs most."""
        found = self.frequency.get(token, 0)
        return math.log(1 + (self.units - found + 0.5) / (found + 0.5))

    def holds(self, token: str, unit: int) -> bool:
        """Whether a unit, or an expansion of it, has the token."""
        number = self.model.vocab_dict.get(token)
        if number is None:
            return False
        starts = self.model.scores["indptr"]
        return bool(np.any(self.model.scores["indices"][starts[number] : starts[number + 1]] == unit))

    def coverage(self, words: Sequence[str], unit: int | None = None) -> float:
        """The share of the words' weight that a unit holds (without one: that the corpus knows), in [0, 1]."""
        total = sum(map(self.weight, words))
        held = (word for word in words if (word in self.frequency if unit is None else self.holds(word, unit)))
        return sum(map(self.weight, held)) / total if total else 0.0
