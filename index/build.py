"""Builds an index: encodes the rows of a corpus and counts its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.copies import find_copies
from corpus.document import Document, Span
from corpus.expansions import Expansion
from index.encoder import Encoder
from index.lexical import Lexical
from index.rows import Row, RowKind, Unit, in_context, rows_of, units_of
from index.search import Index, Weights
from index.tokens import tokens

Expansions = dict[tuple[str, Span], Expansion]
_WORD = re.compile(r"[^\W\d_]{4,}")


def build_index(documents: Sequence[Document], expansions: Expansions, encoder: Encoder, weights: Weights) -> Index:
    """The index of a corpus; the work is the encoding of its rows."""
    units = units_of(documents)
    rows = list(rows_of(units, expansions))
    vectors = encoder.encode([row.text for row in rows])
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    return Index(
        units=tuple(units),
        encoder=encoder,
        vectors=flat,
        row_unit=np.array([row.unit for row in rows], np.int32),
        row_kind=np.array([row.kind for row in rows], np.int32),
        row_sentence=_sentences(rows, vectors),
        lexical=Lexical.build(_bags(units, rows)),
        vocabulary=frozenset(word for row in rows for word in _WORD.findall(row.text.casefold())),
        copies=find_copies([unit.passage for unit in units if unit.passage]),
        weights=weights,
    )


def _sentences(rows: Sequence[Row], vectors: NDArray[np.float32]) -> NDArray[np.int32]:
    """For each row the sentence it is about: its own, or for an expansion the nearest sentence of its passage."""
    own: dict[int, list[int]] = {}
    for number, row in enumerate(rows):
        if row.kind is RowKind.TEXT and row.sentence >= 0:
            own.setdefault(row.unit, []).append(number)
    found = np.array([row.sentence for row in rows], np.int32)
    for number, row in enumerate(rows):
        if row.kind is RowKind.EXPANSION and (candidates := own.get(row.unit)):
            nearest = candidates[int(np.argmax(vectors[candidates] @ vectors[number]))]
            found[number] = rows[nearest].sentence
    return found


def _bags(units: Sequence[Unit], rows: Sequence[Row]) -> list[list[str]]:
    """The words of each unit: its text with heading and speaker, its notes, its expansions."""
    bags = [tokens(in_context(unit.passage)) if unit.passage else _asked(unit) for unit in units]
    for unit, bag in zip(units, bags, strict=True):
        for note in unit.passage.notes if unit.passage else ():
            bag += tokens(unit.document.note_by_number[note].span.slice(unit.document.text))
    for row in rows:
        if row.kind is RowKind.EXPANSION:
            bags[row.unit] += tokens(row.text)
    return bags


def _asked(unit: Unit) -> list[str]:
    return tokens(unit.place.span.slice(unit.document.text))
