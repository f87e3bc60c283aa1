"""The index in memory: which units belong to a question, and the evidence for it (index/evidence.py).

A question is weighed against candidates: all units of a small corpus, else those that lie nearest to it by FAISS and
those that BM25 finds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from index.candidates import Candidates, with_linked
from index.encoder import Encoder
from index.evidence import Evidence, Weights, weigh
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
_SEARCHED_AFTER = 32_768  # units up to which BM25 takes less time than to have another thread do it
_COMPARED_EACH = 8192  # units of a scope up to which their vectors are compared one by one
_QUESTIONS_KEPT, _SCOPES_KEPT = 1024, 64

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Scope = frozenset[str] | None
"""References of the submissions that may be searched; None for all."""


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
    _beside: ThreadPoolExecutor = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "units", Units(self.store, self.arrays))
        object.__setattr__(self, "vector", lru_cache(_QUESTIONS_KEPT)(self._encoded))
        object.__setattr__(self, "_whole", lru_cache(_SCOPES_KEPT)(self._all_within))
        object.__setattr__(self, "_beside", ThreadPoolExecutor(thread_name_prefix="words"))

    @property
    def documents(self) -> tuple[Document, ...]:
        """The submissions; their texts are read when they are used."""
        return self.store.documents

    def search(self, question: str, scope: Scope = None) -> Evidence:
        """The evidence for one question."""
        return self.search_all([question], scope)[0]

    def search_all(self, questions: Sequence[str], scope: Scope = None) -> list[Evidence]:
        """The evidence for several questions against the same candidates."""
        within = self.units.within(scope)
        vocabulary = self.store if scope is None else ScopedVocabulary(self.store, self.lexical, within)
        mended = [mend(question, vocabulary, self.encoder.knows) for question in questions]
        words = [tuple(dict.fromkeys(tokens(question))) for question in mended]
        vectors, by_words = self._found(mended, words, within)
        candidates = self._candidates(scope, within, vectors, [found for _, found in by_words])
        cosines = self._cosines(candidates, vectors)
        return [
            weigh(self.weights, question, said, candidates, found, bm25)
            for question, said, (bm25, _), found in zip(mended, words, by_words, cosines, strict=True)
        ]

    def _candidates(
        self, scope: Scope, within: Numbers, vectors: Sequence[Floats], by_words: Sequence[Numbers]
    ) -> Candidates:
        """The units to weigh: all within the scope, or those that lie nearest and those that BM25 finds."""
        if len(within) <= WEIGHED_WHOLE:
            return self._whole(scope)
        return with_linked(self.units, np.unique(np.concatenate([self._by_vectors(vectors, within), *by_words])))

    def _found(
        self, questions: Sequence[str], words: Sequence[Sequence[str]], within: Numbers
    ) -> tuple[list[Floats], list[tuple[Floats, Numbers]]]:
        """The questions' vectors, and what their words find; a large corpus is searched while they are encoded."""
        find = partial(self._by_words, within)
        if len(self.units) <= _SEARCHED_AFTER:
            return [*map(self.vector, questions)], [*map(find, words)]
        found = self._beside.map(find, words)
        return [*map(self.vector, questions)], [*found]

    def _by_words(self, within: Numbers, words: Sequence[str]) -> tuple[Floats, Numbers]:
        """BM25 of all units, and those within a scope that are candidates for it; none where all of them are."""
        scores = self.lexical.scores([*words, *(word for word in words if word[0].isdigit())])  # figures count twice
        if len(within) <= WEIGHED_WHOLE:
            return scores, within[:0]
        admitted = scores
        if len(within) < len(self.units):
            admitted = np.zeros_like(scores)
            admitted[within] = scores[within]
        return scores, self.lexical.best(admitted, words, _LEXICAL)

    def _by_vectors(self, vectors: Sequence[Floats], within: Numbers) -> Numbers:
        """The units within a scope that lie nearest to the questions."""
        owner, among = self.arrays["leading_unit"], None
        if len(within) < len(self.units):
            if len(within) <= _COMPARED_EACH:
                return self._compared_each(vectors, within)
            among = np.zeros(len(self.units), bool)
            among[within] = True
            among = among[owner]
        found = nearest(self.nearest, np.stack(vectors), min(_NEAREST, len(owner)), among)
        return np.asarray(owner[found[found >= 0]], np.int64)

    def _compared_each(self, vectors: Sequence[Floats], within: Numbers) -> Numbers:
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
