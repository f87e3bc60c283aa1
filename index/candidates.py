"""The units that a question is weighed against, and what is known of them whatever is asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.rows import KINDS
from index.shard import QUOTED, UNANSWERED
from index.units import Units

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Places = NDArray[np.intp]
_NO_ROW = -2  # below every cosine


@dataclass(frozen=True)
class Candidates:
    """Units by number: `units` int64 [n_candidates], ascending; with each those that it is linked to.

    A place is that of a unit among the candidates. The rows of the candidate at n of a kind k are
    `part_start[p] : part_start[p + 1]` of the candidates' `rows`, at p = n * KINDS + k.
    """

    known: Units
    units: Numbers

    def __len__(self) -> int:
        return len(self.units)

    def __contains__(self, unit: int) -> bool:
        return self._place(unit) >= 0

    def at(self, unit: int) -> int:
        """The place of a unit; KeyError for one that is no candidate."""
        if (place := self._place(unit)) < 0:
            raise KeyError(unit)
        return place

    def _place(self, unit: int) -> int:
        place = int(self.units.searchsorted(unit))
        return place if place < len(self.units) and int(self.units[place]) == unit else -1

    @cached_property
    def rows(self) -> Numbers | slice:
        """The rows of all candidates, in order: numbers, or a slice where no other row lies between."""
        starts = self.known.part_start
        firsts, ends = starts[self.units * KINDS], starts[(self.units + 1) * KINDS]
        if not len(self):
            return slice(0, 0)
        if np.array_equal(ends[:-1], firsts[1:]):
            return slice(int(firsts[0]), int(ends[-1]))
        sizes = ends - firsts
        moved = firsts - (np.cumsum(sizes) - sizes)
        return np.asarray(np.arange(int(sizes.sum())) + np.repeat(moved, sizes), np.int64)

    @cached_property
    def part_start(self) -> Numbers:
        """Where the rows of each candidate and kind begin among `rows`: int64 [n_candidates * KINDS + 1]."""
        starts = self.known.part_start
        parts = self.units[:, None] * KINDS + np.arange(KINDS)
        return np.concatenate(([0], np.cumsum((starts[parts + 1] - starts[parts]).ravel())))

    @cached_property
    def _parts(self) -> tuple[Numbers, NDArray[np.bool_]]:
        """The first row of each part, and which parts are empty."""
        starts = self.part_start
        return np.minimum(starts[:-1], max(int(starts[-1]) - 1, 0)), starts[:-1] == starts[1:]

    def best(self, cosines: Floats) -> Floats:
        """The best of the rows' cosines for each kind and candidate, -2 without any; shape [KINDS, n_candidates]."""
        if not len(cosines):
            return np.full((KINDS, len(self)), _NO_ROW, np.float32)
        firsts, empty = self._parts
        best = np.maximum.reduceat(cosines, firsts)
        best[empty] = _NO_ROW  # reduceat gives the row at the start of an empty part
        return np.asarray(best.reshape(-1, KINDS).T)

    @cached_property
    def is_passage(self) -> NDArray[np.bool_]:
        """Which candidates are passages; the others are questions of the committee."""
        return self.known.is_passage(self.units)

    @cached_property
    def questions(self) -> Places:
        """The places of the committee's questions."""
        return np.flatnonzero(~self.is_passage)

    @cached_property
    def unanswered(self) -> Places:
        """The places of the committee's questions that have no answer."""
        return np.flatnonzero(self.known.role[self.units] == UNANSWERED)

    @cached_property
    def is_quoted(self) -> NDArray[np.bool_]:
        """Which candidates are passages that somebody else speaks."""
        return np.asarray(self.known.role[self.units] == QUOTED)

    @cached_property
    def naming(self) -> tuple[Places, Places]:
        """The places of passages that name a speaker, and of the words spoken."""
        return self._linked(self.known.names)

    @cached_property
    def answering(self) -> tuple[Places, Places]:
        """The places of passages that answer a question of the committee, and of that question."""
        return self._linked(self.known.question)

    def _linked(self, links: Numbers) -> tuple[Places, Places]:
        """The places that have a link, and where it leads."""
        linked = links[self.units]
        having = np.flatnonzero(linked >= 0)
        return having, self.units.searchsorted(linked[having])


def with_linked(known: Units, units: Numbers) -> Candidates:
    """Units in any order with the places that they speak of: the question answered, the words introduced."""
    while True:
        linked = np.concatenate((units, known.names[units], known.question[units]))
        closed = np.unique(linked[linked >= 0])
        if len(closed) == len(units):
            return Candidates(known, closed)
        units = closed
