"""Mends misspelt names and rare words of a question with the corpus's own vocabulary."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from rapidfuzz import fuzz, process

_WORD = re.compile(r"[^\W\d_]{4,}")
_ALIKE = 82.0  # rapidfuzz ratio, 0 to 100: 'Sandercok' and 'Sandercock' are at 95, 'through' and 'furlough' at 80


def mend(question: str, vocabulary: Collection[str], is_word: Callable[[str], bool]) -> str:
    """The question with each unknown word replaced by the closest word of the corpus, where one is close enough.

    A word is unknown when neither the corpus nor the language (`is_word`) has it, so that a real word which the
    corpus lacks stays what it is: that nothing is said about it is an answer too.
    """

    def closest(match: re.Match[str]) -> str:
        word = match.group().casefold()
        if word in vocabulary or is_word(word):
            return match.group()
        found = process.extractOne(word, vocabulary, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if found is None or found[0][0] != word[0]:
            return match.group()
        return found[0].capitalize() if match.group()[0].isupper() else found[0]

    return _WORD.sub(closest, question)
