"""What dense search costs beside exact search: recall against time on one thread, and memory, for kinds of index.

    python -m benchmarks.dense FOLDER [SIZE ...]

makes up corpora of so many passages (10^4, 10^5 and 10^6), keeps vectors, indices and figures in FOLDER, so that a run
goes on where the last one stopped, prints a table and draws docs/dense-search.png.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from benchmarks.chart import draw
from benchmarks.corpora import documents, questions
from benchmarks.latency import timed
from benchmarks.pooled import PooledEncoder
from index.encoder import load_encoder
from index.nearest import Kind, build_nearest, load_nearest, nearest, save_nearest
from index.rows import in_context

SIZES = (10_000, 100_000, 1_000_000)
QUERIES, ROUNDS = 500, 3  # the time of a query is its best of the rounds
TAKEN = 256  # rows that a search hands on to be scored exactly
EFFORTS = {"I": ("nprobe", (8, 16, 32, 64, 128, 256, 512, 1024)), "H": ("efSearch", (32, 64, 128, 256, 512, 1024))}
_CHUNK = 8192

Vectors = NDArray[np.float32]
Rows = NDArray[np.int64]
Figures = list[dict[str, Any]]


@dataclass(frozen=True)
class Corpus:
    """Vectors as they are built from, as float16 for exact scores, queries, and the 10 truly nearest rows of each."""

    vectors: Vectors
    halves: NDArray[np.float16]
    queries: Vectors
    truth: Rows


def kinds(count: int) -> list[Kind]:
    """The kinds that are compared for a corpus of that size."""
    lists = 2 ** round(np.log2(4 * count**0.5))
    graphs = ["HNSW16,SQ8", *(["HNSW24,SQ8"] if count < SIZES[-1] else [])]  # the larger graph takes half an hour
    parted = [f"IVF{lists},{code}" for code in ("PQ192x4fs", "SQ8", "RaBitQfs")]
    return [Kind(name, 1, 50 * lists) for name in ["Flat", *parted, *graphs]]


def main() -> None:
    """Measure what was not measured before, print, draw."""
    folder, sizes = Path(sys.argv[1]), [int(size) for size in sys.argv[2:]] or SIZES
    encoder = PooledEncoder(load_encoder(), folder)
    vectors = _passages(folder / f"vectors-{max(sizes)}.npy", encoder, max(sizes))
    halves = _halves(folder / f"halves-{max(sizes)}.npy", vectors)
    figures: Figures = []
    for size in sizes:
        queries = encoder.encode([asked.question for asked in questions(QUERIES, size)])
        corpus = Corpus(vectors[:size], halves[:size], queries, _exact(vectors[:size], queries))
        for kind in kinds(size):
            saved = folder / f"{size}-{kind.factory}.json"
            if not saved.exists():
                saved.write_text(json.dumps(_measure(folder, corpus, kind)), encoding="utf-8")
            figures += json.loads(saved.read_text(encoding="utf-8"))
    _print(figures)
    draw(figures, Path(__file__).parents[1] / "docs" / "dense-search.png")


def _passages(path: Path, encoder: PooledEncoder, count: int) -> Vectors:
    """The vectors of that many passages with their headings, mapped from the file, which is made if need be."""
    if not path.exists():
        texts = (in_context(passage) for document in documents(count) for passage in document.passages)
        encoded = (encoder.encode(chunk) for chunk in iter(lambda: list(islice(texts, _CHUNK)), []))
        _write(path, encoded, (count, encoder.encode(["one"]).shape[1]), np.float32)
    return np.asarray(np.load(path, mmap_mode="r"))


def _halves(path: Path, vectors: Vectors) -> NDArray[np.float16]:
    """The vectors as float16, mapped from a file as a bot's are."""
    if not path.exists():
        _write(path, _chunks(vectors), vectors.shape, np.float16)
    return np.asarray(np.load(path, mmap_mode="r"))


