"""The served model beside sentence-transformers, which is the floor of every ratio: `make bench`.

Each is taken in turn with its floor on the same machine, for machines differ and drift.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

from benchmarks.latency import development_questions, timed
from bot.answering import Answerer
from bot.corpus_index import load_answerer
from bot.settings import read_settings
from corpus.submission import SHIPPED, read_expanded
from index.encoder import Encoder, load_encoder
from index.rows import rows_of, units_of

PROCESSES, ROUNDS, AT_ONCE = 5, 3, 8
_LOADING = """
import sys
from sentence_transformers import SentenceTransformer
from index.encoder import bundled_model
SentenceTransformer(str(bundled_model()), device="cpu", local_files_only=True).encode([sys.argv[1]])
"""


class Cost(NamedTuple):
    """What a whole process takes: seconds by the clock, processor seconds, memory at its peak in MiB."""

    wall: float
    processor: float
    memory: float


def cost(*arguments: str) -> Cost:
    """The cost of Python with these arguments; the caller must be small, for its memory counts until the process is."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{arguments} failed")
    return Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def cold(question: str) -> None:
    """`ask` in a process of its own beside loading sentence-transformers to encode the same question."""
    asking, loading = [], []
    for _ in range(PROCESSES):
        loading.append(cost("-c", _LOADING, question))
        asking.append(cost("-m", "bot", "ask", "--json", question))
    floor = Cost(*map(statistics.median, zip(*loading, strict=True)))
    print(f"floor: loading sentence-transformers, {floor.wall:.1f} s, {floor.processor:.1f} s of processor, ", end="")
    print(f"{floor.memory:.0f} MiB (medians)")
    for name in Cost._fields:
        ratios = [getattr(a, name) / getattr(b, name) for a, b in zip(asking, loading, strict=True)]
        print(f"`ask` from a cold process, {name}: {statistics.median(ratios):.2f} times the floor")


def alone(served: Encoder, reference: Encoder, questions: Sequence[str]) -> None:
    """One question after another."""
    rounds = [[timed(partial(each.encode, [question])) for each in (reference, served)] for question in questions]
    one, other = map(statistics.median, zip(*rounds, strict=True))
    print(f"one question: {one / other:.1f} times as fast as {one * 1000:.1f} ms (medians)")


def bulk(served: Encoder, reference: Encoder, texts: Sequence[str]) -> None:
    """All texts in one call."""
    rounds = [[timed(partial(each.encode, texts)) for each in (reference, served)] for _ in range(ROUNDS)]
    ratio = statistics.median(floor / taken for floor, taken in rounds)
    print(f"{len(texts)} texts at once: {ratio:.1f} times as fast as {statistics.median(rounds)[0]:.1f} s (medians)")


def together(answerer: Answerer, reference: Encoder, questions: Sequence[str]) -> None:
    """Whole answers to questions that come at once, beside the encoding of all of them in one call."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answering = partial(pool.map, answerer.answer)
        for encoder, name in ((answerer.index.encoder, "its own bulk encoding"), (reference, "the floor's")):
            ratios = []
            for number in range(2 * ROUNDS):
                fresh = [f"{question} {name} {number}" for question in questions]  # texts that were never encoded
                ratios.append(timed(partial(encoder.encode, fresh)) / timed(lambda: list(answering(fresh))))  # noqa: B023
            found = statistics.median(ratios[1:])  # the first one warms up
            print(f"answers to {AT_ONCE} questions at once: {found:.2f} times the throughput of {name}")


def main() -> None:
    """Print the ratios, first those of whole processes."""
    settings = read_settings(os.environ)
    questions = development_questions()
    cost("-m", "bot", "index")  # this process stays small until the others are measured
    cold(questions[0])
    answerer = load_answerer(settings, print)
    served, reference = answerer.index.encoder, load_encoder(settings.model)
    for encoder in (served, reference):
        for question in questions[:20]:
            encoder.encode([question])
    document, expansions = read_expanded(SHIPPED / "PSR0074")
    alone(served, reference, questions)
    bulk(served, reference, [row.text for row in rows_of(units_of(document), expansions)])
    together(answerer, reference, questions)


if __name__ == "__main__":
    main()
