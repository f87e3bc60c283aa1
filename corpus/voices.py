"""Whose words paragraphs that follow each other are: the submitter's, or those of whom it quotes.

A quotation may be one paragraph or several, set off by its format, by quotation marks, or only by the words above it;
who said it may stand above it, within it, or on a line of its own below.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.attribution import Utterance, is_signed, last_sentence, quotation_left_open, quotations, signed_words
from corpus.attribution_lines import attribution, is_attribution
from corpus.clause_before import introduced, named
from corpus.document import Span
from corpus.labelled_words import labelled_words
from corpus.own_words import introduces_itself
from corpus.quotation_marks import CLOSE, OPEN, SINGLE, closes_first, is_quotation
from corpus.reading import Style
from corpus.sentences import blank_markers
from corpus.speakers import Speaker
from corpus.testimony import goes_on_telling, told_below
from corpus.transcripts import transcript, turn

_LONGEST = 60  # paragraphs of one quotation: bounds the search for its end
_UNMARKED = 3  # paragraphs of a quotation that no mark opens anew


@dataclass(frozen=True, slots=True)
class _Paragraphs:
    """Paragraphs that follow each other, with the style of each."""

    lines: Sequence[str]
    styles: Sequence[Style]

    def line(self, index: int) -> str:
        """The paragraph at an index; empty where there is none."""
        return self.lines[index] if 0 <= index < len(self.lines) else ""

    def is_(self, style: Style, *indices: int) -> bool:
        """Whether the paragraphs at these indices are all of one style."""
        return all(0 <= index < len(self.styles) and self.styles[index] is style for index in indices)


def utterances(lines: Sequence[str], styles: Sequence[Style], *, one: bool = False) -> list[list[Utterance]]:
    """The voices of paragraphs that follow each other, one list for each; spans count from each paragraph's start.

    The submitter is `one` who speaks of itself as I.
    """
    row = _Paragraphs(lines, styles)
    interview, labelled = transcript(lines), labelled_words(lines, one=one)
    found: list[list[Utterance]] = []
    while (at := len(found)) < len(lines):
        if at in interview:
            found.append([turn(lines[at], found[-1][-1].speaker if at > interview.start else None)])
        elif at in labelled:
            begins, speaker = labelled[at]
            words = _whole(lines[at][begins:], speaker).moved(begins)
            found.append([replace(words, span=Span(0, len(lines[at])).shrink(lines[at]))])
        elif row.is_(Style.QUOTATION, at):
            found += _set_off(row, at)
        else:
            signed = signed_words(lines[at])
            found += [signed] if signed else _told(row, at) or [quotations(lines[at])]
    return found


def _told(row: _Paragraphs, at: int) -> list[list[Utterance]]:
    return _marked(row, at) or _unmarked(row, at) or _left_open(row, at)


def _set_off(row: _Paragraphs, at: int) -> list[list[Utterance]]:
    """Quotations that the format sets off: each of the name at its foot, or of whom the paragraph above introduces.

    Where a name opens the row, names stand above the words in it; the last may have its name below the row.
    """
    end = at
    while row.is_(Style.QUOTATION, end):
        end += 1
    names = [index for index in range(at, end) if is_attribution(row.lines[index], set_off=True)]
    above = bool(names) and names[0] == at and names[-1] < end - 1
    found = []
    for index, line in enumerate(row.lines[at:end], start=at):
        beside = names[bisect_right(names, index) - 1] if above else [*names, end][bisect_left(names, index)]
        signed = attribution(row.line(beside), set_off=beside < end)
        speaker = signed or (_speaker_above(row, at) if index <= min(names, default=end) else Speaker(None))
        found.append(quotations(line) if index in names or is_signed(line) else [_whole(line, speaker)])
    return found


def _marked(row: _Paragraphs, at: int) -> list[list[Utterance]]:
    """A quotation that begins its paragraph: of the name on the line below it, else of whom the line above names."""
    line = row.lines[at]
    opens = line.startswith(tuple(OPEN)) and not any(mark in line[1:] for mark in CLOSE)
    closes = at if is_quotation(line) else _closed_below(row, at) if opens else None
    if closes is None:
        return []
    speaker = attribution(row.line(closes + 1)) or _speaker_above(row, at)
    return _up_to(row, at, closes, speaker)


def _unmarked(row: _Paragraphs, at: int) -> list[list[Utterance]]:
    """Words without quotation marks below 'One parent told us:', with what goes on to tell or the rest of the list."""
    lead, item = row.line(at - 1), row.is_(Style.ITEM, at)
    speaker = told_below(lead, row.lines[at], item=item)
    found: list[list[Utterance]] = []
    while speaker and not row.line(at).startswith((*OPEN, *SINGLE)):
        found.append([_whole(row.lines[at], speaker)])
        at += 1
        if row.is_(Style.ITEM, at - 1, at):
            speaker = told_below(row.lines[at - 1], row.lines[at], item=True) or speaker
        elif item or not row.is_(row.styles[at - 1], at) or not goes_on_telling(lead, row.lines[at]):
            break
    below = attribution(row.line(at)) if found and not item else None
    return [[replace(words, speaker=below or words.speaker) for words in heard] for heard in found]


def _left_open(row: _Paragraphs, at: int) -> list[list[Utterance]]:
    """A quotation that is opened within its paragraph and not closed there."""
    heard = quotation_left_open(row.lines[at])
    closes = _closed_below(row, at) if heard else None
    if not heard or closes is None:
        return [heard] if heard else []
    return [heard, *_up_to(row, at + 1, closes, heard[-1].speaker)]


def _up_to(row: _Paragraphs, at: int, closes: int, speaker: Speaker | None) -> list[list[Utterance]]:
    """The paragraphs of a quotation to the one that closes it, behind which others may speak."""
    found = [[_whole(line, speaker)] for line in row.lines[at:closes]]
    last = row.lines[closes]
    end = 0 if _closed(last) else closes_first(blank_markers(last))
    after = [utterance.moved(end) for utterance in quotations(last[end:])] if end else []
    return [*found, [_whole(last[:end] if end else last, speaker), *after]]


def _closed_below(row: _Paragraphs, at: int) -> int | None:
    """The paragraph that closes a quotation opened above it; each one between opens it anew or has no marks at all."""
    for index in range(at + 1, min(at + _LONGEST, len(row.lines))):
        plain = blank_markers(row.lines[index])
        if closes_first(plain) or _closed(row.lines[index]):
            return index
        if not plain.startswith(tuple(OPEN)) and (index > at + _UNMARKED or any(mark in plain for mark in OPEN)):
            return None
    return None


def _closed(line: str) -> bool:
    return blank_markers(line).rstrip(" .,;\u00a0").endswith(tuple(CLOSE)) or is_quotation(line)


def _speaker_above(row: _Paragraphs, at: int) -> Speaker | None:
    """Whom the paragraph above introduces, or the one above a list of quotations; None for the submitter itself."""
    first = max(0, at - _LONGEST)
    while (
        at > first
        and row.is_(Style.ITEM, at, at - 1)
        and (is_quotation(row.lines[at - 1]) or is_signed(row.lines[at - 1]))
    ):
        at -= 1
    sentence = last_sentence(row.line(at - 1)).rstrip()
    if not sentence.endswith(":"):
        return named(sentence) or Speaker(None)
    return None if introduces_itself(sentence) else introduced(sentence) or Speaker(None)


def _whole(line: str, speaker: Speaker | None) -> Utterance:
    """A paragraph as the speaker's words, without the quotation marks round it."""
    plain = blank_markers(line)
    single = SINGLE.get(plain[:1], "") if is_quotation(line) else ""
    end = len(plain.rstrip(" \u00a0.,;\u2003"))
    within = not single and plain[:1] not in tuple(OPEN) and plain.count("“") >= plain.count("”")
    closed = end and not within and plain[end - 1] in (single or CLOSE)
    start = int(plain[:1] in tuple(OPEN) or bool(single))
    inner = Span(start, max(start, end - 1 if closed else len(plain.rstrip())))
    return Utterance(Span(0, len(line)).shrink(line), inner.shrink(line), speaker)
