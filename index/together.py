"""Encodes texts of several callers in one run: who finds a run free is served at once, the others share the next."""

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
    """`encode`, in so many `runs` at a time, for callers in any threads; an error reaches all who were in the run."""

    def __init__(self, encode: Encode, runs: int = 1) -> None:
        self._encode = encode
        self._lock = threading.Lock()
        self._waiting: list[_Caller] = []
        self._runs, self._running = runs, 0

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """The vectors of the caller's own texts: float32, shape [n_texts, dimension]."""
        caller = _Caller(texts)
        with self._lock:
            wait = self._running == self._runs
            if wait:
                self._waiting.append(caller)
            else:
                self._running += 1
        if wait:
            caller.woken.wait()
        if not caller.served:
            self._lead(caller)
        if caller.vectors is None:
            raise caller.error or RuntimeError("a run of the encoder left a caller without vectors")
        return caller.vectors

    def _lead(self, leader: _Caller) -> None:
        """Encode for oneself and a fair share of those who wait, then give the turn to one who came meanwhile."""
        with self._lock:
            others = -(-(1 + len(self._waiting)) // self._runs) - 1
            callers, self._waiting = [leader, *self._waiting[:others]], self._waiting[others:]
        try:
            vectors = self._encode([text for caller in callers for text in caller.texts])
            ends = np.cumsum([len(caller.texts) for caller in callers])
            for caller, part in zip(callers, np.split(vectors, ends[:-1]), strict=True):
                caller.vectors = part
        except BaseException as error:
            for caller in callers:
                caller.error = error
        with self._lock:
            following, self._waiting = self._waiting[:1], self._waiting[1:]
            self._running -= not following
        for caller in [*callers, *following]:
            caller.woken.set()
