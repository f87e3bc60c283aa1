"""The corpus and its index, ready to answer: opened where they are whole and current, rebuilt where not."""

from __future__ import annotations

import logging
import threading
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
from index.folder import StaleIndex, current_build, describe, load_index, read_weights, save_index
from index.search import Index

log = logging.getLogger(__name__)


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


def follow_builds(answerer: Answerer, settings: Settings, *, every: float = 2.0) -> threading.Event:
    """Have the answerer adopt each new build of the index while it serves; set the event returned to end that."""
    stop, folder = threading.Event(), settings.data / "index"

    def follow(seen: str) -> None:
        while not stop.wait(every):
            if (name := current_build(folder)) not in ("", seen) and adopt_build(answerer, settings):
                seen = name

    threading.Thread(target=follow, args=(current_build(folder),), daemon=True, name="index").start()
    return stop


def adopt_build(answerer: Answerer, settings: Settings) -> bool:
    """Adopt the current build if it is whole and of the corpus as it is now; otherwise the old one goes on serving."""
    encoder = answerer.index.encoder
    try:
        documents, expansions = read_corpus(settings.corpus)
        description = describe(documents, expansions, encoder.identity, read_weights())
        index = load_index(settings.data / "index", documents, description, encoder)
    except (CorpusError, StaleIndex) as reason:
        log.warning("a new build of the index cannot be served yet: %s", reason)
        return False
    answerer.adopt(documents, index)
    log.info("serving a new build of the index", extra={"submissions": len(documents)})
    return True
