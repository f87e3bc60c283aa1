"""The units of an index: which place each is, what it speaks of, and where its sentences are said again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.clusters import Clusters
from corpus.document import Document, Passage, Span
from index.rows import KINDS, RowKind, Unit
from index.shard import UNANSWERED, Arrays
from index.store import Store
from index.tokens import tokens

_SCOPES_KEPT = 64
_UNITS_KEPT = 4096


class Units:
    """The units by number, read from the store when they are used. Thread-safe.

    `role` int8, `document`, `names` and `question` (numbers of units, -1 for none), all of shape [n_units], and
    `part_start` [n_units * KINDS + 1]; see index/shard.py.
    """

    def __init__(self, store: Store, arrays: Arrays) -> None:
        self._store, self._arrays = store, arrays
        self.role, self.document = arrays["role"], arrays["document"]
        self.names, self.question, self.part_start = arrays["names"], arrays["question"], arrays["part_start"]
        self._clusters = Clusters(arrays["cluster"], arrays["wording"], arrays["alike"])
        self._unit = lru_cache(_UNITS_KEPT)(self._read)
        self.within = lru_cache(_SCOPES_KEPT)(self._within)
        self.words = lru_cache(_UNITS_KEPT)(self._words)
        self.copies = lru_cache(_UNITS_KEPT)(self._copies)

    def __len__(self) -> int:
        return len(self.role)

    def __iter__(self) -> Iterator[Unit]:
        return (self[number] for number in range(len(self)))

    def __getitem__(self, number: int) -> Unit:
        return self._unit(number)

    def _read(self, number: int) -> Unit:
        document, passage = int(self.document[number]), int(self._arrays["passage"][number])
        held = self._store.documents[document]
        return Unit(held, held.questions[-1 - passage] if passage < 0 else self._store.passage(document, passage))

    def beside(self, unit: int) -> range:
        """The units of the submission that holds a unit."""
        document = self.document[unit]
        first, after = self.document.searchsorted([document, document + 1])
        return range(int(first), int(after))

    def passage(self, unit: int) -> Passage:
        """The passage that a unit is; ValueError for a question of the committee."""
        passage = self[unit].passage
        if passage is None:
            raise ValueError(f"unit {unit} is a question of the committee")
        return passage

    @property
    def passage_count(self) -> int:
        """How many of the units are passages."""
        return int(np.count_nonzero(self._arrays["passage"] >= 0))

    def _words(self, unit: int) -> tuple[frozenset[str], ...]:
        """The tokens of each sentence of a passage."""
        passage = self[unit].passage
        spans = [sentence.span for sentence in passage.sentences] if passage else []
        return tuple(frozenset(tokens(span.slice(self[unit].document.text))) for span in spans)

    def is_passage(self, units: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of some units are passages."""
        return np.asarray(self._arrays["passage"][units] >= 0)

    def is_expanded(self, unit: int) -> bool:
        """Whether a unit has expansions."""
        first = unit * KINDS + RowKind.EXPANSION
        start, end = self.part_start[first : first + 2]
        return bool(end > start)

    def is_unanswered(self, units: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of some units are questions of the committee without an answer."""
        return np.asarray(self.role[units] == UNANSWERED)

    def _within(self, references: frozenset[str] | None) -> NDArray[np.int64]:
        """The units of some submissions, or of all; int64, ascending."""
        if references is None:
            return np.arange(len(self))
        numbers = [at for at, document in enumerate(self._store.documents) if document.reference in references]
        return np.flatnonzero(np.isin(self.document, numbers))

    def _copies(self, unit: int, sentence: int) -> tuple[tuple[int, int], ...]:
        """The near-identical sentences in other units: (unit, index of the sentence), in order."""
        starts, own = self._arrays["sentence_start"], int(self._arrays["sentence_start"][unit]) + sentence
        cluster = int(self._clusters.cluster[own])
        if cluster < 0:
            return ()
        first, after = self._arrays["member_start"][cluster : cluster + 2].tolist()
        members = self._arrays["member"][first:after]
        copies = members[self._clusters.copies(own, members)]
        owners = np.searchsorted(starts, copies, side="right") - 1
        elsewhere = owners != unit
        sentences = (copies - starts[owners])[elsewhere]
        return tuple(zip(owners[elsewhere].tolist(), sentences.tolist(), strict=True))

    def notes(self, unit: int, sentences: Sequence[int]) -> int:
        """How many notes some sentences of a passage have; each has a row beside that of its sentence."""
        first = unit * KINDS + RowKind.SENTENCE
        start, end = self.part_start[first : first + 2].tolist()
        about = self._arrays["sentence"][start:end].tolist()
        own = self._arrays["sentence_start"][unit + 1] - self._arrays["sentence_start"][unit] > 1
        return sum(about.count(sentence) - int(own) for sentence in sentences)

    def submission(self, unit: int) -> Document:
        """The submission that holds a unit."""
        return self._store.documents[int(self.document[unit])]

    def span(self, unit: int, sentences: Sequence[int]) -> Span:
        """Where some sentences of a passage that follow each other stand in their submission."""
        first = int(self._arrays["sentence_start"][unit])
        spans = self._arrays["sentence_span"]
        return Span(int(spans[first + sentences[0], 0]), int(spans[first + sentences[-1], 1]))

    def sentences_at(self, reference: str, span: Span) -> tuple[int, range] | None:
        """The unit and its sentences that a span of a submission consists of; None where it is cut otherwise."""
        number = next((n for n, held in enumerate(self._store.documents) if held.reference == reference), None)
        if number is None:
            return None
        starts = self._arrays["sentence_start"]
        first, after = starts[np.searchsorted(self.document, [number, number + 1])].tolist()
        spans = self._arrays["sentence_span"][first:after]
        begins, ends = np.flatnonzero(spans[:, 0] == span.start), np.flatnonzero(spans[:, 1] == span.end)
        if not len(begins) or not len(ends):
            return None
        begin, end = first + int(begins[0]), first + int(ends[-1])
        unit = int(np.searchsorted(starts, begin, side="right")) - 1
        own = range(begin - int(starts[unit]), end - int(starts[unit]) + 1)
        return (unit, own) if end < starts[unit + 1] else None
