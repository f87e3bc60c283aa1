"""From a question to an Answer: by the last answer, by the place that it names, or by a search."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace

from bot.answer import Answer, Outcome
from bot.choose import Where, with_copies
from bot.conversation import wants_others
from bot.last_answer import About, about_last, answer_from, answer_whole, quotes_at
from bot.outcome import OutcomeModels
from bot.pinpointed import Pinpoint, pinpointed
from bot.place import Place, still_standing
from bot.scope import Submissions
from bot.searching import Wanted, holds_any, search
from bot.submitters import Names
from bot.turns import QuestionError, Turn, clean
from corpus.document import Document
from index.search import Index, Scope


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
        wanted = Wanted(scope, where, quotes)
        if about is About.MORE and last:
            return self._more(question, history, wanted)
        if about is About.SAME:
            last = [with_copies(self.index, quote, scope, where) for quote in last]
        if about and last:
            return answer_from(about, question, last)
        if wants_others(question):
            given = self._still([turn.places[0] for turn in history if turn.places])
            return self._find(question, history, replace(wanted, given=given))
        return self._find(question, history, wanted)

    def _more(self, question: str, history: Sequence[Turn], wanted: Wanted) -> Answer:
        """The next best quotes for the last question that was not itself about an answer."""
        asked = [number for number, turn in enumerate(history) if about_last(turn.question) is None]
        start = asked[-1] if asked else 0
        given = self._still([place for turn in history[start:] for place in turn.places])
        answer = self._find(history[start].question, history[:start], replace(wanted, given=given))
        return replace(_without_question(answer), question=question)  # it was answered: only more of it was asked for

    def _still(self, places: Sequence[Place]) -> list[Place]:
        return [place for _, place in still_standing(self.documents, places)]

    def _find(self, question: str, history: Sequence[Turn], wanted: Wanted) -> Answer:
        """What stands where the question points, what is found there, or where it does not point, what is found."""
        pinpoint = pinpointed(question, self.documents.names)
        document = self._pointed_to(pinpoint, history, wanted.scope) if pinpoint else None
        if not pinpoint or not document:
            return self._search(question, history, wanted)
        there = [passage for passage in pinpoint.passages(document) if wanted.admits(passage)]
        if not pinpoint.about or pinpoint.named(there):
            new = [passage for passage in pinpoint.named(there) if not holds_any(passage, wanted.given)]
            return answer_whole(question, new[: wanted.quotes])
        if not there or pinpoint.elsewhere:
            return self._search(question, history, wanted)
        spans = {passage.span for passage in there}
        only = replace(wanted, scope=frozenset({document.reference}), where=lambda passage: passage.span in spans)
        answer = self._search(pinpoint.question, history, only)
        return replace(_without_question(answer), question=question, resolved_question=clean(question))

    def _pointed_to(self, pinpoint: Pinpoint, history: Sequence[Turn], scope: Scope) -> Document | None:
        """The submission whose paragraph or page is meant: the only one, else the one that was quoted last."""
        within = self.documents.within(scope)
        last = next((place.document for turn in reversed(history) for place in turn.places), None)
        meant = [document for document in within if len(within) == 1 or document.reference == last]
        if within and not meant and not pinpoint.about:
            raise QuestionError(f"Of which submission? Name it, for example: {pinpoint} of {within[0].reference}")
        return meant[0] if meant else None

    def _search(self, question: str, history: Sequence[Turn], wanted: Wanted) -> Answer:
        earlier = [turn.question for turn in history if _is_searched(turn.question, self.documents.names)]
        return search(self.index, self.models, question, earlier, wanted)


def _without_question(answer: Answer) -> Answer:
    """The answer without a question of the committee that nobody answered."""
    if answer.outcome is not Outcome.NOT_ANSWERED:
        return answer
    return replace(answer, outcome=Outcome.NOT_FOUND, inquiry_question=None, inquiry_document=None)


def _is_searched(turn: str, names: Names) -> bool:
    """Whether a turn was searched for; one about the last answer, or of a place alone, says nothing of the subject."""
    pinpoint = pinpointed(turn, names)
    return about_last(turn) is None and (pinpoint is None or bool(pinpoint.about))
