"""Merges the shards of all submissions into one index, a submission at a time, into files that need not fit in memory.

Two passes: the first counts (so that every file gets its size), the second writes each shard into its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.clusters import clusters
from corpus.copies import SIGNATURE
from corpus.document import Span
from index.lexical import idf, impact
from index.nearest import build_nearest, save_nearest
from index.rows import KINDS, RowKind
from index.shard import Arrays, Shard
from index.store import Store, StoreWriter

STORE, NEAREST = "texts.sqlite", "nearest.faiss"
_CHUNK = 8192  # rows that are read at a time for the index of the nearest


@dataclass
class _Counts:
    """What the first pass finds."""

    units: int = 0
    rows: int = 0
    sentences: int = 0
    length: int = 0
    dimension: int = 0
    holding: dict[str, int] = field(default_factory=dict)

    def add(self, shard: Shard) -> None:
        arrays = shard.arrays
        self.units += len(arrays["role"])
        self.rows += len(arrays["sentence"])
        self.sentences += len(arrays["signature"])
        self.length += int(arrays["count"].sum())
        self.dimension = arrays["vectors"].shape[1]
        for token, count in zip(shard.records["tokens"], np.bincount(arrays["token"]).tolist(), strict=True):
            self.holding[token] = self.holding.get(token, 0) + count


def merge(shards: Callable[[], Iterable[Shard]], folder: Path) -> None:
    """Write the index of all `shards()`, which is called twice, into an empty folder."""
    counts = _Counts()
    for shard in shards():
        counts.add(shard)
    arrays = _Files(folder, counts)
    texts = StoreWriter(folder / STORE)
    for shard in shards():
        arrays.add(shard, texts.documents, texts.passages)
        texts.add(shard)
    texts.finish(arrays.tokens)
    arrays.finish()
    _write_nearest(folder, arrays)
    _write_copies(folder, arrays, texts)


class _Files:
    """The arrays of the index as memory-mapped files; numbers of units and rows grow from shard to shard."""

    def __init__(self, folder: Path, counts: _Counts) -> None:
        self.tokens = sorted(counts.holding)
        self._number = {token: number for number, token in enumerate(self.tokens)}
        holding = np.array([counts.holding[token] for token in self.tokens], np.int64)
        self._idf = np.array([idf(int(count), counts.units) for count in holding])
        self._mean_length = counts.length / counts.units if counts.units else 1.0
        self._start = np.concatenate(([0], np.cumsum(holding)))
        self._cursor = self._start[:-1].copy()
        np.save(folder / "token_start.npy", self._start)
        shapes: dict[str, tuple[type[np.generic], tuple[int, ...]]] = {
            "document": (np.int32, (counts.units,)),
            "passage": (np.int64, (counts.units,)),
            "role": (np.int8, (counts.units,)),
            "names": (np.int64, (counts.units,)),
            "question": (np.int64, (counts.units,)),
            "part_start": (np.int64, (counts.units * KINDS + 1,)),
            "sentence_start": (np.int64, (counts.units + 1,)),
            "sentence": (np.int16, (counts.rows,)),
            "vectors": (np.float16, (counts.rows, counts.dimension)),
            "sentence_span": (np.int32, (counts.sentences, 2)),
            "signature": (np.uint64, (counts.sentences, SIGNATURE)),
            "posting_unit": (np.int32, (int(self._start[-1]),)),
            "posting_weight": (np.float32, (int(self._start[-1]),)),
        }
        self.made: Arrays = {name: _file(folder, name, *shape) for name, shape in shapes.items()}
        self._unit = self._row = self._sentence = 0

    def add(self, shard: Shard, document: int, passage: int) -> None:
        """Write a shard's arrays into their places, with its numbers turned into those of the index."""
        held, unit = shard.arrays, self._unit
        units, rows, sentences = len(held["role"]), len(held["sentence"]), len(held["signature"])
        place = slice(unit, unit + units)
        self.made["document"][place] = document
        self.made["passage"][place] = held["passage"] + np.where(held["passage"] >= 0, passage, 0)
        self.made["role"][place] = held["role"]
        for name in ("names", "question"):
            self.made[name][place] = np.where(held[name] >= 0, held[name] + unit, -1)
        self.made["part_start"][unit * KINDS : (unit + units) * KINDS] = held["part_start"][:-1] + self._row
        self.made["sentence_start"][place] = held["sentence_start"][:-1] + self._sentence
        for name in ("sentence", "vectors"):
            self.made[name][self._row : self._row + rows] = held[name]
        for name in ("sentence_span", "signature"):
            self.made[name][self._sentence : self._sentence + sentences] = held[name]
        self._add_postings(shard)
        self._unit, self._row, self._sentence = unit + units, self._row + rows, self._sentence + sentences

    def _add_postings(self, shard: Shard) -> None:
        held = shard.arrays
        sizes = np.diff(held["token_start"])
        owner = np.repeat(np.arange(len(sizes)), sizes)
        length = np.bincount(owner, held["count"], len(sizes))
        numbers = np.array([self._number[token] for token in shard.records["tokens"]], np.int64)[held["token"]]
        order = np.argsort(numbers, kind="stable")
        token, owner, count = numbers[order], owner[order], held["count"][order]
        distinct, first, sizes = np.unique(token, return_index=True, return_counts=True)
        place = self._cursor[token] + np.arange(len(token)) - np.repeat(first, sizes)
        self._cursor[distinct] += sizes
        self.made["posting_unit"][place] = owner + self._unit
        self.made["posting_weight"][place] = self._idf[token] * impact(count, length[owner], self._mean_length)

    def finish(self) -> None:
        """Close the last gaps."""
        self.made["part_start"][-1] = self._row
        self.made["sentence_start"][-1] = self._sentence


