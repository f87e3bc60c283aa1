"""txtai: Embeddings(hybrid=True, content=True), as its examples of hybrid search show; a search gives 3 by default."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from txtai import Embeddings

from benchmarks.peers.measure import Peer, run


class Txtai(Peer):
    """Vectors in Faiss, BM25 and the texts in SQLite."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    @cached_property
    def embeddings(self) -> Embeddings:
        """An empty index with its model; a saved one loads the model itself."""
        return Embeddings(path=self.folder, hybrid=True, content=True)

    def build(self, passages: Sequence[str]) -> None:
        """Index the passages; what was there is overwritten."""
        self.embeddings.index((str(number), text, None) for number, text in enumerate(passages))

    def search(self, question: str) -> list[int]:
        """The best passages."""
        return [int(found["id"]) for found in self.embeddings.search(question)]

    def save(self, folder: Path) -> None:
        """Write the index."""
        self.embeddings.save(str(folder))

    def load(self, folder: Path, _passages: Sequence[str]) -> None:
        """Read the index and its model."""
        self.embeddings = Embeddings()
        self.embeddings.load(str(folder))


if __name__ == "__main__":
    run(Txtai)
