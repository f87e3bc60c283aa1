"""Keeps an index up to date with a folder of submissions: only what came, changed or went is worked on."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import Any

from corpus.document import Document, Span
from corpus.errors import CorpusError, Mendable
from corpus.expansions import Expansion
from corpus.metadata import read_metadata
from corpus.submission import METADATA, Fingerprint, find_submissions, fingerprint, read_expanded
from index.build import Known, Tick, shards_of
from index.encoder import Encoder
from index.folder import StaleIndex, describe, load_index, read_manifest, read_weights, save_index
from index.search import Index, Scope
from index.shard import Shard, load_shard, rules


def _untold(_missing: int) -> Tick:
    return lambda _done: None


class UnwritableIndex(Mendable):
    """The folder of the index cannot be written; the message says why."""


class Upkeep:
    """The index in `folder` of the submissions in `corpus`, as they are now.

    `refused` are the submissions that cannot be used, with the reason in a line; the others are indexed.
    """

    def __init__(self, corpus: Path, folder: Path, encoder: Encoder) -> None:
        self._corpus, self._folder, self._shards, self._encoder = corpus, folder, folder / "shards", encoder
        self._look()

    def _look(self) -> None:
        """See what the folders hold now."""
        manifest = read_manifest(self._folder)
        self.refused: Mapping[str, str] = manifest.get("refused", {})
        known = manifest.get("fingerprints", {})
        self._places, self._prints = {}, {}
        for path in find_submissions(self._corpus):
            with suppress(FileNotFoundError):  # deleted meanwhile
                name = path.name
                self._prints[name] = fingerprint(path, Fingerprint(*known[name]) if name in known else None)
                self._places[name] = path
        contents = {name: found.content for name, found in self._prints.items()}
        self.description = describe(contents, self._encoder.identity, rules(), read_weights())

    def load(self) -> Index:
        """The index as it is; StaleIndex where it is missing, damaged or not of this corpus."""
        return load_index(self._folder, self.description, self._encoder)

    def unchanged(self, index: Index) -> Scope:
        """The references of those submissions in an index that are in the folder as they were when it was built."""
        now = self.description["submissions"]
        same = [name for name, content in index.contents.items() if now.get(name) == content]
        if len(same) == len(index.contents):
            return None
        return frozenset(read_metadata(self._places[name] / METADATA).reference for name in same)

    @property
    def settled(self) -> bool:
        """Whether the current build is of the submissions as they are now, whatever else it was built from."""
        return bool(read_manifest(self._folder).get("submissions") == self.description["submissions"])

    def build(self, tick: Callable[[int], Tick] = _untold, *, afresh: bool = False) -> Index:
        """Make the shards that are missing (all if `afresh`) and merge them; what was begun before is gone on with.

        What is current, because another process built it meanwhile, is taken unless `afresh`. `tick` is told how many
        shards are to make and gives what is told of each that is done. CorpusError if no submission can be used,
        UnwritableIndex if the folder cannot be written.
        """
        from filelock import FileLock  # brings asyncio and ssl: only who builds pays

        with _written(self._folder):
            self._shards.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / "building.lock"):
                return self._build(tick, afresh=afresh)

    def _build(self, tick: Callable[[int], Tick], *, afresh: bool) -> Index:
        self._look()  # who waited for the lock would undo what came meanwhile
        if not afresh:
            with suppress(StaleIndex):
                return self.load()
        for path in self._shards.glob("*") if afresh else ():
            path.unlink()
        shards = {name: self._shard_of(name) for name in self._places}
        missing = [name for name, path in shards.items() if not path.exists()]
        self.refused = dict(self._make(missing, shards, tick(len(missing))))
        kept = [path for name, path in shards.items() if name not in self.refused]
        if not kept:
            raise CorpusError(next(iter(self.refused.values())))
        prints = {name: [found.stat, found.content] for name, found in self._prints.items()}
        save_index(lambda: map(_load, kept), self._folder, self.description, fingerprints=prints, refused=self.refused)
        for path in set(self._shards.iterdir()) - set(kept):
            path.unlink()
        return self.load()

    def _make(self, names: Sequence[str], shards: Mapping[str, Path], tick: Tick) -> Iterator[tuple[str, str]]:
        """Save the shards of submissions, and yield those that cannot be used with the reason."""
        refused: dict[str, str] = dict(self._twice(shards))
        read: list[str] = []

        def usable() -> Iterator[tuple[Document, Mapping[Span, Expansion], Known]]:
            for name in names:
                try:
                    if name not in refused:
                        document, expansions = read_expanded(self._places[name])
                        known = self._known(name)
                        read.append(name)
                        yield document, expansions, known
                except CorpusError as error:
                    refused[name] = str(error)

        for at, shard in enumerate(shards_of(usable(), self._encoder.encode, tick)):
            shard.save(shards[read[at]])
        yield from refused.items()

    def _twice(self, shards: Mapping[str, Path]) -> Iterator[tuple[str, str]]:
        """The submissions whose reference another one has: who was there first keeps it."""
        holder: set[str] = set()
        for name in sorted(shards, key=lambda name: not shards[name].exists()):
            try:
                reference = read_metadata(self._places[name] / METADATA).reference
            except CorpusError:
                continue  # told when the submission is read
            if reference in holder:
                yield name, f"{self._places[name]}: reference {reference} is taken by another submission"
            holder.add(reference)

    def _known(self, name: str) -> Known:
        """The vectors of the texts that the submission had before."""
        known: dict[bytes, Any] = {}
        for path in self._shards.glob(f"{escape(name)}@{self._encoder_mark}-*.npz"):
            with suppress(CorpusError):  # damaged: its texts are encoded again
                arrays = _load(path).arrays
                known.update(zip((digest.tobytes() for digest in arrays["hash"]), arrays["vectors"], strict=True))
        return known

    @property
    def _encoder_mark(self) -> str:
        return _hash(self._encoder.identity)[:8]

    def _shard_of(self, name: str) -> Path:
        content = _hash([self._prints[name].content, self.description["rules"]])[:24]
        return self._shards / f"{name}@{self._encoder_mark}-{content}.npz"


def _hash(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _load(path: Path) -> Shard:
    try:
        return load_shard(path)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise CorpusError(f"{path}: is damaged ({error}); run: evidence-bot index --rebuild") from error


@contextmanager
def _written(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnwritableIndex(
            f"{folder}: cannot be written ({error.strerror or error}); EVIDENCE_BOT_DATA may name another folder"
        ) from error
