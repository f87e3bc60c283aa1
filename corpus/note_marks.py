"""Which sentences a note mark stands for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from corpus.attribution import Utterance
from corpus.attribution_lines import is_attribution
from corpus.document import Block, Document, Kind, Sentence, Span
from corpus.sentences import MARKER, marks_in

_SOURCE = (
    r"(?:research|reports?|surveys?|stud(?:y|ies)|analys[ie]s|polls?|reviews?|figures|findings|statistics|data"
    r"|audit|evaluation|census|inquiry)"
)
_ANNOUNCES_SOURCE = re.compile(rf"\b(?:{_SOURCE}|evidence)\b", re.I)
_NAMES_IT_AGAIN = re.compile(rf"(?:This|These|That|Those|The|Such|Its|Our|Their|His|Her)\s+(?:same\s+)?{_SOURCE}\b")
_LEANS_BACK = re.compile(r"(?:This|These|That|Those|It|They|Such|And|Indeed|Because they)\b")
_OF_ONES_OWN = re.compile(r"\b(?:should|must|ought|needs? to|we|our|us|recommend\w*)\b", re.I)


def with_notes(
    document: Document, block: Block, utterance: Utterance, sentences: Sequence[Span], of_headings: Sequence[int]
) -> tuple[Sentence, ...]:
    """The sentences of one utterance with the notes that stand for them; marks on headings stand for all below.

    A mark stands for the sentence that it is in or that it follows; after the last full stop of a paragraph also for
    the ones before it that this one leans back on or that speak of a source; on a quotation for all of it. Where a
    sentence announces a source, one that goes on with 'This research ...' rests on it, and what leans back on that.
    """
    text, known = document.text, document.note_by_number
    marks = [list(marks_in(text, Span(s.start, after))) for s, after in _reaches(sentences, utterance.span.end)]
    if utterance.speaker is not None:
        below = _marks_below(document, block)
        shared = [*marks_in(text, Span(utterance.words.end, utterance.span.end)), *below]
        marks = [[*own, *(n for n in shared if n not in own)] for own in marks]
    else:
        _spread_back(marks, text, sentences)
        _spread_on(marks, text, sentences)
    return tuple(
        Sentence(span, tuple(n for n in (*own, *of_headings) if n in known))
        for span, own in zip(sentences, marks, strict=True)
    )


def _reaches(sentences: Sequence[Span], end: int) -> Iterator[tuple[Span, int]]:
    """Each sentence with where the next one starts: marks between them belong to the first."""
    for index, sentence in enumerate(sentences):
        yield sentence, sentences[index + 1].start if index + 1 < len(sentences) else end


def _marks_below(document: Document, block: Block) -> tuple[int, ...]:
    """The marks on the attribution line under a quotation."""
    blocks = document.blocks
    index = bisect_right(blocks, block.span.start, key=lambda other: other.span.start)
    if index == len(blocks) or blocks[index].kind is not Kind.PASSAGE:
        return ()
    below = blocks[index].span
    return marks_in(document.text, below) if is_attribution(below.slice(document.text)) else ()


def _spread_back(marks: list[list[int]], text: str, sentences: Sequence[Span]) -> None:
    if not sentences or not marks[-1] or MARKER.search(text, sentences[-1].start, sentences[-1].end):
        return
    for index in range(len(marks) - 2, -1, -1):
        leans = _LEANS_BACK.match(sentences[index + 1].slice(text)) is not None
        if marks[index] or not (leans or _ANNOUNCES_SOURCE.search(sentences[index].slice(text))):
            return
        marks[index] = list(marks[-1])


def _spread_on(marks: list[list[int]], text: str, sentences: Sequence[Span]) -> None:
    resting: list[int] = []
    named = False  # whether the sentence above names the source again, or leans back on one that does
    for own, sentence in zip(marks, sentences, strict=True):
        words = sentence.slice(text)
        if own:
            resting, named = (list(own) if _ANNOUNCES_SOURCE.search(words) else []), False
            continue
        leans = named and _LEANS_BACK.match(words) is not None
        named = bool(resting) and not _OF_ONES_OWN.search(words) and (leans or _NAMES_IT_AGAIN.match(words) is not None)
        if named:
            own += resting
        else:
            resting = []
