"""The committee's questions: what a submission did with them, and those to begin with."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document, InquiryQuestion, Kind

EXAMPLES = 3
LOOKED_INTO = 10  # submissions; each is read whole, and of a thousand the first few say what is asked of all
LONGEST_EXAMPLE = 150


def did_not_answer(document: Document, question: InquiryQuestion) -> str:
    """What a submission did in place of answering: the reply that it printed, or nothing."""
    following = [block for block in document.blocks if block.span.start >= question.span.end]
    below = next((block for block in following if block.kind is not Kind.HEADING), None)
    if below is None or below.kind is not Kind.PASSAGE:
        return "left the answer blank"
    return f"answered “{below.span.slice(document.text)}”"


def example_questions(documents: Sequence[Document]) -> list[str]:
    """Questions to begin with: the shortest that the committee asked and one of the first submissions answers."""
    asked = [q.span.slice(d.text) for d in documents[:LOOKED_INTO] for q in d.questions if q.answered]
    short = sorted({" ".join(text.split()) for text in asked if len(text) <= LONGEST_EXAMPLE}, key=len)
    return short[:EXAMPLES]
