"""Puts the structure together: text and metadata in, a Document with passages, questions and notes out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.blocks import classify, is_not_answered
from corpus.document import (
    Block,
    Document,
    InquiryQuestion,
    Kind,
    Passage,
    Sentence,
    Span,
    Voice,
)
from corpus.metadata import Metadata
from corpus.notes import find_notes
from corpus.sentences import MARKER, split_sentences
from corpus.voices import (
    Utterance,
    is_attribution,
    resolve_role,
    utterances,
    with_full_roles,
)

_ANNOUNCES_SOURCE = re.compile(r"\b(?:research|report|survey|study|analysis|poll|evidence|review)\b", re.I)
_CONTINUES = re.compile(r"(?:This|These|That|Those|It|They|Such|And|Indeed|Because they|The (?:report|study|survey))\b")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block stands: the headings above it, the question it answers, the notes on its headings."""

    block: Block
    section: tuple[str, ...]
    question: InquiryQuestion | None
    heading_notes: tuple[int, ...]


def structure(metadata: Metadata, text: str) -> Document:
    """The document that a text is, read by rules and by the corrections in its metadata."""
    lines = [span for span in _lines(text) if span.start < span.end]
    first_note, notes = find_notes(text, lines)
    blocks = classify(text, lines[:first_note], metadata.corrections)
    places = list(_places(text, blocks))
    document = Document(
        metadata=metadata,
        text=text,
        blocks=tuple(blocks + [Block(line, Kind.NOTE) for line in lines[first_note:]]),
        questions=tuple(place.question for place in places if place.question and place.block.kind is Kind.QUESTION),
        notes=tuple(notes),
    )
    return replace(document, passages=tuple(_with_names(list(_passages(document, places)))))


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield Span(start, start + len(line)).shrink(text)
        start += len(line) + 1


def _places(text: str, blocks: Sequence[Block]) -> Iterator[_Place]:
    path: list[tuple[int, str, tuple[int, ...]]] = []
    question: InquiryQuestion | None = None
    question_level = 0
    for index, block in enumerate(blocks):
        if block.kind is Kind.HEADING:
            path = [entry for entry in path if entry[0] < block.level]
            path.append((block.level, _title(text, block), _marks(text, block.span)))
            if block.level <= question_level:
                question = None
        elif block.kind is Kind.QUESTION:
            path = [entry for entry in path if entry[0] <= question_level] if question else path
            question_level = path[-1][0] if path else 0
            section = tuple(title for _, title, _ in path)
            question = InquiryQuestion(block.span, section, _is_answered(text, blocks[index + 1 :]))
        elif block.kind is Kind.CLOSING:
            path, question = [], None
        yield _Place(
            block,
            tuple(title for _, title, _ in path),
            question,
            tuple(number for _, _, marks in path for number in marks),
        )


def _title(text: str, block: Block) -> str:
    return MARKER.sub("", block.span.slice(text)).strip()


def _marks(text: str, span: Span) -> tuple[int, ...]:
    return tuple(int(match[1]) for match in MARKER.finditer(text, span.start, span.end))


def _is_answered(text: str, following: Sequence[Block]) -> bool:
    for block in following:
        if block.kind is Kind.PASSAGE:
            return not is_not_answered(block.span.slice(text))
        if block.kind is not Kind.HEADING:
            return False
    return False


def _passages(document: Document, places: Sequence[_Place]) -> Iterator[Passage]:
    paragraph = 0
    spoken = _spoken(document, places)
    for place in places:
        if place.block.kind in (Kind.HEADING, Kind.QUESTION):
            continue
        numbered = place.block.kind is Kind.PASSAGE
        paragraph += numbered
        for utterance in spoken[place.block.span]:
            yield _passage(document, place, utterance, paragraph if numbered else None)


