"""Whose words a stretch of text is: the submitter's, or those of a person or body that it quotes.

The rules read what prose prints: quotation marks, verbs of saying, and the name and role beside them, whether
the attribution comes before the words, after them or on a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Span
from corpus.quotation_marks import CLOSE, OPEN, closes_first, holds_sentence, is_quotation, left_open, quoted_spans
from corpus.sentences import MARKER, blank_markers
from corpus.speakers import (
    REACH,
    Speaker,
    attribution,
    before_colon,
    goes_on_after,
    introduced,
    is_attribution,
    named,
    named_for_all,
    names_another,
    said_after,
    says,
    says_by_pronoun,
)

_JOINING_WORDS = 3  # between two quotations of one sentence; after more, another speaker may have the second
_TELLING = re.compile(r"\b(?:said|says|told|tells|wrote|writes|explained|described|recalled)(?: [\w’'-]+){0,4}:$")
_OF_ONESELF = re.compile(r"\b(?:I|[Mm]y|[Mm]e)\b")
_LONGEST = 60  # paragraphs of one quotation: bounds the search for its end

_UNMARKED = 3  # paragraphs of a quotation that no mark opens anew


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch of one voice: `speaker` is None for the submitter. `words` leaves out the quotation marks."""

    span: Span
    words: Span
    speaker: Speaker | None


def quotations(paragraph: str) -> list[Utterance]:
    """The voices inside one paragraph, in order; together they cover it.

    A quotation of five words or more is somebody else's words when a verb of saying with its subject stands beside
    it, and nobody's that is known when it holds a whole sentence; other quotation marks are the submitter's.
    """
    plain = blank_markers(paragraph)
    found: list[Utterance] = []
    last: Speaker | None = None
    at = 0
    for start, end in quoted_spans(plain):
        signed = _signed(plain, end)
        speaker = signed or _speaker_beside(plain, at, Span(start, end), last)
        if speaker is None and not holds_sentence(plain, start, end):
            continue
        last = speaker = speaker or Speaker(None)
        stop = len(paragraph.rstrip()) if signed else _with_trailing_marks(paragraph, end)
        found += _own_words(paragraph, at, start)
        found.append(Utterance(Span(start, stop), Span(start + 1, end - 1).shrink(paragraph), speaker))
        at = stop
    return found + _own_words(paragraph, at, len(paragraph))


def is_signed(line: str) -> bool:
    """Whether a paragraph is a quotation with who said it behind it, as in '“…” – Ann Lee, carer'."""
    plain = blank_markers(line)
    spans = quoted_spans(plain) if plain[:1] in ("“", '"', "‘") else []
    return bool(spans) and spans[0][0] == 0 and _signed(plain, spans[0][1]) is not None


def _signed(plain: str, end: int) -> Speaker | None:
    """The speaker whom a dash or a bracket sets off between a quotation and the end of its paragraph."""
    below = plain[end : end + REACH].lstrip(" .,;\u00a0")
    return attribution(below) if len(plain) - end < REACH and below[:1] in ("–", "—", "-", "(") else None


def utterances(
    paragraphs: Sequence[str], set_off: Sequence[bool] = (), items: Sequence[bool] = ()
) -> list[list[Utterance]]:
    """The voices of paragraphs that follow each other, one list for each; spans count from each paragraph's start.

    `set_off` says which paragraphs the format sets off as quotations, `items` which are items of lists.

    A paragraph that is a quotation as a whole belongs to the name on the line below it, else to whom the
    paragraph above introduces. Words after 'Ann Lee, chair, described it:' are hers without quotation marks too.
    """
    found: list[list[Utterance]] = []
    speaking: Speaker | None = None  # whose quotation was opened in an earlier paragraph and not closed yet
    apart: Speaker | None = None  # whose words the block quotation is that the paragraph above belongs to
    person: Speaker | None = None  # whose words these are though they carry no marks
    for index, line in enumerate(paragraphs):
        if set_off and set_off[index] and speaking is None:
            apart = apart or _speaker_apart(paragraphs, set_off, index)
            alone = is_attribution(line, set_off=True) or is_signed(line)
            found.append(quotations(line) if alone else [_whole(line, apart)])
            continue
        apart = None
        before = paragraphs[index - 1] if index else ""
        after = paragraphs[index + 1] if index + 1 < len(paragraphs) else ""
        opens = line.startswith(tuple(OPEN)) and not any(mark in line[1:] for mark in CLOSE)
        if speaking is None and (
            is_quotation(line) or (opens and _closes_later(paragraphs[index + 1 : index + _LONGEST]))
        ):
            speaking = (
                attribution(_line_below(paragraphs[index : index + _LONGEST]))
                or _introduced_above(before)
                or Speaker(None)
            )
        goes_on = person if items and index and items[index - 1] and items[index] else None
        person = None if _is_marked(line) else _introduces_unmarked(before, line) or goes_on
        if speaking is None and person:
            found.append([_whole(line, person)])
            continue
        if speaking is None and (start := left_open(blank_markers(line))) is not None:
            *heard, opened = _opened(line, start)
            found.append([*heard, opened])
            if _closes_later(paragraphs[index + 1 : index + _LONGEST]):
                speaking = opened.speaker
            continue
        if speaking is None or (is_attribution(line) and after == ""):
            found.append(quotations(line))
            continue
        end = 0 if _closed(line) else closes_first(blank_markers(line))
        found.append([_whole(line[:end], speaking), *_after(line, end)] if end else [_whole(line, speaking)])
        if end or _closed(line):
            speaking = None
    return found


