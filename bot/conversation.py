"""A turn in a thread: how much of the earlier turns it needs, and the search that this makes.

A turn is searched for alone, together with the turn before it, and together with all earlier turns of the same
person; the scores are added. A turn that leans on the thread (bot/leaning.py) takes two thirds of its score from the
thread, any other a fifth, so that one that stands alone is hardly moved; one that says that it changes the subject
takes nothing. The shares are fitted on two sets of public conversations whose lessons pull apart (MTRAG and MTRAG-UN)
and on the development follow-ups: README, "Figures".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.leaning import changes_subject, leans
from index.evidence import Evidence
from index.search import Index, Scope

_LEANING, _STANDING = 0.65, 0.2
_OTHERS = re.compile(r"\b(?:else|others?|another|besides|apart from)\b", re.I)


@dataclass(frozen=True, slots=True)
class Conversed:
    """The evidence for a turn in its thread; `searched` is what it was searched as, for the person to see."""

    evidence: Evidence
    searched: str


def share_of_thread(turn: str) -> float:
    """The share of a turn's score that comes from the earlier turns, in [0, 1]."""
    if changes_subject(turn):
        return 0.0
    return _LEANING if leans(turn) else _STANDING


def wants_others(turn: str) -> bool:
    """Whether a turn asks for what was not quoted before ('anyone else?')."""
    return _OTHERS.search(turn) is not None


def converse(index: Index, turn: str, earlier: Sequence[str], scope: Scope = None) -> Conversed:
    """The evidence for `turn` after the `earlier` questions of the same person, oldest first."""
    share = share_of_thread(turn) if earlier else 0.0
    if not share:
        evidence = index.search(turn, scope)
        return Conversed(evidence, evidence.question)
    with_last = f"{earlier[-1]} {turn}"
    alone, last, whole = index.search_all([turn, with_last, " ".join([*earlier, turn])], scope)
    leaning = share == _LEANING
    mixed = replace(
        alone,
        words=last.words if leaning else alone.words,
        text=_mix(share, alone.text, last.text, whole.text),
        expansion=_mix(share, alone.expansion, last.expansion, whole.expansion),
        lexical=_mix(share, alone.lexical, last.lexical, whole.lexical),
        score=_mix(share, alone.score, last.score, whole.score),
        row_scores=_mix(share, alone.row_scores, last.row_scores, whole.row_scores),
    )
    return Conversed(mixed, last.question if leaning else alone.question)


Scores = NDArray[np.float32]


def _mix(share: float, alone: Scores, last: Scores, whole: Scores) -> Scores:
    """One array of the evidence with the thread's share in it; with one earlier turn `last` and `whole` are alike."""
    return np.asarray((1 - share) * alone + share * (last + whole) / 2, np.float32)
