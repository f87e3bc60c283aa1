"""A question as every surface asks it: within what may be seen, the filters set, and the submitters that it names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.answer import Answer
from bot.answering import Answerer
from bot.choose import Where
from bot.place import place_of
from bot.scope import EVERYTHING, Filters, narrow
from bot.turns import QuestionError, Turn, clean
from index.search import Scope


def ask(
    answerer: Answerer,
    question: str,
    history: Sequence[Turn] = (),
    *,
    scope: Scope = None,
    filters: Filters = EVERYTHING,
    where: Where | None = None,
    quotes: int = 3,
) -> Answer:
    """The answer from the submissions in `scope`, of these those that pass, and of these those whose submitters speak.

    The answer's `searched_in` lists them where filters or names made them fewer. QuestionError as the answerer's.
    """
    answerer = answerer.at_once()
    visible = answerer.documents.within(scope, filters)
    narrowed = narrow([*(turn.question for turn in history), question], visible)
    if filters == EVERYTHING and narrowed.references is None:
        return answerer.answer(question, history, scope=scope, where=where, quotes=quotes)
    chosen = [d for d in visible if narrowed.references is None or d.reference in narrowed.references]
    *earlier, plain = narrowed.turns
    turns = [replace(turn, question=words) for turn, words in zip(history, earlier, strict=True)]
    within = frozenset(document.reference for document in chosen)
    answer = answerer.answer(plain, turns, scope=within, where=where, quotes=quotes)
    # The names that were left out of the search are not told as a change of the question.
    resolved = clean(question) if answer.resolved_question == clean(plain) else answer.resolved_question
    fewer = () if len(chosen) == len(answerer.documents.within(scope)) else tuple(chosen)
    return replace(answer, question=question, resolved_question=resolved, searched_in=fewer)


def in_thread(answerer: Answerer, question: str, earlier: Iterable[str], filters: Filters = EVERYTHING) -> Answer:
    """The answer to a question after earlier ones of the same person, which are answered on the way."""
    turns: list[Turn] = []
    for asked in earlier:
        try:
            turns.append(turn_of(ask(answerer, asked, turns, filters=filters)))
        except QuestionError:
            continue  # an empty turn adds nothing to a thread
    return ask(answerer, question, turns, filters=filters)


def turn_of(answer: Answer) -> Turn:
    """What a thread remembers of an answer."""
    return Turn(answer.question, tuple(place_of(quote.document, quote.span) for quote in answer.quotes))
