"""Where quotation marks open and close in a paragraph, “so” or ‘so’, and which of them hold whole sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.sentences import blank_markers

OPEN, CLOSE = '“"', '”"'
SINGLE = {"‘": "’", "'": "'"}  # what closes each
PHRASE_WORDS = 5  # quotation marks round fewer words are the submitter's own emphasis, not somebody's words
_LONGEST = 3000  # characters of a quotation in single marks: bounds the search for its end
_BESIDE = 80  # characters beside a quotation that say whether it begins and ends a sentence
_SENTENCES = re.compile(r"[.!?…][”’\"']?\s+[“‘\"]?[A-Z]")
_SHORTENED = r"(?:ve|re|s|d|ll|m|t|n|em|til|tis|twas|cause|bout|cos)\b"  # words that begin with an apostrophe
_SPEECH = re.compile(r"[“\"‘'][^“”\"‘]{8,}[.!?…][”\"’']")
_NEXT = re.compile(rf"[{OPEN}]|(?<![\w’'])(?:‘|'(?!{_SHORTENED}))(?=[^\W\d])")
_SINGLE_CLOSE = {mark: re.compile(rf"{close}(?!\w)") for mark, close in SINGLE.items()}
_SHORT_SENTENCE = re.compile(r"[“\"‘'][A-Z][\w’',-]*(?: [\w’',-]+){1,3}[.!…][”\"’']")
_POSSESSIVE = re.compile(r"s[’'] [a-z]")


def is_quotation(line: str) -> bool:
    """Whether a whole paragraph stands in quotation marks."""
    plain = blank_markers(line).strip(" \t\u00a0.,;")
    if len(plain.split()) < PHRASE_WORDS and not _SHORT_SENTENCE.fullmatch(plain):
        return False
    if plain[0] in SINGLE:
        return _closes_single(plain, 0) == len(plain)
    return plain[0] in OPEN and plain[-1] in CLOSE and not any(mark in CLOSE for mark in plain[1:-1])


def opens_with_speech(line: str) -> bool:
    """Whether a line begins with a sentence in quotation marks, whatever stands behind it."""
    return _SPEECH.match(line) is not None


def quoted_spans(plain: str) -> list[tuple[int, int]]:
    """The quotations of five words or more or of a whole sentence, marks included: [start, end) each, in order."""
    return [(a, b) for a, b in _marked(plain) if len(plain[a:b].split()) >= PHRASE_WORDS or _is_short(plain, a, b)]


def _is_short(plain: str, start: int, end: int) -> bool:
    """Whether a short quotation is a sentence that stands apart from the words beside it: “Nobody came.”"""
    apart = re.search(r"(?:^|[.!?…:,][”’\"']?)\s*$", plain[max(0, start - _BESIDE) : start])
    below = re.match(r"\s*(?:$|[A-Z“‘\"(–—-])", plain[end : end + _BESIDE])
    return bool(apart and below and _SHORT_SENTENCE.fullmatch(plain[start:end]))


def left_open(plain: str) -> int | None:
    """The offset of a curly mark that opens a quotation of five words or more, which its paragraph does not close."""
    start = plain.find("“", max(plain.rfind(mark) for mark in CLOSE) + 1)
    return start if start >= 0 and len(plain[start:].split()) >= PHRASE_WORDS else None


def closes_first(plain: str) -> int:
    """The offset after a curly mark that closes what an earlier paragraph opened; 0 where the paragraph has none."""
    close = plain.find("”", 1)
    return close + 1 if close >= 0 and "“" not in plain[1:close] else 0


def _marked(plain: str) -> Iterator[tuple[int, int]]:
    at = 0
    while match := _NEXT.search(plain, at):
        start = match.start()
        single = plain[start] in SINGLE
        end = _closes_single(plain, start) if single else _closes_double(plain, start)
        if end:
            yield start, end
        elif not single:
            return
        at = end or start + 1


def _closes_double(plain: str, start: int) -> int:
    """The offset after the mark that closes a double one; 0 where none does."""
    match = re.compile(f"[{CLOSE}]").search(plain, start + 1)
    return match.end() if match else 0


def _closes_single(plain: str, start: int) -> int:
    """The offset after the mark that closes a single one, which an apostrophe looks like; 0 where none does."""
    for match in _SINGLE_CLOSE[plain[start]].finditer(plain, start + 1, start + _LONGEST):
        if not _POSSESSIVE.match(plain, match.start() - 1):
            return match.end()
    return 0


def holds_sentence(plain: str, start: int, end: int) -> bool:
    """Whether a sentence lies wholly between the marks of a quotation [start, end)."""
    words, below = plain[start + 1 : end - 1].strip(), plain[end : end + _BESIDE].lstrip()
    if _SENTENCES.search(words):
        return True
    begins = re.search(r"(?:^|[.!?…][”’\"')]*)\s*$", plain[max(0, start - _BESIDE) : start])
    told = re.search(r":\s*$", plain[max(0, start - _BESIDE) : start]) and words[:1].isupper()
    closed = words[-1:] in (".", "!", "?", "…")
    ended = closed and (not below or re.match(r"[A-Z“‘\"(–—-]", below))
    return bool((begins and (not below or below[0] in ".!?" or ended)) or (told and ended))
