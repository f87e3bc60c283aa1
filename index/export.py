"""Writes the model as it is served, once, and checks it against sentence-transformers, which stays the reference."""

from __future__ import annotations

import json
import shutil
import sys
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from index.served import FORMAT, GRAPH, MANIFEST, TOKENIZER, WEIGHTS, CannotServe, Served, digest, openvino

if TYPE_CHECKING:
    from openvino import Model
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

LEAST_COSINE = 0.999  # between the served vector of each text below and that of sentence-transformers
_SENTENCE = "Charities in Bradford lost £12.7bn of income (24%) between March and June 2020, the committee was told. "
CHECKED = (
    "",
    " ",
    "?",
    "KPIs",
    "What does the submission say about furlough?",
    "who was able to move mountains once the red tape went",
    "Café owners in Ynys Môn – naïve, coöperative and déjà vu – asked: “Où est la mairie?”",
    "０ 1,234,567 3.5 million £750m 24% 2020-06-30 (a)(iv) § 12 №7",
    "共同体 общество κοινότητα 🙂",
    "see https://www.example.org/a/b?c=d#e or write to somebody@example.org",
    "line one\nline two\r\n\tline three",
    _SENTENCE,
    _SENTENCE * 4,
    _SENTENCE * 9,
    _SENTENCE * 40,
    "Pneumonoultramicroscopicsilicovolcanoconiosis " * 60,
)


def export(model: SentenceTransformer, folder: Path, source: str) -> Served:
    """Write `model`, which comes from `source`, to `folder` in one step, if its vectors are the same.

    CannotServe says why they are not, or why it cannot be written; then `folder` is as it was.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.parent / "export.lock"):
            new = folder.with_name(f"{folder.name}.new")
            shutil.rmtree(new, ignore_errors=True)  # left by an export that was killed
            try:
                new.mkdir()
                _write(model, new, source)
                _check(model, Served(new, source))
                shutil.rmtree(folder, ignore_errors=True)
                new.rename(folder)
            finally:
                shutil.rmtree(new, ignore_errors=True)
    except CannotServe:
        raise
    except Exception as error:  # a model of any make is traced here: what fails is told, and the model used as it is
        first = (str(error).splitlines() or [""])[0]
        raise CannotServe(f"it cannot be exported ({type(error).__name__}: {first})") from error
    return Served(folder, source)


def _write(model: SentenceTransformer, folder: Path, source: str) -> None:
    openvino().save_model(_traced(model), folder / GRAPH)  # weights in float16, half the size
    _tokenizer(model).save(str(folder / TOKENIZER))
    manifest = {
        "format": FORMAT,
        "source": source,
        "dimension": model.get_embedding_dimension(),
        "padding": model.tokenizer.pad_token_id,
        "files": {name: digest(folder / name) for name in (GRAPH, WEIGHTS, TOKENIZER)},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def _traced(model: SentenceTransformer) -> Model:
    """The model from ids and attention mask to unit vectors."""
    import torch
    from transformers.utils.logging import set_verbosity_error

    set_verbosity_error()  # type: ignore[no-untyped-call]  # its warnings are about tracing

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            vectors = self.model({"input_ids": ids, "attention_mask": mask})["sentence_embedding"]
            return torch.nn.functional.normalize(vectors, dim=1)

    sample = model.tokenizer(["a longer text", "text"], padding=True, return_tensors="pt")
    inputs = (sample["input_ids"], sample["attention_mask"])
    any_shape = openvino().PartialShape([-1, -1])
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that what is traced holds for other lengths too is checked
        return _converter()(Whole().eval(), example_input=inputs, input=[any_shape, any_shape])


def _converter() -> Callable[..., Model]:
    """OpenVINO's converter, kept from reporting that it is used."""
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]  # as if it were not installed
    sys.modules.pop("openvino.tools.ovc", None)
    converter: Callable[..., Model] = import_module("openvino.tools.ovc").convert_model
    return converter


def _tokenizer(model: SentenceTransformer) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(model.tokenizer.backend_tokenizer.to_str())
    tokenizer.no_padding()
    if model.max_seq_length:
        tokenizer.enable_truncation(model.max_seq_length)
    return tokenizer


def _check(model: SentenceTransformer, served: Served) -> None:
    wanted = model.encode(list(CHECKED), normalize_embeddings=True, show_progress_bar=False)
    alone = np.concatenate([served.encode([text]) for text in CHECKED])
    for given in (served.encode(CHECKED), alone):
        if (cosine := _least_cosine(given, wanted)) < LEAST_COSINE:
            raise CannotServe(f"the exported model differs from the model (cosine {cosine:.4f})")


def _least_cosine(given: NDArray[np.float32], wanted: NDArray[np.float32]) -> float:
    """The cosine of the pair of vectors least alike; NaN, which is no vector, counts as -1."""
    return float(np.nan_to_num((given * wanted).sum(axis=1), nan=-1.0).min())
