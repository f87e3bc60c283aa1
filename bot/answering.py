"""From a question to an Answer: search, choose the quotes, decide the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answer import Answer, Outcome, Quote
from bot.choose import Found, choose
from bot.outcome import OutcomeModel, judge
from corpus.document import Document, InquiryQuestion, Span
from corpus.errors import Mendable
from index.search import Evidence, Index

LONGEST_QUESTION = 2000  # characters; what a person types, far above what the model reads (256 word pieces)
_NEAREST = 3


class QuestionError(Mendable):
    """A question that cannot be asked; the message tells the person who asked."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of a thread and the places that were quoted for it: (document reference, span)."""

    question: str
    places: tuple[tuple[str, Span], ...] = ()


class Answerer:
    """Answers questions over one corpus; safe to call from several threads."""

    def __init__(self, documents: Sequence[Document], index: Index, model: OutcomeModel) -> None:
        self.documents = tuple(documents)
        self.index = index
        self.model = model

    def answer(
        self, question: str, history: Sequence[Turn] = (), *, scope: frozenset[str] | None = None, quotes: int = 3
    ) -> Answer:
        """The answer to `question`; `scope` limits it to submissions with these references.

        QuestionError for an empty or overlong question.
        """
        evidence, found = find(self.index, question, [turn.question for turn in history], scope, quotes)
        judgement = judge(self.model, self.index, evidence, found, scope)
        places: tuple[Quote, ...] = tuple(one.quote for one in found)
        answer = Answer(
            question=question,
            outcome=judgement.outcome,
            confidence=judgement.confidence,
            resolved_question=evidence.question,
        )
        if judgement.outcome is Outcome.QUOTED:
            return replace(answer, quotes=places[:quotes])
        if judgement.question_unit is None:
            return replace(answer, nearest=places[:_NEAREST])
        unit = self.index.units[judgement.question_unit]
        place = unit.place if isinstance(unit.place, InquiryQuestion) else None
        return replace(answer, nearest=places[:_NEAREST], inquiry_question=place, inquiry_document=unit.document)


def find(
    index: Index, question: str, history: Sequence[str] = (), scope: frozenset[str] | None = None, quotes: int = 3
) -> tuple[Evidence, list[Found]]:
    """What the index knows of a question in its thread, and the quotes that it would give, three or more."""
    evidence = index.search(clean(question))
    return evidence, choose(index, evidence, scope, max(quotes, _NEAREST))


def clean(question: str) -> str:
    """The question in one line without control characters; QuestionError if nothing or too much is left."""
    asked = " ".join("".join(char if char.isprintable() else " " for char in question).split())
    if not any(char.isalnum() for char in asked):
        raise QuestionError("The question is empty: ask in words, for example: What does the submission say about …?")
    if len(asked) > LONGEST_QUESTION:
        raise QuestionError(f"The question has {len(asked):,} characters; ask in {LONGEST_QUESTION:,} at most.")
    return asked
