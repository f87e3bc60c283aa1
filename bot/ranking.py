"""The order of passages for a question: the index's scores, and what its form says of whose words it wants."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from index.search import Evidence, Index
from index.shard import QUOTED

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


def ranked(index: Index, evidence: Evidence) -> Iterator[tuple[int, float]]:
    """Passage units with their scores, best first. Who only names a speaker gives way to the words spoken."""
    units = evidence.units
    scores = evidence.score.copy()
    if _ASKS_SPEAKER.search(evidence.question):
        scores += _SPOKEN * (index.units.role[units] == QUOTED)
    scores += _ANSWERS * np.maximum(_like_the_committee(index, evidence) - _LIKE_THE_COMMITTEE, 0)
    wants_role = _ASKS_ROLE.search(evidence.question) is not None
    shown = index.units.is_passage(units)
    named = index.units.names[units]
    naming = np.flatnonzero(named >= 0)
    quoted = units.searchsorted(named[naming])
    np.maximum.at(scores, quoted, scores[naming])
    scores[naming] = scores[quoted] + 1e-3
    shown[naming] = wants_role
    for place in np.argsort(-scores, kind="stable"):
        if shown[place]:
            yield int(units[place]), min(max(float(scores[place]), 0.0), 1.0)


def _like_the_committee(index: Index, evidence: Evidence) -> NDArray[np.float32]:
    """For each candidate how like the question of the committee that it answers the user's is; 0 without one."""
    asked = index.units.question[evidence.units]
    places = np.searchsorted(evidence.units, np.maximum(asked, 0))
    return np.where(asked >= 0, evidence.text[np.minimum(places, len(evidence.units) - 1)], np.float32(0))
