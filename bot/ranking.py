"""The order of passages for a question: the index's scores, and what its form says of whose words it wants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.document import Voice
from index.search import Evidence, Index

_ASKS_ROLE = re.compile(
    r"\b(?:job|role|title|position|post|occupation|works? (?:for|at))\b|\bwhat does \w+ do\b"
    r"|\bwho(?:['’]s| is| was)(?: [\w'’-]+){1,4}\W*$",
    re.I,
)
_ASKS_SPEAKER = re.compile(
    r"\bwho(?: was it that| is it that)? (?:said|says|saying|called|calls|described|describes|told|talks|talked|spoke|"
    r"reckons|thinks|complained|put it)\b|\bwhose (?:quote|words|line)\b|\bquotes? (?:from|by)\b",
    re.I,
)
# Asked in the committee's own words, a question is answered by what the submission wrote beneath it: such passages
# gain the cosine of question and question beyond this one.
_LIKE_THE_COMMITTEE, _ANSWERS = 0.7, 1.0
_SPOKEN = 0.08  # what a quotation's score gains where the question asks who spoke


def ranked(index: Index, evidence: Evidence, admitted: Sequence[bool]) -> Iterator[tuple[int, float]]:
    """Passage units with their scores, best first. Who only names a speaker gives way to the words spoken."""
    scores = evidence.score.copy()
    places = {(u.document.reference, u.place.span): i for i, u in enumerate(index.units) if u.passage}
    if _ASKS_SPEAKER.search(evidence.question):
        scores += _SPOKEN * np.array([u.passage is not None and u.passage.voice is Voice.QUOTED for u in index.units])
    scores += _ANSWERS * np.maximum(_like_the_committee(index, evidence) - _LIKE_THE_COMMITTEE, 0)
    wants_role = _ASKS_ROLE.search(evidence.question) is not None
    dropped = set()
    for number, unit in enumerate(index.units):
        named = unit.passage.names if unit.passage else None
        quoted = places.get((unit.document.reference, named)) if named else None
        if quoted is not None:
            best = max(scores[number], scores[quoted])
            scores[quoted] = best
            scores[number] = best + 1e-3
            if not wants_role:
                dropped.add(number)
    for number in np.argsort(-scores, kind="stable"):
        if admitted[number] and number not in dropped:
            yield int(number), float(np.clip(scores[number], 0, 1))


def _like_the_committee(index: Index, evidence: Evidence) -> NDArray[np.float32]:
    """For each passage how like the question of the committee that it answers the user's is; 0 without one."""
    asked = {
        (u.document.reference, u.place.span): float(evidence.text[n])
        for n, u in enumerate(index.units)
        if not u.passage
    }
    questions = [unit.passage.question if unit.passage else None for unit in index.units]
    pairs = zip(index.units, questions, strict=True)
    return np.array([asked[u.document.reference, q.span] if q else 0.0 for u, q in pairs], np.float32)