def _opened(line: str, start: int) -> list[Utterance]:
    """The voices of a paragraph that opens a quotation at `start` and does not close it; that quotation is the last."""
    plain = blank_markers(line)
    speaker = _speaker_beside(plain, 0, Span(start, len(plain)), None) or Speaker(None)
    span = Span(start, len(line)).shrink(line)
    return [*quotations(line[:start]), Utterance(span, Span(start + 1, len(plain.rstrip())).shrink(line), speaker)]


def _after(line: str, start: int) -> list[Utterance]:
    """The voices of a paragraph from `start` on."""
    return [
        Utterance(
            Span(heard.span.start + start, heard.span.end + start),
            Span(heard.words.start + start, heard.words.end + start),
            heard.speaker,
        )
        for heard in quotations(line[start:])
    ]


def _speaker_apart(paragraphs: Sequence[str], set_off: Sequence[bool], index: int) -> Speaker:
    """Who speaks in a block quotation: the name at its foot or below it, else who is introduced above it."""
    below = index
    last = min(len(paragraphs), index + _LONGEST)
    while below < last and set_off[below] and not is_attribution(paragraphs[below], set_off=True):
        below += 1
    foot = attribution(paragraphs[below], set_off=set_off[below]) if below < len(paragraphs) else None
    return foot or (_introduced_above(paragraphs[index - 1]) if index else None) or Speaker(None)


def _closes_later(paragraphs: Sequence[str]) -> bool:
    """Whether a quotation is closed in the paragraphs below, each of which opens it anew or has no marks at all."""
    for index, line in enumerate(paragraphs):
        plain = blank_markers(line)
        if closes_first(plain) or _closed(line):
            return True
        if not plain.startswith(tuple(OPEN)) and (index >= _UNMARKED or any(mark in plain for mark in OPEN)):
            return False
    return False


def _closed(line: str) -> bool:
    return blank_markers(line).rstrip(" .,;\u00a0").endswith(tuple(CLOSE)) or is_quotation(line)


def _line_below(paragraphs: Sequence[str]) -> str:
    """The line after the quotation that starts these paragraphs."""
    end = next((index for index, line in enumerate(paragraphs) if _closed(line)), 0)
    return paragraphs[end + 1] if end + 1 < len(paragraphs) else ""


def _introduced_above(paragraph: str) -> Speaker | None:
    sentence = _last_sentence(paragraph)
    return introduced(sentence) if sentence.rstrip().endswith(":") else named(sentence)


def _introduces_unmarked(paragraph: str, line: str) -> Speaker | None:
    """Who speaks by 'Ann Lee described it:' or, of words such as 'I have not slept', by 'One member told us:'."""
    sentence = _last_sentence(paragraph).rstrip()
    if not sentence.endswith(":"):
        return None
    telling = _TELLING.search(sentence) and _OF_ONESELF.search(line)
    return named_for_all(sentence) or (introduced(sentence) if telling else None)


def _is_marked(line: str) -> bool:
    return line.startswith((*OPEN, "‘"))


def _last_sentence(paragraph: str) -> str:
    plain = blank_markers(paragraph)
    return _sentence_before(plain, len(plain.rstrip()))


def _whole(line: str, speaker: Speaker) -> Utterance:
    """A paragraph as the speaker's words, without the quotation marks round it."""
    plain = blank_markers(line)
    single = plain.startswith("‘") and is_quotation(line)
    end = len(plain.rstrip(" \u00a0.,;\u2003"))
    closed = end and plain[end - 1] in (CLOSE, "’")[single]
    start = int(plain[:1] in tuple(OPEN) or single)
    inner = Span(start, max(start, end - 1 if closed else len(plain.rstrip())))
    return Utterance(Span(0, len(line)).shrink(line), inner.shrink(line), speaker)


def _own_words(paragraph: str, start: int, end: int) -> list[Utterance]:
    span = Span(start, end).shrink(paragraph)
    return [Utterance(span, span, None)] if span.start < span.end else []


def _sentence_before(plain: str, start: int) -> str:
    """The words that lead to a quotation, back to the last full stop outside an abbreviation."""
    return re.split(r"[.!?][”’\"']?\s+(?=[“‘]?[A-Z])", plain[max(0, start - 2 * REACH) : start])[-1]


def _speaker_beside(plain: str, at: int, quotation: Span, last: Speaker | None) -> Speaker | None:
    """Who is named beside a quotation; the one before it, of `last`, ended at `at`."""
    sentence = _sentence_before(plain, quotation.start)
    gap = plain[at : quotation.start]
    between = gap if at and len(sentence) > len(gap) else ""
    near = between or sentence
    meant = _meant(gap, near, last) if last else None
    above = None
    if last and goes_on_after(gap, last):
        above = last
    elif last and says_by_pronoun(near):
        above = meant
    elif says(near) or near.rstrip().endswith(":"):
        above = introduced(near) or (None if says(near) else before_colon(near))
    speaker = said_after(plain, quotation.end, above, meant)
    if between and not says(between) and speaker is None:
        return last if len(between.split()) <= _JOINING_WORDS else Speaker(None)
    return speaker


def _meant(gap: str, sentence: str, last: Speaker) -> Speaker:
    """Whom 'she said' means after a quotation: its speaker, unless somebody else or another sentence came between."""
    rest = gap.removesuffix(sentence).strip()
    new = len(gap) > REACH or re.match(r"[A-Z“‘]", rest) or len(re.findall(r"[.!?](?=\s|$)", rest)) > 1
    return named(sentence) or Speaker(None) if new or names_another(gap, last) else last


def _with_trailing_marks(paragraph: str, end: int) -> int:
    match = re.compile(rf"[.,;]?(?:\s*{MARKER.pattern})*[.,;]?").match(paragraph, end)
    return match.end() if match else end
