"""Questions that nobody asked of the submitter, though they look so: those of its own survey, and one alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.document import Kind
from corpus.inquiry import TO_SUBMITTER, asking_sentences, is_labelled, is_remarked, sentences_in
from corpus.matter import HEADING_WORDS
from corpus.reading import Line, Style
from corpus.unanswered import is_not_answered

_OF_SURVEY = re.compile(
    r"\bour (?:\w+ )?(?:survey|poll|questionnaire)\b"
    r"|\b(?:survey|questionnaire|poll) (?:questions|results|findings|of)\b"
    r"|\b(?:annex|appendix)\b.*\b(?:survey|poll|questionnaire|interviews?)\b|\b(?:interview|topic) guide\b",
    re.I,
)


def mark_unasked(text: str, known: Sequence[Line], kinds: list[Kind]) -> None:
    """Questions of the submitter's own survey are only listed; one that stands alone may be anybody's: a heading."""
    surveyed = frozenset(_of_survey(text, known, kinds))
    asked = [index for index, kind in enumerate(kinds) if kind is Kind.QUESTION and index not in surveyed]
    if len(asked) == 1 and Kind.LISTED not in kinds and not _is_asked(text, known, asked[0]):
        words = known[asked[0]].span.slice(text).split()
        kinds[asked[0]] = Kind.HEADING if len(words) <= HEADING_WORDS else Kind.LISTED
    for index in surveyed:
        kinds[index] = Kind.LISTED


def _of_survey(text: str, known: Sequence[Line], kinds: Sequence[Kind]) -> Iterator[int]:
    """The questions below headings such as Annex: our survey, or Survey questions."""
    own = False
    for index, kind in enumerate(kinds):
        if kind is Kind.HEADING:
            own = _OF_SURVEY.search(known[index].span.slice(text)) is not None
        elif kind is Kind.QUESTION and own:
            yield index


def _is_asked(text: str, known: Sequence[Line], index: int) -> bool:
    """Whether a question shows by itself that the submitter is asked: by its label, by how to answer it, by you."""
    line = known[index].span.slice(text).strip()
    below = known[index + 1].span.slice(text) if index + 1 < len(known) else ""
    told = len(asking_sentences(line)) < len(sentences_in(line)) or is_remarked(line)
    shown = known[index].style is Style.QUESTION or is_labelled(line) or TO_SUBMITTER.search(line) is not None
    return shown or told or is_not_answered(below, line)
