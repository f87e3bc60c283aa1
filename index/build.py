"""Builds the shards of an index: texts that have no vector yet are encoded, many submissions' together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

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
_AT_ONCE = 512  # texts after which progress is told


def shards_of(
    documents: Iterable[tuple[Document, Mapping[Span, Expansion], Known]], encode: Encode, tick: Tick = lambda _: None
) -> Iterator[Shard]:
    """The shards of documents with their expansions, in order; `tick` is told how many documents more are done."""
    waiting: list[tuple[Prepared, Known]] = []
    rows = 0
    for document, expansions, known in documents:
        waiting.append((prepare(document, expansions), known))
        rows += len(waiting[-1][0].rows)
        if rows >= _TOGETHER:
            yield from _finished(waiting, encode, tick)
            waiting, rows = [], 0
    yield from _finished(waiting, encode, tick)


def _finished(waiting: list[tuple[Prepared, Known]], encode: Encode, tick: Tick) -> Iterator[Shard]:
    hashes = [[digest.tobytes() for digest in prepared.hashes] for prepared, _ in waiting]
    fresh: dict[bytes, str] = {}
    for (prepared, known), keys in zip(waiting, hashes, strict=True):
        fresh.update((key, row.text) for key, row in zip(keys, prepared.rows, strict=True) if key not in known)
    vectors = _encoded(fresh, encode, lambda share: tick(share * len(waiting)))
    for (prepared, known), keys in zip(waiting, hashes, strict=True):
        found = [vectors[key] if key in vectors else known[key] for key in keys]
        yield finish(prepared, np.array(found, np.float16))


def _encoded(texts: Mapping[bytes, str], encode: Encode, tick: Tick) -> dict[bytes, NDArray[np.float16]]:
    """The vectors of texts by their keys, the longest texts first; `tick` is told the share done."""
    if not texts:
        tick(1.0)
    order = sorted(texts, key=lambda key: -len(texts[key]))
    vectors: dict[bytes, NDArray[np.float16]] = {}
    for start in range(0, len(order), _AT_ONCE):
        keys = order[start : start + _AT_ONCE]
        vectors.update(zip(keys, encode([texts[key] for key in keys]).astype(np.float16), strict=True))
        tick(len(keys) / len(order))
    return vectors
