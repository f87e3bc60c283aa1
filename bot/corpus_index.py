"""The corpus and its index, ready to answer: opened where they are whole and current, built where not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.answering import Answerer
from bot.outcome import load_models
from bot.settings import Settings
from corpus.document import Document
from corpus.submission import find_submissions, read_submission
from index.build import Tick
from index.encoder import load_encoder
from index.folder import StaleIndex
from index.search import Index
from index.upkeep import Upkeep

Say = Callable[[str], None]


def open_corpus(settings: Settings, say: Say, *, rebuild: bool = False) -> Index:
    """The index of the submissions that the settings name, brought up to date where it is not.

    `say` is told what is built and which submissions cannot be used.
    """
    encoder = load_encoder(settings.model, settings.data / "model", say)
    upkeep = Upkeep(settings.corpus, settings.data / "index", encoder)
    index = _build(upkeep, afresh=True) if rebuild else _current(upkeep, say)
    for reason in upkeep.refused.values():
        say(f"Left out: {reason}")
    return index


def read_documents(settings: Settings) -> Sequence[Document]:
    """The submissions without a model, from the index where it is current; CorpusError if one cannot be used."""
    try:
        return Upkeep(settings.corpus, settings.data / "index", load_encoder(settings.model)).load().documents
    except StaleIndex:
        return [read_submission(place) for place in find_submissions(settings.corpus)]


def _current(upkeep: Upkeep, say: Say) -> Index:
    try:
        return upkeep.load()
    except StaleIndex as reason:
        say(f"Building the index: {reason}.")
        return _build(upkeep)


def _build(upkeep: Upkeep, *, afresh: bool = False) -> Index:
    """Build with a bar that shows how far it is and how long it will take."""
    from rich.console import Console  # only who builds pays
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:

        def tick(submissions: int) -> Tick:
            task = progress.add_task("Encoding", total=submissions)
            return lambda done: progress.advance(task, done)

        return upkeep.build(tick, afresh=afresh)


def load_answerer(settings: Settings, say: Say) -> Answerer:
    """The answerer that the settings describe, ready; CorpusError or EncoderError says what is in the way."""
    index = open_corpus(settings, say)
    index.encoder.load()
    return Answerer(index, load_models())
