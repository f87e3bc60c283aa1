"""The model as it is served: OpenVINO and a tokenizer alone, from the files that `index/export.py` wrote.

OpenVINO computes in bfloat16 where the processor has it, else in float32.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from openvino import CompiledModel

FORMAT = 1
MANIFEST, WEIGHTS, GRAPH, TOKENIZER = "manifest.json", "model.bin", "model.xml", "tokenizer.json"
_AT_ONCE = 2048  # word pieces in one run, padding included: more makes no run faster and takes memory
_STEP = 16  # texts are padded to multiples of this many word pieces: OpenVINO prepares each shape that it meets
_ONE_THREAD = {"NUM_STREAMS": 1, "INFERENCE_NUM_THREADS": 1, "ENABLE_CPU_PINNING": False}  # a second gains nothing
_ALL_PROCESSORS = {"PERFORMANCE_HINT": "THROUGHPUT", "ENABLE_CPU_PINNING": False}


class CannotServe(Exception):
    """The model cannot be served on this machine, or not at all; the message says why."""


class NotExported(CannotServe):
    """There is no export of the model, or it is damaged; the message says which."""


class Served:
    """The exported model in `folder`. One call of `encode` at a time.

    NotExported unless every file is as it was written and comes from `source`; CannotServe if OpenVINO cannot run.
    """

    def __init__(self, folder: Path, source: str) -> None:
        try:
            from tokenizers import Tokenizer

            self._core, self._graph = openvino().Core(), folder / GRAPH
            manifest = _checked(folder, source)
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            self._request = self._compiled(_ONE_THREAD).create_infer_request()
        except (ImportError, RuntimeError) as error:
            raise CannotServe(f"OpenVINO cannot run here ({str(error).splitlines()[0]})") from error
        self.dimension: int = manifest["dimension"]
        self._padding: int = manifest["padding"]

    @property
    def words(self) -> Collection[str]:
        """The word pieces of the model."""
        found: dict[str, int] = self._tokenizer.get_vocab()
        return found

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts: float32, shape [n_texts, dimension], unit rows."""
        pieces = self._tokenizer.encode_batch_fast(list(texts))
        vectors = np.empty((len(texts), self.dimension), np.float32)
        batches = list(_batches([_padded(len(one)) for one in pieces]))
        if len(batches) == 1:
            vectors[batches[0]] = self._request.infer(self._inputs(pieces, batches[0]), share_outputs=True)[0]
            return vectors
        queue = openvino().AsyncInferQueue(self._parallel)
        queue.set_callback(lambda request, batch: vectors.__setitem__(batch, request.output_tensors[0].data))
        for batch in batches:
            queue.start_async(self._inputs(pieces, batch), userdata=batch)
        queue.wait_all()
        return vectors

    def _inputs(self, pieces: Sequence[Any], batch: Sequence[int]) -> list[NDArray[np.int64]]:
        """Ids and attention mask, int64, shape [n_texts, n_pieces]."""
        for number in batch:
            pieces[number].pad(_padded(len(pieces[batch[-1]])), pad_id=self._padding)
        ids = [pieces[number].ids for number in batch]
        return [np.array(ids), np.array([pieces[number].attention_mask for number in batch])]

    @cached_property
    def _parallel(self) -> CompiledModel:
        """The model on all processors at once, compiled when first much is to be encoded."""
        return self._compiled(_ALL_PROCESSORS)

    def _compiled(self, properties: dict[str, Any]) -> CompiledModel:
        return self._core.compile_model(self._core.read_model(self._graph), "CPU", properties)


def openvino() -> ModuleType:
    """The library without its converter, which takes memory to load, and reports over the network that it was."""
    if "openvino" not in sys.modules:
        sys.modules["openvino.tools.ovc"] = None  # type: ignore[assignment]  # as if it were not installed
    return import_module("openvino")


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checked(folder: Path, source: str) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if (manifest["format"], manifest["source"]) != (FORMAT, source):
            raise NotExported(f"{folder} holds another model")
        for name in (GRAPH, WEIGHTS, TOKENIZER):
            if digest(folder / name) != manifest["files"][name]:
                raise NotExported(f"{folder / name} is damaged")
    except FileNotFoundError as error:
        raise NotExported(f"{folder} holds no whole model") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotExported(f"{folder} cannot be read ({error})") from error
    return manifest


def _padded(pieces: int) -> int:
    return -(-pieces // _STEP) * _STEP


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of texts that are encoded in one run: of like length, short ones first."""
    batch: list[int] = []
    for number in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[number] > _AT_ONCE:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch
