"""The evidence for a question, and how it is fused, in one place.

A unit's score is the weighted mean of four parts: the best cosine of its whole rows (passage), the best cosine of its
sentences and their notes (where it has no such rows, the whole counts), the best cosine of its expansions (where it has
none, passage and sentence count), and its BM25 as a share of the best BM25 for this question. Passage and sentence are
added, for a maximum over both finds long passages worse than passages alone. The four weights are in `parameters.json`
and in the manifest of every index.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.candidates import Candidates

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Weights:
    """The parts that make up a score; only their proportions matter."""

    passage: float
    sentence: float
    expansion: float
    lexical: float


@dataclass(frozen=True)
class Evidence:
    """What the index knows of one question against its candidates; arrays float32, shape [n_candidates].

    `text` and `expansion` are cosines in [-1, 1], `lexical` is in [0, 1], `score` fuses them; higher is better.
    `row_scores` are the cosines of the candidates' rows, float32 [n_rows]; they lead to the sentence that matched.
    """

    question: str
    words: tuple[str, ...]
    candidates: Candidates
    text: Floats
    expansion: Floats
    lexical: Floats
    score: Floats
    row_scores: Floats

    def order(self) -> Numbers:
        """The candidates' units, best first."""
        return self.candidates.units[np.argsort(-self.score, kind="stable")]


def weigh(
    weights: Weights, question: str, words: tuple[str, ...], candidates: Candidates, row_scores: Floats, bm25: Floats
) -> Evidence:
    """Fuse the cosines of the candidates' rows and the BM25 of all units into the evidence."""
    passage, sentence, expansion = candidates.best(row_scores)
    own = weights.passage + weights.sentence
    share = weights.sentence / (own or 1.0)
    text = np.asarray((1 - share) * passage + share * np.where(sentence < -1, passage, sentence), np.float32)
    expansion = np.where(expansion < -1, text, expansion)
    held = bm25[candidates.units]
    lexical = held / (held.max(initial=0.0) or 1.0)
    total = own * text + weights.expansion * expansion + weights.lexical * lexical
    score = np.asarray(total / (own + weights.expansion + weights.lexical), np.float32)
    return Evidence(question, words, candidates, text, expansion, lexical, score, row_scores)
