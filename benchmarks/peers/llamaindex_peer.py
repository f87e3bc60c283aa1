"""LlamaIndex: a VectorStoreIndex with a local HuggingFaceEmbedding, as its starter tutorial for local models shows.

`similarity_top_k` is 3 instead of its default 2, because three passages are judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from llama_index.core import Document, Settings, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.embeddings.huggingface import HuggingFaceEmbedding

from benchmarks.peers.measure import Peer, run


class LlamaIndex(Peer):
    """VectorStoreIndex.from_documents; no passage is long enough for its splitter to cut it."""

    def __init__(self, folder: str) -> None:
        Settings.embed_model = HuggingFaceEmbedding(model_name=folder)

    def build(self, passages: Sequence[str]) -> None:
        """Embed the passages."""
        documents = [Document(text=text, id_=str(number)) for number, text in enumerate(passages)]
        self._retriever(VectorStoreIndex.from_documents(documents))

    def _retriever(self, index: VectorStoreIndex) -> None:
        self.index = index
        self.retriever = index.as_retriever(similarity_top_k=3)

    def search(self, question: str) -> list[int]:
        """The nearest passages."""
        return [int(found.node.ref_doc_id) for found in self.retriever.retrieve(question)]

    def save(self, folder: Path) -> None:
        """Persist the storage context."""
        self.index.storage_context.persist(str(folder))

    def load(self, folder: Path, _passages: Sequence[str]) -> None:
        """Read the storage context."""
        self._retriever(load_index_from_storage(StorageContext.from_defaults(persist_dir=str(folder))))


if __name__ == "__main__":
    run(LlamaIndex)
