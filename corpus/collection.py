"""The folder of submissions: adding, exchanging, reading anew and removing one, each in a single step."""

from __future__ import annotations

import json
import re
import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import fields
from pathlib import Path

from corpus.check import refuse_unquotable
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.formats.choose import ENDINGS, SUFFIX, format_of, read_bytes, read_source
from corpus.metadata import Metadata
from corpus.reading import Reading
from corpus.stored import READING, TEXT, load_reading, save_reading
from corpus.structure import structure
from corpus.submission import find_source, read_submission

REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}")
_INCOMING = ".incoming"


def files_in(path: Path) -> list[Path]:
    """The file itself, or the files below a folder that end as submissions do, by name."""
    if path.is_dir():
        return sorted(
            p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in ENDINGS and p.name[0] not in ".~"
        )
    if not path.is_file():
        raise CorpusError(f"{path}: no such file or folder")
    return [path]


def place_of(folder: Path, reference: str) -> Path:
    """The folder of a submission that is there; CorpusError where it is not."""
    _check_reference(reference)
    place = folder / reference
    if not (place / "submission.toml").is_file():
        raise CorpusError(
            f"{reference}: no such submission in {folder}; `evidence-bot corpus list` shows those there are"
        )
    return place


def add(folder: Path, file: Path, reading: Reading, given: Mapping[str, str]) -> Document:
    """Put a file that was read into the folder of submissions, whole or not at all."""
    reference = given["reference"]
    _check_reference(reference)
    if (folder / reference).exists():
        raise CorpusError(f"{reference}: is there already; use `evidence-bot corpus update {reference} FILE`")
    with _writing(folder):
        incoming = folder / _INCOMING / uuid.uuid4().hex
        incoming.mkdir(parents=True)
        try:
            _fill(incoming, file, reading)
            (incoming / "submission.toml").write_text(_toml(given), encoding="utf-8")
            document = read_submission(incoming)
            incoming.rename(folder / reference)
        finally:
            shutil.rmtree(incoming, ignore_errors=True)  # that of another file that is added now stays
            with suppress(OSError):
                incoming.parent.rmdir()
    return document


def update(place: Path, file: Path | None = None) -> bool:
    """Read a submission's source anew, or the file that takes its place; whether its text or structure changed."""
    source = file or find_source(place)
    reading = read_source(source)
    refuse_unquotable(structure(Metadata(place.name, "", ""), reading), source.name)
    before = _stored(place)
    if file is None and before is not None and (before.text, before.lines) == (reading.text, reading.lines):
        return False
    if file is None and before is None and source.suffix == ".txt" and _is_own_text(source, reading):
        return False
    with _writing(place):
        fresh = place / _INCOMING
        fresh.mkdir()
        try:
            _fill(fresh, source, reading)
            if file is not None:
                find_source(place).unlink()
            for name in (TEXT, READING):
                (place / name).unlink(missing_ok=True)
            for path in fresh.iterdir():
                path.replace(place / path.name)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return True


def _stored(place: Path) -> Reading | None:
    try:
        return load_reading(place, read_bytes(find_source(place))) if (place / READING).exists() else None
    except CorpusError:
        return None


def remove(place: Path) -> None:
    """Take a submission out, with its source; first out of sight in one step, then from the disk."""
    with _writing(place.parent):
        gone = place.parent / _INCOMING / uuid.uuid4().hex
        gone.parent.mkdir(exist_ok=True)
        place.rename(gone)
        shutil.rmtree(gone.parent)


def _fill(place: Path, source: Path, reading: Reading) -> None:
    raw = read_bytes(source)
    target = place / f"source{SUFFIX[format_of(source.name, raw)]}"
    target.write_bytes(raw)
    if not _is_own_text(target, reading):
        save_reading(reading, place, raw)


def _is_own_text(source: Path, reading: Reading) -> bool:
    """Whether the source is its own canonical text, so that a stored copy of it would say nothing new."""
    return source.suffix == ".txt" and source.read_bytes() == reading.text.encode()


def _check_reference(reference: str) -> None:
    if not REFERENCE.fullmatch(reference):
        raise CorpusError(f"{reference!r}: a reference has letters, digits, dots, dashes and underscores only")


def _toml(given: Mapping[str, str]) -> str:
    known = [field.name for field in fields(Metadata) if field.name not in ("questions", "corrections")]
    return "".join(f"{name} = {json.dumps(given[name], ensure_ascii=False)}\n" for name in known if given.get(name))


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CorpusError(
            f"{folder}: cannot be written ({error.strerror}); EVIDENCE_BOT_CORPUS may name another folder"
        ) from error
