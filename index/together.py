"""Encodes together what waits together: who comes alone is encoded at once, who comes meanwhile shares the next run."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]


class _Caller:
    """Somebody's texts, and what became of them; `woken` without either means: it is your turn to encode."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.woken = threading.Event()
        self.vectors: Vectors | None = None
        self.error: BaseException | None = None

    @property
    def served(self) -> bool:
        return self.vectors is not None or self.error is not None


class Together:
    """`encode`, one run at a time, for callers in any threads; an error reaches all whose texts were in the run."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._lock = threading.Lock()
        self._waiting: list[_Caller] = []
        self._running = False

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """The vectors of the caller's own texts: float32, shape [n_texts, dimension]."""
        caller = _Caller(texts)
        with self._lock:
            self._waiting.append(caller)
            wait, self._running = self._running, True
        if wait:
            caller.woken.wait()
        if not caller.served:
            self._lead()
        if caller.vectors is None:
            raise caller.error or RuntimeError("a run of the encoder left a caller without vectors")
        return caller.vectors

    def _lead(self) -> None:
        """Encode for all who wait, then give the turn to one of those who came meanwhile."""
        with self._lock:
            callers, self._waiting = self._waiting, []
        try:
            vectors = self._encode([text for caller in callers for text in caller.texts])
            ends = np.cumsum([len(caller.texts) for caller in callers])
            for caller, part in zip(callers, np.split(vectors, ends[:-1]), strict=True):
                caller.vectors = part
        except BaseException as error:
            for caller in callers:
                caller.error = error
        with self._lock:
            self._running = bool(self._waiting)
            following = self._waiting[:1]
        for caller in [*callers, *following]:
            caller.woken.set()
