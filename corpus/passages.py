"""The passages of each block: who says what in it, its whole sentences, and the notes that stand for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from corpus.attribution import Utterance
from corpus.attribution_lines import is_attribution
from corpus.document import Block, Document, InquiryQuestion, Kind, Passage, Span, Voice
from corpus.labelled_words import submitter_is_one
from corpus.lead_ins import with_lead_ins
from corpus.note_marks import with_notes
from corpus.notes import NOTES_HEADING
from corpus.numbers import Printed, after_label
from corpus.reading import Line, Style
from corpus.sentences import marks_in, split_sentences
from corpus.speakers import resolve_role, with_full_roles
from corpus.testimony import written_by
from corpus.unanswered import is_not_answered
from corpus.voices import utterances

_TABLE = (Style.HEADER, Style.ROW)
_NOT_SAID = (Kind.HEADING, Kind.QUESTION)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: the headings above it, the question it answers, the notes on its headings.

    `words` leaves out the number or bullet that the block starts with.
    """

    block: Block
    section: tuple[str, ...]
    question: InquiryQuestion | None
    heading_notes: tuple[int, ...]
    line: Line
    words: Span = field(default=Span(0, 0))
    printed: Printed | None = None
    counted: int | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """One voice's whole sentences in a block; `tail` ends, `lead` begins a sentence that another voice shares."""

    utterance: Utterance
    sentences: list[Span]
    tail: Span
    lead: Span


def passages_of(document: Document, places: Sequence[Place]) -> tuple[Passage, ...]:
    """The passages of a document in order; the document has its blocks and notes, its passages not yet."""
    return tuple(_with_names(list(with_lead_ins(_passages(document, places)))))


def _passages(document: Document, places: Sequence[Place]) -> Iterator[tuple[Line, Passage]]:
    spoken = _spoken(document, places)
    sources = False  # whether this is a list of what the submission cites
    for place in places:
        if place.block.kind in _NOT_SAID:
            continue
        sources = place.block.kind is Kind.CLOSING and (
            sources or NOTES_HEADING.fullmatch(place.block.span.slice(document.text)) is not None
        )
        heard = spoken[place.block.span]
        parts = [_silent(utterance) if sources else _part(document, place, utterance) for utterance in heard]
        for index, part in enumerate(parts):
            beside = [parts[index - 1].lead] if index else []
            beside += [after.tail for after in parts[index + 1 : index + 2]]
            marks = [number for span in beside for number in marks_in(document.text, span)]
            yield place.line, _passage(document, place, part, marks)


def _with_names(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Marks the lines of one sentence that do nothing but attribute the quotation above or introduce the one below."""
    for index, passage in enumerate(passages):
        above = passages[index - 1] if index else None
        below = passages[index + 1] if index + 1 < len(passages) else None
        if passage.voice is Voice.SUBMITTER and len(passage.sentences) == 1:
            if above and above.voice is Voice.QUOTED and is_attribution(passage.text):
                passage = replace(passage, names=above.span)
            elif below and below.voice is Voice.QUOTED and below.speaker and _is_lead_in(passage):
                passage = replace(passage, names=below.span if below.speaker in passage.text else None)
        yield passage


def _is_lead_in(passage: Passage) -> bool:
    """Whether a passage leads to the words below it and says nothing else; a sentence before the lead-in is apart."""
    return passage.text.endswith(":") and passage.sentences[0].span.end == passage.span.end


def _spoken(document: Document, places: Sequence[Place]) -> dict[Span, list[Utterance]]:
    """The voices in each passage block, with offsets into the document and each speaker's role."""
    spoken: dict[Span, list[Utterance]] = {}
    one = submitter_is_one([place.words.slice(document.text) for place in places if place.block.kind is Kind.PASSAGE])
    for _, run in groupby(places, key=lambda place: (place.block.kind in _NOT_SAID, place.section)):
        row = list(run)
        paragraphs = [place.words.slice(document.text).replace("\n", " ") for place in row]
        found = utterances(paragraphs, [place.line.style for place in row], one=one)
        author = written_by(row[0].section[-1]) if row[0].section else None
        for place, heard in zip(row, found, strict=True):
            whole = Utterance(place.words, place.words, None)
            moved = [replace(u.moved(place.words.start), speaker=u.speaker or author) for u in heard]
            alone = place.line.style in _TABLE or place.block.kind is Kind.LISTED
            spoken[place.block.span] = [whole] if alone else moved
    roles = with_full_roles([u.speaker for heard in spoken.values() for u in heard if u.speaker])
    own = document.metadata.submitter
    return {span: [_credited(utterance, roles, own) for utterance in heard] for span, heard in spoken.items()}


def _credited(utterance: Utterance, roles: dict[str, str], submitter: str) -> Utterance:
    speaker = utterance.speaker
    if speaker is None or submitter in (speaker.name, speaker.role):
        return replace(utterance, speaker=None)
    return replace(utterance, speaker=resolve_role(speaker, roles))


def _passage(document: Document, place: Place, part: _Part, beside: Sequence[int]) -> Passage:
    speaker, span = part.utterance.speaker, part.utterance.span
    listed = place.block.kind is Kind.LISTED
    heard = replace(part.utterance, span=Span(span.start, part.lead.start or span.end))
    return Passage(
        document=document,
        span=span,
        voice=Voice.INQUIRY if listed else Voice.QUOTED if speaker else Voice.SUBMITTER,
        sentences=with_notes(document, place.block, heard, part.sentences, [*beside, *place.heading_notes]),
        speaker=None if listed else speaker.name if speaker else document.metadata.submitter,
        speaker_role=speaker.role if speaker else None,
        section=place.section,
        question=place.question,
        paragraph=place.printed.number if place.printed else place.counted,
        printed=place.printed is not None,
        part=place.part,
        header=place.line.header,
    )


def _part(document: Document, place: Place, utterance: Utterance) -> _Part:
    text, span, none = document.text, utterance.span, Span(0, 0)
    question = place.question.span.slice(text) if place.question else ""
    unanswered = is_not_answered(place.words.slice(text), question)
    if place.block.kind is Kind.LISTED or place.line.style is Style.HEADER or unanswered:
        return _silent(utterance)
    if place.line.style is Style.ROW:
        return _Part(utterance, [utterance.words], none, none)
    words = utterance.words
    if words.start == place.words.start:
        words = Span(after_label(text, words), words.end)
    sentences = split_sentences(text, words)
    if utterance.speaker is not None or span == place.words:
        return _Part(utterance, sentences, none, none)
    tail = [s for s in sentences[:1] if s.start == span.start > place.words.start and _goes_on(text[s.start])]
    lead = [s for s in sentences[-1:] if s.end == span.end < place.words.end and text[s.end - 1] not in ".!?"]
    kept = [s for s in sentences if s not in tail and s not in lead]
    begins = kept[0].start if kept else span.end
    return _Part(
        utterance,
        kept,
        Span(span.start, begins) if tail else none,
        Span(lead[0].start, span.end) if lead else none,
    )


def _silent(utterance: Utterance) -> _Part:
    return _Part(utterance, [], Span(0, 0), Span(0, 0))


def _goes_on(first: str) -> bool:
    """Whether a sentence that begins with this character after a quotation is the rest of the one before it."""
    return first.islower() or first in ",;:–—("
