"""Mends misspelt names and rare words of a question with the corpus's own vocabulary."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection
from typing import Protocol

from rapidfuzz import fuzz, process

_WORD = re.compile(r"[^\W\d_]{4,}")
_ALIKE = 82.0  # rapidfuzz ratio, 0 to 100: 'Sandercok' and 'Sandercock' are at 95, 'through' and 'furlough' at 80
_LENGTHS = _ALIKE / (200 - _ALIKE)  # the ratio of two words is at most twice the shorter's share of their letters


class Vocabulary(Protocol):
    """The words of a corpus, in small letters, of four letters or more."""

    def has_word(self, word: str) -> bool:
        """Whether the corpus has the word."""

    def words_like(self, word: str, shortest: int, longest: int) -> Collection[str]:
        """The words with the same first letter, of a length between these."""


def mend(question: str, vocabulary: Vocabulary, is_word: Callable[[str], bool]) -> str:
    """The question with each unknown word replaced by the closest word of the corpus, where one is close enough.

    A word is unknown when neither the corpus nor the language (`is_word`) has it, so that a real word which the
    corpus lacks stays what it is: that nothing is said about it is an answer too.
    """

    def closest(match: re.Match[str]) -> str:
        word = match.group().casefold()
        if is_word(word) or vocabulary.has_word(word):  # the language first: it costs no look-up in the corpus
            return match.group()
        length = len(word)
        alike = vocabulary.words_like(word, math.ceil(length * _LENGTHS), math.floor(length / _LENGTHS))
        found = process.extractOne(word, alike, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if found is None:
            return match.group()
        return found[0].capitalize() if match.group()[0].isupper() else str(found[0])

    return _WORD.sub(closest, question)
