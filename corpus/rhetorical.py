"""Questions that a submitter only asks for effect, told from those of the committee that it answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from corpus.document import Kind
from corpus.inquiry import LABEL, TO_SUBMITTER, only_asks, plain
from corpus.matter import is_caption
from corpus.numbers import printed_numbers
from corpus.reading import Line, Style
from corpus.unasked import asks_for_effect, mark_unasked

_SET_IN = (Style.ITEM, Style.QUOTATION, Style.ROW, Style.HEADER)
_NUMBER = re.compile(r"[\[(]?(?:(Q)(?:uestion)?\.?\s*)?(\d{1,2}(?:\.\d{1,2})*)(?![\d%]|\s*(?:st|nd|rd|th)\b)", re.I)


def mark_own(text: str, known: Sequence[Line], kinds: list[Kind], *, listed: bool) -> None:
    """Makes passages and headings of the questions that are the submitter's; `listed` if the committee's are known.

    One without a label below the last labelled one may be anybody's, unless it is for effect (But who ...).
    """
    _mark_numbered(text, known, kinds)
    if not listed:
        mark_unasked(text, known, kinds)
    own = [] if listed else list(_outside_scheme(text, known, kinds))
    for index in own:
        line = known[index].span.slice(text)
        last = Kind.QUESTION not in [kind for at, kind in enumerate(kinds) if at > index and at not in own]
        unsure = last and not _label(line)[0] and not asks_for_effect(line)
        kinds[index] = Kind.LISTED if unsure else Kind.PASSAGE
        if known[index].style is Style.HEADING:
            kinds[index] = Kind.HEADING


def _outside_scheme(text: str, known: Sequence[Line], kinds: Sequence[Kind]) -> Iterator[int]:
    """Questions without a label, or with one below the level of the others, where those are labelled and answered.

    One that speaks to the submitter, stands directly below a question, is said again or stands where a label is
    missing is the committee's, and so are deeper ones unless most paragraphs at their level only tell.
    """
    lines = [line.span.slice(text) for line in known]
    labels = [_label(line) for line in lines]
    questions = [index for index, kind in enumerate(kinds) if kind is Kind.QUESTION]
    asked = _scheme(labels, kinds, questions)
    said = Counter(plain(lines[index]) for index in questions)
    for index in questions if asked else []:
        rank = labels[index][0]
        apart = not rank and LABEL.match(lines[index])
        if rank and (rank <= labels[asked[0]][0] or not _among_paragraphs(labels, kinds, rank)):
            continue
        if apart or known[index].style is Style.QUESTION or TO_SUBMITTER.search(lines[index]):
            continue
        if (
            said[plain(lines[index])] == 1
            and kinds[index - 1] is not Kind.QUESTION
            and _no_label_missing(index, [(at, labels[at][1]) for at in asked])
        ):
            yield index


def _label(line: str) -> tuple[int, int]:
    """The rank of a label and its first number: 1 for Q3, 2 for 3, 3 for 3.1; 0 where there is none."""
    match = _NUMBER.match(line)
    if match is None:
        return 0, 0
    parts = match[2].split(".")
    return 1 if match[1] else 1 + len(parts), int(parts[0])


def _scheme(labels: Sequence[tuple[int, int]], kinds: Sequence[Kind], questions: Sequence[int]) -> list[int]:
    """The questions whose labels are of the highest rank that two share, if half of them have words below."""
    ranks = Counter(labels[index][0] for index in questions if labels[index][0])
    scheme = min((rank for rank, count in ranks.items() if count > 1), default=-1)
    asked = [index for index in questions if labels[index][0] == scheme]
    answered = sum(index + 1 < len(kinds) and kinds[index + 1] is not Kind.QUESTION for index in asked)
    return asked if 2 * answered >= len(asked) else []


def _among_paragraphs(labels: Sequence[tuple[int, int]], kinds: Sequence[Kind], rank: int) -> bool:
    beside = Counter(kind for kind, label in zip(kinds, labels, strict=True) if label[0] == rank)
    return beside[Kind.PASSAGE] > beside[Kind.QUESTION]


def _no_label_missing(index: int, asked: Sequence[tuple[int, int]]) -> bool:
    """Whether the labels above and below a line, each with its number, follow each other."""
    above = [number for at, number in asked if at < index]
    below = [number for at, number in asked if at > index]
    return not below or below[0] <= (above[-1] if above else 0) + 1


def _mark_numbered(text: str, known: Sequence[Line], kinds: list[Kind]) -> None:
    """A paragraph among numbered ones that only ends by asking is the submitter's own.

    One that does nothing but ask, with nothing below it or alone among them, may be anybody's: it is neither asked nor
    quoted.
    """
    able = [i for i, kind in enumerate(kinds) if kind in (Kind.PASSAGE, Kind.QUESTION)]
    breaks = list(accumulate(kind is Kind.HEADING for kind in kinds))
    numbers = printed_numbers(text, [known[i].span for i in able], [breaks[i] for i in able])
    runs = {able[at]: printed.run for at, printed in numbers.items()}
    size = Counter(runs.values())
    asking = Counter(run for index, run in runs.items() if kinds[index] is Kind.QUESTION)
    for index, run in runs.items():
        line = known[index]
        if kinds[index] is not Kind.QUESTION or line.style is Style.QUESTION or 2 * asking[run] >= size[run]:
            continue
        below = _below(text, known, index)
        ends = below == len(kinds) or kinds[below] is Kind.HEADING
        if (ends or runs.get(below) == run) and not only_asks(line.span.slice(text)):
            kinds[index] = Kind.PASSAGE
        elif ends or (asking[run] == 1 and runs.get(below) == run and line.style is not Style.HEADING):
            kinds[index] = Kind.LISTED


def _below(text: str, known: Sequence[Line], index: int) -> int:
    """The next line below that is not set in: no item, quotation, table or caption."""
    lines = range(index + 1, len(known))
    apart = (i for i in lines if known[i].style not in _SET_IN and not is_caption(known[i].span.slice(text)))
    return next(apart, len(known))
