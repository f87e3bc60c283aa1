"""The model as it is served: OpenVINO and a tokenizer alone, from the files that `index/export.py` wrote.

OpenVINO computes in bfloat16 where the processor has it, else in float32.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from openvino import CompiledModel, InferRequest

FORMAT = 1
MANIFEST, WEIGHTS, GRAPH, TOKENIZER = "manifest.json", "model.bin", "model.xml", "tokenizer.json"
_AT_ONCE = 2048  # word pieces in one run, padding included: more makes no run faster and takes memory
_STEP = 16  # texts are padded to multiples of this many word pieces: OpenVINO prepares each shape that it meets


class CannotServe(Exception):
    """The model cannot be served on this machine, or not at all; the message says why."""


class NotExported(CannotServe):
    """There is no export of the model, or it is damaged; the message says which."""


@dataclass(frozen=True, slots=True)
class _Pool:
    """The model compiled for so many threads, and the requests of it that nobody uses."""

    model: CompiledModel
    threads: int
    idle: list[InferRequest]


class Served:
    """The exported model in `folder`. Thread-safe; as many `runs` go on beside each other as there are processors.

    NotExported unless every file is as it was written and comes from `source`; CannotServe if OpenVINO cannot run.
    """

    def __init__(self, folder: Path, source: str) -> None:
        try:
            from tokenizers import Tokenizer

            self._core, self._graph = openvino().Core(), folder / GRAPH
            manifest = _checked(folder, source)
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            narrow = self._compiled(1)
            self._pool = _Pool(narrow, 1, [narrow.create_infer_request()])
            self._widening = threading.Lock()
            self.runs = _processors()
            self.dimension: int = manifest["dimension"]
            self._padding: int = manifest["padding"]
            # OpenVINO's Python layer sets itself up in the first run; two first runs at once wait for each other.
            self.encode([""])
        except (ImportError, RuntimeError) as error:
            if isinstance(error.__cause__, KeyboardInterrupt):  # Ctrl-C while OpenVINO loads: it says ImportError
                raise error.__cause__ from error
            raise CannotServe(f"OpenVINO cannot run here ({str(error).splitlines()[0]})") from error

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

        def run(batch: list[int]) -> None:
            with self._request() as request:
                vectors[batch] = request.infer(self._inputs(pieces, batch), share_outputs=True)[0]

        if len(batches) == 1:
            run(batches[0])
            return vectors
        self._wide()
        # Not OpenVINO's own queue: its callbacks want the interpreter, and the model's end waits for them (deadlock).
        with ThreadPoolExecutor(self.runs) as threads:
            list(threads.map(run, batches[::-1]))  # long ones first: all processors end at nearly the same time
        return vectors

    @contextmanager
    def _request(self) -> Iterator[InferRequest]:
        """A request that nobody uses; who comes while the one of the narrow model is in use finds the wide one."""
        pool = self._pool
        try:
            request = pool.idle.pop()
        except IndexError:
            pool = self._wide()
            request = pool.model.create_infer_request()
        yield request
        pool.idle.append(request)

    def _wide(self) -> _Pool:
        """The model on all processors, in place of the narrow one from when first two runs go on at once."""
        with self._widening:
            if self._pool.threads < self.runs:
                self._pool = _Pool(self._compiled(self.runs), self.runs, [])
            return self._pool

    def _compiled(self, threads: int) -> CompiledModel:
        """The model on so many threads; each run takes one, for a second gains it nothing."""
        properties = {"NUM_STREAMS": threads, "INFERENCE_NUM_THREADS": threads, "ENABLE_CPU_PINNING": False}
        return self._core.compile_model(self._core.read_model(self._graph), "CPU", properties)

    def _inputs(self, pieces: Sequence[Any], batch: Sequence[int]) -> list[NDArray[np.int64]]:
        """Ids and attention mask, int64, shape [n_texts, n_pieces]."""
        for number in batch:
            pieces[number].pad(_padded(len(pieces[batch[-1]])), pad_id=self._padding)
        ids = [pieces[number].ids for number in batch]
        return [np.array(ids), np.array([pieces[number].attention_mask for number in batch])]


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


def _processors() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
