"""From a question to an Answer: search, decide the outcome, choose the quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer import Answer
from corpus.document import Document, Span


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of a thread and the places that were quoted for it: (document reference, span)."""

    question: str
    places: tuple[tuple[str, Span], ...] = ()


class Answerer:
    """Answers questions over one corpus; safe to call from several threads."""

    documents: tuple[Document, ...]

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        scope: frozenset[str] | None = None,
        quotes: int = 3,
    ) -> Answer:
        """The answer to `question`; `scope` limits the search to submissions with these references."""
        raise NotImplementedError
