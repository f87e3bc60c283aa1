"""Questions that are only listed, as of an inquiry's terms of reference: neither asked there nor the submitter's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from corpus.attribution_lines import is_attribution
from corpus.document import Kind
from corpus.inquiry import LABEL, is_question, plain, sentences_in
from corpus.quotation_marks import is_quotation
from corpus.reading import Line, Style

_LEADS_TO_LIST = re.compile(
    r":\W*$|\b(?:following|below|as follows|these questions|terms of reference)\b[^.?!]*\W*$", re.I
)
_FEWEST = 3  # questions in a row that are a list of them, wherever they stand
_OF_INQUIRY = re.compile(
    r"\b(?:committee|inquiry|consultation)(?:['’]s)?\b|call for (?:written )?evidence|terms of reference"
    r"|\b(?:was|were|been|are) asked\b",
    re.I,
)
_ASKING = re.compile(r"\b(?:questions?|asks?|asked)\b", re.I)
_PERSONAL = re.compile(r"\b(?:i|me|my|mine|we|us|our|he|him|his|she|her)\b", re.I)
_OWN = re.compile(  # what the submitter asks, or would have others ask
    r"\b(?:we|i)\s+(?:(?:also|do|did|first|have|had|must|now|should|still|then|therefore|(?:would|'d|’d) (?:also )?like"
    r" to|want to|would)\s+)*(?:ask|asked|believe|feel|hope|invited?|pose[ds]?|propose|raised?|recommend|suggest|think"
    r"|urge|wish|wonder)\b"
    r"|\bour (?:\w+ ){0,2}(?:asks?|asked|questions?)\b"
    r"|\bquestions? (?:for|to) (?:\w+ )?(?:committee|council|department|government|inquiry|minister)s?\b"
    r"|\b(?:should|must|ought to|needs? to|ha[sv]e? to|will want to)\s+(?:\w+\s+){0,2}?"
    r"(?:address|answer|ask|consider|examine|explain|explore|investigate|look|resolve|respond)\b",
    re.I,
)


def mark_quoted(text: str, known: Sequence[Line], kinds: list[Kind]) -> None:
    """Questions in quotation marks with nobody beside them are the committee's where most questions stand in them.

    A single one, where nothing else is asked, may be anybody's: it is neither asked nor quoted.
    """
    quoted = [index for index in range(len(kinds)) if _is_quoted(text, known, kinds, index)]
    others = sum(kind is Kind.QUESTION for kind in kinds)
    if len(quoted) > others:
        for index in quoted:
            kinds[index] = Kind.QUESTION if len(quoted) > 1 else Kind.LISTED


def _is_quoted(text: str, known: Sequence[Line], kinds: Sequence[Kind], index: int) -> bool:
    line = known[index].span.slice(text)
    if kinds[index] is not Kind.PASSAGE or known[index].style not in (Style.UNKNOWN, Style.PARAGRAPH):
        return False
    if not is_quotation(line) or not is_question(line.strip(' .,;“”"')) or _PERSONAL.search(line):
        return False
    above = known[index - 1].span.slice(text) if index else ""
    below = known[index + 1].span.slice(text) if index + 1 < len(known) else "–"
    named = above.endswith(":") and not _asks_for_committee(above)
    return not (named or is_attribution(below) or below.startswith(("–", "—", "-", "(")))


def mark_listed(text: str, known: Sequence[Line], kinds: list[Kind]) -> None:
    """Questions in a row below a line that announces them are its list; in items of a list the committee's alone."""
    _mark_lone_items(text, known, kinds)
    at = 0
    items = [kind is Kind.PASSAGE and line.style is Style.ITEM for kind, line in zip(kinds, known, strict=True)]
    for (kind, item), row in groupby(zip(list(kinds), items, strict=True)):
        after = at + len(list(row))
        count = _items if item else _questions if kind is Kind.QUESTION else None
        size = count(text, known, kinds, at, after) if at and count else 0
        kinds[at : at + size] = [Kind.LISTED] * size
        at = after


def _mark_lone_items(text: str, known: Sequence[Line], kinds: list[Kind]) -> None:
    """Items that ask, each with prose below it, are answered one by one: they are the committee's, not quoted."""
    items = [kind is Kind.PASSAGE and line.style is Style.ITEM for kind, line in zip(kinds, known, strict=True)]
    lone = [
        index
        for index in range(1, len(kinds) - 1)
        if items[index - 1 : index + 2] == [False, True, False]
        and kinds[index + 1] is Kind.PASSAGE
        and is_question(known[index].span.slice(text))
        and not _OWN.search(known[index - 1].span.slice(text))
    ]
    for index in lone if len(lone) > 1 else []:
        kinds[index] = Kind.LISTED


def _questions(text: str, known: Sequence[Line], kinds: Sequence[Kind], at: int, after: int) -> int:
    """How many of the questions in a row are the list of the paragraph above them, or all that a heading has."""
    above = known[at - 1].span.slice(text)
    questions = [line.span.slice(text) for line in known[at:after]]
    if any(line.style in (Style.HEADING, Style.QUESTION) for line in known[at:after]):
        return 0
    if kinds[at - 1] is Kind.HEADING:
        size = _size(questions, _FEWEST)
        return size if size == len(questions) and _fill_section(known, kinds, at, after) else 0
    if not _LEADS_TO_LIST.search(above):
        return 0
    return _size(questions, 2 if _asks_for_committee(above) else _FEWEST)


def _fill_section(known: Sequence[Line], kinds: Sequence[Kind], at: int, after: int) -> bool:
    """Whether the lines between a heading and the next one are all that stands under it."""
    return after < len(kinds) and kinds[after] is Kind.HEADING and known[after].level <= known[at - 1].level


def _items(text: str, known: Sequence[Line], kinds: Sequence[Kind], at: int, after: int) -> int:
    """How many of the items in a row are the committee's: all where half of them ask, below a line that says so.

    Items that all ask below a question are its parts.
    """
    above = known[at - 1].span.slice(text)
    items = [line.span.slice(text) for line in known[at:after]]
    asking = sum(is_question(item) for item in items)
    if kinds[at - 1] is Kind.QUESTION:
        return asking if asking == len(items) else 0
    led = _OF_INQUIRY.search(above) if kinds[at - 1] is Kind.HEADING else _LEADS_TO_LIST.search(above)
    return after - at if led and 2 * asking >= after - at and _asks_for_committee(above) else 0


def _asks_for_committee(lead: str) -> bool:
    """Whether a line announces questions that somebody asked of the submitter."""
    last = (sentences_in(lead) or [lead])[-1]
    return bool(_OF_INQUIRY.search(last) or _ASKING.search(last)) and not _OWN.search(last)


def _size(questions: Sequence[str], fewest: int) -> int:
    """How many of the questions in a row are a list: up to one that is said again or labelled in another way."""
    labelled = LABEL.match(questions[0]) is not None
    said = [plain(question) for question in questions]
    ends = (
        index
        for index, question in enumerate(questions)
        if (LABEL.match(question) is not None) is not labelled or said[index] in said[:index]
    )
    size = next(ends, len(questions))
    return size if size >= fewest else 0
