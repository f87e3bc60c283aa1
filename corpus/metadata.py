"""What `submission.toml` says of a submission: who sent it to whom, under which licence, and a reader's corrections."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError


@dataclass(frozen=True, slots=True)
class Correction:
    """A reader's word on one line: what kind of block it is, or how deep a heading. `text` is how it starts."""

    line: int
    text: str
    kind: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a citation needs to know of a submission; `questions` are those that the inquiry asked, if listed."""

    reference: str
    title: str
    submitter: str
    inquiry: str = ""
    committee: str = ""
    house: str = ""
    date: str = ""
    licence: str = ""
    attribution: str = ""
    url: str = ""
    questions: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


def read_metadata(path: Path) -> Metadata:
    """Read a `submission.toml`; CorpusError says what is missing or wrong."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror}); every submission needs one") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: not valid TOML: {error}") from error
    corrections = tuple(_correction(path, row) for row in table.pop("correction", []))
    questions = _questions(path, table.pop("questions", []))
    known = {field.name for field in fields(Metadata)} - {"corrections", "questions"}
    if unknown := set(table) - known:
        raise CorpusError(f"{path}: unknown key {sorted(unknown)[0]!r}; known: {', '.join(sorted(known))}")
    for name in ("reference", "title", "submitter"):
        if not table.get(name):
            raise CorpusError(f"{path}: {name} is missing")
    for name, value in table.items():
        if not isinstance(value, str):
            raise CorpusError(f"{path}: {name} must be a text in quotation marks")
    return Metadata(**table, questions=questions, corrections=corrections)


def _questions(path: Path, listed: object) -> tuple[str, ...]:
    if not isinstance(listed, list) or not all(isinstance(question, str) and question.strip() for question in listed):
        raise CorpusError(f"{path}: questions must be a list of texts in quotation marks")
    return tuple(listed)


def _correction(path: Path, row: dict[str, Any]) -> Correction:
    try:
        return Correction(**row)
    except TypeError as error:
        raise CorpusError(f"{path}: a [[correction]] needs line, text and kind, and may have level") from error
