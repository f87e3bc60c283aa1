"""A document as JSON records, and a document that is read from its records when it is used.

Of a corpus of thousands of submissions only the metadata stays in memory; text and structure come from the records.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from corpus.document import Block, Document, InquiryQuestion, Kind, Passage, Sentence, SourceNote, Span, Voice
from corpus.metadata import Correction, Metadata


class LazyDocument(Document):
    """A document whose text, structure and passages are read when they are used; the functions may cache them."""

    def __init__(
        self,
        metadata: Metadata,
        text: Callable[[], str],
        structure: Callable[[], Document],
        passages: Callable[[], tuple[Passage, ...]],
    ) -> None:
        object.__setattr__(self, "metadata", metadata)
        object.__setattr__(self, "_text", text)
        object.__setattr__(self, "_structure", structure)
        object.__setattr__(self, "_passages", passages)

    text = property(lambda self: self._text())
    passages = property(lambda self: self._passages())
    blocks = property(lambda self: self._structure().blocks)
    questions = property(lambda self: self._structure().questions)
    notes = property(lambda self: self._structure().notes)
    pages = property(lambda self: self._structure().pages)
    anchors = property(lambda self: self._structure().anchors)
    note_by_number = property(lambda self: self._structure().note_by_number)


def metadata_record(metadata: Metadata) -> str:
    """Metadata as JSON."""
    return json.dumps(asdict(metadata), ensure_ascii=False)


def read_metadata_record(record: str) -> Metadata:
    """The metadata that `metadata_record` wrote."""
    saved = json.loads(record)
    corrections = tuple(Correction(**row) for row in saved.pop("corrections"))
    return Metadata(**{**saved, "questions": tuple(saved["questions"])}, corrections=corrections)


def structure_record(document: Document) -> str:
    """All but the text, the metadata and the passages, as JSON."""
    return json.dumps(
        {
            "blocks": [[*_span(b.span), b.kind.value, b.level] for b in document.blocks],
            "questions": [_question(q) for q in document.questions],
            "notes": [[n.number, *_span(n.span), n.urls] for n in document.notes],
            "pages": document.pages,
            "anchors": document.anchors,
        },
        ensure_ascii=False,
    )


def read_structure(record: str, metadata: Metadata, text: str) -> Document:
    """The document without its passages."""
    saved = json.loads(record)
    return Document(
        metadata=metadata,
        text=text,
        blocks=tuple(Block(Span(s, e), Kind(kind), level) for s, e, kind, level in saved["blocks"]),
        questions=tuple(_read_question(q) for q in saved["questions"]),
        notes=tuple(SourceNote(n, Span(s, e), tuple(urls)) for n, s, e, urls in saved["notes"]),
        pages=tuple((offset, page) for offset, page in saved["pages"]),
        anchors=tuple((offset, anchor) for offset, anchor in saved["anchors"]),
    )


def passage_record(passage: Passage) -> str:
    """One passage as JSON, complete in itself."""
    return json.dumps(
        [
            *_span(passage.span),
            passage.voice.value,
            [[*_span(sentence.span), sentence.notes] for sentence in passage.sentences],
            passage.speaker,
            passage.speaker_role,
            passage.section,
            _question(passage.question) if passage.question else None,
            passage.paragraph,
            _span(passage.names) if passage.names else None,
            passage.printed,
            _span(passage.header) if passage.header else None,
            passage.part,
        ],
        ensure_ascii=False,
    )


def read_passage(record: str, document: Document) -> Passage:
    """The passage that `passage_record` wrote, in its document."""
    start, end, voice, sentences, speaker, role, section, *more = json.loads(record)
    question, paragraph, names, printed, header, part = more
    return Passage(
        document=document,
        span=Span(start, end),
        voice=Voice(voice),
        sentences=tuple(Sentence(Span(s, e), tuple(notes)) for s, e, notes in sentences),
        speaker=speaker,
        speaker_role=role,
        section=tuple(section),
        question=_read_question(question) if question else None,
        paragraph=paragraph,
        names=Span(*names) if names else None,
        printed=printed,
        header=Span(*header) if header else None,
        part=part,
    )


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _question(question: InquiryQuestion) -> list[Any]:
    return [*_span(question.span), question.section, question.answered]


def _read_question(saved: Sequence[Any]) -> InquiryQuestion:
    start, end, section, answered = saved
    return InquiryQuestion(Span(start, end), tuple(section), answered)
