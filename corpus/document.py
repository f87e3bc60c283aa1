"""The nouns of the text: Document, Passage, InquiryQuestion, SourceNote.

All offsets are Unicode code points into `Document.text`, 0-based, end exclusive. A place has no text of its
own: it slices its document, so what is quoted cannot differ from what was submitted.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Self

from corpus.metadata import Metadata


class Voice(StrEnum):
    """Whose words a place holds."""

    SUBMITTER = "submitter"
    QUOTED = "quoted"
    INQUIRY = "inquiry"


class Kind(StrEnum):
    """What a block of the source is. Every non-blank character belongs to exactly one block."""

    TITLE = "title matter"
    HEADING = "heading"
    QUESTION = "inquiry question"
    LISTED = "listed question"
    PASSAGE = "passage"
    NOTE = "source note"
    CLOSING = "closing matter"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text."""

    start: int
    end: int

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def slice(self, text: str) -> str:
        """The characters that the span covers."""
        return text[self.start : self.end]

    def shrink(self, text: str, blanks: str | None = None) -> Self:
        """The span without the blank characters (or those given) at both ends."""
        inner = self.slice(text)
        start = self.start + len(inner) - len(inner.lstrip(blanks))
        return type(self)(start, start + len(inner.strip(blanks)))


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the source and what it was found to be; `level` counts from 1 for headings."""

    span: Span
    kind: Kind
    level: int = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A quotable sentence and the numbers of the submission's own notes that stand for it."""

    span: Span
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A footnote of the submission itself; `span` starts after its number."""

    number: int
    span: Span
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InquiryQuestion:
    """A question of the committee. `answered` is false where the submission says N/A or nothing."""

    span: Span
    section: tuple[str, ...]
    answered: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a document that holds one voice.

    `paragraph` is the printed number where the submission prints numbers (then `printed`; None where none is in
    force), else the count of its paragraphs from 1; where printed numbers start anew, `part` is the heading under
    which this one does. `section` lists the headings above it, outermost first.
    `question` is the committee's question that it answers. `names` is the place of a quotation to which this
    line only says who speaks. `header` is the header row of the table whose row it is.
    """

    document: Document = field(repr=False, compare=False)
    span: Span
    voice: Voice
    sentences: tuple[Sentence, ...]
    speaker: str | None = None
    speaker_role: str | None = None
    section: tuple[str, ...] = ()
    question: InquiryQuestion | None = None
    paragraph: int | str | None = None
    names: Span | None = None
    printed: bool = False
    part: str = ""
    header: Span | None = None

    @property
    def text(self) -> str:
        """The passage's own characters, as submitted."""
        return self.span.slice(self.document.text)

    @property
    def page(self) -> int | None:
        """The page on which it begins, where the source has pages."""
        return self.document.page_at(self.span.start)

    @property
    def notes(self) -> tuple[int, ...]:
        """Numbers of the notes on any of its sentences, ascending."""
        return tuple(sorted({number for sentence in self.sentences for number in sentence.notes}))


@dataclass(frozen=True)
class Document:
    """One submission: its metadata, its decoded text and the structure that was found in it."""

    metadata: Metadata
    text: str = field(repr=False)
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    questions: tuple[InquiryQuestion, ...] = field(default=(), repr=False)
    notes: tuple[SourceNote, ...] = field(default=(), repr=False)
    passages: tuple[Passage, ...] = field(default=(), repr=False)
    pages: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    anchors: tuple[tuple[int, str], ...] = field(default=(), repr=False)

    @property
    def reference(self) -> str:
        """The reference under which the committee received it, such as PSR0074."""
        return self.metadata.reference

    def page_at(self, offset: int) -> int | None:
        """The page, from 1, on which the character at an offset stands; None where the source has no pages."""
        index = bisect_right(self.pages, offset, key=lambda begins: begins[0])
        return self.pages[index - 1][1] if index else None

    def anchor_at(self, offset: int) -> str | None:
        """The last anchor at or above an offset, for a link into the source; None where it has none."""
        index = bisect_right(self.anchors, offset, key=lambda begins: begins[0])
        return self.anchors[index - 1][1] if index else None

    @cached_property
    def note_by_number(self) -> dict[int, SourceNote]:
        """The notes by their printed number."""
        return {note.number: note for note in self.notes}
