"""A turn of a thread: what a person asked, in the form in which it is read, and what was quoted for it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.place import Place
from bot.smalltalk import without_greeting
from corpus.errors import Mendable

LONGEST_QUESTION = 2000  # characters; what a person types, far above what the model reads (256 word pieces)


class QuestionError(Mendable):
    """A question that cannot be asked; the message tells the person who asked."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of a thread and the places that were quoted for it."""

    question: str
    places: tuple[Place, ...] = ()


def clean(question: str) -> str:
    """The question in one line without control characters or greeting; QuestionError if nothing or too much."""
    if not question.isprintable():
        question = "".join(char if char.isprintable() else " " for char in question)
    asked = without_greeting(" ".join(question.split()))
    if not any(char.isalnum() for char in asked):
        raise QuestionError("The question is empty: ask in words, for example: What does the submission say about …?")
    if len(asked) > LONGEST_QUESTION:
        raise QuestionError(f"The question has {len(asked):,} characters; ask in {LONGEST_QUESTION:,} at most.")
    return asked
