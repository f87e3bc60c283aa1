"""A reading on disk beside its source: `text.txt`, to which all offsets refer, and `reading.json` with the rest.

Both carry checksums: a source that was exchanged, or a text that somebody edited, is noticed and not used.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from corpus.document import Span
from corpus.errors import CorpusError
from corpus.reading import Line, Reading, Style

TEXT, READING = "text.txt", "reading.json"
_FORMAT = 1


def hash_of(content: bytes) -> str:
    """The SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def save_reading(reading: Reading, folder: Path, source: bytes) -> None:
    """Write a reading into a submission's folder."""
    text = reading.text.encode()
    (folder / TEXT).write_bytes(text)
    known = {
        "format": _FORMAT,
        "source": hash_of(source),
        "text": hash_of(text),
        "lines": [_line(line) for line in reading.lines],
        "pages": reading.pages,
        "anchors": reading.anchors,
        "links": reading.links,
        "remarks": reading.remarks,
    }
    (folder / READING).write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")


def _line(line: Line) -> list[object]:
    header = [line.header.start, line.header.end] if line.header else None
    return [line.span.start, line.span.end, line.style.value, line.level, header]


def load_reading(folder: Path, source: bytes) -> Reading:
    """The stored reading of a source; CorpusError where source or text are no longer what was read."""
    try:
        text = (folder / TEXT).read_bytes()
        known = json.loads((folder / READING).read_text(encoding="utf-8"))
        if known["format"] != _FORMAT or known["source"] != hash_of(source):
            raise CorpusError(
                f"{folder}: the source is not what was read; run `evidence-bot corpus update {folder.name}`"
            )
        if known["text"] != hash_of(text):
            raise CorpusError(f"{folder / TEXT}: was changed; run `evidence-bot corpus update {folder.name}`")
        return Reading(
            text=text.decode(),
            lines=tuple(_read_line(*line) for line in known["lines"]),
            pages=tuple((offset, page) for offset, page in known["pages"]),
            anchors=tuple((offset, anchor) for offset, anchor in known["anchors"]),
            links=tuple((offset, link) for offset, link in known["links"]),
            remarks=tuple(known["remarks"]),
        )
    except OSError as error:
        raise CorpusError(f"{error.filename}: cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError) as error:
        raise CorpusError(f"{folder / READING}: is damaged; run `evidence-bot corpus update {folder.name}`") from error


def _read_line(start: int, end: int, style: str, level: int, header: list[int] | None) -> Line:
    return Line(Span(start, end), Style(style), level, Span(*header) if header else None)
