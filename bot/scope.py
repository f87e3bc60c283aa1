"""Which submissions are searched: filters by what is known of them, and whom a question names as speaking."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.last_answer import about_last
from bot.leaning import leans
from bot.speaking import speakers_in
from bot.submitters import Names, name_forms, names_of
from corpus.document import Document
from corpus.errors import Mendable
from corpus.metadata import Metadata
from index.search import Scope

DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_PARTS_KEPT = 16  # channels and filters, of a corpus
NAMED = 3  # submitters and references that are named where one is told what was searched; of more, how many


class DateError(Mendable):
    """A date that is none; the message tells the person who wrote it, `filter` is `since` or `until`."""

    def __init__(self, written: str, filter_name: str) -> None:
        super().__init__(f"{written!r} is no date: write it as 2020, 2020-06 or 2020-06-30")
        self.filter = filter_name


@dataclass(frozen=True, slots=True)
class Filters:
    """What a submission must be; an empty field admits everything. Dates are 2020, 2020-06 or 2020-06-30.

    DateError for any other. A submission without a date passes no filter by date; of one dated 2020-06 any day
    of that month may be meant.
    """

    submission: str = ""
    submitter: str = ""
    inquiry: str = ""
    since: str = ""
    until: str = ""

    def __post_init__(self) -> None:
        for name, date in (("since", self.since), ("until", self.until)):
            if date and not DATE.fullmatch(date):
                raise DateError(date, name)

    def references(self, documents: Iterable[Document]) -> frozenset[str]:
        """The references of the submissions that pass."""
        known = [document.metadata for document in documents]
        if self.submission:
            known = [meta for meta in known if meta.reference.casefold() == self.submission.casefold()]
        known = _called(self.submitter, known, lambda meta: meta.submitter)
        known = _called(self.inquiry, known, lambda meta: meta.inquiry)
        return frozenset(meta.reference for meta in known if self._in_time(meta.date))

    def _in_time(self, date: str) -> bool:
        if not (self.since or self.until):
            return True
        if not DATE.fullmatch(date):
            return False
        since, until = self.since or "0000", self.until or "9999"
        return _last_day(date) >= _first_day(since) and _first_day(date) <= _last_day(until)


def _first_day(date: str) -> str:
    return f"{date}-00-00"[:10] if len(date) < 10 else date


def _last_day(date: str) -> str:
    return f"{date}-99-99"[:10] if len(date) < 10 else date


def _called(name: str, known: Sequence[Metadata], name_of: Callable[[Metadata], str]) -> list[Metadata]:
    """Those of this name in any of its forms; where nobody is called so, those whose name holds it."""
    if not name:
        return list(known)
    wanted = set(name_forms(name))
    exact = [meta for meta in known if wanted & set(name_forms(name_of(meta)))]
    return exact or [meta for meta in known if name.casefold() in name_of(meta).casefold()]


EVERYTHING = Filters()


class Submissions(tuple[Document, ...]):
    """The documents of a corpus or of a part of it, and what is known of them for as long as they are held."""

    @cached_property
    def names(self) -> Names:
        """The names of those who sent them."""
        return names_of(self)

    def within(self, scope: Scope, filters: Filters = EVERYTHING) -> Submissions:
        """Those in `scope` that pass the filters."""
        return self if scope is None and filters == EVERYTHING else self._parts(scope, filters)

    @cached_property
    def _parts(self) -> Callable[[Scope, Filters], Submissions]:
        return lru_cache(_PARTS_KEPT)(self._part)

    def _part(self, scope: Scope, filters: Filters) -> Submissions:
        visible = [document for document in self if scope is None or document.reference in scope]
        passing = filters.references(visible)
        return Submissions(document for document in visible if document.reference in passing)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The turns of a thread without the names of those who speak, and the submissions of these, None for all."""

    turns: tuple[str, ...]
    references: Scope


def narrow(turns: Sequence[str], documents: Submissions) -> Narrowed:
    """Whose submissions the last of a person's `turns` is about, among `documents`.

    A turn that names nobody and leans on the thread is about those of the turn before it.
    """
    names = documents.names
    plain: list[str] = []
    references: Scope = None
    for turn in turns:
        if spoken := speakers_in(turn, names, in_thread=bool(plain)):
            references = spoken.references
        elif not (plain and (leans(turn) or about_last(turn))):
            references = None
        plain.append(spoken.question if spoken and spoken.references != names.everybody else turn)
    return Narrowed(tuple(plain), references if references != names.everybody else None)


def searched_in(documents: Sequence[Document]) -> str:
    """What was searched, in one line: 'Searched in: Locality (PSR0074)'; "" for no documents."""
    by_submitter: dict[str, list[str]] = {}
    for document in documents:
        by_submitter.setdefault(document.metadata.submitter, []).append(document.reference)
    if not documents:
        return ""
    if len(by_submitter) > NAMED:
        return f"Searched in: {len(documents):,} submissions of {len(by_submitter):,} submitters"
    named = (f"{submitter} ({_counted(references)})" for submitter, references in by_submitter.items())
    return f"Searched in: {'; '.join(named)}"


def _counted(references: Sequence[str]) -> str:
    return ", ".join(references) if len(references) <= NAMED else f"{len(references)} submissions"
