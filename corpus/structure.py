"""Puts the structure together: text and metadata in, a Document with passages, questions and notes out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from corpus.answered import below_questions, is_answered
from corpus.blocks import classify
from corpus.document import Block, Document, InquiryQuestion, Kind, Span
from corpus.matter import ends_submission, opens_submission
from corpus.metadata import Metadata
from corpus.notes import find_notes
from corpus.numbers import after_bullet, counts_on, in_force, printed_numbers
from corpus.passages import Place, passages_of
from corpus.reading import Line, Reading, Style, is_styled
from corpus.sentences import MARKER, marks_in

_BODY = (Kind.PASSAGE, Kind.LISTED)
_LEVELS = 6  # of headings that a format marks as such; one in bold is deeper
_QUESTIONS = re.compile(r"(?:(?:answers?|responses?) to )?Q(?:uestion)?s?\.? ?\d", re.I)
_UNNUMBERED = (Style.HEADER, Style.ROW, Style.QUOTATION)


def structure(metadata: Metadata, reading: Reading) -> Document:
    """The document that a reading is, by what its format knows, by rules and by the corrections in its metadata."""
    text, lines = reading.text, reading.lines
    of_notes, notes = find_notes(text, lines, reading.links)
    body = [line for index, line in enumerate(lines) if index not in of_notes]
    blocks = classify(text, body, metadata)
    places = _with_numbers(text, list(_places(text, blocks, body)))
    below = [Block(lines[index].span, Kind.NOTE) for index in of_notes]
    document = Document(
        metadata=metadata,
        text=text,
        blocks=tuple(sorted([*blocks, *below], key=lambda block: block.span)),
        questions=tuple(place.question for place in places if place.question and place.block.kind is Kind.QUESTION),
        notes=tuple(notes),
        pages=reading.pages,
        anchors=reading.anchors,
    )
    passages = passages_of(document, places)
    object.__setattr__(document, "passages", passages)  # each knows its document, so neither can come first
    return document


def _with_numbers(text: str, places: Sequence[Place]) -> list[Place]:
    """The places with their paragraph numbers, printed or else counted, and where their words begin."""
    breaks = list(accumulate(place.block.kind not in _BODY for place in places))
    able = [i for i, p in enumerate(places) if p.block.kind is Kind.PASSAGE and p.line.style not in _UNNUMBERED]
    prints = printed_numbers(text, [places[i].block.span for i in able], [breaks[i] for i in able])
    own = {able[at]: printed for at, printed in prints.items()}
    under = in_force([own.get(i) for i in range(len(places))], [p.block.kind not in _BODY for p in places])
    counted = 0
    found = []
    for index, place in enumerate(places):
        span, passage = place.block.span, place.block.kind in _BODY
        counted += passage
        words = Span(own[index].end if index in own else after_bullet(text, span), span.end)
        number = counted if passage and not prints else None
        found.append(replace(place, words=words, printed=under[index], counted=number))
    parts = _parts(found)
    return [replace(place, part=parts[place.printed.run]) if place.printed else place for place in found]


def _parts(places: Sequence[Place]) -> dict[int, str]:
    """The heading that tells each run of numbers from the longest one: the innermost above all of its paragraphs."""
    runs: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        if place.printed:
            runs[place.printed.run].append(place)
    numbers = {run: {place.printed.number for place in row if place.printed} for run, row in runs.items()}
    return {
        run: _shared([place.section for place in row])
        if run and any(numbers[run] & others for other, others in numbers.items() if other != run)
        else ""
        for run, row in runs.items()
    }


def _shared(sections: Sequence[tuple[str, ...]]) -> str:
    """The innermost heading that all sections lie under; empty where there is none."""
    shared = [titles[0] for titles in zip(*sections, strict=False) if len(set(titles)) == 1]
    return shared[-1] if shared else ""


def _places(text: str, blocks: Sequence[Block], lines: Sequence[Line]) -> Iterator[Place]:
    path: list[tuple[int, str, tuple[int, ...]]] = []
    question: InquiryQuestion | None = None
    question_level = opened = 0  # levels of what stands above the question, and of what opened the submission
    below = below_questions(text, blocks)
    styled = is_styled(lines)
    last = max((index for index, block in enumerate(blocks) if block.kind is Kind.QUESTION), default=0)
    for index, block in enumerate(blocks):
        if block.kind is Kind.HEADING:
            path = [entry for entry in path if entry[0] < block.level]
            path.append((block.level, _title(text, block), marks_in(text, block.span)))
            guessed = not styled or lines[index].level not in range(1, _LEVELS + 1)
            ended = index > last and guessed and ends_submission(path[-1][1])
            path = path[-1:] if ended and question else path
            beside = question and _is_beside(question.span.slice(text), path[-1][1])
            if block.level <= question_level or beside or ended:
                question = None
        elif block.kind is Kind.QUESTION:
            path = [entry for entry in path if entry[0] <= question_level] if question else path
            while path and counts_on(path[-1][1], block.span.slice(text)):
                path.pop()
            if path and opens_submission(path[-1][1]) and blocks[index - 1].kind is not Kind.HEADING:
                level = path.pop()[0]
                opened = level if styled else 0
            question_level = path[-1][0] if path else opened
            section = tuple(title for _, title, _ in path)
            answered = is_answered(text, blocks, lines, index, below=below[index], level=question_level)
            question = InquiryQuestion(block.span, section, answered)
        elif block.kind is Kind.CLOSING:
            path, question = [], None
        elif block.kind is Kind.LISTED and _is_alone(blocks, index):
            question = None
        yield Place(
            block,
            tuple(title for _, title, _ in path),
            question,
            tuple(number for _, _, marks in path for number in marks),
            lines[index],
        )


def _is_beside(question: str, heading: str) -> bool:
    """Whether a heading counts on from a question, or names others: 'Question 8', 'Questions 4 to 6'."""
    return counts_on(question, heading) or _QUESTIONS.match(heading) is not None


def _is_alone(blocks: Sequence[Block], index: int) -> bool:
    """Whether a listed question stands in no list: what is below it may answer it."""
    beside = [*blocks[max(0, index - 1) : index], *blocks[index + 1 : index + 2]]
    return all(block.kind not in (Kind.LISTED, Kind.QUESTION) for block in beside)


def _title(text: str, block: Block) -> str:
    return MARKER.sub("", block.span.slice(text)).strip()
