"""Whether a question is answered: few features of the evidence, weighed by a model that is fitted and can be read.

`outcome.json` holds, for passages with expansions and for those without, a multinomial logistic regression over the
outcomes, the chance from which a question counts as answered, and a logistic regression for the chance that the first
quote is right. `evidence-bot fit` writes it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.answer import Outcome
from bot.choose import Found, asks_figure, has_figure
from index.search import Evidence, Index
from index.tokens import tokens

MODEL = Path(__file__).parent / "outcome.json"
FEATURES = (
    "text",  # cosine of the best passage's own rows
    "expansion",  # cosine of its expansions
    "coverage",  # share of the question's rare words that it holds
    "known",  # share of the question's rare words that its submission holds
    "margin",  # how far its score is above the fourth best of its submission
    "lacks_figure",  # 1 when a number is asked for and the quote has none
    "lacks_money",  # 1 when a sum of money is asked for and the quote has none
    "lacks_names",  # how many capitalised names of the question the best passage lacks
    "wants_fact",  # 1 for who, when, where, which and how many, which near misses ask more often
    "asked_text",  # cosine of the best question of the committee that has no answer
    "asked_expansion",  # cosine of its expansions
    "asked_coverage",  # share of the rare words that it holds
)


_SAME_QUESTION = 0.85  # cosine from which a question is the committee's own; no model is needed to know its answer
_ALIKE = 0.01  # cosines of the same question in several submissions, which may print it in slightly other words
_WANTS_FACT = re.compile(
    r"\b(?:how (?:many|much|long|big)|who|whose|when|where|which|what year|what date|name of)\b", re.I
)
_ASKS_MONEY = re.compile(r"\b(?:how much|costs?|spend|spent|worth|budget|salary|price|fee|value|funds? size)\b", re.I)
_MONEY = re.compile(r"[£$€]\s?\d")
_NAME = re.compile(r"(?<=[\w,;:’'] )[A-Z][\w’'-]+")  # capitalised, but not for starting the sentence


@dataclass(frozen=True, slots=True)
class Judgement:
    """An outcome, the chance that it is right, and for `not_answered` the unit of the committee's question."""

    outcome: Outcome
    confidence: float
    question_unit: int | None = None


@dataclass(frozen=True)
class OutcomeModel:
    """The fitted coefficients: for each outcome, and for `right`, one for each feature, the intercept last.

    An answer is quoted from a chance of `quote_from`, which trades wrong answers against wrong refusals.
    `calibration` is slope and intercept on the log odds (Platt 1999), so that stated and true chances agree.
    """

    outcomes: dict[str, list[float]]
    quote_from: float
    right: list[float]
    calibration: tuple[float, float] = (1.0, 0.0)

    def probabilities(self, features: Sequence[float]) -> dict[Outcome, float]:
        """The chance of each outcome; they add up to 1."""
        logits = {Outcome(name): _dot(weights, features) for name, weights in self.outcomes.items()}
        top = max(logits.values())
        odds = {outcome: math.exp(logit - top) for outcome, logit in logits.items()}
        return {outcome: odd / sum(odds.values()) for outcome, odd in odds.items()}

    def chance_right(self, features: Sequence[float]) -> float:
        """The chance that the first quote answers, given that the question is answered, before calibration."""
        return sigmoid(_dot(self.right, features))

    def calibrated(self, chance: float) -> float:
        """A chance as it turned out on labelled questions."""
        slope, intercept = self.calibration
        return sigmoid(slope * log_odds(chance) + intercept)


@dataclass(frozen=True, slots=True)
class OutcomeModels:
    """Two models, because a passage that has expansions is found with other cosines than one that is `bare`."""

    expanded: OutcomeModel
    bare: OutcomeModel

    def suited(self, index: Index, best: Found | None) -> OutcomeModel:
        """The model for a question whose best quote is this."""
        return self.expanded if best and index.units.is_expanded(best.unit) else self.bare


