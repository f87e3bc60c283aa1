"""Submissions on disk: one folder each, with the source as received and what is known about it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from corpus.check import refuse_unquotable
from corpus.document import Document, Span
from corpus.errors import CorpusError
from corpus.expansions import Expansion, read_expansions
from corpus.formats.choose import ENDINGS, read_bytes, read_source
from corpus.metadata import read_metadata
from corpus.reading import Reading
from corpus.stored import READING, TEXT, load_reading
from corpus.structure import structure

SHIPPED = Path(__file__).parent / "submissions"
Expanded = tuple[Document, dict[Span, Expansion]]
METADATA, EXPANSIONS = "submission.toml", "expansions.jsonl"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """By what a submission's folder is known again: `stat` (sizes and times, quick), `content` (hash of its files)."""

    stat: str
    content: str


def fingerprint(folder: Path, before: Fingerprint | None = None) -> Fingerprint:
    """The fingerprint of a submission's folder; files that are as large and as old as `before` are not read again."""
    held = sorted(p for p in folder.iterdir() if p.stem == "source" or p.name in (TEXT, READING, METADATA, EXPANSIONS))
    stats = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in held]
    stat = hashlib.sha256(repr(stats).encode()).hexdigest()
    if before is not None and before.stat == stat:
        return before
    hashes = [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in held]
    return Fingerprint(stat, hashlib.sha256(repr(hashes).encode()).hexdigest())


def find_submissions(folder: Path) -> list[Path]:
    """The folders below `folder` that hold a submission, by name."""
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder; EVIDENCE_BOT_CORPUS names the folder of submissions")
    found = sorted(path.parent for path in folder.glob(f"*/{METADATA}"))
    if not found:
        raise CorpusError(f"{folder}: holds no submission; add one with `evidence-bot corpus add FILE`")
    return found


def read_submission(folder: Path) -> Document:
    """The document in a submission's folder; CorpusError says what is missing, unreadable or not text."""
    metadata = read_metadata(folder / METADATA)
    document = structure(metadata, reading_of(folder))
    refuse_unquotable(document, document.reference)
    return document


def read_expanded(folder: Path) -> Expanded:
    """The document in a submission's folder and its expansions by their places."""
    document = read_submission(folder)
    return document, {expansion.span: expansion for expansion in read_expansions(folder / EXPANSIONS, document)}


def reading_of(folder: Path) -> Reading:
    """The reading of a submission's source: the stored one where there is one, else the source is read now."""
    source = find_source(folder)
    if (folder / READING).exists():
        return load_reading(folder, read_bytes(source))
    try:
        return read_source(source)
    except CorpusError as error:
        raise CorpusError(f"{folder.name}: {error}") from error


def find_source(folder: Path) -> Path:
    """The file as received in a submission's folder."""
    sources = sorted(path for path in folder.glob("source.*") if path.suffix.lower() in ENDINGS)
    if len(sources) != 1:
        found = "no source" if not sources else f"{len(sources)} sources"
        raise CorpusError(f"{folder}: holds {found}; it needs one file source.txt, .md, .html, .docx or .pdf")
    return sources[0]
