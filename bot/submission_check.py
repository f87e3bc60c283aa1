"""What was recognised in a submission and what was left open, in words: for whoever adds it, wherever that is."""

from __future__ import annotations

from corpus.check import Check
from corpus.document import Document


def counts(found: Check) -> str:
    """What was recognised, in one line without its full stop."""
    asked = _some(found.questions, "question", " of the inquiry")
    unanswered = [f"{found.unanswered} not answered"] if found.unanswered else []
    numbered = [f"{found.numbered} under a printed number"] if found.numbered else []
    rows = [_some(found.rows, "row", " of tables")] if found.rows else []
    passages = _some(found.passages, "passage")
    rest = f"{_some(found.notes, 'note')}, {_some(found.quotations, 'quotation')}"
    return f"{asked}{_of_these(unanswered)}, {passages}{_of_these(numbered + rows)}, {rest}"


def _some(number: int, noun: str, more: str = "") -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}{more}"


def _of_these(parts: list[str]) -> str:
    return f" ({', '.join(parts)})" if parts else ""


def open_ends(document: Document, found: Check) -> list[str]:
    """What was left open, a sentence each."""
    lines = []
    if found.unattached_notes:
        lines.append(f"Notes that no sentence carries: {', '.join(map(str, found.unattached_notes))}.")
    if found.marks_without_note:
        lines.append(f"Marks without a note: {', '.join(map(str, found.marks_without_note))}.")
    for passage in found.unsure_speakers:
        where = f"paragraph {passage.paragraph}" if passage.paragraph is not None else f"offset {passage.span.start}"
        lines.append(f"Nobody is named as the speaker in {where}: {passage.text[:60]!r}.")
    if found.repeated_numbers:
        lines.append(f"Numbers printed on more than one paragraph: {', '.join(found.repeated_numbers)}.")
    if found.uncovered:
        lines.append(f"{found.uncovered} characters of {document.reference} belong to no block.")
    return lines