def _file(folder: Path, name: str, kind: type[np.generic], shape: tuple[int, ...]) -> NDArray[Any]:
    if 0 in shape:  # nothing can be mapped into memory
        empty = np.zeros(shape, kind)
        np.save(folder / f"{name}.npy", empty)
        return empty
    made: NDArray[Any] = np.lib.format.open_memmap(folder / f"{name}.npy", mode="w+", dtype=kind, shape=shape)
    return made


def _write_nearest(folder: Path, files: _Files) -> None:
    """The FAISS index of one row for each unit, the whole in its context, and of all expansions."""
    made, starts = files.made, files.made["part_start"]
    last = starts[RowKind.WHOLE + 1 :: KINDS] - 1
    kind = np.repeat(np.resize(np.arange(KINDS, dtype=np.int8), len(starts) - 1), np.diff(starts))
    leading = np.sort(np.concatenate((last, np.flatnonzero(kind == RowKind.EXPANSION))))
    owner = np.searchsorted(starts[::KINDS], leading, side="right").astype(np.int32) - 1
    np.save(folder / "leading_unit.npy", owner)

    def chunks() -> Iterator[NDArray[np.float32]]:
        for start in range(0, len(leading), _CHUNK):
            yield made["vectors"][leading[start : start + _CHUNK]].astype(np.float32)

    save_nearest(build_nearest(chunks, len(leading), made["vectors"].shape[1]), folder / NEAREST)


def _write_copies(folder: Path, files: _Files, texts: StoreWriter) -> None:
    """The clusters of near-identical sentences, and the members of each."""
    made, store = {name: np.asarray(array) for name, array in files.made.items()}, Store(folder / STORE)
    starts, spans, document = made["sentence_start"], made["sentence_span"], made["document"]

    def text(sentence: int) -> str:
        unit = int(starts.searchsorted(sentence, side="right")) - 1
        return Span(*spans[sentence].tolist()).slice(store.documents[int(document[unit])].text)

    found = clusters(made["signature"], text)
    cluster = found.cluster
    members = np.flatnonzero(cluster >= 0)
    members = members[np.argsort(cluster[members], kind="stable")]
    for name in ("cluster", "wording", "alike"):
        np.save(folder / f"{name}.npy", getattr(found, name))
    np.save(folder / "member.npy", members)
    np.save(folder / "member_start.npy", np.searchsorted(cluster[members], np.arange(cluster.max(initial=-1) + 2)))
    (folder / "signature.npy").unlink()
