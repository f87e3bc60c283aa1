"""Builds the shards of an index: texts without a vector are encoded, those of many submissions at once.

The encoder computes on all processors and leaves the interpreter free meanwhile: what is read and finished then costs
little time of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document, Span
from corpus.expansions import Expansion
from index.shard import Prepared, Shard, finish, prepare

Encode = Callable[[list[str]], NDArray[np.float32]]
Known = Mapping[bytes, NDArray[np.float16]]
"""Vectors by the hash of their text, from an earlier build."""
Tick = Callable[[float], None]

_TOGETHER = 4096  # texts that wait for each other, so that those of a length are encoded together
_AT_ONCE = 1024  # texts after which progress is told


def shards_of(
    documents: Iterable[tuple[Document, Mapping[Span, Expansion], Known]], encode: Encode, tick: Tick = lambda _: None
) -> Iterator[Shard]:
    """The shards of documents with their expansions, in order; `tick` is told how many documents more are done.

    While the texts of some are encoded, in a thread, the ones before them are finished and the next ones are read.
    """
    before: _Encoding | None = None
    with _thread() as thread:
        for waiting in _together(documents):
            encoding = _Encoding(waiting, encode, thread)
            if before:
                yield from before.finished(tick)
            before = encoding
        if before:
            yield from before.finished(tick)


@contextmanager
def _thread() -> Iterator[Executor]:
    """A second thread; leaving it drops the work that has not begun and waits for what is under way."""
    thread = ThreadPoolExecutor(1, "encoding")
    try:
        yield thread
    finally:
        thread.shutdown(cancel_futures=True)


def _together(
    documents: Iterable[tuple[Document, Mapping[Span, Expansion], Known]],
) -> Iterator[list[tuple[Prepared, Known]]]:
    """The documents, prepared, so many at a time as are encoded together."""
    waiting: list[tuple[Prepared, Known]] = []
    rows = 0
    for document, expansions, known in documents:
        waiting.append((prepare(document, expansions), known))
        rows += len(waiting[-1][0].rows)
        if rows >= _TOGETHER:
            yield waiting
            waiting, rows = [], 0
    if waiting:
        yield waiting


class _Encoding:
    """Prepared documents whose texts, the longest first, `thread` encodes."""

    def __init__(self, waiting: list[tuple[Prepared, Known]], encode: Encode, thread: Executor) -> None:
        self._waiting = [(*one, [digest.tobytes() for digest in one[0].hashes]) for one in waiting]
        fresh: dict[bytes, str] = {}
        for prepared, known, keys in self._waiting:
            fresh.update((key, row.text) for key, row in zip(keys, prepared.rows, strict=True) if key not in known)
        order = sorted(fresh, key=lambda key: -len(fresh[key]))
        parts = [order[start : start + _AT_ONCE] for start in range(0, len(order), _AT_ONCE)]
        self._parts = [(keys, thread.submit(encode, [fresh[key] for key in keys])) for keys in parts]

    def finished(self, tick: Tick) -> Iterator[Shard]:
        """The shards, once their texts are encoded."""
        vectors: dict[bytes, NDArray[np.float16]] = {}
        for keys, encoded in self._parts:
            vectors.update(zip(keys, encoded.result().astype(np.float16), strict=True))
            tick(len(self._waiting) / len(self._parts))
        if not self._parts:
            tick(len(self._waiting))
        for prepared, known, keys in self._waiting:
            found = [vectors[key] if key in vectors else known[key] for key in keys]
            yield finish(prepared, np.array(found, np.float16))
