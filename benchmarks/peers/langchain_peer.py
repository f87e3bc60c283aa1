"""LangChain: FAISS and BM25 in an EnsembleRetriever with equal weights, as its guide to hybrid search shows.

Each retriever gives 4 passages, the default of both; BM25Retriever cannot be saved and is built anew from the texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever
from langchain_community.vectorstores import FAISS
from langchain_huggingface import HuggingFaceEmbeddings

from benchmarks.peers.measure import Peer, run


class LangChain(Peer):
    """FAISS.from_texts, BM25Retriever.from_texts, EnsembleRetriever."""

    def __init__(self, folder: str) -> None:
        self.embeddings = HuggingFaceEmbeddings(model_name=folder)

    def build(self, passages: Sequence[str]) -> None:
        """Embed the passages and count their words."""
        self._ensemble(FAISS.from_texts(list(passages), self.embeddings, metadatas=_numbers(passages)), passages)

    def _ensemble(self, vectors: FAISS, passages: Sequence[str]) -> None:
        self.vectors = vectors
        words = BM25Retriever.from_texts(list(passages), metadatas=_numbers(passages))
        self.retriever = EnsembleRetriever(retrievers=[words, vectors.as_retriever()], weights=[0.5, 0.5])

    def search(self, question: str) -> list[int]:
        """The fused passages."""
        return [document.metadata["number"] for document in self.retriever.invoke(question)]

    def save(self, folder: Path) -> None:
        """Write the FAISS store."""
        self.vectors.save_local(str(folder))

    def load(self, folder: Path, passages: Sequence[str]) -> None:
        """Read the FAISS store, count the words again."""
        vectors = FAISS.load_local(str(folder), self.embeddings, allow_dangerous_deserialization=True)
        self._ensemble(vectors, passages)


def _numbers(passages: Sequence[str]) -> list[dict[str, int]]:
    return [{"number": number} for number in range(len(passages))]


if __name__ == "__main__":
    run(LangChain)
