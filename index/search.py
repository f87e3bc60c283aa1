"""The index in memory: which units belong to a question, and the evidence for it.

How the evidence is fused, in one place: a unit's score is the weighted mean of four parts: the best cosine of its
whole rows (passage), the best cosine of its sentences and their notes (where it has no such rows, the whole counts),
the best cosine of its expansions (where it has none, passage and sentence count), and its BM25 as a share of the
best BM25 for this question. Passage and sentence are added, for a maximum over both finds long passages worse than
passages alone. The four weights are in `parameters.json` and in the manifest of every index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
from index.lexical import Lexical
from index.rows import RowKind, Unit
from index.spelling import mend
from index.tokens import tokens

_MOST_ROWS = 4096  # the nearest this many rows are scored one by one; all others get the last one's score, their bound


@dataclass(frozen=True, slots=True)
class Weights:
    """The parts that make up a score; only their proportions matter."""

    passage: float
    sentence: float
    expansion: float
    lexical: float


@dataclass(frozen=True)
class Evidence:
    """What the index knows of one question against every unit; all arrays float32, shape [n_units].

    `text` and `expansion` are cosines in [-1, 1], `lexical` is in [0, 1], `score` fuses them; higher is better.
    `row_scores` (shape [n_rows], cosines or their upper bound) leads to the sentence that matched.
    """

    question: str
    words: tuple[str, ...]
    text: NDArray[np.float32]
    expansion: NDArray[np.float32]
    lexical: NDArray[np.float32]
    score: NDArray[np.float32]
    row_scores: NDArray[np.float32]

    def order(self) -> NDArray[np.intp]:
        """The units, best first."""
        return np.argsort(-self.score, kind="stable")


@dataclass(frozen=True)
class Index:
    """A searchable corpus. Thread-safe: nothing changes after it was made.

    `row_unit`, `row_kind` and `row_sentence` are int32, shape [n_rows]; `copies` maps a sentence (unit, index) to
    its near-identical copies.
    """

    units: tuple[Unit, ...]
    encoder: Encoder
    vectors: Any
    row_unit: NDArray[np.int32]
    row_kind: NDArray[np.int32]
    row_sentence: NDArray[np.int32]
    lexical: Lexical
    vocabulary: frozenset[str]
    copies: dict[tuple[int, int], tuple[tuple[int, int], ...]]
    weights: Weights

    @cached_property
    def has_expansions(self) -> NDArray[np.bool_]:
        """Which units have expansions; bool, shape [n_units]."""
        found = np.zeros(len(self.units), bool)
        found[self.row_unit[self.row_kind == RowKind.EXPANSION]] = True
        return found

    def search(self, question: str) -> Evidence:
        """The evidence for one question."""
        return self.search_all([question])[0]

    def search_all(self, questions: Sequence[str]) -> list[Evidence]:
        """The evidence for several questions, encoded together."""
        mended = [mend(question, self.vocabulary, self.encoder.knows) for question in questions]
        return [
            self.weigh(question, vector) for question, vector in zip(mended, self.encoder.encode(mended), strict=True)
        ]

    def weigh(self, question: str, vector: NDArray[np.float32]) -> Evidence:
        """The evidence for a question whose vector (float32, shape [dimension], unit) is known."""
        row_scores = self._row_scores(vector)
        weights = self.weights
        text = self._text(row_scores)
        expansion = np.where(self.has_expansions, self._best(row_scores, self.row_kind == RowKind.EXPANSION), text)
        words = tuple(dict.fromkeys(tokens(question)))
        bm25 = self.lexical.scores([*words, *(word for word in words if word[0].isdigit())])  # figures count twice
        lexical = bm25 / (bm25.max() or 1.0)
        own = weights.passage + weights.sentence
        total = own + weights.expansion + weights.lexical
        score = (own * text + weights.expansion * expansion + weights.lexical * lexical) / total
        return Evidence(question, words, text, expansion, lexical, score.astype(np.float32), row_scores)

    def _row_scores(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        found, rows = self.vectors.search(vector[None, :], min(len(self.row_unit), _MOST_ROWS))
        hit = rows[0] >= 0  # faiss pads with -1 where it has no more rows
        scores = np.full(len(self.row_unit), found[0][hit].min(initial=1.0), np.float32)
        scores[rows[0][hit]] = found[0][hit]
        return scores

    def _text(self, row_scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """The cosines of passages and of their sentences, by weight."""
        own = self.row_kind == RowKind.TEXT
        passage = self._best(row_scores, own & (self.row_sentence < 0))
        sentence = self._best(row_scores, own & (self.row_sentence >= 0))
        sentence = np.where(sentence < -1, passage, sentence)
        share = self.weights.sentence / ((self.weights.passage + self.weights.sentence) or 1.0)
        return np.asarray((1 - share) * passage + share * sentence, np.float32)

    def _best(self, row_scores: NDArray[np.float32], rows: NDArray[np.bool_]) -> NDArray[np.float32]:
        """The best of some rows for each unit, -2 for a unit without any."""
        best = np.full(len(self.units), -2.0, np.float32)
        np.maximum.at(best, self.row_unit[rows], row_scores[rows])
        return best
