"""The floor beneath all: sentence-transformers alone encodes the passages and the question, and finds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.measure import Peer, bare_encoder, run


class EncoderAlone(Peer):
    """Encodes what the peers encode."""

    def __init__(self, _folder: str) -> None:
        self.encode = bare_encoder()

    def build(self, passages: Sequence[str]) -> None:
        """Encode the passages."""
        self.encode(passages)

    def search(self, question: str) -> list[int]:
        """Encode the question."""
        self.encode([question])
        return []

    def save(self, folder: Path) -> None:
        """Nothing to save."""

    def load(self, folder: Path, _passages: Sequence[str]) -> None:
        """Nothing to load."""


if __name__ == "__main__":
    run(EncoderAlone)
