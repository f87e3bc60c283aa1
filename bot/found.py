"""A place where the true wording of a quotation stands, and whose words they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.citation import NOT_NAMED, credit, credit_of_question
from bot.matching import Chain
from bot.wording import wording
from corpus.document import Document, InquiryQuestion, Passage, Span, Voice

COMMITTEE = "the committee"
_TITLES = re.compile(
    r"\b(?:cllrs?|councillor|dr|prof(?:essor)?|sir|dame|lord|lady|baroness|mr|mrs|ms|miss|mx|the)\b\.?"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A place; `passages` are those whose words it holds, none in a heading, a note or a committee's question."""

    document: Document
    span: Span
    passages: tuple[Passage, ...]

    @property
    def text(self) -> str:
        """The true wording."""
        return self.span.slice(self.document.text)

    @property
    def question(self) -> InquiryQuestion | None:
        """The committee's question that the place lies in."""
        return next((question for question in self.document.questions if self.span in question.span), None)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Whose words they are, by name; by role where the submission names nobody."""
        if self.question:
            return (COMMITTEE,)
        named = [
            COMMITTEE if passage.voice is Voice.INQUIRY else passage.speaker or passage.speaker_role or NOT_NAMED
            for passage in self.passages
        ]
        return tuple(dict.fromkeys(named)) or (self.document.metadata.submitter,)

    @property
    def credit(self) -> str:
        """Whose words they are, as one reads it beneath a quote."""
        if self.question:
            return credit_of_question(self.document)
        credits = dict.fromkeys(credit(passage) for passage in self.passages)
        return "; ".join(credits) or self.document.metadata.submitter

    def as_json(self) -> dict[str, Any]:
        """The place as JSON; of several passages the first says section and paragraph."""
        first = self.passages[0] if self.passages else None
        voice = Voice.INQUIRY if self.question else first.voice if first else Voice.SUBMITTER
        return {
            "document": self.document.reference,
            "start": self.span.start,
            "end": self.span.end,
            "text": self.text,
            "voice": voice.value,
            "speakers": list(self.speakers),
            "credit": self.credit,
            "section": list(first.section) if first else [],
            "paragraph": first.paragraph if first else None,
        }


def found_at(document: Document, chain: Chain) -> Found:
    """The place from the first to the last part of a chain."""
    source = wording(document.text)
    spans = [source.span(first, after) for first, after in chain]
    touched = tuple(p for p in document.passages if any(s.start < p.span.end and p.span.start < s.end for s in spans))
    return Found(document, Span(spans[0].start, spans[-1].end), touched)


def spoke(claimed: str | None, place: Found) -> bool:
    """Whether the words are of whom a text names, or it names nobody; a title or a first name may be missing."""
    if claimed is None:
        return True
    said = _name(claimed)
    return any(said == own or own <= said or (named and said <= own) for own, named in _names(place) if own and said)


def _names(place: Found) -> Iterator[tuple[frozenset[str], bool]]:
    """The names, and whether each is that of a person or body, not the role of somebody unnamed."""
    named = {passage.speaker for passage in place.passages}
    for speaker in place.speakers:
        yield _name(speaker), speaker in named or speaker == COMMITTEE


def _name(name: str) -> frozenset[str]:
    return frozenset(_TITLES.sub("", name.casefold().replace("’", "'")).split())
