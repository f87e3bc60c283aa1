"""Compares wordings fairly: words and punctuation marks, whatever the kind of quotation mark, dash or line break."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import accumulate

from rapidfuzz import fuzz

from corpus.document import Span
from corpus.sentences import blank_markers

_TOKEN = re.compile(r"\w+(?:[’'ʼ]\w+)*|[^\w\s]")
_SAME = str.maketrans('’‘ʼ“”„«»"‐‑‒–—―−', "''''''''" + "'" + "-------")
# Of the words of a quotation and of the place that comes nearest, this share must agree, or nothing was altered:
# it is another text.
LEAST_AGREEMENT = 0.6
FEWEST_WORDS = 4
MOST_WIDENED = 4  # differing tokens at an end of a quotation that are set beside the source's own
# "There has been a" agrees with anything: so many words of so many letters must be among those that agree.
CONTENT_LETTERS, FEWEST_WORDS_AGREEING = 4, 3


@dataclass(frozen=True)
class Wording:
    """A text as tokens, `folded` for comparing: in small letters, with one kind of quotation mark and dash."""

    text: str
    folded: tuple[str, ...]

    @cached_property
    def joined(self) -> str:
        """The folded tokens between single blanks."""
        return f" {' '.join(self.folded)} "

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each token begins in `joined`."""
        return tuple(accumulate((len(token) + 1 for token in self.folded), initial=1))[: len(self.folded)]

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Where each token stands in the text."""
        return tuple(Span(*match.span()) for match in _TOKEN.finditer(blank_markers(self.text)))

    def breaks(self, token: int) -> bool:
        """Whether a line ends after a token."""
        following = self.spans[token + 1 : token + 2]
        return not following or "\n" in self.text[self.spans[token].end : following[0].start]

    def raw(self, first: int, after: int, *, trailing: bool = False) -> str:
        """The text of tokens [first, after), with the blanks that follow if `trailing`."""
        if first >= after:
            return ""
        end = self.spans[after].start if trailing and after < len(self.spans) else self.spans[after - 1].end
        return self.text[self.spans[first].start : end]

    def span(self, first: int, after: int) -> Span:
        """Where tokens [first, after) stand."""
        return Span(self.spans[first].start, self.spans[after - 1].end)


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of a comparison: `same`, `left_out` (only in the source) or `put_in` (only in the quotation)."""

    kind: str
    text: str


@lru_cache(maxsize=256)
def wording(text: str) -> Wording:
    """The tokens of a text; the marks of its notes, such as [12], are not among them."""
    return Wording(text, tuple(map(_folded, _TOKEN.findall(blank_markers(text)))))


@lru_cache(maxsize=65_536)
def _folded(token: str) -> str:
    return fold(token).casefold()


def fold(token: str) -> str:
    """A token with one kind of quotation mark and dash, and accents in one form; its capitals stay."""
    return unicodedata.normalize("NFC", token).translate(_SAME)


def is_word(token: str) -> bool:
    """Whether a token is a word or number."""
    return token[:1].isalnum() or token[:1] == "_"


def occurrences(source: Wording, sought: Sequence[str]) -> Iterator[int]:
    """The indices of the tokens at which `sought` (folded) begins, in order."""
    needle = f" {' '.join(sought)} "
    at = source.joined.find(needle)
    while at >= 0:
        yield bisect_right(source.starts, at + 1) - 1
        at = source.joined.find(needle, at + 1)


def nearest(source: Wording, sought: Wording) -> tuple[float, int, int]:
    """The tokens [first, after) of the source most like `sought`, and their agreement in [0, 1], higher is better."""
    if sum(map(is_word, sought.folded)) < FEWEST_WORDS or not source.folded:
        return 0.0, 0, 0
    found = fuzz.partial_ratio_alignment(sought.joined, source.joined, score_cutoff=50)
    if found is None:
        return 0.0, 0, 0
    reach = max(10, len(sought.folded) // 2)
    low = max(0, bisect_right(source.starts, found.dest_start) - 1 - reach)
    high = min(len(source.folded), bisect_right(source.starts, found.dest_end) + reach)
    blocks = _blocks(source.folded[low:high], sought.folded)
    if not blocks:
        return 0.0, 0, 0
    first, after = low + blocks[0][0], low + blocks[-1][0] + blocks[-1][1]
    first, after = _with_ends(source, sought, first, after)
    agreeing = [token for at, size in blocks for token in source.folded[low + at : low + at + size]]
    if sum(len(token) >= CONTENT_LETTERS for token in agreeing) < FEWEST_WORDS_AGREEING:
        return 0.0, 0, 0
    words = sum(map(is_word, source.folded[first:after])) + sum(map(is_word, sought.folded))
    return 2 * sum(map(is_word, agreeing)) / words, first, after


def _with_ends(source: Wording, sought: Wording, first: int, after: int) -> tuple[int, int]:
    """A place widened by as many tokens as the quotation has before or after it that differ, within the line."""
    matcher = SequenceMatcher(None, source.folded[first:after], sought.folded, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    before, behind = blocks[0].b, len(sought.folded) - blocks[-1].b - blocks[-1].size
    while 0 < before <= MOST_WIDENED and first and is_word(source.folded[first - 1]) and not source.breaks(first - 1):
        first, before = first - 1, before - 1
    while 0 < behind <= MOST_WIDENED and not source.breaks(after - 1) and is_word(source.folded[after]):
        after, behind = after + 1, behind - 1
    return first, after


def _blocks(window: Sequence[str], sought: Sequence[str]) -> list[tuple[int, int]]:
    """(start, size) of the runs that agree, without small ones that lie far outside the others."""
    matcher = SequenceMatcher(None, window, sought, autojunk=False)
    blocks = [(block.a, block.size) for block in matcher.get_matching_blocks() if block.size]
    while len(blocks) > 1 and blocks[1][0] - sum(blocks[0]) > 2 + 3 * blocks[0][1]:
        blocks.pop(0)
    while len(blocks) > 1 and blocks[-1][0] - sum(blocks[-2]) > 2 + 3 * blocks[-1][1]:
        blocks.pop()
    return blocks


def changes(source: Wording, first: int, after: int, quoted: Wording) -> tuple[Change, ...]:
    """How the quotation differs, word by word, from tokens [first, after) of the source.

    What is `same` or `left_out` joins to the true wording, character for character.
    """
    ours = [fold(span.slice(source.text)) for span in source.spans[first:after]]
    theirs = [fold(span.slice(quoted.text)) for span in quoted.spans]
    made: list[Change] = []
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        end = first + b
        stretch = source.raw(first + a, end, trailing=end < after)
        if kind == "equal":
            made.append(Change("same", stretch))
            continue
        made += [Change("left_out", stretch)] if stretch else []
        made += [Change("put_in", quoted.raw(c, d))] if c < d else []
    return tuple(made)
