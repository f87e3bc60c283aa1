"""Answer and Quote, and the one JSON object from which terminal, Slack and evaluation are made."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from corpus.document import Document, InquiryQuestion, Passage, SourceNote, Span
from corpus.errors import Mendable


class Outcome(StrEnum):
    """What became of a question."""

    QUOTED = "quoted"
    NOT_ANSWERED = "not_answered"
    NOT_FOUND = "not_found"


class QuoteError(Mendable):
    """A quote does not lie in its passage; it must not be shown to anybody."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A place where near-identical words stand: in the same submission, or in another."""

    document: Document
    span: Span

    @property
    def passage(self) -> Passage | None:
        """The passage in which it begins."""
        return next((p for p in self.document.passages if p.span.start <= self.span.start < p.span.end), None)


@dataclass(frozen=True, slots=True)
class Quote:
    """Whole sentences inside one passage. `score` is in [0, 1], higher is better.

    `also_at` lists the places of near-identical copies, those in the same document first.
    """

    passage: Passage
    span: Span
    score: float
    also_at: tuple[Copy, ...] = ()

    @property
    def document(self) -> Document:
        """The submission that is quoted."""
        return self.passage.document

    @property
    def text(self) -> str:
        """The exact words, sliced from the source; QuoteError if the span leaves its passage."""
        if self.span not in self.passage.span or self.span.start >= self.span.end:
            raise QuoteError(f"{self.document.reference}: {self.span} is not inside {self.passage.span}")
        return self.span.slice(self.document.text)

    @property
    def notes(self) -> tuple[SourceNote, ...]:
        """The submission's own notes on the sentences quoted, in printed order."""
        quoted = [sentence for sentence in self.passage.sentences if sentence.span in self.span]
        numbers = sorted({number for sentence in quoted for number in sentence.notes})
        return tuple(self.document.note_by_number[number] for number in numbers)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot says to a question. `confidence`, in [0, 1], is the chance that the outcome is right.

    `searched_in` lists the submissions that were searched where the question or a filter made them fewer.
    """

    question: str
    outcome: Outcome
    confidence: float
    quotes: tuple[Quote, ...] = ()
    nearest: tuple[Quote, ...] = ()
    inquiry_question: InquiryQuestion | None = None
    inquiry_document: Document | None = field(default=None, repr=False)
    resolved_question: str = ""
    searched_in: tuple[Document, ...] = field(default=(), repr=False)


def to_json(answer: Answer) -> dict[str, Any]:
    """The answer as the published JSON object."""
    asked, document = answer.inquiry_question, answer.inquiry_document
    return {
        "question": answer.question,
        "resolved_question": answer.resolved_question or answer.question,
        "outcome": answer.outcome.value,
        "confidence": round(answer.confidence, 4),
        "quotes": [_quote(quote, number) for number, quote in enumerate(answer.quotes, 1)],
        "inquiry_question": asked.span.slice(document.text) if asked and document else None,
        "nearest": [_quote(quote, number) for number, quote in enumerate(answer.nearest, 1)],
    }


def _quote(quote: Quote, footnote: int) -> dict[str, Any]:
    passage, document = quote.passage, quote.document
    return {
        "footnote": footnote,
        "text": quote.text,
        "document": document.reference,
        "start": quote.span.start,
        "end": quote.span.end,
        "voice": passage.voice.value,
        "speaker": passage.speaker,
        "speaker_role": passage.speaker_role,
        "section": list(passage.section),
        "inquiry_question": passage.question.span.slice(document.text) if passage.question else None,
        "paragraph": passage.paragraph,
        "also_at": [_copy(copy, document) for copy in quote.also_at],
        "source_notes": [
            {"number": note.number, "text": note.span.slice(document.text), "urls": list(note.urls)}
            for note in quote.notes
        ],
        "score": round(quote.score, 4),
    }


def _copy(copy: Copy, quoted: Document) -> dict[str, Any]:
    """A copy's place; only one in another submission names it."""
    place = {"start": copy.span.start, "end": copy.span.end}
    return place if copy.document.reference == quoted.reference else {"document": copy.document.reference, **place}
