"""Questions that name where to look: 'What does paragraph 12 say?', 'page 4 of PSR0074, please'."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.submitters import Names
from corpus.document import Document, Passage

_NUMBER = r"\d{1,4}(?:\.\d{1,3})*[a-z]?"
_PLACE = re.compile(
    r"(?:\b(?:in|on|at|from|under) )?(?:\bthe )?(?:\b(?:paragraphs?|paras?\.?)|¶{1,2}|(?P<page>\bpages?|\bpp?\.))"
    rf"\s?(?P<first>{_NUMBER})\b(?:\s?(?:[-–—]|to|and)\s?(?P<last>{_NUMBER})\b)?",
    re.I,
)
_OF = re.compile(r",? (?:of|in|from) +(?:(?:the|this|that|its|their|your|his|her|a) )?([^\W_]+)", re.I)
# What such a question says besides the place, where it asks for nothing but the words there.
_ASKS = frozenset(
    "a an the its it this that please pls thanks hi hello so and ok what whats s is are was were who whose does do did "
    "say says said saying state states stated read reads show give send tell get find quote open see want need can "
    "could would you i me us have there here stand stands in of on at from exactly verbatim full whole word words text "
    "wording summarise summarize explain submission submissions evidence document paper response".split()
)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """Paragraphs or pages from `first` to `last`; `about` are the words of the question that say more than that.

    `elsewhere` if they say of what it is the paragraph or page, which may be a heading or another document. `question`
    is the question with the submission in place of the pinpoint.
    """

    paged: bool
    first: str
    last: str
    about: frozenset[str]
    elsewhere: bool
    question: str

    def __str__(self) -> str:
        word = "page" if self.paged else "paragraph"
        return f"{word} {self.first}" if self.first == self.last else f"{word}s {self.first}–{self.last}"

    def holds(self, passage: Passage) -> bool:
        """Whether a passage stands there, or a part of it."""
        if self.paged:
            last = passage.document.page_at(passage.span.end - 1)
            return _order(self.first) <= _order(last) and _order(passage.page) <= _order(self.last)
        return _order(self.first) <= _order(passage.paragraph) <= _order(self.last)

    def passages(self, document: Document) -> list[Passage]:
        """What can be quoted of it in a submission."""
        return [passage for passage in document.passages if passage.sentences and self.holds(passage)]

    def named(self, passages: Iterable[Passage]) -> list[Passage]:
        """Those under headings that the question names; all where it asks for the place alone."""
        return [passage for passage in passages if self.about <= _headings(passage)]


def pinpointed(question: str, names: Names) -> Pinpoint | None:
    """The place that a question names; None for a question that names none, or more than one stretch."""
    places = list(_PLACE.finditer(question))
    if len(places) != 1:
        return None
    place, said = places[0], question
    for mention in names.mentions(question):
        said = said[: mention.start] + " " * (mention.end - mention.start) + said[mention.end :]
    before, behind = said[: place.start()], said[place.end() :]
    about = frozenset(_WORD.findall(f"{before} {behind}".casefold())) - _ASKS
    of = _OF.match(behind)
    first, last = place["first"].casefold(), (place["last"] or place["first"]).casefold()
    plain = f"{question[: place.start()]} the submission {question[place.end() :]}"
    elsewhere = of is not None and of[1].casefold() in about
    return Pinpoint(bool(place["page"]), first, last, about, elsewhere, " ".join(plain.split()))


def _headings(passage: Passage) -> frozenset[str]:
    return frozenset(_WORD.findall(" ".join([passage.part, *passage.section]).casefold()))


def _order(number: int | str | None) -> tuple[tuple[int, str], ...]:
    """A number in a form that sorts as readers count: 2 before 10, 1.9 before 1.10, 4 before 4a; none before all."""
    parts = re.findall(r"(\d+)([a-z]?)", str(number).casefold())
    return tuple((int(digits), letter) for digits, letter in parts)
