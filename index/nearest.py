"""The nearest vectors of a query: which kind of FAISS index a corpus gets by its size, how it is built and searched.

A small corpus is searched exactly. A large one is parted into lists around centroids, a query visits the lists that
are nearest to it, and two numbers of a vector are held in 4 bits (product quantisation): the rows that come back are
the right ones, but their order is rough, so whoever has the exact vectors scores them again. FAISS takes 15 MB, so it
is imported where it is used: a corpus that is weighed whole is searched without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import faiss

_EXACT = 20_000  # vectors up to which every one is compared
_PROBES, _FEWER_PROBES = 256, 128  # lists that a query visits
_FINE = 500_000  # vectors from which the fewer lists are enough, and a query within a scope still starts from the more
_SAMPLE = 50  # vectors for each centroid that train it; FAISS wants 39 or more

Chunks = Callable[[], Iterable[NDArray[np.float32]]]


@dataclass(frozen=True, slots=True)
class Kind:
    """What FAISS builds and how it searches: a factory string, the lists that a query visits, the training vectors."""

    factory: str
    probes: int = 0
    sample: int = 0


def kind_for(count: int, dimension: int) -> Kind:
    """The kind of index for so many vectors, chosen by the curves in docs/dense-search.md.

    Of a million the 128 rows found hold 0.986 of the 10 nearest, in 0.8 ms where comparing every one takes 159.
    """
    if count <= _EXACT:
        return Kind("Flat")
    lists = 2 ** round(np.log2(4 * count**0.5))
    probes = _PROBES if count < _FINE else _FEWER_PROBES
    return Kind(f"IVF{lists},PQ{dimension // 2}x4fs", probes, _SAMPLE * lists)


def build_nearest(chunks: Chunks, count: int, dimension: int, kind: Kind | None = None) -> faiss.Index:
    """A FAISS index over `count` unit vectors by inner product, whose rows are numbered as they come.

    Its kind is that for the count unless another is given. `chunks()` yields float32 [n, dimension] and is called twice
    where there is something to train; memory holds the index, the training sample and one chunk. ValueError if the
    chunks do not hold `count` vectors.
    """
    import faiss

    kind = kind or kind_for(count, dimension)
    index = faiss.index_factory(dimension, kind.factory, faiss.METRIC_INNER_PRODUCT)
    if isinstance(index, faiss.IndexIVF):
        index.nprobe = kind.probes
    if not index.is_trained:
        index.train(_sampled(chunks(), count, kind.sample))
    for chunk in chunks():
        index.add(chunk)
    if index.ntotal != count:
        raise ValueError(f"{index.ntotal} vectors came where {count} were announced")
    return index


def _sampled(chunks: Iterable[NDArray[np.float32]], count: int, size: int) -> NDArray[np.float32]:
    """So many of the vectors, drawn without favour and always the same."""
    drawn = np.zeros(count, bool)
    drawn[np.random.default_rng(0).choice(count, min(size, count), replace=False)] = True
    found, at = [], 0
    for chunk in chunks:
        found.append(chunk[drawn[at : at + len(chunk)]])
        at += len(chunk)
    return np.concatenate(found)


def save_nearest(index: faiss.Index, path: Path) -> None:
    """Write an index into one file."""
    import faiss

    faiss.write_index(index, str(path))


def load_nearest(path: Path) -> faiss.Index:
    """The index in a file, read into memory, for FAISS cannot map blocks of codes: 116 MB for a million vectors.

    Thread-safe.
    """
    import faiss

    return faiss.read_index(str(path))


def nearest(
    index: faiss.Index, vectors: NDArray[np.float32], most: int, among: NDArray[np.bool_] | None = None
) -> NDArray[np.int64]:
    """The rows nearest to each query: int64, shape [n_queries, most], nearest first, -1 where there are no more.

    The order is that of the index's own scores. `among` (bool, shape [n_rows]) admits only some rows; the fewer they
    are, the more lists are visited, by the root of their share, which keeps the recall.
    """
    with _one_thread():
        _, rows = index.search(vectors, most, params=_parameters(index, among))
    return np.asarray(rows, np.int64)


def _parameters(index: faiss.Index, among: NDArray[np.bool_] | None) -> faiss.SearchParameters | None:
    if among is None:
        return None
    import faiss

    extended: Any = faiss  # its type stubs lack what its Python layer adds to a constructor
    admitted: dict[str, Any] = {"sel": extended.IDSelectorBitmap(np.packbits(among, bitorder="little"))}
    if not isinstance(index, faiss.IndexIVF):
        return faiss.SearchParameters(**admitted)
    share = max(int(among.sum()), 1) / len(among)
    admitted["nprobe"] = min(index.nlist, round(_PROBES / share**0.5))
    return faiss.SearchParametersIVF(**admitted)


@contextmanager
def _one_thread() -> Iterator[None]:
    """A query keeps to the thread that asks; OpenMP holds the number for each thread, so others are not touched."""
    import faiss

    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)
