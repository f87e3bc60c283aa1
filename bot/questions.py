"""Labelled questions, as the evaluation reads them: JSON lines with what a careful reader accepts as the answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answer import Outcome
from corpus.document import Document, Span
from corpus.errors import Mendable


class QuestionsError(Mendable):
    """A file of labelled questions cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with its accepted places: `snippets` are spans of gold words, `lines` the lines around them."""

    id: str
    kind: str
    history: tuple[str, ...]
    question: str
    document: Document
    snippets: tuple[Span, ...]
    lines: tuple[Span, ...]
    speaker: str | None
    notes: tuple[int, ...]
    inquiry_question: str | None

    @property
    def outcome(self) -> Outcome:
        """The outcome that a careful reader expects."""
        if self.lines:
            return Outcome.QUOTED
        return Outcome.NOT_ANSWERED if self.inquiry_question else Outcome.NOT_FOUND


def read_questions(path: Path, documents: Sequence[Document]) -> list[Labelled]:
    """The labelled questions in a file, one at least; QuestionsError for a gold snippet that its document lacks.

    A question may name its `document`; without, it is about the submission in whose folder the file lies, or the
    only one there is.
    """
    labelled: list[Labelled] = []
    number = 1
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            row = json.loads(line)
            if not isinstance(row, dict):
                raise ValueError("not a JSON object")
            document = _document(str(row.get("document", path.parent.name)), documents)
            labelled.append(_labelled(row, document, f"{path}, line {number}"))
    except OSError as error:
        raise QuestionsError(f"{path}: cannot be read ({error.strerror})") from error
    except KeyError as error:
        raise QuestionsError(f"{path}, line {number}: not a labelled question (it lacks {error})") from error
    except (ValueError, TypeError) as error:
        raise QuestionsError(f"{path}, line {number}: not a labelled question ({error})") from error
    if not labelled:
        raise QuestionsError(f"{path}: holds no question")
    return labelled


def _document(reference: str, documents: Sequence[Document]) -> Document:
    return next((document for document in documents if document.reference == reference), documents[0])


def _labelled(row: dict[str, Any], document: Document, where: str) -> Labelled:
    gold = [str(snippet) for snippet in row["gold"]]
    snippets = [span for snippet in dict.fromkeys(gold) for span in _find(snippet, document.text)]
    if gold and not snippets:
        raise QuestionsError(f"{where}: {document.reference} does not hold {gold[0]!r}")
    return Labelled(
        id=str(row["id"]),
        kind=str(row["kind"]),
        history=tuple(str(turn) for turn in row.get("history", ())),
        question=str(row["question"]),
        document=document,
        snippets=tuple(snippets),
        lines=tuple(_line(span, document.text) for span in snippets),
        speaker=row.get("speaker"),
        notes=tuple(row.get("source_footnotes", ())),
        inquiry_question=row.get("inquiry_question"),
    )


def _find(snippet: str, text: str) -> list[Span]:
    spans, start = [], text.find(snippet)
    while start >= 0:
        spans.append(Span(start, start + len(snippet)))
        start = text.find(snippet, start + 1)
    return spans


def _line(span: Span, text: str) -> Span:
    end = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end)
