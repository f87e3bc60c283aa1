"""What was recognised in a submission, and what looks as if it was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.clusters import find_copies
from corpus.document import Document, Kind, Passage, Voice
from corpus.errors import CorpusError
from corpus.sentences import marks_in


@dataclass(frozen=True, slots=True)
class Check:
    """The counts of a document's parts and its open ends. A document is sound when nothing is open."""

    questions: int
    unanswered: int
    passages: int
    numbered: int
    rows: int
    notes: int
    quotations: int
    unattached_notes: tuple[int, ...]
    marks_without_note: tuple[int, ...]
    unsure_speakers: tuple[Passage, ...]
    repeated_numbers: tuple[str, ...]
    uncovered: int

    @property
    def is_sound(self) -> bool:
        """Whether nothing was left open."""
        return not (
            self.unattached_notes
            or self.marks_without_note
            or self.unsure_speakers
            or self.repeated_numbers
            or self.uncovered
        )


def refuse_unquotable(document: Document, name: str) -> None:
    """CorpusError if nothing in a document could be found: no sentence to quote and no question of the inquiry."""
    if not (document.questions or any(passage.sentences for passage in document.passages)):
        raise CorpusError(f"{name}: holds no sentence that could be quoted")


def check(document: Document) -> Check:
    """The check of one document."""
    quotable = [passage for passage in document.passages if passage.sentences]
    quoted = [passage for passage in quotable if passage.voice is Voice.QUOTED]
    known = set(document.note_by_number)
    return Check(
        questions=len(document.questions),
        unanswered=sum(not question.answered for question in document.questions),
        passages=len(quotable),
        numbered=sum(passage.printed for passage in quotable),
        rows=sum(passage.header is not None for passage in quotable),
        notes=len(document.notes),
        quotations=len(quoted),
        unattached_notes=tuple(sorted(known - {number for passage in quotable for number in passage.notes})),
        marks_without_note=tuple(sorted(set(_marks(document)) - known)),
        unsure_speakers=tuple(p for p in quoted if p.speaker is None and p.speaker_role is None),
        repeated_numbers=tuple(_repeated(document.passages)),
        uncovered=_uncovered(document),
    )


def _marks(document: Document) -> Iterator[int]:
    for block in document.blocks:
        if block.kind is not Kind.NOTE:
            yield from marks_in(document.text, block.span)


def _repeated(passages: Sequence[Passage]) -> Iterator[str]:
    """The printed numbers that lead to more than one paragraph, so that a citation by them is open."""
    rows = [number for number, _ in groupby((p.paragraph, p.part) for p in passages if p.printed)]
    yield from sorted({str(number) for (number, _), count in Counter(rows).items() if count > 1}, key=_in_order)


def _in_order(number: str) -> list[int]:
    return [int(part) for part in number.split(".")]


def _uncovered(document: Document) -> int:
    """Characters, blanks aside, that belong to no block."""
    whole = len("".join(document.text.split()))
    return whole - sum(len("".join(block.span.slice(document.text).split())) for block in document.blocks)


def shared_with(document: Document, others: Sequence[Document]) -> dict[str, int]:
    """For each other submission that repeats sentences of this one, how many."""
    passages = [p for each in (document, *others) for p in each.passages if p.sentences]
    own = sum(bool(p.sentences) for p in document.passages)
    shared: dict[str, int] = {}
    for copies in find_copies(passages, own).values():
        for reference in {passages[other].document.reference for other, _ in copies if other >= own}:
            shared[reference] = shared.get(reference, 0) + 1
    return shared
