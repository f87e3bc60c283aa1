"""What was recognised in a submission and what was left open, in words: for whoever adds it, wherever that is."""

from __future__ import annotations

from corpus.check import Check
from corpus.document import Document


def counts(found: Check) -> str:
    """What was recognised, in one line without its full stop."""
    asked = f"{found.questions} questions of the inquiry ({found.unanswered} not answered)"
    passages = f"{found.passages} passages ({found.numbered} under a printed number, {found.rows} rows of tables)"
    return f"{asked}, {passages}, {found.notes} notes, {found.quotations} quotations"


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
