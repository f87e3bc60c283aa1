"""An index on disk: the shards of the submissions, one folder for each build, and one file that names the current one.

A build is written completely, under a new name, before the name in CURRENT is replaced in one step: a crash at any
moment leaves the old index or the new one, and the shards that were finished before it. Every file's checksum is in the
manifest, and the manifest says what the index was built from, so a stale or damaged index is noticed, never served.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

import numpy as np

from corpus.submission import Expanded
from index.build import shards_of
from index.encoder import Encoder
from index.evidence import Weights
from index.lexical import Lexical
from index.merge import NEAREST, STORE, merge
from index.nearest import load_nearest
from index.search import WEIGHED_WHOLE, Index
from index.served import digest
from index.shard import Arrays, Shard
from index.store import Store

FORMAT = 4
_CURRENT, _MANIFEST = "CURRENT", "manifest.json"
_IN_MEMORY = 16_384  # rows up to which vectors are held in memory, in the form in which they are compared


class StaleIndex(Exception):
    """There is no index, or it was built from something else, or it is damaged; the message says which."""


def read_weights() -> Weights:
    """The fitted weights that ship with the bot."""
    return Weights(**json.loads((Path(__file__).parent / "parameters.json").read_text(encoding="utf-8")))


def describe(submissions: dict[str, str], encoder: dict[str, object], rules: str, weights: Weights) -> dict[str, Any]:
    """What an index is built from, as the manifest records it; `submissions` are hashes by name."""
    return {
        "format": FORMAT,
        "encoder": encoder,
        "rules": rules,
        "weights": asdict(weights),
        "submissions": dict(sorted(submissions.items())),
    }


def save_index(
    shards: Callable[[], Iterable[Shard]],
    folder: Path,
    description: dict[str, Any],
    **remarks: object,
) -> None:
    """Merge shards into a new build below `folder` and make it the current one; remarks go into its manifest."""
    build = folder / f"build-{uuid.uuid4().hex[:12]}"
    build.mkdir(parents=True)
    merge(shards, build)
    files = {path.name: digest(path) for path in sorted(build.iterdir())}
    manifest = {**description, **remarks, "files": files}
    (build / _MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
    for path in build.iterdir():
        _sync(path)
    _sync(build)
    _make_current(folder, build.name)


def _make_current(folder: Path, name: str) -> None:
    pointer = folder / f"{_CURRENT}.{uuid.uuid4().hex[:12]}"
    pointer.write_text(name, encoding="utf-8")
    _sync(pointer)
    pointer.replace(folder / _CURRENT)
    _sync(folder)
    for old in folder.glob("build-*"):
        if old.name != name:
            shutil.rmtree(old, ignore_errors=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def load_index(folder: Path, description: dict[str, Any], encoder: Encoder) -> Index:
    """The current index below `folder`; StaleIndex unless it is whole and built from just this description."""
    try:
        build = folder / (current_build(folder) or "none")
        manifest: dict[str, Any] = json.loads((build / _MANIFEST).read_text(encoding="utf-8"))
        for name, wanted in description.items():
            if manifest.get(name) != wanted:
                raise StaleIndex(f"the index in {folder} was built from other {name}")
        for name, written in manifest["files"].items():
            if digest(build / name) != written:
                raise StaleIndex(f"the index in {folder} is damaged: {name} is not what was written")
        left_out = manifest.get("refused", {})
        contents = {name: content for name, content in manifest["submissions"].items() if name not in left_out}
        return open_build(build, encoder, Weights(**manifest["weights"]), contents)
    except FileNotFoundError as error:  # or another build took its place
        raise StaleIndex(f"there is no whole index in {folder}") from error
    except (OSError, ValueError, KeyError, AttributeError, TypeError, RuntimeError, sqlite3.Error) as error:
        raise StaleIndex(f"the index in {folder} cannot be read ({error})") from error


def open_build(
    build: Path, encoder: Encoder, weights: Weights, contents: Mapping[str, str] = MappingProxyType({})
) -> Index:
    """The index that `merge` wrote into a folder, of folders with these hashes by their names."""
    arrays: Arrays = {path.stem: np.asarray(np.load(path, mmap_mode="r")) for path in build.glob("*.npy")}
    if len(arrays["sentence"]) <= _IN_MEMORY:
        arrays["vectors"] = np.asarray(arrays["vectors"], np.float32)
    store = Store(build / STORE)
    lexical = Lexical(
        store, arrays["token_start"], arrays["posting_unit"], arrays["posting_weight"], len(arrays["role"])
    )
    nearest = load_nearest(build / NEAREST) if len(arrays["role"]) > WEIGHED_WHOLE else None
    return Index(encoder, store, lexical, nearest, arrays, weights, build.name, contents)


def build_index(documents: Iterable[Expanded], encoder: Encoder, weights: Weights) -> Index:
    """An index of documents with their expansions that is gone with its last use."""
    shards = list(shards_of(((document, expansions, {}) for document, expansions in documents), encoder.encode))
    with TemporaryDirectory() as folder:
        merge(lambda: shards, Path(folder))
        return open_build(Path(folder), encoder, weights)


def current_build(folder: Path) -> str:
    """The name of the current build, empty where there is none."""
    try:
        return (folder / _CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of the current build; empty where there is none that can be read."""
    try:
        manifest = json.loads((folder / (current_build(folder) or "none") / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}
