"""Fits the outcome model on labelled questions, with cross-validation for the chance from which to quote.

Whether the answer is right is decided as the evaluation does: the first quote stands on an accepted line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.answer import Outcome
from bot.features import features, unanswered_unit
from bot.outcome import OutcomeModel, OutcomeModels, decide, log_odds
from bot.questions import Labelled
from bot.searching import find
from index.folder import build_index
from index.search import Index

_STRENGTH = 1.0  # inverse of the L2 penalty on standardised features
_FOLDS = 5
_UNANSWERABLE_IN_USE = 0.2  # prior share of questions that nothing answers; a fitting set may hold far more
# Of the questions whose first quote is right, in cross-validation. Without expansions the evidence is weaker: at 0.05
# two thirds of what four other documents do not speak of would be answered, at 0.1 under half; at 0.15 topics of two
# words that a submission speaks of in just these words would be declined.
_MOST_DECLINED, _MOST_DECLINED_BARE = 0.04, 0.1


@dataclass(frozen=True)
class Example:
    """One labelled question as the model sees it: its features, the true outcome, whether the first quote is right."""

    features: list[float]
    outcome: Outcome
    right: bool


def fit_both(index: Index, questions: Sequence[Labelled], calibrating: Sequence[Labelled]) -> OutcomeModels:
    """The models for passages with expansions, as they are in the index, and for the same passages without."""
    bare = build_index(((document, {}) for document in index.documents), index.encoder, index.weights)
    fitted = [
        calibrate(fit(examples(one, questions), most_declined), examples(one, calibrating))
        for one, most_declined in ((index, _MOST_DECLINED), (bare, _MOST_DECLINED_BARE))
    ]
    return OutcomeModels(*fitted)


def examples(index: Index, questions: Sequence[Labelled]) -> list[Example]:
    """The examples that labelled questions give."""
    made = []
    for labelled in questions:
        conversed, found = find(index, labelled.question, labelled.history)
        evidence = conversed.evidence
        asked = unanswered_unit(evidence)
        best = next(found, None)
        right = best is not None and any(best.quote.span in line for line in labelled.lines)
        made.append(Example(features(index, evidence, best, asked), labelled.outcome, right))
    return made


def fit(examples: Sequence[Example], most_declined: float) -> OutcomeModel:
    """The model fitted on all examples; `quote_from` is the highest that declines few questions with a right quote."""
    outcomes = _outcome_weights(examples)
    chances = _held_out_chances(examples)
    rightly = sorted(c for c, e in zip(chances, examples, strict=True) if e.outcome is Outcome.QUOTED and e.right)
    quote_from = rightly[int(most_declined * len(rightly))] if rightly else 0.5
    shown = [e for e, c in zip(examples, chances, strict=True) if c >= quote_from]
    right = _logistic(_matrix(shown), [str(example.right) for example in shown], _weights(shown))[str(True)]
    return OutcomeModel({outcome.value: weights for outcome, weights in outcomes.items()}, quote_from, right)


def calibrate(model: OutcomeModel, examples: Sequence[Example]) -> OutcomeModel:
    """The model with its stated chances brought to what came true on these examples."""
    decided = [decide(model, example.features, True, True) for example in examples]
    right = [
        outcome is example.outcome and (example.right or outcome is not Outcome.QUOTED)
        for (outcome, _), example in zip(decided, examples, strict=True)
    ]
    odds = np.array([[log_odds(chance)] for _, chance in decided])
    slope, intercept = _logistic(odds, [str(value) for value in right], [1.0] * len(right))[str(True)]
    return replace(model, calibration=(slope, intercept))


def _held_out_chances(examples: Sequence[Example]) -> NDArray[np.float64]:
    """For each example the chance of `quoted` by a model that has not seen it; float64, shape [n_examples]."""
    chances = np.zeros(len(examples))
    order = np.random.default_rng(0).permutation(len(examples))
    for fold in range(_FOLDS):
        held = set(order[fold::_FOLDS].tolist())
        trained = OutcomeModel(
            {o.value: w for o, w in _outcome_weights([e for i, e in enumerate(examples) if i not in held]).items()},
            0.5,
            [],
        )
        for number in held:
            chances[number] = trained.probabilities(examples[number].features)[Outcome.QUOTED]
    return chances


def _outcome_weights(examples: Sequence[Example]) -> dict[Outcome, list[float]]:
    found = _logistic(_matrix(examples), [example.outcome.value for example in examples], _weights(examples))
    return {Outcome(label): weights for label, weights in found.items()}


def _weights(examples: Sequence[Example]) -> list[float]:
    """A weight for each example, so that the unanswerable have their share in use, not in the set."""
    lacking = sum(example.outcome is Outcome.NOT_FOUND for example in examples)
    share = _UNANSWERABLE_IN_USE / (1 - _UNANSWERABLE_IN_USE) * (len(examples) - lacking)
    weight = share / lacking if lacking else 1.0
    return [weight if example.outcome is Outcome.NOT_FOUND else 1.0 for example in examples]


def _matrix(examples: Sequence[Example]) -> NDArray[np.float64]:
    return np.array([example.features for example in examples])


def _logistic(matrix: NDArray[np.float64], labels: Sequence[str], weights: Sequence[float]) -> dict[str, list[float]]:
    """A logistic regression as coefficients on the features as they come, the intercept last, for each label."""
    from sklearn.linear_model import LogisticRegression  # takes a second: only who fits pays

    mean, spread = matrix.mean(0), matrix.std(0) + 1e-9
    model = LogisticRegression(C=_STRENGTH, max_iter=5000).fit((matrix - mean) / spread, labels, weights)
    coefficients = model.coef_ / spread
    intercepts = model.intercept_ - coefficients @ mean
    rows = [[*map(float, row), float(start)] for row, start in zip(coefficients, intercepts, strict=True)]
    return dict(zip(model.classes_[-len(rows) :].tolist(), rows, strict=True))
