"""evidence-bot itself: a whole answer to every question, with the settings of the environment.

A passage is found where the answer quotes it or, when it says that nothing answers, shows it as nearest. Unlike its
peers' builds, its own reads the submission and writes the index to disk.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from benchmarks.peers.measure import Peer, run
from bot.answer import Answer
from bot.answering import Answerer
from bot.asking import turn_of
from bot.corpus_index import load_answerer
from bot.outcome import load_models
from bot.settings import read_settings
from bot.turns import Turn
from corpus.document import Span
from index.encoder import Encoder, load_encoder
from index.upkeep import Upkeep


class EvidenceBot(Peer):
    """An answerer over the corpus and the index that the settings name."""

    def __init__(self, _folder: str) -> None:
        self.settings = read_settings(os.environ)

    @cached_property
    def encoder(self) -> Encoder:
        """The bot's own encoder; an index that was saved comes with one."""
        return load_encoder(self.settings.model, self.settings.data / "model", print)

    def build(self, _passages: Sequence[str]) -> None:
        """Index the submission afresh: passages, sentences, notes, expansions."""
        upkeep = Upkeep(self.settings.corpus, self.settings.data / "index", self.encoder)
        self.answerer = Answerer(upkeep.build(afresh=True), load_models())

    def search(self, question: str) -> list[int]:
        """The passages quoted."""
        return self.asking(question, ())()

    def asking(self, question: str, history: Sequence[str]) -> Callable[[], list[int]]:
        """The answer in a thread whose earlier turns are answered now."""
        turns: list[Turn] = []
        for turn in history:
            turns.append(turn_of(self.answerer.answer(turn, turns)))
        return lambda: self._passages(self.answerer.answer(question, turns))

    def _passages(self, answer: Answer) -> list[int]:
        self.declined = not answer.quotes
        return [self.number[quote.passage.span] for quote in answer.quotes or answer.nearest]

    @cached_property
    def number(self) -> dict[Span, int]:
        """The number of each quotable passage by its place."""
        quotable = [passage for passage in self.answerer.documents[0].passages if passage.sentences]
        return {passage.span: number for number, passage in enumerate(quotable)}

    def save(self, _folder: Path) -> None:
        """Nothing to do: the build is saved in the data folder."""

    def load(self, _folder: Path, _passages: Sequence[str]) -> None:
        """Start as the bot does."""
        self.answerer = load_answerer(self.settings, print)


if __name__ == "__main__":
    run(EvidenceBot)
