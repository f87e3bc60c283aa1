"""An index on disk: one folder for each build, a manifest in it, and one file that names the current build.

The folder is written completely, under a new name, before the name in CURRENT is replaced in one step: a crash at
any moment leaves the old index or the new one. Every file's checksum is in the manifest, and the manifest says
what the index was built from, so a stale or damaged index is noticed and never served.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from corpus.document import Document
from index.build import Expansions
from index.encoder import Encoder
from index.lexical import Lexical
from index.rows import units_of
from index.search import Index, Weights

FORMAT = 1
_CURRENT, _MANIFEST = "CURRENT", "manifest.json"


class StaleIndex(Exception):
    """There is no index, or it was built from something else, or it is damaged; the message says which."""


def read_weights() -> Weights:
    """The fitted weights that ship with the bot."""
    return Weights(**json.loads((Path(__file__).parent / "parameters.json").read_text(encoding="utf-8")))


def describe(
    documents: Sequence[Document], expansions: Expansions, encoder_identity: dict[str, object], weights: Weights
) -> dict[str, Any]:
    """What an index is built from, as the manifest records it."""
    return {
        "format": FORMAT,
        "encoder": encoder_identity,
        "weights": asdict(weights),
        "documents": {document.reference: _hash(_structure(document, expansions)) for document in documents},
    }


def _structure(document: Document, expansions: Expansions) -> str:
    """Text, structure and expansions of a document in one string, for its fingerprint."""
    places = [(p.span, p.voice, p.speaker, p.speaker_role, p.section, p.sentences) for p in document.passages]
    words = [e for (reference, _), e in sorted(expansions.items()) if reference == document.reference]
    return repr((document.text, places, document.questions, document.notes, words))


def _hash(content: str | bytes) -> str:
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def save_index(index: Index, folder: Path, description: dict[str, Any]) -> None:
    """Write an index below `folder` and make it the current one."""
    build = folder / f"build-{uuid.uuid4().hex[:12]}"
    (build / "lexical").mkdir(parents=True)
    faiss.write_index(index.vectors, str(build / "vectors.faiss"))
    with (build / "rows.npz").open("wb") as file:
        np.savez(file, unit=index.row_unit, kind=index.row_kind, sentence=index.row_sentence)
    index.lexical.save(build / "lexical")
    _write_json(build / "vocabulary.json", sorted(index.vocabulary))
    _write_json(build / "copies.json", [[list(place), others] for place, others in sorted(index.copies.items())])
    files = {str(path.relative_to(build)): _hash(path.read_bytes()) for path in _files(build)}
    _write_json(build / _MANIFEST, {**description, "files": files})
    for path in _files(build):
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


def _files(build: Path) -> list[Path]:
    return sorted(path for path in build.rglob("*") if path.is_file())


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def load_index(folder: Path, documents: Sequence[Document], description: dict[str, Any], encoder: Encoder) -> Index:
    """The current index below `folder`; StaleIndex unless it is whole and built from just this description."""
    build, manifest = _checked(folder)
    for name, wanted in description.items():
        if manifest.get(name) != wanted:
            raise StaleIndex(f"the index in {folder} was built from other {name}")
    rows = np.load(build / "rows.npz")
    return Index(
        units=tuple(units_of(documents)),
        encoder=encoder,
        vectors=faiss.read_index(str(build / "vectors.faiss")),
        row_unit=rows["unit"],
        row_kind=rows["kind"],
        row_sentence=rows["sentence"],
        lexical=Lexical.load(build / "lexical"),
        vocabulary=frozenset(json.loads((build / "vocabulary.json").read_text(encoding="utf-8"))),
        copies=_read_copies(build / "copies.json"),
        weights=Weights(**manifest["weights"]),
    )


def current_build(folder: Path) -> str:
    """The name of the current build, empty where there is none."""
    try:
        return (folder / _CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def _checked(folder: Path) -> tuple[Path, dict[str, Any]]:
    """The current build and its manifest, when every file in it is as it was written."""
    try:
        build = folder / (folder / _CURRENT).read_text(encoding="utf-8").strip()
        manifest: dict[str, Any] = json.loads((build / _MANIFEST).read_text(encoding="utf-8"))
        for name, digest in manifest["files"].items():
            if _hash((build / name).read_bytes()) != digest:
                raise StaleIndex(f"the index in {folder} is damaged: {name} is not what was written")
    except FileNotFoundError as error:
        raise StaleIndex(f"there is no whole index in {folder}") from error
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise StaleIndex(f"the index in {folder} cannot be read ({error})") from error
    return build, manifest


def _read_copies(path: Path) -> dict[tuple[int, int], tuple[tuple[int, int], ...]]:
    saved = json.loads(path.read_text(encoding="utf-8"))
    return {(unit, index): tuple((u, i) for u, i in others) for (unit, index), others in saved}
