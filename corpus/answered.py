"""Which questions of the committee are answered: by the words below each, or by those that several share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from corpus.document import Block, Kind
from corpus.inquiry import rows_of
from corpus.reading import Line, Style
from corpus.unanswered import answers_after_all, is_not_answered

_TOGETHER = re.compile(
    r"\b(?:questions?|Qs?)\.? ?\d{1,2} ?(?:,|and|&|to|-|–|through)"
    r"|\b(?:both|these|the (?:above|last|previous|two|three|four)(?: \w+)?) questions\b"
    r"|\b(?:taken|answered?|addressed?|considered|responded? to|responding|dealt with)\b.{0,40}"
    r"\b(?:together|jointly)\b",
    re.I,
)
_OPENING = 30  # words of an answer in which it says so


def is_answered(
    text: str, blocks: Sequence[Block], lines: Sequence[Line], question: int, *, below: int, level: int
) -> bool:
    """Whether the first words from `below` on answer a question, or those that go on from them.

    The header of a table or a heading does not. None are below the question that stand under a heading no deeper than
    the `level` of the one above it.
    """
    for index in range(below, len(blocks)):
        if blocks[index].kind is Kind.HEADING and blocks[index].level <= level:
            return False
        if blocks[index].kind is Kind.PASSAGE and lines[index].style is not Style.HEADER:
            if not is_not_answered(blocks[index].span.slice(text), blocks[question].span.slice(text)):
                return True
            following = blocks[index + 1 : index + 2]
            return any(b.kind is Kind.PASSAGE and answers_after_all(b.span.slice(text)) for b in following)
        if blocks[index].kind not in (Kind.HEADING, Kind.LISTED, Kind.PASSAGE):
            return False
    return False


def below_questions(text: str, blocks: Sequence[Block]) -> dict[int, int]:
    """For each question the block below it: below all that share an answer, as parts of one or answered together."""
    found: dict[int, int] = {}
    for asking, run in groupby(range(len(blocks)), key=lambda index: blocks[index].kind is Kind.QUESTION):
        row = list(run)
        if not asking:
            continue
        after = row[-1] + 1
        together = after < len(blocks) and _answers_together(blocks[after].span.slice(text))
        heads = rows_of([blocks[index].span.slice(text) for index in row])
        last = dict(zip(heads, row, strict=True))
        found |= {index: after if together else last[head] + 1 for head, index in zip(heads, row, strict=True)}
    return found


def _answers_together(line: str) -> bool:
    """Whether words say that they answer several questions: 'We answer questions 3 and 4 together.'."""
    return _TOGETHER.search(" ".join(line.split()[:_OPENING])) is not None
