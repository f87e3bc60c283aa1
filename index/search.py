"""The index in memory: which units belong to a question, and the evidence for it.

A question is weighed against candidates: all units of a small corpus, else those that lie nearest to it by FAISS and
those that BM25 finds. How the evidence is fused, in one place: a unit's score is the weighted mean of four parts: the
best cosine of its whole rows (passage), the best cosine of its sentences and their notes (where it has no such rows,
the whole counts), the best cosine of its expansions (where it has none, passage and sentence count), and its BM25 as a
share of the best BM25 for this question. Passage and sentence are added, for a maximum over both finds long passages
worse than passages alone. The four weights are in `parameters.json` and in the manifest of every index.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from index.candidates import Candidates, with_linked
from index.encoder import Encoder
from index.lexical import Lexical
from index.nearest import nearest
from index.rows import KINDS, RowKind
from index.shard import Arrays
from index.spelling import mend
from index.store import Store
from index.tokens import tokens
from index.units import Units
from index.vocabulary import ScopedVocabulary

WEIGHED_WHOLE = 512  # units up to which all are candidates
_NEAREST, _LEXICAL = 128, 32  # candidates of a larger corpus, by vectors and by words; twice as many find no better
_COMPARED_EACH = 8192  # units of a scope up to which their vectors are compared one by one
_QUESTIONS_KEPT, _SCOPES_KEPT = 1024, 64

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Scope = frozenset[str] | None
"""References of the submissions that may be searched; None for all."""


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


@dataclass(frozen=True)
class Index:
    """A searchable corpus. Thread-safe: nothing changes after it was made.

    `arrays` are those of the build (index/merge.py); `nearest` is its FAISS index, one row for each `leading_unit`, and
    not needed where all units are weighed. `build` names the build that it was read from, and `contents` are the hashes
    of the submissions' folders that are in it, by their names.
    """

    encoder: Encoder
    store: Store
    lexical: Lexical
    nearest: Any
    arrays: Arrays
    weights: Weights
    build: str = ""
    contents: Mapping[str, str] = field(default_factory=dict, repr=False)
    units: Units = field(init=False, repr=False)
    vector: Callable[[str], Floats] = field(init=False, repr=False)
    _whole: Callable[[Scope], Candidates] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "units", Units(self.store, self.arrays))
        object.__setattr__(self, "vector", lru_cache(_QUESTIONS_KEPT)(self._encoded))
        object.__setattr__(self, "_whole", lru_cache(_SCOPES_KEPT)(self._all_within))

    @property
    def documents(self) -> tuple[Document, ...]:
        """The submissions; their texts are read when they are used."""
        return self.store.documents

    def search(self, question: str, scope: Scope = None) -> Evidence:
        """The evidence for one question."""
        return self.search_all([question], scope)[0]

    def search_all(self, questions: Sequence[str], scope: Scope = None) -> list[Evidence]:
        """The evidence for several questions against the same candidates."""
        vocabulary = (
            self.store if scope is None else ScopedVocabulary(self.store, self.lexical, self.units.within(scope))
        )
        mended = [mend(question, vocabulary, self.encoder.knows) for question in questions]
        words = [tuple(dict.fromkeys(tokens(question))) for question in mended]
        vectors = [self.vector(question) for question in mended]
        bm25 = [self._bm25(said) for said in words]
        candidates = self._candidates(vectors, bm25, words, scope)
        cosines = self._cosines(candidates, vectors)
        return [
            Evidence(question, said, candidates, *self._fuse(candidates.best(found), scores[candidates.units]), found)
            for question, said, scores, found in zip(mended, words, bm25, cosines, strict=True)
        ]

    def _fuse(self, best: Floats, bm25: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Text, expansion, lexical and score, from the best cosines by kind and BM25 of each candidate."""
        weights = self.weights
        passage, sentence, expansion = best
        own = weights.passage + weights.sentence
        share = weights.sentence / (own or 1.0)
        text = np.asarray((1 - share) * passage + share * np.where(sentence < -1, passage, sentence), np.float32)
        expansion = np.where(expansion < -1, text, expansion)
        lexical = bm25 / (bm25.max(initial=0.0) or 1.0)
        score = own * text + weights.expansion * expansion + weights.lexical * lexical
        total = own + weights.expansion + weights.lexical
        return text, expansion, lexical, np.asarray(score / total, np.float32)

    def _bm25(self, words: Sequence[str]) -> Floats:
        return self.lexical.scores([*words, *(word for word in words if word[0].isdigit())])  # figures count twice

    def _candidates(
        self, vectors: Sequence[Floats], bm25: Sequence[Floats], words: Sequence[Sequence[str]], scope: Scope
    ) -> Candidates:
        """The units to weigh: all within the scope, or those that lie nearest and those that BM25 finds."""
        within = self.units.within(scope)
        if len(within) <= WEIGHED_WHOLE:
            return self._whole(scope)
        admitted = None
        if scope is not None:
            admitted = np.zeros(len(self.units), bool)
            admitted[within] = True
            bm25 = [scores * admitted for scores in bm25]
        lexical = [self.lexical.best(scores, said, _LEXICAL) for scores, said in zip(bm25, words, strict=True)]
        return with_linked(self.units, np.unique(np.concatenate([self._near(vectors, within, admitted), *lexical])))

    def _near(self, vectors: Sequence[Floats], within: Numbers, admitted: NDArray[np.bool_] | None) -> Numbers:
        """The units within a scope that lie nearest to the questions."""
        owner = self.arrays["leading_unit"]
        if admitted is None or len(within) > _COMPARED_EACH:
            among = None if admitted is None else admitted[owner]
            found = nearest(self.nearest, np.stack(vectors), min(_NEAREST, len(owner)), among)
            return np.asarray(owner[found[found >= 0]], np.int64)
        compared = Candidates(self.units, within)
        best = compared.best(np.max(self._cosines(compared, vectors), 0)).max(0)
        return within[np.argsort(-best, kind="stable")[:_NEAREST]]

    def by_sentence(self, evidence: Evidence, unit: int, count: int) -> tuple[list[float], list[float]]:
        """The best cosines of each of a candidate's `count` sentences, 0 for none: own rows and notes, expansions."""
        own, seen = unit * KINDS, evidence.candidates.at(unit) * KINDS
        rows = self.units.part_start[own : own + KINDS + 1].tolist()
        places = evidence.candidates.part_start[seen : seen + KINDS + 1].tolist()
        best = [0.0] * count, [0.0] * count
        for kind, of_sentence in enumerate(best, RowKind.SENTENCE):
            about = self.arrays["sentence"][rows[kind] : rows[kind + 1]].tolist()
            cosines = evidence.row_scores[places[kind] : places[kind + 1]].tolist()
            for sentence, cosine in zip(about, cosines, strict=True):
                if sentence >= 0 and cosine > of_sentence[sentence]:
                    of_sentence[sentence] = cosine
        return best

    def _cosines(self, candidates: Candidates, vectors: Sequence[Floats]) -> list[Floats]:
        """Of each question with the candidates' rows; float32, shape [n_rows]."""
        held = self.arrays["vectors"][candidates.rows].astype(np.float32, copy=False)
        # Each question for itself, on its own thread: BLAS would take all processors from the questions beside it.
        return [np.vecdot(held, vector) for vector in vectors]

    def _all_within(self, scope: Scope) -> Candidates:
        return Candidates(self.units, self.units.within(scope))

    def _encoded(self, question: str) -> Floats:
        vector: Floats = self.encoder.encode([question])[0]
        return vector
