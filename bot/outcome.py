"""Whether a question is answered: few features of the evidence, weighed by a model that is fitted and can be read.

`outcome.json` holds, for passages with expansions and for those without, a multinomial logistic regression over the
outcomes, the chance from which a question counts as answered, and a logistic regression for the chance that the first
quote is right. `evidence-bot fit` writes it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.answer import Outcome
from bot.choose import Chosen
from bot.features import FEATURES, features, unanswered_unit
from index.evidence import Evidence
from index.search import Index

MODEL = Path(__file__).parent / "outcome.json"
_SAME_QUESTION = 0.85  # cosine from which a question is the committee's own; no model is needed to know its answer
_ALIKE = 0.01  # cosines of the same question in several submissions, which may print it in slightly other words


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

    def suited(self, index: Index, best: Chosen | None) -> OutcomeModel:
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


def judge(models: OutcomeModels, index: Index, evidence: Evidence, best: Chosen | None) -> Judgement:
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
