"""Expansions: other words under which a passage should be found. Searched, never shown (design: doc2query)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document, Span
from corpus.errors import CorpusError


@dataclass(frozen=True, slots=True)
class Expansion:
    """Statements and questions for one place of a document: a passage or a question of the committee."""

    span: Span
    statements: tuple[str, ...]
    questions: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """All of them, in order."""
        return self.statements + self.questions


def fingerprint(text: str) -> str:
    """The first 16 hexadecimal digits of a text's SHA-256, by which an expansion knows its passage."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def places(document: Document) -> list[Span]:
    """What may be expanded: quotable passages and the committee's questions without an answer."""
    passages = [passage.span for passage in document.passages if passage.sentences]
    return passages + [question.span for question in document.questions if not question.answered]


def read_expansions(path: Path, document: Document) -> list[Expansion]:
    """The expansions in a file, none where there is no file; CorpusError for one whose passage has changed."""
    if not path.exists():
        return []
    known = set(places(document))
    expansions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path}, line {number}"
        try:
            row = json.loads(line)
            expansion = Expansion(
                Span(row["start"], row["end"]), tuple(row.get("statements", ())), tuple(row.get("questions", ()))
            )
            mark = row["passage_sha256"]
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{where}: not an expansion ({error!r}); write it again or delete the line") from error
        if expansion.span not in known or mark != fingerprint(expansion.span.slice(document.text)):
            raise CorpusError(f"{where}: its passage has changed; read the passage, write the line again or delete it")
        expansions.append(expansion)
    return expansions


def write_expansions(path: Path, document: Document, expansions: Iterable[Expansion]) -> None:
    """Write expansions, one JSON line each, in the order of the text."""
    rows = [
        {
            "start": expansion.span.start,
            "end": expansion.span.end,
            "passage_sha256": fingerprint(expansion.span.slice(document.text)),
            "statements": list(expansion.statements),
            "questions": list(expansion.questions),
        }
        for expansion in sorted(expansions, key=lambda expansion: expansion.span)
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