def _write(path: Path, chunks: Iterable[Vectors], shape: tuple[int, ...], kind: type[np.floating[Any]]) -> None:
    """Write an array chunk by chunk; the file has its name once it is whole."""
    half, start = path.with_suffix(".half"), 0
    written = np.lib.format.open_memmap(half, mode="w+", dtype=kind, shape=shape)
    for chunk in chunks:
        written[start : start + len(chunk)] = chunk
        start += len(chunk)
    written.flush()
    half.rename(path)


def _chunks(vectors: Vectors) -> Iterator[Vectors]:
    return (vectors[start : start + _CHUNK] for start in range(0, len(vectors), _CHUNK))


def _exact(vectors: Vectors, queries: Vectors) -> Rows:
    """The 10 nearest of each query by exact inner product: int64, shape [n_queries, 10]."""
    return np.asarray(faiss.knn(queries, vectors, 10, metric=faiss.METRIC_INNER_PRODUCT)[1], np.int64)


def _measure(folder: Path, corpus: Corpus, kind: Kind) -> Figures:
    """Build an index, read it from its file as a bot does, and search it with more and more effort."""
    count, dimension = corpus.vectors.shape
    path = folder / f"{count}-{kind.factory}.faiss"
    began, began_cpu = time.perf_counter(), time.process_time()
    save_nearest(build_nearest(partial(_chunks, corpus.vectors), count, dimension, kind), path)
    built = {"build_s": time.perf_counter() - began, "build_cpu_s": time.process_time() - began_cpu}
    before = _resident()
    index = load_nearest(path)
    figures = []
    name, efforts = EFFORTS.get(kind.factory[0], ("", (0,)))
    for effort in efforts:
        if name:
            faiss.ParameterSpace().set_index_parameter(index, name, effort)
        recalls = _recalls(nearest(index, corpus.queries, TAKEN), corpus.truth)
        figures.append({"size": count, "kind": kind.factory, "effort": effort, **recalls, "ms": _ms(index, corpus)})
        if recalls["rescored"] > 0.995:
            break
    memory = {"file_mb": path.stat().st_size / 1e6, "memory_mb": _resident() - before}
    floor = {"read_ms": timed(path.read_bytes) * 1000}
    path.unlink()
    return [{**figure, **built, **memory, **floor} for figure in figures]


def _recalls(found: Rows, truth: Rows) -> dict[str, float]:
    """recall@10 in the order of the index's own scores, and after all rows that it found are scored exactly."""
    first, all_found = (
        float(np.mean([len({*one} & {*other}) / 10 for one, other in zip(rows, truth, strict=True)]))
        for rows in (found[:, :10], found)
    )
    return {"recall": first, "rescored": all_found}


def _ms(index: faiss.Index, corpus: Corpus) -> float:
    """Milliseconds (median) to find rows for one query and to score them exactly."""

    def answer(query: Vectors) -> None:
        rows = nearest(index, query[None], TAKEN)[0]
        np.argsort(corpus.halves[np.sort(rows[rows >= 0])].astype(np.float32) @ query)

    some = corpus.queries[:50] if isinstance(index, faiss.IndexFlat) else corpus.queries
    rounds = [[timed(partial(answer, query)) for query in some] for _ in range(ROUNDS)]
    return statistics.median(min(times) for times in zip(*rounds, strict=True)) * 1000


def _resident() -> float:
    """MB of memory of its own that this process holds, without what is mapped from files (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon")) / 1000


def _print(figures: Figures) -> None:
    print("     size kind                 effort recall@10 of 256      ms  build s  CPU s  file MB  read ms  memory MB")
    for row in figures:
        what = "{size:9,} {kind:20} {effort:6} {recall:9.3f} {rescored:6.3f} {ms:7.2f} ".format_map(row)
        print(
            what + "{build_s:8.0f} {build_cpu_s:6.0f} {file_mb:8.0f} {read_ms:8.0f} {memory_mb:10.0f}".format_map(row)
        )


if __name__ == "__main__":
    main()
