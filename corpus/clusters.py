"""Which sentences of a corpus are near-identical, found without comparing each with each.

Sentences that share a part of their signatures are compared, so that the work grows with the corpus and no faster.
A cluster is a chain of copies, whose ends may differ; so each of its wordings knows of which it is a copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.copies import KNOWN, SAME, SIGNATURE, alike, signature
from corpus.document import Passage

_COMPARED = 32  # wordings of a cluster with which each is compared: so many bits; nobody but a campaign has more
_PAIRS = 8  # sentences that share a hash are compared each with each up to this many, else each with the first

Text = Callable[[int], str]
"""The words of a sentence by its number."""
Place = tuple[int, int]
"""A sentence: index of its passage, index in the passage."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """The near-identical sentences; arrays of shape [n_sentences].

    `cluster` int32 is the number of a sentence's cluster, -1 without any; `wording` int32 counts the wordings of the
    cluster as they come, and bit n of `alike` uint32 says that wording n is a copy of the sentence.
    """

    cluster: NDArray[np.int32]
    wording: NDArray[np.int32]
    alike: NDArray[np.uint32]

    def copies(self, sentence: int, others: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of other sentences of its cluster are copies of a sentence: of the same wording or a wording alike."""
        wordings = self.wording[others]
        bits = np.uint32(1) << np.minimum(wordings, _COMPARED - 1).astype(np.uint32)
        known = (wordings < _COMPARED) & (self.alike[sentence] & bits > 0)
        return np.asarray(known | (wordings == self.wording[sentence]))


def clusters(signatures: NDArray[np.uint64], text: Text) -> Clusters:
    """The clusters of near-identical sentences.

    `signatures` is uint64, shape [n, SIGNATURE], and may lie on disk; `text` is asked for few of them.
    """
    n = len(signatures)
    found = Clusters(np.full(n, -1, np.int32), np.zeros(n, np.int32), np.zeros(n, np.uint32))
    long = np.flatnonzero(signatures[:, 0])
    _, first, same = np.unique(signatures[long, 0], return_index=True, return_inverse=True)
    distinct = long[first]
    roots = _joined(signatures, distinct, text)
    wording, copies = np.zeros(len(distinct), np.int32), np.zeros(len(distinct), np.uint32)
    for members in _grouped(roots, distinct):
        wording[members] = np.arange(len(members))
        copies[members] = _copies_among([text(int(distinct[member])) for member in members])
    _, cluster, sizes = np.unique(roots[same], return_inverse=True, return_counts=True)
    several = sizes[cluster] > 1
    at, of = long[several], same[several]
    found.cluster[at] = np.unique(cluster[several], return_inverse=True)[1]
    found.wording[at], found.alike[at] = wording[of], copies[of]
    return found


def _joined(signatures: NDArray[np.uint64], distinct: NDArray[np.intp], text: Text) -> NDArray[np.intp]:
    """For each of the distinct sentences the first one of the chain of copies that it belongs to."""
    leader = np.arange(len(distinct))
    for one, other in _candidates(signatures, distinct):
        a, b = _root(leader, one), _root(leader, other)
        if a != b and alike(text(int(distinct[one])), text(int(distinct[other]))):
            leader[max(a, b)] = min(a, b)
    return np.array([_root(leader, number) for number in range(len(leader))], np.intp)


def _grouped(roots: NDArray[np.intp], distinct: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    """The distinct sentences of each chain of several, in the order in which they first come."""
    order = np.lexsort((distinct, roots))
    for group in np.split(order, np.flatnonzero(np.diff(roots[order])) + 1):
        if len(group) > 1:
            yield group


def _copies_among(texts: Sequence[str]) -> list[int]:
    """For each wording of a cluster which of the first ones are copies of it, as bits."""
    first = texts[:_COMPARED]
    return [sum(1 << at for at, other in enumerate(first) if alike(text, other)) for text in texts]


def _candidates(signatures: NDArray[np.uint64], distinct: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    """Pairs of the distinct sentences that share a smallest hash and all telling words, and are of like length."""
    length, telling = signatures[distinct, 1].astype(np.int64), signatures[distinct, 2]
    for column in range(KNOWN, SIGNATURE):
        key = signatures[distinct, column] ^ telling
        order = np.argsort(key, kind="stable")
        starts = np.flatnonzero(np.append(True, np.diff(key[order]) != 0))
        sizes = np.diff(np.append(starts, len(order)))
        start, size = np.repeat(starts, sizes), np.repeat(sizes, sizes)
        for away in range(1, _PAIRS):
            at = np.flatnonzero((start[:-away] == start[away:]) & (size[away:] <= _PAIRS))
            yield from _of_like_length(order[at], order[at + away], length)
        at = np.flatnonzero((size > _PAIRS) & (start < np.arange(len(order))))
        yield from _of_like_length(order[start[at]], order[at], length)


def _of_like_length(
    one: NDArray[np.intp], other: NDArray[np.intp], length: NDArray[np.int64]
) -> Iterator[tuple[int, int]]:
    """The pairs that can be alike: at most all characters of the shorter one are in the longer one."""
    a, b = length[one], length[other]
    able = 200 * np.minimum(a, b) >= SAME * (a + b)
    yield from zip(one[able].tolist(), other[able].tolist(), strict=True)


def _root(leader: NDArray[np.intp], number: int) -> int:
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = int(leader[number])
    return number


def find_copies(passages: Sequence[Passage], first: int | None = None) -> dict[Place, tuple[Place, ...]]:
    """For each sentence (of the `first` passages only, if given) with copies in other passages, where they are."""
    places = [(number, index) for number, passage in enumerate(passages) for index in range(len(passage.sentences))]

    def text(at: int) -> str:
        number, index = places[at]
        return passages[number].sentences[index].span.slice(passages[number].document.text)

    signatures = [signature(text(at)) for at in range(len(places))]
    found = clusters(np.array(signatures).reshape(-1, SIGNATURE), text)
    copies: dict[Place, tuple[Place, ...]] = {}
    for one, place in enumerate(places):
        if found.cluster[one] >= 0 and (first is None or place[0] < first):
            same = np.flatnonzero(found.cluster == found.cluster[one])
            others = (places[other] for other in same[found.copies(one, same)])
            copies[place] = tuple(other for other in others if other[0] != place[0])
    return {place: others for place, others in copies.items() if others}
