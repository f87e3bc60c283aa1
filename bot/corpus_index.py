"""The corpus and its index, ready to answer: opened where they are whole and current, rebuilt where not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.answering import Answerer
from bot.outcome import load_model
from bot.settings import Settings
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.expansions import read_expansions
from corpus.submission import find_submissions, read_submission
from index.build import Expansions, build_index
from index.encoder import Encoder, load_encoder
from index.folder import StaleIndex, describe, load_index, read_weights, save_index
from index.search import Index


def read_corpus(folder: Path) -> tuple[list[Document], Expansions]:
    """All submissions of a folder with their expansions; CorpusError names the first that cannot be used."""
    documents: list[Document] = []
    expansions: Expansions = {}
    for path in find_submissions(folder):
        document = read_submission(path)
        if any(document.reference == other.reference for other in documents):
            raise CorpusError(f"{path}: reference {document.reference} is taken by another submission")
        documents.append(document)
        for expansion in read_expansions(path / "expansions.jsonl", document):
            expansions[document.reference, expansion.span] = expansion
    return documents, expansions


def open_index(
    documents: Sequence[Document],
    expansions: Expansions,
    encoder: Encoder,
    folder: Path,
    *,
    rebuild: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> Index:
    """The index of these documents in `folder`, built anew where it is missing, damaged or of something else."""
    weights = read_weights()
    description = describe(documents, expansions, encoder.identity, weights)
    if not rebuild:
        try:
            return load_index(folder, documents, description, encoder)
        except StaleIndex as reason:
            say(f"Building the index: {reason}.")
    index = build_index(documents, expansions, encoder, weights)
    save_index(index, folder, description)
    return index


def open_corpus(
    settings: Settings, say: Callable[[str], None], *, rebuild: bool = False
) -> tuple[list[Document], Index]:
    """The submissions that the settings name, and their index."""
    documents, expansions = read_corpus(settings.corpus)
    encoder = load_encoder(settings.model)
    return documents, open_index(documents, expansions, encoder, settings.data / "index", rebuild=rebuild, say=say)


def load_answerer(settings: Settings, say: Callable[[str], None]) -> Answerer:
    """The answerer that the settings describe; CorpusError or EncoderError says what is in the way."""
    documents, index = open_corpus(settings, say)
    return Answerer(documents, index, load_model())
