"""The order of passages for a question: the index's scores, and what its form says of whose words it wants."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from index.evidence import Evidence

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
_ASKS_QUOTED = re.compile(
    r"\bwhom?(?: else)? (?:(?:is|are|was|were|gets|got)|(?:does|do|did|has|have) [^?]{1,60}?) quoted?\b"
    r"|\b(?:any(?:one|body)|some(?:one|body)|members|people)(?: (?:is|are|was|were))? quoted\b"
    r"|\bquotes? (?:any(?:one|body)|some(?:one|body)|people|members)\b"
    r"|\b(?:which|what) (?:people|members|leaders|councillors)\b[^?]{1,60}? quoted?\b",
    re.I,
)
# Asked in the committee's own words, a question is answered by what the submission wrote beneath it: such passages
# gain the cosine of question and question beyond this one.
_LIKE_THE_COMMITTEE, _ANSWERS = 0.7, 1.0
_SPOKEN = 0.08  # what a quotation's score gains where the question asks who spoke


def ranked(evidence: Evidence) -> Iterator[tuple[int, float]]:
    """Passage units with their scores, best first. Who only names a speaker gives way to the words spoken.

    Who asks whom the submission quotes is shown no words of its own.
    """
    candidates = evidence.candidates
    scores = evidence.score.copy()
    if _ASKS_SPEAKER.search(evidence.question):
        scores[candidates.is_quoted] += _SPOKEN
    answering, asked = candidates.answering
    scores[answering] += _ANSWERS * np.maximum(evidence.text[asked] - _LIKE_THE_COMMITTEE, 0)
    naming, spoken = candidates.naming
    shown = candidates.is_passage
    if len(naming):
        np.maximum.at(scores, spoken, scores[naming])
        scores[naming] = scores[spoken] + 1e-3
        shown = shown.copy()
        shown[naming] = _ASKS_ROLE.search(evidence.question) is not None
    if _ASKS_QUOTED.search(evidence.question):
        shown = shown & candidates.is_quoted
    order = np.argsort(-scores, kind="stable")
    order = order[shown[order]]
    for unit, score in zip(candidates.units[order].tolist(), scores[order].tolist(), strict=True):
        yield unit, min(max(score, 0.0), 1.0)
