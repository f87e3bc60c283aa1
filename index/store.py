"""The texts of an index: submissions, passages, tokens and words, in one SQLite file that is read in small bits."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from corpus.document import Document, Passage
from corpus.record import LazyDocument, read_metadata_record, read_passage, read_structure
from index.shard import Shard

_TABLES = """
create table submission (number integer primary key, metadata text, text text, structure text, passage integer);
create table passage (number integer primary key, record text);
create table token (text text primary key, number integer) without rowid;
create table word (text text primary key, initial text, length integer) without rowid;
"""
_DOCUMENTS_KEPT = 64  # structures of submissions in memory at a time
_PASSAGES_KEPT = 4096
_WORDS_KEPT = 65_536


class StoreWriter:
    """Writes the store, submission by submission."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)
        self._database.executescript(f"pragma journal_mode = off; pragma synchronous = off; {_TABLES}")
        self.documents = self.passages = 0

    def add(self, shard: Shard) -> None:
        """Write a submission's texts."""
        held = shard.records
        row = (self.documents, held["metadata"], held["text"], held["structure"], self.passages)
        self._database.execute("insert into submission values (?, ?, ?, ?, ?)", row)
        self._database.executemany("insert into passage values (?, ?)", enumerate(held["passages"], self.passages))
        words = ((word, word[0], len(word)) for word in held["words"])
        self._database.executemany("insert or ignore into word values (?, ?, ?)", words)
        self.documents += 1
        self.passages += len(held["passages"])

    def finish(self, tokens: Sequence[str]) -> None:
        """Write the tokens, numbered in their order, and close."""
        self._database.executemany("insert into token values (?, ?)", ((t, n) for n, t in enumerate(tokens)))
        self._database.execute("create index word_form on word (initial, length)")
        self._database.commit()
        self._database.close()


class Store:
    """Reads the store. Thread-safe; stays readable after its file is gone."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, check_same_thread=False)
        self._reading = threading.Lock()
        self._structure = lru_cache(_DOCUMENTS_KEPT)(self._read_structure)
        self._passages = lru_cache(_DOCUMENTS_KEPT)(self._read_passages)
        self._text = lru_cache(_DOCUMENTS_KEPT)(self._read_text)
        self.passage = lru_cache(_PASSAGES_KEPT)(self._read_passage)
        self.has_word = lru_cache(_WORDS_KEPT)(self._has_word)
        rows = self._all("select metadata, passage from submission order by number")
        self._first = [first for _, first in rows]
        self.documents = tuple(self._document(at, row) for at, (row, _) in enumerate(rows))

    def _has_word(self, word: str) -> bool:
        """Whether the corpus has a lower-case word of four letters or more."""
        return bool(self._all("select 1 from word where text = ?", word))

    def words_like(self, word: str, shortest: int, longest: int) -> list[str]:
        """The words that start with the same letter and are as long as this."""
        asked = "select text from word where initial = ? and length between ? and ?"
        return [text for (text,) in self._all(asked, word[0], shortest, longest)]

    def _document(self, number: int, metadata: str) -> Document:
        return LazyDocument(
            read_metadata_record(metadata),
            partial(self._text, number),
            partial(self._structure, number),
            partial(self._passages, number),
        )

    def _read_text(self, number: int) -> str:
        return str(self._all("select text from submission where number = ?", number)[0][0])

    def _read_structure(self, number: int) -> Document:
        structure = self._all("select structure from submission where number = ?", number)[0][0]
        document = self.documents[number]
        return read_structure(structure, document.metadata, document.text)

    def _read_passages(self, number: int) -> tuple[Passage, ...]:
        first = self._first[number]
        after = self._first[number + 1] if number + 1 < len(self._first) else first + 2**40
        asked = "select record from passage where number >= ? and number < ? order by number"
        return tuple(read_passage(record, self.documents[number]) for (record,) in self._all(asked, first, after))

    def _read_passage(self, document: int, number: int) -> Passage:
        """A passage of a submission, both by number."""
        return read_passage(
            self._all("select record from passage where number = ?", number)[0][0], self.documents[document]
        )

    def token(self, token: str) -> int:
        """The number of a token, -1 for one that the corpus lacks."""
        found = self._all("select number from token where text = ?", token)
        return int(found[0][0]) if found else -1

    def _all(self, asked: str, *values: object) -> list[Any]:
        with self._reading:
            return self._database.execute(asked, values).fetchall()
