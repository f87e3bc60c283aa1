"""What each line of a submission is: title matter, heading, question of the committee, passage, closing matter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from corpus.attribution import is_signed, signed_words
from corpus.attribution_lines import AGED, is_attribution
from corpus.document import Block, Kind, Span
from corpus.errors import CorpusError
from corpus.inquiry import asks, asks_by_label, is_labelled, is_reworded
from corpus.labelled_words import begins_with_speaker
from corpus.listed import mark_listed, mark_quoted
from corpus.matter import (
    HEADING_WORDS,
    SENTENCE_END,
    is_caption,
    is_date,
    is_farewell,
    is_short,
    mark_title_and_closing,
    without_lists,
)
from corpus.metadata import Correction, Metadata
from corpus.quotation_marks import is_quotation, opens_with_speech
from corpus.reading import Line, Style, is_styled
from corpus.replies import mark_replies
from corpus.rhetorical import mark_own
from corpus.sentences import blank_markers
from corpus.unanswered import is_not_answered

_NEVER_ASKING = (Style.ITEM, Style.QUOTATION, Style.ROW, Style.HEADER)
_RUN_OF_HEADINGS = 3  # more short lines in a row than this are a list under the first of them


def classify(text: str, known: Sequence[Line], metadata: Metadata) -> list[Block]:
    """One block for each line of the body, headings with their level.

    What the format knows goes before what the words suggest; a reader's corrections have the last word.
    """
    lines = [line.span for line in known]
    styled = is_styled(known)
    kinds = [_kind(text, known, index, metadata.questions, styled=styled) for index in range(len(lines))]
    mark_replies(text, known, kinds)
    if not styled:
        _lists(text, lines, kinds)
    if not metadata.questions:
        mark_quoted(text, known, kinds)
    mark_listed(text, known, kinds)
    mark_own(text, known, kinds, listed=bool(metadata.questions))
    mark_title_and_closing(text, lines, kinds, [not is_not_answered(line.slice(text).strip()) for line in lines])
    fixed = _corrected(text, lines, metadata.corrections)
    for index, correction in fixed.items():
        kinds[index] = Kind(correction.kind)
    levels = _levels(kinds)
    if styled:
        deepest = max(line.level for line in known) + 1  # of a line that only its words show to be a heading
        levels = {index: known[index].level or deepest for index in levels}
    levels |= {index: correction.level for index, correction in fixed.items() if correction.level}
    blocks = [Block(line, kind, levels.get(i, 0)) for i, (line, kind) in enumerate(zip(lines, kinds, strict=True))]
    return without_lists(text, blocks)


def _kind(text: str, known: Sequence[Line], index: int, questions: Sequence[str], *, styled: bool) -> Kind:
    style = known[index].style
    line = blank_markers(known[index].span.slice(text)).strip()
    said = style in _NEVER_ASKING or (style is Style.PARAGRAPH and not (line[:1].isdigit() or is_labelled(line)))
    if style is Style.QUESTION or ((questions or not said) and asks(line, questions)):
        return Kind.QUESTION
    below = known[index + 1].span.slice(text) if index + 1 < len(known) else ""
    if not (questions or said) and asks_by_label(line, below):
        return Kind.QUESTION
    if questions and not said and style is not Style.HEADING and is_reworded(line):
        return Kind.LISTED
    if said:
        return Kind.PASSAGE
    if styled:
        return Kind.HEADING if style is Style.HEADING and not is_caption(line) else Kind.PASSAGE
    before = known[index - 1].span.slice(text) if index else ""
    if is_attribution(line) and (is_quotation(before) or AGED.search(line)):
        return Kind.PASSAGE
    spoken = is_quotation(line) or is_signed(line) or signed_words(line) or opens_with_speech(line)
    spoken = spoken or begins_with_speaker(line)
    apart = is_not_answered(line) or spoken or is_caption(line) or is_date(line) or line.startswith("Dear ")
    return Kind.HEADING if is_short(line) and not apart else Kind.PASSAGE


def _lists(text: str, lines: Sequence[Span], kinds: list[Kind]) -> None:
    """Short lines after a colon, or many of them in a row, are the items of a list, unless a farewell begins them."""
    for first, after in _runs(kinds):
        above = lines[first - 1].slice(text) if first else ""
        if is_farewell(lines[first].slice(text).strip()):
            continue
        if _is_open(above):
            kinds[first:after] = [Kind.PASSAGE] * (after - first)
        elif after - first > _RUN_OF_HEADINGS and first:
            kinds[first + 1 : after] = [Kind.PASSAGE] * (after - first - 1)


def _runs(kinds: Sequence[Kind]) -> list[tuple[int, int]]:
    """The rows of headings: index of the first, index after the last."""
    runs, index = [], 0
    for kind, row in groupby(list(kinds)):
        size = len(list(row))
        if kind is Kind.HEADING:
            runs.append((index, index + size))
        index += size
    return runs


def _is_open(line: str) -> bool:
    """Whether a list goes on below a line: it ends in a colon, or is an item without a full stop itself."""
    plain = blank_markers(line).strip()
    if plain.endswith(":"):
        return True
    ended = not plain or SENTENCE_END.search(plain) or is_not_answered(plain) or is_quotation(plain) or is_signed(plain)
    return not (ended or is_attribution(plain) or len(plain.split()) <= HEADING_WORDS)


def _corrected(text: str, lines: Sequence[Span], corrections: Sequence[Correction]) -> dict[int, Correction]:
    by_line = {text.count("\n", 0, line.start) + 1: index for index, line in enumerate(lines)} if corrections else {}
    fixed = {}
    for correction in corrections:
        index = by_line.get(correction.line)
        if index is None or not lines[index].slice(text).startswith(correction.text):
            raise CorpusError(f"submission.toml: line {correction.line} does not start with {correction.text!r}")
        if correction.kind not in set(Kind):
            raise CorpusError(f"submission.toml: kind {correction.kind!r} is none of {', '.join(Kind)}")
        fixed[index] = correction
    return fixed


def _levels(kinds: Sequence[Kind]) -> dict[int, int]:
    """Depths of headings, from how they stand in a row and from the questions that they lead to.

    The last of a row of headings above a question is a section of the inquiry; the others in the row stand
    above it. Elsewhere a row goes deeper line by line, and a heading alone is a sibling of the last one.
    """
    levels: dict[int, int] = {}
    section, deepest, answered_from = 0, 0, len(kinds)
    for first, after in _runs(kinds):
        asked = [i for i in range(first) if kinds[i] is Kind.QUESTION]
        if after < len(kinds) and kinds[after] is Kind.QUESTION:
            section = max(section, after - first)
            level = section - (after - first) + 1
        else:
            base = section + 1 if asked else 1
            level = base if after - first > 1 or (asked and asked[-1] >= answered_from) else max(deepest, base)
        levels |= {index: level + index - first for index in range(first, after)}
        deepest, answered_from = level + after - first - 1, after
    return levels
