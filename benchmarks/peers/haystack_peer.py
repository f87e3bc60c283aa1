"""Haystack: an in-memory store, embedding and BM25 retrievers and a DocumentJoiner, as its hybrid pipelines show.

Each retriever gives 10 passages, the default of both; they are joined by reciprocal rank fusion.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from benchmarks.peers.measure import Peer, run


class Haystack(Peer):
    """Two pipelines: one embeds and writes documents, one embeds a question, retrieves twice and joins."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.documents = SentenceTransformersDocumentEmbedder(model=folder, progress_bar=False)
        self.documents.warm_up()

    def build(self, passages: Sequence[str]) -> None:
        """Embed the passages and write them to a new store."""
        texts = [Document(id=str(number), content=text) for number, text in enumerate(passages)]
        store = InMemoryDocumentStore()
        store.write_documents(self.documents.run(documents=texts)["documents"])
        self._pipeline(store)

    def _pipeline(self, store: InMemoryDocumentStore) -> None:
        self.store, self.pipeline = store, Pipeline()
        self.pipeline.add_component("embedder", SentenceTransformersTextEmbedder(model=self.folder, progress_bar=False))
        self.pipeline.add_component("vectors", InMemoryEmbeddingRetriever(store))
        self.pipeline.add_component("words", InMemoryBM25Retriever(store))
        self.pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
        self.pipeline.connect("embedder", "vectors")
        self.pipeline.connect("vectors", "joiner")
        self.pipeline.connect("words", "joiner")
        self.pipeline.warm_up()

    def search(self, question: str) -> list[int]:
        """The joined passages."""
        found = self.pipeline.run({"embedder": {"text": question}, "words": {"query": question}})
        return [int(document.id) for document in found["joiner"]["documents"]]

    def save(self, folder: Path) -> None:
        """Write the store."""
        self.store.save_to_disk(str(folder / "store.json"))

    def load(self, folder: Path, _passages: Sequence[str]) -> None:
        """Read the store."""
        self._pipeline(InMemoryDocumentStore.load_from_disk(str(folder / "store.json")))


if __name__ == "__main__":
    run(Haystack)
