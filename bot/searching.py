"""A question that is searched for: its evidence, the quotes that it gives, and whether they answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, takewhile

from bot.answer import Answer, Outcome
from bot.choose import Chosen, Where, choose
from bot.conversation import Conversed, converse
from bot.outcome import OutcomeModels, judge
from bot.place import Place
from bot.turns import clean
from corpus.document import InquiryQuestion, Passage
from index.search import Index, Scope

_NEAREST = 3
# A further quote is shown from this share of the first one's score: on the development questions that drops some 1.3
# of 3 quotes, nearly all of which do not answer, and loses no answer.
_WORTH = 0.8


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many quotes are wanted, and of which passages: none of the places `given` before."""

    scope: Scope
    where: Where | None
    quotes: int
    given: Sequence[Place] = ()

    def admits(self, passage: Passage) -> bool:
        """Whether a passage in the scope may be quoted."""
        return self.where is None or self.where(passage)


def search(index: Index, models: OutcomeModels, question: str, earlier: Sequence[str], wanted: Wanted) -> Answer:
    """The quotes that answer a question after `earlier` ones, best first, as many as are worth it, or why none does."""
    scope, where, given = wanted.scope, wanted.where, wanted.given
    conversed, found = find(index, question, earlier, scope=scope, where=where, given=given)
    best = next(found, None)
    judgement = judge(models, index, conversed.evidence, best)
    places = (one.quote for one in chain([best] if best else [], found))
    answer = Answer(
        question=question,
        outcome=judgement.outcome,
        confidence=judgement.confidence,
        resolved_question=conversed.searched,
    )
    if best and judgement.outcome is Outcome.QUOTED:
        least = _WORTH * best.quote.score
        worth = takewhile(lambda quote: quote.score >= least, places)
        return replace(answer, quotes=tuple(islice(worth, wanted.quotes)))
    body = (quote for quote in places if quote.passage.section or quote.passage.paragraph)
    near = tuple(islice(body, _NEAREST))  # no title matter, no closing date
    if judgement.question_unit is None:
        return replace(answer, nearest=near)
    unit = index.units[judgement.question_unit]
    place = unit.place if isinstance(unit.place, InquiryQuestion) else None
    return replace(answer, nearest=near, inquiry_question=place, inquiry_document=unit.document)


def find(
    index: Index,
    question: str,
    history: Sequence[str] = (),
    *,
    scope: Scope = None,
    where: Where | None = None,
    given: Sequence[Place] = (),
) -> tuple[Conversed, Iterator[Chosen]]:
    """What the index knows of a question in its thread, and the quotes that it would give, best first, one at a time.

    `given` are places that were quoted before and are not wanted again.
    """
    conversed = converse(index, clean(question), [clean(turn) for turn in history], scope)
    found = choose(index, conversed.evidence, scope, where=where)
    return conversed, (one for one in found if not holds_any(one.quote.passage, given))


def holds_any(passage: Passage, places: Sequence[Place]) -> bool:
    """Whether one of some places stands in a passage."""
    reference, span = passage.document.reference, passage.span
    return any(place.document == reference and place.span in span for place in places)
