"""What is encoded for a document: one row for each text under which a unit should be found.

A unit is what a search returns: a quotable passage, or a question of the committee. Rows may carry context
(the heading, the speaker); what is quoted never does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from corpus.document import Document, InquiryQuestion, Passage, Span, Voice
from corpus.expansions import Expansion
from corpus.sentences import blank_markers, split_sentences


class RowKind(IntEnum):
    """What a row is of its unit; the rows of a unit stand in this order.

    The whole of it, by itself or in its context, or a sentence of a question of the committee; a sentence of a passage
    or a note to it; an expansion.
    """

    WHOLE = 0
    SENTENCE = 1
    EXPANSION = 2


KINDS = len(RowKind)


@dataclass(frozen=True, slots=True)
class Unit:
    """What can be found: a place in a document, which is a passage or a question of the committee."""

    document: Document
    place: Passage | InquiryQuestion

    @property
    def passage(self) -> Passage | None:
        """The passage, None for a question of the committee."""
        return self.place if isinstance(self.place, Passage) else None


@dataclass(frozen=True, slots=True)
class Row:
    """A text that leads to a unit; `sentence` is the index of the sentence it is or speaks of, -1 for the whole."""

    unit: int
    kind: RowKind
    text: str
    sentence: int = -1


def units_of(document: Document) -> list[Unit]:
    """The units of a document: its quotable passages, then the committee's questions."""
    passages = [Unit(document, passage) for passage in document.passages if passage.sentences]
    return passages + [Unit(document, question) for question in document.questions]


def rows_of(units: Sequence[Unit], expansions: Mapping[Span, Expansion]) -> Iterator[Row]:
    """The rows of a document's units, in their order; expansions are looked up by place."""
    for number, unit in enumerate(units):
        if unit.passage is not None:
            yield from _passage_rows(number, unit.passage)
        else:
            yield from _question_rows(number, unit)
        expansion = expansions.get(unit.place.span)
        for text in expansion.texts if expansion else ():
            yield Row(number, RowKind.EXPANSION, text)


def _passage_rows(number: int, passage: Passage) -> Iterator[Row]:
    document = passage.document
    whole = plain(passage.text)
    yield Row(number, RowKind.WHOLE, whole)
    if (with_context := in_context(passage)) != whole:
        yield Row(number, RowKind.WHOLE, with_context)
    if len(passage.sentences) > 1:
        for index, sentence in enumerate(passage.sentences):
            yield Row(number, RowKind.SENTENCE, plain(sentence.span.slice(document.text)), index)
    for index, sentence in enumerate(passage.sentences):
        for note in sentence.notes:
            yield Row(number, RowKind.SENTENCE, plain(document.note_by_number[note].span.slice(document.text)), index)


def _question_rows(number: int, unit: Unit) -> Iterator[Row]:
    text = unit.document.text
    sentences = split_sentences(text, unit.place.span)
    for span in sentences if len(sentences) < 2 else [unit.place.span, *sentences]:
        yield Row(number, RowKind.WHOLE, plain(span.slice(text)))


def in_context(passage: Passage) -> str:
    """The passage with the innermost heading, the header of its table and, if somebody is quoted, who speaks."""
    heading = f"{passage.section[-1]}: " if passage.section else ""
    header = f"{plain(passage.header.slice(passage.document.text))}: " if passage.header else ""
    named = ", ".join(filter(None, (passage.speaker, passage.speaker_role)))
    return f"{heading}{header}{named + ': ' if passage.voice is Voice.QUOTED and named else ''}{plain(passage.text)}"


def plain(text: str) -> str:
    """A text for searching: note markers and line breaks turned into single blanks."""
    return " ".join(blank_markers(text).split())
