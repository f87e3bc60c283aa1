"""Attribution: to whom the quotations within one paragraph belong.

The rules read what prose prints: quotation marks, verbs of saying, and the name and role beside them, whether
the attribution comes before the words or after them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.anaphora import goes_on_after, meant, says_by_pronoun
from corpus.attribution_lines import attribution
from corpus.clause_after import said_after
from corpus.clause_before import before_colon, introduced
from corpus.document import Span
from corpus.own_words import introduces_itself, speaks_itself
from corpus.quotation_marks import OPEN, SINGLE, holds_sentence, left_open, quoted_spans
from corpus.saying import REACH, leads_to_words, says
from corpus.sentences import MARKER, blank_markers
from corpus.speakers import POST, Speaker

_SIGNATURE = re.compile(r"(?<=[.!?…])\s+(?P<who>(?:\((?=[^()]*\)\W*$)|[–—] )[^():]{3,80}\)?)\W*$")
# '– Kitchen hand, Kent'; no work, emphasis or place in the submission
_UNKNOWN_SIGNATURE = re.compile(
    r"(?:[–—-]\s*|\((?=[^()]*\)))(?P<who>(?!(?:See|Table|Figure|Annex|Appendix|Box|Para|Section|Source|Emphasis|Ibid|Our|The|We)\b)"
    r"[A-Z][^()“”\".:;!?\d]{2,60}(?:\d{1,2})?)\)?[\s.]*"
)
_OPENS_ANEW = re.compile(r"[“\"](?=[A-Z])")
# 'Band 6 midwife'
_POST_BEHIND = re.compile(rf"(?P<who>(?=[A-Z])(?:[\w’'-]+ ){{0,4}}?{POST.pattern}(?:,? [\w’'-]+){{0,3}})")
_MARKS = re.compile(r"[“”\"‘]")
_NAMES = re.compile(r"\b(?!I\b)[A-Z]")  # somebody, as in 'and Age Cymru'
_JOINING_WORDS = 3  # between two quotations of one sentence; after more, another speaker may have the second


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch of one voice: `speaker` is None for the submitter. `words` leaves out the quotation marks."""

    span: Span
    words: Span
    speaker: Speaker | None

    def moved(self, by: int) -> Utterance:
        """The same stretch in a text in which its paragraph begins `by` characters later."""
        span, words = self.span, self.words
        return replace(self, span=Span(span.start + by, span.end + by), words=Span(words.start + by, words.end + by))


def quotations(paragraph: str) -> list[Utterance]:
    """The voices inside one paragraph, in order; together they cover it.

    A quotation of five words or more is somebody else's words when a verb of saying with its subject stands beside
    it, and nobody's that is known when it holds a whole sentence; other quotation marks are the submitter's.
    """
    plain = blank_markers(paragraph)
    found: list[Utterance] = []
    last: Speaker | None = None
    signed: Speaker | None = None
    at = 0
    for start, end in quoted_spans(plain):
        if introduces_itself(_lead(plain, at, start)):
            continue
        listed = signed is not None and not plain[at:start].strip()
        signed = _signed(plain, at, end)
        speaker = signed or _speaker_beside(plain, at, Span(start, end), None if listed else last)
        if speaker is None and not listed and not holds_sentence(plain, start, end):
            continue
        last = speaker = speaker or Speaker(None)
        below = len(paragraph[: _next_quotation(plain, end)].rstrip())
        stop = below if signed else _with_trailing_marks(paragraph, end)
        found += _own_words(paragraph, at, start)
        found.append(Utterance(Span(start, stop), Span(start + 1, end - 1).shrink(paragraph), speaker))
        at = stop
    return found + _own_words(paragraph, at, len(paragraph))


def quotation_left_open(paragraph: str) -> list[Utterance]:
    """The voices of a paragraph that opens a quotation and does not close it, which is the last; none of any other."""
    plain = blank_markers(paragraph)
    start = left_open(plain)
    if start is None:
        return []
    speaker = _speaker_beside(plain, 0, Span(start, len(plain)), None) or Speaker(None)
    span = Span(start, len(paragraph)).shrink(paragraph)
    words = Span(start + 1, len(plain.rstrip())).shrink(paragraph)
    return [*quotations(paragraph[:start]), Utterance(span, words, speaker)]


def is_signed(line: str) -> bool:
    """Whether a paragraph is a quotation with who said it behind it, as in '“…” – Ann Lee, carer'."""
    plain = blank_markers(line)
    spans = quoted_spans(plain) if plain.startswith((*OPEN, *SINGLE)) else []
    return bool(spans) and spans[0][0] == 0 and _signed(plain, 0, spans[0][1]) is not None