def _with_names(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Marks the lines of one sentence that do nothing but attribute the quotation above or introduce the one below."""
    for index, passage in enumerate(passages):
        above = passages[index - 1] if index else None
        below = passages[index + 1] if index + 1 < len(passages) else None
        if passage.voice is Voice.SUBMITTER and len(passage.sentences) == 1:
            if above and above.voice is Voice.QUOTED and is_attribution(passage.text):
                passage = replace(passage, names=above.span)
            elif below and below.voice is Voice.QUOTED and below.speaker and passage.text.endswith(":"):
                passage = replace(passage, names=below.span if below.speaker in passage.text else None)
        yield passage


def _spoken(document: Document, places: Sequence[_Place]) -> dict[Span, list[Utterance]]:
    """The voices in each passage block, with offsets into the document and each speaker's role."""
    spoken: dict[Span, list[Utterance]] = {}
    for _, run in groupby(places, key=lambda place: (place.block.kind in (Kind.HEADING, Kind.QUESTION), place.section)):
        blocks = [place.block for place in run]
        found = utterances([block.span.slice(document.text) for block in blocks])
        for block, heard in zip(blocks, found, strict=True):
            spoken[block.span] = [_moved(utterance, block.span.start) for utterance in heard]
    roles = with_full_roles([u.speaker for heard in spoken.values() for u in heard if u.speaker])
    own = document.metadata.submitter
    return {span: [_credited(utterance, roles, own) for utterance in heard] for span, heard in spoken.items()}


def _moved(utterance: Utterance, by: int) -> Utterance:
    span, words = utterance.span, utterance.words
    return replace(utterance, span=Span(span.start + by, span.end + by), words=Span(words.start + by, words.end + by))


def _credited(utterance: Utterance, roles: dict[str, str], submitter: str) -> Utterance:
    speaker = utterance.speaker
    if speaker is None or submitter in (speaker.name, speaker.role):
        return replace(utterance, speaker=None)
    return replace(utterance, speaker=resolve_role(speaker, roles))


def _passage(document: Document, place: _Place, utterance: Utterance, paragraph: int | None) -> Passage:
    speaker = utterance.speaker
    sentences = _sentences(document, place, utterance)
    return Passage(
        document=document,
        span=utterance.span,
        voice=Voice.QUOTED if speaker else Voice.SUBMITTER,
        sentences=_with_notes(document, place, utterance, sentences),
        speaker=speaker.name if speaker else document.metadata.submitter,
        speaker_role=speaker.role if speaker else None,
        section=place.section,
        question=place.question,
        paragraph=paragraph,
    )


def _sentences(document: Document, place: _Place, utterance: Utterance) -> list[Span]:
    sentences = split_sentences(document.text, utterance.words)
    if is_not_answered(place.block.span.slice(document.text)):
        return []
    if utterance.speaker is None and utterance.span != place.block.span:
        return [s for s in sentences if not _introduces(document.text, s, utterance.span, place.block.span)]
    return sentences


def _introduces(text: str, sentence: Span, part: Span, block: Span) -> bool:
    """Whether a sentence breaks off where somebody else's words go on: alone it would be half a sentence."""
    return sentence.end == part.end < block.end and text[sentence.end - 1] not in ".!?"


def _with_notes(
    document: Document, place: _Place, utterance: Utterance, sentences: Sequence[Span]
) -> tuple[Sentence, ...]:
    """The sentences with the notes that stand for them.

    A mark stands for the sentence that it is in or that it follows; after the last full stop of a paragraph for
    the sentences before it too, back to one with a mark of its own; on a quotation for all of it. Where a
    sentence announces a source, those that go on with 'This research ...' rest on it as well.
    """
    text, known = document.text, document.note_by_number
    marks = [list(_marks(text, Span(s.start, after))) for s, after in _reaches(sentences, utterance.span.end)]
    if utterance.speaker is not None:
        below = _marks_below(document, place.block)
        shared = [*_marks(text, Span(utterance.words.end, utterance.span.end)), *below]
        marks = [[*own, *(n for n in shared if n not in own)] for own in marks]
    else:
        _spread_back(marks, text, sentences)
        _spread_on(marks, text, sentences)
    return tuple(
        Sentence(span, tuple(n for n in (*own, *place.heading_notes) if n in known))
        for span, own in zip(sentences, marks, strict=True)
    )


def _reaches(sentences: Sequence[Span], end: int) -> Iterator[tuple[Span, int]]:
    """Each sentence with where the next one starts: marks between them belong to the first."""
    for index, sentence in enumerate(sentences):
        yield sentence, sentences[index + 1].start if index + 1 < len(sentences) else end


def _marks_below(document: Document, block: Block) -> tuple[int, ...]:
    """The marks on the attribution line under a quotation."""
    blocks = document.blocks
    index = blocks.index(block)
    if index + 1 == len(blocks) or blocks[index + 1].kind is not Kind.PASSAGE:
        return ()
    below = blocks[index + 1].span
    return _marks(document.text, below) if is_attribution(below.slice(document.text)) else ()


def _spread_back(marks: list[list[int]], text: str, sentences: Sequence[Span]) -> None:
    if not sentences or not marks[-1] or MARKER.search(text, sentences[-1].start, sentences[-1].end):
        return
    for index in range(len(marks) - 2, -1, -1):
        if marks[index]:
            return
        marks[index] = list(marks[-1])


def _spread_on(marks: list[list[int]], text: str, sentences: Sequence[Span]) -> None:
    resting: list[int] = []
    for own, sentence in zip(marks, sentences, strict=True):
        words = sentence.slice(text)
        if own:
            resting = list(own) if _ANNOUNCES_SOURCE.search(words) else []
        elif resting and _CONTINUES.match(words):
            own += resting
        else:
            resting = []
