"""Measures answers on labelled questions: what `evidence-bot eval` prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import mean

import numpy as np

from bot.answer import Answer, Outcome, Quote
from bot.answering import Answerer
from bot.asking import in_thread
from bot.questions import Labelled

_BINS = 10  # of the reliability table and of the expected calibration error (Guo et al. 2017)


@dataclass(frozen=True)
class Result:
    """One labelled question with its answer."""

    labelled: Labelled
    answer: Answer

    @cached_property
    def hits(self) -> list[bool]:
        """Of each quote, whether it stands on an accepted line."""
        return [any(quote.span in line for line in self.labelled.lines) for quote in self.quotes]

    @cached_property
    def overlaps(self) -> list[bool]:
        """Of each quote, whether it shares words with an accepted snippet."""
        return [
            any(quote.span.start < gold.end and gold.start < quote.span.end for gold in self.labelled.snippets)
            for quote in self.quotes
        ]

    @property
    def declined(self) -> bool:
        """Whether nothing was quoted as an answer."""
        return self.answer.outcome is not Outcome.QUOTED

    @property
    def answerable(self) -> bool:
        """Whether the document answers the question."""
        return self.labelled.outcome is Outcome.QUOTED

    @property
    def right(self) -> bool:
        """Whether the outcome is right, and with it the first quote or the committee's question that has no answer."""
        if self.answer.outcome is not self.labelled.outcome:
            return False
        if self.answer.outcome is Outcome.NOT_ANSWERED:
            return self.names_question
        return self.declined or self.hits[0]

    @property
    def names_question(self) -> bool:
        """Whether the committee's question in the answer is the labelled one."""
        asked, wanted = self.answer.inquiry_question, self.labelled.inquiry_question
        return bool(asked and wanted and wanted in asked.span.slice(self.labelled.document.text))

    @property
    def speaker_right(self) -> bool:
        """Whether a quote that hits is given to who said it."""
        quotes = [quote for quote, hit in zip(self.quotes, self.hits, strict=True) if hit]
        return any(quote.passage.speaker == self.labelled.speaker for quote in quotes)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """What was quoted or, for a refusal, lay nearest: the ranking is measured apart from the outcome."""
        return self.answer.quotes or self.answer.nearest

    @property
    def score(self) -> float:
        """How sure the answer is that the question has one, higher is surer."""
        return 1 - self.answer.confidence if self.declined else 1 + self.answer.confidence


def measure(answerer: Answerer, questions: Sequence[Labelled], tick: Callable[[], None]) -> list[Result]:
    """Answer every question as its asker would have it, earlier turns first."""
    results = []
    for labelled in questions:
        results.append(Result(labelled, in_thread(answerer, labelled.question, labelled.history)))
        tick()
    return results


def figures(results: Sequence[Result]) -> dict[str, float | int]:
    """The table for some results; a figure that nothing bears on is left out."""
    answerable = [result for result in results if result.answerable]
    unanswerable = [result for result in results if result.labelled.outcome is Outcome.NOT_FOUND]
    asked = [result for result in results if result.labelled.outcome is Outcome.NOT_ANSWERED]
    quoted = [quote for result in answerable if result.answer.quotes for quote in result.overlaps]
    table: dict[str, float | int] = {"questions": len(results)}
    if answerable:
        table |= {
            "hit@1": mean(any(result.hits[:1]) for result in answerable),
            "hit@3": mean(any(result.hits[:3]) for result in answerable),
            "MRR": mean(_reciprocal(result.hits) for result in answerable),
            "quote@1": mean(any(result.overlaps[:1]) for result in answerable),
            "quote precision": mean(quoted) if quoted else 0.0,
            "speaker right": mean(result.speaker_right for result in answerable),
            "wrongly declined": mean(result.declined for result in answerable),
        }
    if unanswerable:
        table["declined"] = mean(result.declined for result in unanswerable)
    if asked:
        table["N/A right"] = mean(result.right for result in asked)
    table["outcome right"] = mean(result.answer.outcome is result.labelled.outcome for result in results)
    if answerable and len(answerable) < len(results):
        table["AUROC"] = auroc([r.score for r in results], [r.answerable for r in results])
    table["ECE"] = calibration_error(results)
    return table


def by_kind(results: Sequence[Result]) -> dict[str, list[Result]]:
    """The results by kind of question, in the order in which kinds appear."""
    kinds: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        kinds[result.labelled.kind].append(result)
    return dict(kinds)


def _reciprocal(hits: Sequence[bool]) -> float:
    return 1 / (hits.index(True) + 1) if True in hits else 0.0


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """The chance that an answerable question scores above an unanswerable one, ties counting half."""
    ups = np.array([score for score, is_up in zip(scores, positive, strict=True) if is_up])
    downs = np.array([score for score, is_up in zip(scores, positive, strict=True) if not is_up])
    return float((ups[:, None] > downs).mean() + 0.5 * (ups[:, None] == downs).mean())


def reliability(results: Sequence[Result]) -> list[tuple[float, float, int]]:
    """Mean confidence, share right and number of answers, for each tenth of confidence that has any."""
    tenths: dict[int, list[Result]] = defaultdict(list)
    for result in results:
        tenths[min(int(result.answer.confidence * _BINS), _BINS - 1)].append(result)
    return [
        (mean(r.answer.confidence for r in tenth), mean(r.right for r in tenth), len(tenth))
        for _, tenth in sorted(tenths.items())
    ]


def calibration_error(results: Sequence[Result]) -> float:
    """Expected calibration error: how far confidence and share right lie apart, weighted by number."""
    return sum(abs(sure - right) * count for sure, right, count in reliability(results)) / len(results)
