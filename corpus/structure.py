"""Puts the structure together: text and metadata in, a Document with passages, questions and notes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from corpus.blocks import classify, is_not_answered
from corpus.document import (
    Block,
    Document,
    InquiryQuestion,
    Kind,
    Passage,
    Span,
    Voice,
)
from corpus.metadata import Metadata
from corpus.note_marks import marks_in, with_notes
from corpus.notes import find_notes
from corpus.numbers import Number, after_bullet, in_force, printed_numbers
from corpus.reading import Line, Reading, Style
from corpus.sentences import MARKER, split_sentences
from corpus.speakers import is_attribution, resolve_role, with_full_roles
from corpus.voices import Utterance, utterances

_TABLE = (Style.HEADER, Style.ROW)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block stands: the headings above it, the question it answers, the notes on its headings.

    `words` leaves out the number or bullet that the block starts with.
    """

    block: Block
    section: tuple[str, ...]
    question: InquiryQuestion | None
    heading_notes: tuple[int, ...]
    line: Line
    words: Span = field(default=Span(0, 0))
    paragraph: Number | None = None
    printed: bool = False


def structure(metadata: Metadata, reading: Reading) -> Document:
    """The document that a reading is, by what its format knows, by rules and by the corrections in its metadata."""
    text, lines = reading.text, reading.lines
    first_note, notes = find_notes(text, lines, reading.links)
    blocks = classify(text, lines[:first_note], metadata)
    places = _with_numbers(text, list(_places(text, blocks, lines)))
    document = Document(
        metadata=metadata,
        text=text,
        blocks=tuple(blocks + [Block(line.span, Kind.NOTE) for line in lines[first_note:]]),
        questions=tuple(place.question for place in places if place.question and place.block.kind is Kind.QUESTION),
        notes=tuple(notes),
        pages=reading.pages,
        anchors=reading.anchors,
    )
    passages = tuple(_with_names(list(_passages(document, places))))
    object.__setattr__(document, "passages", passages)  # each knows its document, so neither can come first
    return document


def _with_numbers(text: str, places: Sequence[_Place]) -> list[_Place]:
    """The places with their paragraph numbers, printed or else counted, and where their words begin."""
    passages = [place for place in places if place.block.kind is Kind.PASSAGE]
    prints = printed_numbers(text, [place.block.span for place in passages])
    after = {passages[index].block.span: end for index, (_, end) in prints.items()}
    number = {passages[index].block.span: number for index, (number, _) in prints.items()}
    under = in_force([number.get(p.block.span) for p in places], [p.block.kind is not Kind.PASSAGE for p in places])
    counted = 0
    found = []
    for place, printed in zip(places, under, strict=True):
        span = place.block.span
        counted += place.block.kind is Kind.PASSAGE
        own = printed if prints else counted
        paragraph = own if place.block.kind is Kind.PASSAGE else None
        words = Span(after.get(span) or after_bullet(text, span), span.end)
        found.append(replace(place, words=words, paragraph=paragraph, printed=bool(prints) and paragraph is not None))
    return found


def _places(text: str, blocks: Sequence[Block], lines: Sequence[Line]) -> Iterator[_Place]:
    path: list[tuple[int, str, tuple[int, ...]]] = []
    question: InquiryQuestion | None = None
    question_level = 0
    for index, block in enumerate(blocks):
        if block.kind is Kind.HEADING:
            path = [entry for entry in path if entry[0] < block.level]
            path.append((block.level, _title(text, block), marks_in(text, block.span)))
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
            lines[index],
        )


def _title(text: str, block: Block) -> str:
    return MARKER.sub("", block.span.slice(text)).strip()


def _is_answered(text: str, following: Sequence[Block]) -> bool:
    for block in following:
        if block.kind is Kind.PASSAGE:
            return not is_not_answered(block.span.slice(text))
        if block.kind is not Kind.HEADING:
            return False
    return False


def _passages(document: Document, places: Sequence[_Place]) -> Iterator[Passage]:
    spoken = _spoken(document, places)
    for place in places:
        if place.block.kind in (Kind.HEADING, Kind.QUESTION):
            continue
        for utterance in spoken[place.block.span]:
            yield _passage(document, place, utterance)


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
        row = list(run)
        paragraphs = [place.words.slice(document.text).replace("\n", " ") for place in row]
        found = utterances(paragraphs, [place.line.style is Style.QUOTATION for place in row])
        for place, heard in zip(row, found, strict=True):
            whole = Utterance(place.words, place.words, None)
            moved = [_moved(utterance, place.words.start) for utterance in heard]
            spoken[place.block.span] = [whole] if place.line.style in _TABLE else moved
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


def _passage(document: Document, place: _Place, utterance: Utterance) -> Passage:
    speaker = utterance.speaker
    sentences = _sentences(document, place, utterance)
    return Passage(
        document=document,
        span=utterance.span,
        voice=Voice.QUOTED if speaker else Voice.SUBMITTER,
        sentences=with_notes(document, place.block, utterance, sentences, place.heading_notes),
        speaker=speaker.name if speaker else document.metadata.submitter,
        speaker_role=speaker.role if speaker else None,
        section=place.section,
        question=place.question,
        paragraph=place.paragraph,
        printed=place.printed,
        header=place.line.header,
    )


def _sentences(document: Document, place: _Place, utterance: Utterance) -> list[Span]:
    if is_not_answered(place.words.slice(document.text)) or place.line.style is Style.HEADER:
        return []
    if place.line.style is Style.ROW:
        return [utterance.words]
    sentences = split_sentences(document.text, utterance.words)
    if utterance.speaker is None and utterance.span != place.words:
        return [s for s in sentences if not _introduces(document.text, s, utterance.span, place.block.span)]
    return sentences


def _introduces(text: str, sentence: Span, part: Span, block: Span) -> bool:
    """Whether a sentence breaks off where somebody else's words go on: alone it would be half a sentence."""
    return sentence.end == part.end < block.end and text[sentence.end - 1] not in ".!?"