def signed_words(line: str) -> list[Utterance]:
    """A paragraph without quotation marks but with who said it: 'I lost my work. (Carer, Hull)'; none of any other."""
    plain = blank_markers(line)
    match = _SIGNATURE.search(plain, max(0, len(plain) - REACH))
    speaker = attribution(match["who"]) if match and not _MARKS.search(plain) else None
    if match is None or speaker is None or not POST.search(speaker.role or ""):
        return []
    return [Utterance(Span(0, len(line)).shrink(line), Span(0, match.start("who")).shrink(line), speaker)]


def last_sentence(paragraph: str) -> str:
    """The last sentence of a paragraph, its note marks blanked."""
    plain = blank_markers(paragraph)
    return _sentence_before(plain, len(plain.rstrip()))


def _signed(plain: str, at: int, end: int) -> Speaker | None:
    """The speaker set off behind a quotation by a dash, a bracket or its full stop; the one before it ended at `at`.

    Nothing follows but the end of the paragraph or the next quotation.
    """
    below = plain[end : _next_quotation(plain, end)][:REACH].strip(" .,;\u00a0")
    apart = below[:1] in ("–", "—", "-", "(") or plain[end - 2 : end - 1] in (".", "!", "?", "…")
    if not apart or len(below) >= REACH:
        return None
    return attribution(below) or _whoever_signs(plain[at:end].lstrip(), below)


def _next_quotation(plain: str, end: int) -> int:
    """Where the next quotation begins behind one that ends a sentence; the end of the paragraph where there is none."""
    match = _OPENS_ANEW.search(plain, end) if plain[end - 2 : end - 1] in (".", "!", "?", "…") else None
    return match.start() if match else len(plain)


def _whoever_signs(quotation: str, below: str) -> Speaker | None:
    """Whoever is set off behind a whole paragraph in quotation marks by a dash, in brackets, or as a post alone."""
    match = _UNKNOWN_SIGNATURE.fullmatch(below) or _POST_BEHIND.fullmatch(below)
    alone = quotation.startswith((*OPEN, *SINGLE)) and quotation[-2:-1] in (".", "!", "?", "…")
    return Speaker(None, match["who"].strip()) if match and alone and not says(below) else None


def _own_words(paragraph: str, start: int, end: int) -> list[Utterance]:
    span = Span(start, end).shrink(paragraph)
    return [Utterance(span, span, None)] if span.start < span.end else []


def _sentence_before(plain: str, start: int) -> str:
    """The words that lead to a quotation, back to the last full stop outside an abbreviation."""
    return re.split(r"[.!?][”’\"']?\s+(?=[“‘]?[A-Z])", plain[max(0, start - 2 * REACH) : start])[-1]


def _lead(plain: str, at: int, start: int) -> str:
    """The words of its sentence before a quotation; another quotation ended at `at`."""
    sentence, gap = _sentence_before(plain, start), plain[at:start]
    return gap if at and len(sentence) > len(gap) else sentence


def _speaker_beside(plain: str, at: int, quotation: Span, last: Speaker | None) -> Speaker | None:
    """Who is named beside a quotation; the one before it, of `last`, ended at `at`."""
    near, gap = _lead(plain, at, quotation.start), plain[at : quotation.start]
    between = gap if at and near == gap else ""
    she = meant(gap, near, last) if last else None
    above: Speaker | None = None
    if last and goes_on_after(gap, last):
        above = last
    elif last and says_by_pronoun(near):
        above = she
    else:
        above = introduced(near) or _whoever_leads(near, plain[quotation.start + 1])
    speaker = said_after(plain, quotation.end, above, she)
    if between and not says(between) and speaker is None:
        joins = len(between.split()) <= _JOINING_WORDS and not _NAMES.search(between)
        return last if joins else Speaker(None)
    return speaker


def _whoever_leads(near: str, first: str) -> Speaker | None:
    """Who speaks in words that name nobody: whoever alone stands before a colon, or somebody, by a verb of saying.

    `first` is the first character of the quotation: a small letter goes on with the sentence of the submitter.
    """
    if leads_to_words(near):
        return None if first.islower() or speaks_itself(near) else Speaker(None)
    return before_colon(near) if near.rstrip().endswith(":") and not says(near) else None


def _with_trailing_marks(paragraph: str, end: int) -> int:
    match = re.compile(rf"[.,;]?(?:\s*{MARKER.pattern})*[.,;]?").match(paragraph, end)
    return match.end() if match else end