def sigmoid(logit: float) -> float:
    """The chance for log odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def log_odds(chance: float) -> float:
    """The log odds of a chance, kept finite."""
    bounded = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(bounded / (1 - bounded))


def _dot(weights: Sequence[float], features: Sequence[float]) -> float:
    return sum(w * f for w, f in zip(weights, [*features, 1.0], strict=True))


def load_models(path: Path = MODEL) -> OutcomeModels:
    """The fitted models."""
    saved = json.loads(path.read_text(encoding="utf-8"))
    if tuple(saved.pop("features")) != FEATURES:
        raise ValueError(f"{path}: fitted for other features; run: evidence-bot fit")
    return OutcomeModels(**{name: OutcomeModel(**model) for name, model in saved.items()})


def save_models(models: OutcomeModels, path: Path = MODEL) -> None:
    """Write the models so that a person can read them."""
    path.write_text(json.dumps({"features": FEATURES, **asdict(models)}, indent=1) + "\n", encoding="utf-8")


def unanswered_unit(evidence: Evidence) -> int | None:
    """The unit of the committee's question without an answer that is nearest to the user's question."""
    places = evidence.candidates.unanswered
    return int(evidence.candidates.units[places[evidence.score[places].argmax()]]) if len(places) else None


def features(index: Index, evidence: Evidence, best: Found | None, asked: int | None) -> list[float]:
    """The features, in the order of FEATURES."""
    asked_values = [0.0, 0.0, 0.0] if asked is None else _seen(index, evidence, asked)
    wants = float(_WANTS_FACT.search(evidence.question) is not None)
    if best is None:
        return [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, wants, *asked_values]
    submission = index.units.beside(best.unit)
    first, after = evidence.candidates.units.searchsorted([submission.start, submission.stop])
    own = slice(int(first), int(after))
    scores = np.sort(evidence.score[own][evidence.candidates.is_passage[own]])
    return [
        *_seen(index, evidence, best.unit),
        index.lexical.coverage(evidence.words, submission),
        float(scores[-1] - scores[-min(4, len(scores))]),
        float(asks_figure(evidence.question) and not has_figure(best.quote.text)),
        float(_ASKS_MONEY.search(evidence.question) is not None and not _MONEY.search(best.quote.text)),
        float(_missing_names(index, evidence.question, best.unit)),
        wants,
        *asked_values,
    ]


def _missing_names(index: Index, question: str, unit: int) -> int:
    stems = [tokens(name) for name in _NAME.findall(question)]
    alone = range(unit, unit + 1)
    return sum(1 for found in stems if found and not any(index.lexical.holds(token, alone) for token in found))


def _seen(index: Index, evidence: Evidence, unit: int) -> list[float]:
    place, alone = evidence.candidates.at(unit), range(unit, unit + 1)
    covered = index.lexical.coverage(evidence.words, alone)
    return [float(evidence.text[place]), float(evidence.expansion[place]), covered]


def judge(models: OutcomeModels, index: Index, evidence: Evidence, best: Found | None) -> Judgement:
    """The outcome for a question and its calibrated confidence."""
    model = models.suited(index, best)
    asked = unanswered_unit(evidence)
    values = features(index, evidence, best, asked)
    outcome, chance = decide(model, values, best is not None, asked is not None)
    same = _same_questions(evidence)
    if len(same) and best and not all(index.units.is_unanswered(same)):
        outcome, chance = Outcome.QUOTED, model.chance_right(values)
    elif asked is not None and asked in same:
        outcome, chance = Outcome.NOT_ANSWERED, max(chance, float(evidence.text[evidence.candidates.at(asked)]))
    return Judgement(outcome, model.calibrated(chance), asked if outcome is Outcome.NOT_ANSWERED else None)


def _same_questions(evidence: Evidence) -> NDArray[np.int64]:
    """The committee's question that was asked in its own words, in each submission that has it."""
    places = evidence.candidates.questions
    alike = evidence.text[places]
    same = places[alike >= max(float(alike.max(initial=0.0)) - _ALIKE, _SAME_QUESTION)]
    return np.asarray(evidence.candidates.units[same], np.int64)


def decide(model: OutcomeModel, values: Sequence[float], has_quote: bool, has_question: bool) -> tuple[Outcome, float]:
    """The outcome for features, and the chance that it is right, before calibration."""
    chances = model.probabilities(values)
    if has_quote and chances[Outcome.QUOTED] >= model.quote_from:
        return Outcome.QUOTED, model.chance_right(values)
    if has_question and chances[Outcome.NOT_ANSWERED] > chances[Outcome.NOT_FOUND]:
        return Outcome.NOT_ANSWERED, chances[Outcome.NOT_ANSWERED]
    return Outcome.NOT_FOUND, chances[Outcome.NOT_FOUND]
