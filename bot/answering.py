"""From a question to an Answer: search, choose the quotes, decide the outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import chain, islice, takewhile

from bot.answer import Answer, Outcome, Quote
from bot.choose import Chosen, Where, choose, with_copies
from bot.conversation import Conversed, converse, wants_others
from bot.last_answer import About, about_last, answer_from, quotes_at
from bot.outcome import OutcomeModels, judge
from bot.place import Place, still_standing
from bot.scope import Submissions
from bot.smalltalk import without_greeting
from corpus.document import InquiryQuestion
from corpus.errors import Mendable
from index.search import Index, Scope

LONGEST_QUESTION = 2000  # characters; what a person types, far above what the model reads (256 word pieces)
_NEAREST = 3
# A further quote is shown from this share of the first one's score: on the development questions that drops some 1.3
# of 3 quotes, nearly all of which do not answer, and loses no answer.
_WORTH = 0.8


class QuestionError(Mendable):
    """A question that cannot be asked; the message tells the person who asked."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of a thread and the places that were quoted for it."""

    question: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class _Serving:
    """An index, and what of it may be quoted."""

    index: Index
    documents: Submissions
    limited_to: Scope = None


class Answerer:
    """Answers questions over one corpus; safe to call from several threads, also while it adopts a newer corpus."""

    def __init__(self, index: Index, models: OutcomeModels) -> None:
        self.models = models
        self.adopt(index)

    def adopt(self, index: Index) -> None:
        """Answer from this index from now on; who holds `at_once` keeps what it began with."""
        self._serving = _Serving(index, Submissions(index.documents))  # replaced in one step

    def limit(self, references: Scope) -> None:
        """Answer from these submissions of the index alone, until another index is adopted."""
        documents = Submissions(self.index.documents).within(references)
        self._serving = _Serving(self.index, documents, references)

    def at_once(self) -> Answerer:
        """The answerer as it is now: what takes several steps takes them in one corpus."""
        return copy(self)

    @property
    def index(self) -> Index:
        """The index that is searched."""
        return self._serving.index

    @property
    def documents(self) -> Submissions:
        """The submissions that are searched."""
        return self._serving.documents

    @property
    def limited_to(self) -> Scope:
        """The submissions of the index that may be quoted; None for all."""
        return self._serving.limited_to

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        scope: Scope = None,
        where: Where | None = None,
        quotes: int = 3,
    ) -> Answer:
        """The answer to `question`; `scope` limits it to submissions by reference, `where` a search to passages.

        QuestionError for an empty or overlong question.
        """
        asked, limited = clean(question), self.limited_to
        if limited is not None:
            scope = limited if scope is None else scope & limited
        about = about_last(asked) if history else None
        last = quotes_at(self.documents, history[-1].places) if about else []
        if scope is not None:
            last = [quote for quote in last if quote.document.reference in scope]
        if about is About.MORE and last:
            return self._more(question, history, scope, where, quotes)
        if about is About.SAME:
            last = [with_copies(self.index, quote, scope, where) for quote in last]
        if about and last:
            return answer_from(about, question, last)
        return self._search(question, history, scope, where, quotes)

    def _more(self, question: str, history: Sequence[Turn], scope: Scope, where: Where | None, quotes: int) -> Answer:
        """The next best quotes for the last question that was searched for."""
        asked = [number for number, turn in enumerate(history) if about_last(turn.question) is None]
        start = asked[-1] if asked else 0
        given = self._still([place for turn in history[start:] for place in turn.places])
        earlier = _searched(history[:start])
        conversed, found = find(self.index, history[start].question, earlier, scope=scope, where=where, given=given)
        answer = self._answer(question, conversed, found, quotes)
        if answer.outcome is Outcome.NOT_ANSWERED:  # it was answered: only more of it was asked for
            return replace(answer, outcome=Outcome.NOT_FOUND, inquiry_question=None, inquiry_document=None)
        return answer

    def _still(self, places: Sequence[Place]) -> list[Place]:
        return [place for _, place in still_standing(self.documents, places)]

    def _search(self, question: str, history: Sequence[Turn], scope: Scope, where: Where | None, quotes: int) -> Answer:
        given = self._still([turn.places[0] for turn in history if turn.places]) if wants_others(question) else []
        conversed, found = find(self.index, question, _searched(history), scope=scope, where=where, given=given)
        return self._answer(question, conversed, found, quotes)

    def _answer(self, question: str, conversed: Conversed, found: Iterator[Chosen], quotes: int) -> Answer:
        """The answer that the quotes found give, best first: as many as are worth it, or why there is none."""
        index, best = self.index, next(found, None)
        judgement = judge(self.models, index, conversed.evidence, best)
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
            return replace(answer, quotes=tuple(islice(worth, quotes)))
        body = (quote for quote in places if quote.passage.section or quote.passage.paragraph)
        near = tuple(islice(body, _NEAREST))  # no title matter, no closing date
        if judgement.question_unit is None:
            return replace(answer, nearest=near)
        unit = index.units[judgement.question_unit]
        place = unit.place if isinstance(unit.place, InquiryQuestion) else None
        return replace(answer, nearest=near, inquiry_question=place, inquiry_document=unit.document)


def _searched(history: Sequence[Turn]) -> list[str]:
    """The questions that were searched for; a turn about the last answer says nothing of the subject."""
    return [turn.question for turn in history if about_last(turn.question) is None]


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
    return conversed, (one for one in found if not any(_holds(one.quote, place) for place in given))


def _holds(quote: Quote, place: Place) -> bool:
    return quote.document.reference == place.document and place.span in quote.passage.span


def clean(question: str) -> str:
    """The question in one line without control characters or greeting; QuestionError if nothing or too much."""
    if not question.isprintable():
        question = "".join(char if char.isprintable() else " " for char in question)
    asked = without_greeting(" ".join(question.split()))
    if not any(char.isalnum() for char in asked):
        raise QuestionError("The question is empty: ask in words, for example: What does the submission say about …?")
    if len(asked) > LONGEST_QUESTION:
        raise QuestionError(f"The question has {len(asked):,} characters; ask in {LONGEST_QUESTION:,} at most.")
    return asked
