"""Submissions on disk: one folder each, with the source as received and what is known about it."""

from __future__ import annotations

from pathlib import Path

from corpus.document import Document
from corpus.errors import CorpusError
from corpus.metadata import read_metadata
from corpus.reading import Reading, whole_lines
from corpus.structure import structure

SHIPPED = Path(__file__).parent / "submissions"


def find_submissions(folder: Path) -> list[Path]:
    """The folders below `folder` that hold a submission, by name."""
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder; EVIDENCE_BOT_CORPUS names the folder of submissions")
    found = sorted(path.parent for path in folder.glob("*/submission.toml"))
    if not found:
        raise CorpusError(f"{folder}: holds no submission (a folder with submission.toml and source.txt)")
    return found


def read_submission(folder: Path) -> Document:
    """The document in a submission's folder; CorpusError says what is missing, unreadable or not text."""
    metadata = read_metadata(folder / "submission.toml")
    text = read_text(folder / "source.txt")
    if not text.strip():
        raise CorpusError(f"{folder / 'source.txt'}: is empty; put the submission's text there")
    return structure(metadata, Reading(text, whole_lines(text)))


def read_text(path: Path) -> str:
    """The decoded source. Nothing is normalised except line ends."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror}); put the submission's text there") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: byte {error.start} is not UTF-8; save the source as UTF-8 text") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
