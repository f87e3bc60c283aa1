"""What an answer costs in a corpus of 10^3 passages and more: `python -m benchmarks.scale FOLDER [SIZE ...]`.

The corpora are made up (benchmarks/corpora.py) and so, for their passages, is the encoder (benchmarks/pooled.py);
questions are really encoded. What was built in FOLDER is used again. Each size is measured in a process of its own, so
that memory is its own; times are told beside the encoding of a question in the same process.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median, quantiles

from benchmarks.corpora import documents, questions
from benchmarks.latency import timed
from benchmarks.pooled import PooledEncoder
from bot.answering import Answerer
from bot.outcome import load_models
from bot.settings import Settings
from corpus.document import Document, Span
from corpus.expansions import Expansion
from index.build import Known, shards_of
from index.encoder import load_encoder
from index.folder import FORMAT, open_build, read_weights
from index.merge import NEAREST, merge
from index.nearest import nearest
from index.search import Index
from index.shard import load_shard, rules
from index.tokens import tokens

SIZES = ("1000", "10000")
QUESTIONS = 300
HEADER = "| passages | answer | p99 | answer / encoding | nearest | BM25 | memory | on disk | nearest on disk |"


def main() -> None:
    """Measure the sizes, each in a process, and print a table."""
    folder, *sizes = sys.argv[1:]
    if "--alone" in sizes:
        _measure(Path(folder), int(sizes[0]))
        return
    print(HEADER + "\n|" + "---|" * (HEADER.count("|") - 1), flush=True)
    for size in sizes or SIZES:
        subprocess.run([sys.executable, "-m", "benchmarks.scale", folder, size, "--alone"], check=True)


def _measure(folder: Path, size: int) -> None:
    encoder = PooledEncoder(load_encoder("", Settings().data / "model", print), folder)
    build = folder / f"{size}-{FORMAT}-{rules()[:8]}"  # another one where the code writes another one
    if not (build / NEAREST).exists():
        _build(build, size, encoder)
    index = open_build(build, encoder, read_weights())  # type: ignore[arg-type]
    answerer = Answerer(index, load_models())
    asked = [one.question for one in questions(QUESTIONS, size)]
    for question in asked[: QUESTIONS // 10]:
        answerer.answer(question)
    fresh = asked[QUESTIONS // 10 :]
    encoding, whole = [], []
    for question in fresh:
        encoding.append(timed(lambda: encoder.real.encode([question])))  # noqa: B023 (called at once)
        whole.append(timed(lambda: answerer.answer(question)))  # noqa: B023
    parts = [median(timed(lambda: part(index, question)) for question in fresh) for part in (_nearest, _bm25)]  # noqa: B023
    sizes = {path.name: path.stat().st_size for path in build.iterdir()}
    cells = [
        f"{size:,}",
        _ms(median(whole)),
        _ms(quantiles(whole, n=100)[98]),
        f"{median(whole) / median(encoding):.2f}",
        *map(_ms, parts),
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB",
        f"{sum(sizes.values()) / 1e6:,.0f} MB",
        f"{sizes[NEAREST] / 1e6:,.0f} MB",
    ]
    print(f"| {' | '.join(cells)} |", flush=True)


def _build(build: Path, size: int, encoder: PooledEncoder) -> None:
    """Shards and index; memory holds some 4,000 texts and what the merge needs."""
    shards = build / "shards"
    shards.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    for number, shard in enumerate(shards_of(_bare(size), encoder.encode)):
        shard.save(shards / f"{number:06}.npz")
    made = time.perf_counter()
    paths = sorted(shards.glob("*.npz"))
    merge(lambda: map(load_shard, paths), build)
    for path in paths:
        path.unlink()
    shards.rmdir()
    merged = time.perf_counter()
    print(f"{size:,}: shards {made - began:.0f} s, merged {merged - made:.0f} s", file=sys.stderr)


def _bare(size: int) -> Iterator[tuple[Document, Mapping[Span, Expansion], Known]]:
    return ((document, {}, {}) for document in documents(size))


def _nearest(index: Index, question: str) -> None:
    nearest(index.nearest, index.vector(question)[None, :], 10)


def _bm25(index: Index, question: str) -> None:
    words = tokens(question)
    index.lexical.best(index.lexical.scores(words), words, 10)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


if __name__ == "__main__":
    main()
