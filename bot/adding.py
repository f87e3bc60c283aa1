"""Adding a submission: what a file holds, whether the corpus has it, and putting it there."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.submission_check import counts, open_ends
from corpus.check import check, refuse_unquotable, shared_with
from corpus.collection import add, place_of, update
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.formats.choose import read_source
from corpus.metadata import Metadata
from corpus.said import said_by
from corpus.structure import structure
from corpus.submission import find_source, find_submissions, read_submission

# Each is read whole to be compared; among more, copies are found when the index is built.
MOST_COMPARED = 300


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file says of itself and what was recognised in it, each line a sentence."""

    known: Mapping[str, str]
    lines: tuple[str, ...]


def refuse_unwritable(corpus: Path) -> None:
    """CorpusError where no submission can be added to the folder."""
    if not os.access(corpus, os.W_OK | os.X_OK):
        raise CorpusError(f"{corpus}: cannot be written; EVIDENCE_BOT_CORPUS may name another folder")


def examine(file: Path, name: str, others: Sequence[Document]) -> Examined:
    """What a file is, and which `others` it repeats; CorpusError says in one line why it cannot be used."""
    reading = read_source(file)
    known = said_by(reading, name)
    document = structure(Metadata(known.get("reference", "it"), "", known.get("submitter", "")), reading)
    refuse_unquotable(document, name)
    lines = [f"{counts(check(document))}.", *open_ends(document, check(document))]
    lines += [f"{remark[:1].upper()}{remark[1:].rstrip('.')}." for remark in reading.remarks]
    if len(others) <= MOST_COMPARED:
        repeated = shared_with(document, others)
        lines += [f"{count} sentence(s) stand in {other} too." for other, count in sorted(repeated.items())]
    return Examined(known, tuple(lines))


def twin(file: Path, corpus: Path) -> str:
    """The reference of the submission whose source is the very same file, "" for none."""
    size = file.stat().st_size
    for place in find_submissions(corpus):
        with suppress(CorpusError):  # a submission without its source is no twin
            source = find_source(place)
            if source.stat().st_size == size and source.read_bytes() == file.read_bytes():
                return place.name
    return ""


def put(corpus: Path, file: Path, given: Mapping[str, str], *, replacing: bool) -> Document:
    """Add a file as a submission, or make it the source of one that is there; CorpusError says what is in the way."""
    if not replacing:
        return add(corpus, file, read_source(file), given)
    place = place_of(corpus, given["reference"])
    update(place, file)
    return read_submission(place)
