"""A question as every surface asks it: within what may be seen, the filters set, and the submitters that it names."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from bot.answer import Answer
from bot.answering import Answerer, Turn
from bot.choose import Where
from bot.scope import Filters, References, narrow
from bot.submitters import names_of
from corpus.document import Submissions
from index.folder import current_build
from index.search import Index

EVERYTHING = Filters()
_SCOPES_KEPT = 16
_ADOPTING = threading.Lock()  # between the look whether a build is current and the adopting no other is adopted


def ask(
    answerer: Answerer,
    question: str,
    history: Sequence[Turn] = (),
    *,
    scope: References = None,
    filters: Filters = EVERYTHING,
    where: Where | None = None,
    quotes: int = 3,
) -> Answer:
    """The answer from the submissions in `scope`, of these those that pass, and of these those whose submitters speak.

    The answer's `searched_in` lists them where filters or names made them fewer. QuestionError as the answerer's.
    """
    answerer = answerer.at_once()
    visible = admitted(answerer, scope, filters)
    narrowed = narrow([*(turn.question for turn in history), question], visible)
    if filters == EVERYTHING and narrowed.references is None:
        return answerer.answer(question, history, scope=scope, where=where, quotes=quotes)
    chosen = [d for d in visible if narrowed.references is None or d.reference in narrowed.references]
    *earlier, plain = narrowed.turns
    turns = [replace(turn, question=words) for turn, words in zip(history, earlier, strict=True)]
    within = frozenset(document.reference for document in chosen)
    answer = answerer.answer(plain, turns, scope=within, where=where, quotes=quotes)
    # The names that were left out of the search are not told as a change of the question.
    resolved = question if answer.resolved_question == plain else answer.resolved_question
    fewer = () if len(chosen) == len(admitted(answerer, scope, EVERYTHING)) else tuple(chosen)
    return replace(answer, question=question, resolved_question=resolved, searched_in=fewer)


def admitted(answerer: Answerer, scope: References, filters: Filters) -> Submissions:
    """The submissions in `scope` that pass the filters."""
    if scope is None and filters == EVERYTHING:
        return answerer.documents
    return _admitted(answerer.documents, scope, filters)


def adopt(answerer: Answerer, index: Index, folder: Path) -> bool:
    """Answer from this index from now on, and let go of what is known of the submissions before.

    False where another build became the current one in `folder` while this one was loaded: the old one goes on serving.
    """
    with _ADOPTING:
        if index.build != current_build(folder):
            return False
        answerer.adopt(index)
    _forget_submissions()
    return True


def limit(answerer: Answerer, index: Index, references: References) -> None:
    """Answer from these submissions of the index alone, unless another index was adopted meanwhile."""
    with _ADOPTING:
        if answerer.index is not index or answerer.limited_to == references:
            return
        answerer.limit(references)
    _forget_submissions()


def _forget_submissions() -> None:
    _admitted.cache_clear()
    names_of.cache_clear()


@lru_cache(_SCOPES_KEPT)
def _admitted(documents: Submissions, scope: References, filters: Filters) -> Submissions:
    visible = [document for document in documents if scope is None or document.reference in scope]
    passing = filters.references(visible)
    return Submissions(document for document in visible if passing is None or document.reference in passing)
