"""What the outcome of a question is decided by: few features of its form and of the evidence for its best quote."""

from __future__ import annotations

import re

import numpy as np

from bot import question_forms as form
from bot.choose import Chosen
from index.evidence import Evidence
from index.search import Index
from index.tokens import tokens

FEATURES = (
    "text",  # cosine of the best passage's own rows
    "expansion",  # cosine of its expansions
    "coverage",  # share of the question's rare words that it holds
    "detail",  # the cosine of its own rows times the number of the question's words: long questions are less like it
    "margin",  # how far its score is above the fourth best of its submission
    "lacks_figure",  # 1 when a number is asked for, or a share, and the quote has none; so the next three
    "lacks_money",
    "lacks_count",  # a number of just the things that are to be counted
    "lacks_date",
    "lacks_name",  # a capitalised name of the question is not in the best passage
    "asks_count",  # 1 for how many; near misses ask that more often
    "asks_when",
    "asks_name",  # what something is called
    "asks_topic",  # whatever is said about something
    "topic_coverage",  # then the share of the rare words counts for more
    "asked_text",  # cosine of the best question of the committee that has no answer
    "asked_expansion",  # cosine of its expansions
    "asked_coverage",  # share of the rare words that it holds
)
# Capitalised, but not for starting a sentence; a word of the language in capitals is none.
_NAME = re.compile(r"(?<=[\w,;:’'] )[A-Z][\w’'-]+")


def unanswered_unit(evidence: Evidence) -> int | None:
    """The unit of the committee's question without an answer that is nearest to the user's question."""
    places = evidence.candidates.unanswered
    return int(evidence.candidates.units[places[evidence.score[places].argmax()]]) if len(places) else None


def features(index: Index, evidence: Evidence, best: Chosen | None, asked: int | None) -> list[float]:
    """The features in the order of FEATURES; 0 for what cannot be seen without a quote or a committee's question."""
    seen = _form(evidence.question)
    if best is not None:
        seen |= _quoted(index, evidence, best, topic=seen["asks_topic"])
    if asked is not None:
        seen["asked_text"], seen["asked_expansion"], seen["asked_coverage"] = _likeness(index, evidence, asked)
    return [float(seen.get(name, 0.0)) for name in FEATURES]


def _form(question: str) -> dict[str, float]:
    return {
        "asks_count": bool(form.counted(question)),
        "asks_when": form.asks_when(question),
        "asks_name": form.asks_name(question),
        "asks_topic": form.asks_topic(question),
    }


def _quoted(index: Index, evidence: Evidence, best: Chosen, *, topic: float) -> dict[str, float]:
    """What there is to see of the best quote and its passage."""
    question, quote = evidence.question, best.quote.text
    text, expansion, coverage = _likeness(index, evidence, best.unit)
    things = form.counted(question)
    return {
        "text": text,
        "expansion": expansion,
        "coverage": coverage,
        "detail": text * len(evidence.words),
        "margin": _margin(index, evidence, best.unit),
        "lacks_figure": _lacks_figure(question, quote),
        "lacks_money": form.asks_money(question) and not form.has_money(quote),
        "lacks_count": bool(things) and not form.has_count(quote, things),
        "lacks_date": form.asks_when(question) and not form.has_date(quote),
        "lacks_name": _lacks_name(index, question, best.unit),
        "topic_coverage": topic * coverage,
    }


def _lacks_figure(question: str, quote: str) -> bool:
    if form.asks_share(question):
        return not form.has_share(quote)
    return form.asks_figure(question) and not form.has_figure(quote)


def _likeness(index: Index, evidence: Evidence, unit: int) -> tuple[float, float, float]:
    """Cosine of a candidate's own rows, cosine of its expansions, share of the rare words that it holds."""
    place = evidence.candidates.at(unit)
    covered = index.lexical.coverage(evidence.words, unit)
    return float(evidence.text[place]), float(evidence.expansion[place]), covered


def _margin(index: Index, evidence: Evidence, unit: int) -> float:
    submission = index.units.beside(unit)
    first, after = evidence.candidates.units.searchsorted([submission.start, submission.stop])
    own = slice(int(first), int(after))
    scores = np.sort(evidence.score[own][evidence.candidates.is_passage[own]])
    return float(scores[-1] - scores[-min(4, len(scores))])


def _lacks_name(index: Index, question: str, unit: int) -> bool:
    spelt = [name for name in _NAME.findall(question) if not (name.isupper() and index.encoder.knows(name.lower()))]
    names = filter(None, map(tokens, spelt))
    return any(not any(index.lexical.holds(token, unit) for token in name) for name in names)
