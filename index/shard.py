"""What one submission adds to an index, made once and kept as long as the submission stays as it is.

An index is merged from its submissions' shards, so that a corpus which changed in one place costs the work of that
place. Within a submission that changed, a text that was encoded before keeps its vector.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.copies import SIGNATURE, signature
from corpus.document import Document, Span, Voice
from corpus.expansions import Expansion
from corpus.record import metadata_record, passage_record, structure_record
from index.rows import KINDS, Row, RowKind, Unit, in_context, rows_of, units_of
from index.tokens import tokens

WORD = re.compile(r"[^\W\d_]{4,}")
QUOTED, ANSWERED, UNANSWERED = 1, 2, 3  # roles of units; 0 is a passage of the submitter
_RULES = ("shard", "rows", "tokens")

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Shard:
    """One submission, ready to be merged.

    `records` holds its texts, tokens and words; `arrays`: `passage` [n_units], the passage of each unit, or -1 - the
    number of its question; `role`, `names`, `question` [n_units], the last two as units of this shard or -1;
    `part_start` [n_units * KINDS + 1], where the rows of each unit and kind begin; `sentence` [n_rows], `hash` uint8
    [n_rows, 16], `vectors` float16 [n_rows, dimension]; `token_start` [n_units + 1], `token`, `count`;
    `sentence_start` [n_units + 1], `sentence_span` int32 [n_sentences, 2], `signature` (corpus/copies.py).
    """

    records: dict[str, Any]
    arrays: Arrays

    def save(self, path: Path) -> None:
        """Write it, whole or not at all."""
        record = np.frombuffer(json.dumps(self.records, ensure_ascii=False).encode(), np.uint8)
        arrays: dict[str, Any] = {"record": record, **self.arrays}
        unfinished = path.with_suffix(".unfinished")
        with unfinished.open("wb") as file:
            np.savez(file, **arrays)
        unfinished.replace(path)


def load_shard(path: Path) -> Shard:
    """The shard in a file; OSError, ValueError or KeyError where it is damaged."""
    with np.load(path) as saved:
        arrays = {name: saved[name] for name in saved.files}
    return Shard(json.loads(arrays.pop("record").tobytes()), arrays)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A submission of which all is known but the vectors of its rows."""

    document: Document
    units: list[Unit]
    rows: list[Row]

    @property
    def hashes(self) -> NDArray[np.uint8]:
        """A hash of each row's text; uint8, shape [n_rows, 16]."""
        digests = b"".join(hashlib.blake2b(row.text.encode(), digest_size=16).digest() for row in self.rows)
        return np.frombuffer(digests, np.uint8).reshape(-1, 16)


@cache
def rules() -> str:
    """A hash of the code by which a file becomes units and rows: shards that other code made are made anew."""
    root = Path(__file__).parent.parent
    code = [*sorted((root / "corpus").rglob("*.py")), *(root / "index" / f"{name}.py" for name in _RULES)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in code)).hexdigest()


def prepare(document: Document, expansions: Mapping[Span, Expansion]) -> Prepared:
    """The units of a document and the texts to encode for them."""
    units = units_of(document)
    return Prepared(document, units, list(rows_of(units, expansions)))


