"""What each submitter says on one topic, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.answer import Answer, Outcome, Quote, to_json
from bot.answering import Answerer
from bot.scope import EVERYTHING, Filters, narrow
from bot.submitters import submitter_key
from bot.turns import QuestionError, clean
from corpus.document import Document
from index.search import Scope

LONGEST_TOPIC = 300  # characters; a button of Slack carries it
_ORDER = (Outcome.QUOTED, Outcome.NOT_ANSWERED, Outcome.NOT_FOUND)


@dataclass(frozen=True, slots=True)
class Position:
    """What one submitter says on a topic: the answer from its own submissions, with one quote at most."""

    documents: tuple[Document, ...]
    answer: Answer

    @property
    def submitter(self) -> str:
        """Who speaks."""
        return self.documents[0].metadata.submitter

    @property
    def quote(self) -> Quote | None:
        """Its best words; None where it says nothing on the topic."""
        return self.answer.quotes[0] if self.answer.outcome is Outcome.QUOTED else None


def compare(answerer: Answerer, topic: str, *, scope: Scope = None, filters: Filters = EVERYTHING) -> list[Position]:
    """The position of every submitter in `scope` that passes: quotes first, the likeliest to answer on top.

    A topic may name those to compare ("Locality and Shelter on rents"). QuestionError for an empty or overlong one.
    """
    asked = clean(topic)
    if len(asked) > LONGEST_TOPIC:
        raise QuestionError(f"The topic has {len(asked):,} characters; name it in {LONGEST_TOPIC} at most.")
    answerer = answerer.at_once()
    visible = answerer.documents.within(scope, filters)
    narrowed = narrow([asked], visible)
    by_submitter: dict[tuple[str, ...], list[Document]] = {}
    for document in visible:
        if narrowed.references is None or document.reference in narrowed.references:
            by_submitter.setdefault(submitter_key(document.metadata.submitter), []).append(document)
    found = [_position(answerer, narrowed.turns[0], documents) for documents in by_submitter.values()]
    return sorted(found, key=_strength)


def _position(answerer: Answerer, topic: str, documents: Sequence[Document]) -> Position:
    answer = answerer.answer(topic, scope=frozenset(document.reference for document in documents), quotes=1)
    return Position(tuple(documents), replace(answer, nearest=()))  # what comes near is no position


def _strength(position: Position) -> tuple[int, float, str]:
    # A score is relative to the submissions searched; the chance that the quote answers is the same for all.
    return _ORDER.index(position.answer.outcome), -position.answer.confidence, position.submitter


def of_outcome(positions: Sequence[Position], outcome: Outcome) -> list[Position]:
    """The positions of one outcome, in their order."""
    return [position for position in positions if position.answer.outcome is outcome]


def comparison_to_json(topic: str, positions: Sequence[Position]) -> dict[str, Any]:
    """The comparison as one JSON object; each quote has the form that it has in an answer."""
    return {"topic": topic, "compared": [_row(position) for position in positions]}


def _row(position: Position) -> dict[str, Any]:
    answer = to_json(position.answer)
    kept = {name: answer[name] for name in ("outcome", "confidence", "quotes", "inquiry_question")}
    return {
        "submitter": position.submitter,
        "documents": [document.reference for document in position.documents],
        **kept,
    }
