"""An encoder for made-up evidence, hundreds of times as fast as the real one and nearly as true.

The model averages what it makes of the tokens of a text, so the vector of a passage is about the mean of those of its
sentences. Each wording and each name is really encoded once; a made-up text gets the mean of those that are in it, and
of what such means lack (measured on texts that are really encoded) a share that depends on the text alone. Any other
text, such as a question, is really encoded.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from benchmarks.corpora import TITLE, documents
from benchmarks.speech import NAME, VOCABULARY, Speech, capital
from index.rows import in_context

Vectors = NDArray[np.float32]

_TOKEN = re.compile(r"\b[A-Z]?[a-z]+|[.?:](?=[ \[]|$)")  # words but not figures and codes; ends of sentences
_END = -1
_NEUTRAL = {
    "place": "the area", "org": "the organisation", "person": "the witness", "year": "2015", "percent": "40%",
    "count": "300", "money": "£5m", "code": "national",
}  # fmt: skip
_NAME_WEIGHT = 2.0  # beside 1 for each word of a wording
_MEASURED = 3000  # passages that are really encoded
_DEALT = 0.3  # how much of what means lack is dealt out: then queries find neighbours as near as true ones are


class PooledEncoder:
    """Encodes what `documents(..., seed)` holds from a pool, all else by the real encoder. Thread-safe."""

    def __init__(self, real: Any, folder: Path, seed: int = 0) -> None:  # noqa: ANN401 (whatever encodes)
        """Read the pool from the folder; if it is not there, build it, which takes minutes, and write it."""
        self.real, self.seed = real, seed
        speech = Speech(seed)
        names, patterns = _names(speech), _patterns(speech)
        self._known = {name: number for number, name in enumerate(names)} | dict.fromkeys(".?:", _END)
        self._wording = {
            key: number
            for number, pattern in enumerate(patterns, len(names))
            for key, _ in self._segments(capital(NAME.sub("", pattern)))
        }
        saved = folder / f"pool-{seed}.npz"
        if not saved.exists():
            folder.mkdir(parents=True, exist_ok=True)
            self._items = real.encode([*names, *(capital(pattern.format_map(_NEUTRAL)) for pattern in patterns)])
            np.savez(saved, items=self._items, lacking=self._measure())
        with np.load(saved) as arrays:
            self._items, self._lacking = arrays["items"], arrays["lacking"]

    @property
    def identity(self) -> dict[str, object]:
        """That of the real encoder, and which pool."""
        return {**self.real.identity, "pool": self.seed}

    def knows(self, word: str) -> bool:
        """As the real encoder."""
        return bool(self.real.knows(word))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts: float32, shape [n_texts, dimension], unit rows."""
        means, known = self.means(texts)
        dealt = [crc32(text.encode()) % len(self._lacking) for text in texts]
        vectors = _unit(means + np.float32(_DEALT) * self._lacking[dealt])
        if others := [text for text, is_known in zip(texts, known, strict=True) if not is_known]:
            vectors[~known] = self.real.encode(others)
        return vectors

    def means(self, texts: Sequence[str]) -> tuple[Vectors, NDArray[np.bool_]]:
        """The mean of what the pool has of each text, unit rows, and which texts are wholly made of the pool."""
        found, weights, starts = array("i"), array("f"), array("i", [0])
        known = np.ones(len(texts), bool)
        for number, text in enumerate(texts):
            for key, names in self._segments(text):
                wording = self._wording.get(key)
                known[number] &= wording is not None
                found.append(wording or 0)
                weights.append(key.count(" ") + 1)
                found.extend(names)
                weights.extend([_NAME_WEIGHT] * len(names))
            starts.append(len(found))
        shares = csr_array((np.array(weights), np.array(found), np.array(starts)), (len(texts), len(self._items)))
        return _unit(shares @ self._items), known

    def _measure(self) -> Vectors:
        """What the means of passages lack of their true vectors: float32, shape [n, dimension]."""
        passages = (p for document in documents(_MEASURED * 20, self.seed) for p in document.passages[::20])
        texts = [in_context(passage) for passage in passages]
        means, truth = self.means(texts)[0], self.real.encode(texts)
        return truth / np.sum(means * truth, axis=1, keepdims=True) - means

    def _segments(self, text: str) -> Iterator[tuple[str, list[int]]]:
        """For each sentence or heading its words without names and figures, and the numbers of its names."""
        words: list[str] = []
        names: list[int] = []
        for token in _TOKEN.findall(text):
            known = self._known.get(token)
            if known is None:
                words.append(token)
            elif known != _END:
                names.append(known)
            elif words:
                yield " ".join(words), names
                words, names = [], []
        if words:
            yield " ".join(words), names


def _names(speech: Speech) -> list[str]:
    """Every word that is part of a name."""
    kinds = [word for kind in VOCABULARY["kinds"] for word in kind.split()]
    return sorted({*speech.places, *speech.surnames, *VOCABULARY["forenames"], *kinds})


def _patterns(speech: Speech) -> list[str]:
    """Every wording, with who speaks and the title."""
    said = [wording.pattern for kind in speech.wordings.values() for topic in kind for wording in topic]
    return list(dict.fromkeys([*said, *(f"{{person}}, {role} at {{org}}" for role in VOCABULARY["roles"]), TITLE]))


def _unit(rows: Vectors) -> Vectors:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)