def finish(prepared: Prepared, vectors: NDArray[np.float16]) -> Shard:
    """The shard, once the rows have their vectors (float16, shape [n_rows, dimension])."""
    document, units, rows = prepared.document, prepared.units, prepared.rows
    bags = _bags(units, rows)
    names = sorted(set().union(*bags)) if bags else []
    number = {token: at for at, token in enumerate(names)}
    records = {
        "metadata": metadata_record(document.metadata),
        "text": document.text,
        "structure": structure_record(document),
        "passages": [passage_record(passage) for passage in document.passages],
        "tokens": names,
        "words": sorted({word for row in rows for word in WORD.findall(row.text.casefold())}),
    }
    sentences = [unit.passage.sentences if unit.passage else () for unit in units]
    spans = [sentence.span for held in sentences for sentence in held]
    signatures = [signature(span.slice(document.text)) for span in spans]
    return Shard(
        records,
        {
            **_places(document, units),
            "part_start": _part_starts(len(units), rows),
            "sentence": _sentences(rows, vectors),
            "hash": prepared.hashes,
            "vectors": vectors,
            "token_start": _starts([len(bag) for bag in bags]),
            "token": np.array([number[token] for bag in bags for token in bag], np.int32),
            "count": np.array([count for bag in bags for count in bag.values()], np.int32),
            "sentence_start": _starts([len(held) for held in sentences]),
            "sentence_span": np.array([(span.start, span.end) for span in spans], np.int32).reshape(-1, 2),
            "signature": np.array(signatures, np.uint64).reshape(-1, SIGNATURE),
        },
    )


def _places(document: Document, units: Sequence[Unit]) -> Arrays:
    """Which place each unit is, and the units that it speaks of."""
    passages = {id(passage): number for number, passage in enumerate(document.passages)}
    unit_at = {unit.place.span: number for number, unit in enumerate(units) if unit.passage}
    asked = {unit.place.span: number for number, unit in enumerate(units) if not unit.passage}
    first = len(unit_at)
    return {
        "passage": np.array([passages.get(id(u.place), first - n - 1) for n, u in enumerate(units)], np.int64),
        "role": np.array([_role(unit) for unit in units], np.int8),
        "names": np.array([_unit(u.passage.names if u.passage else None, unit_at) for u in units], np.int64),
        "question": np.array(
            [_unit(u.passage.question.span if u.passage and u.passage.question else None, asked) for u in units],
            np.int64,
        ),
    }


def _unit(span: Span | None, units: Mapping[Span, int]) -> int:
    return -1 if span is None else units.get(span, -1)


def _role(unit: Unit) -> int:
    if unit.passage is not None:
        return QUOTED if unit.passage.voice is Voice.QUOTED else 0
    return ANSWERED if getattr(unit.place, "answered", True) else UNANSWERED


def _starts(lengths: Sequence[int]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(np.array(lengths, np.int64))))


def _part_starts(units: int, rows: Sequence[Row]) -> NDArray[np.int64]:
    parts = np.array([row.unit * KINDS + row.kind for row in rows])
    return np.searchsorted(parts, np.arange(units * KINDS + 1)).astype(np.int64)


def _sentences(rows: Sequence[Row], vectors: NDArray[np.float16]) -> NDArray[np.int16]:
    """For each row the sentence it is about: its own, or for an expansion the nearest sentence of its passage."""
    own: dict[int, list[int]] = {}
    for number, row in enumerate(rows):
        if row.kind is RowKind.SENTENCE:
            own.setdefault(row.unit, []).append(number)
    found = np.array([row.sentence for row in rows], np.int16)
    for number, row in enumerate(rows):
        if row.kind is RowKind.EXPANSION and (candidates := own.get(row.unit)):
            cosines = vectors[candidates].astype(np.float32) @ vectors[number].astype(np.float32)
            found[number] = rows[candidates[int(np.argmax(cosines))]].sentence
    return found


def _bags(units: Sequence[Unit], rows: Sequence[Row]) -> list[Counter[str]]:
    """The words of each unit: its text with heading and speaker, its notes, its expansions."""
    bags = [Counter(tokens(in_context(unit.passage)) if unit.passage else _asked(unit)) for unit in units]
    for unit, bag in zip(units, bags, strict=True):
        for note in unit.passage.notes if unit.passage else ():
            bag.update(tokens(unit.document.note_by_number[note].span.slice(unit.document.text)))
    for row in rows:
        if row.kind is RowKind.EXPANSION:
            bags[row.unit].update(tokens(row.text))
    return bags


def _asked(unit: Unit) -> list[str]:
    return tokens(unit.place.span.slice(unit.document.text))
