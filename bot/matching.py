"""Finds where the parts of a quotation stand word for word, and says what was overlooked in comparing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.wording import Wording, fold, is_word, occurrences, wording
from corpus.document import Document
from corpus.sentences import MARKER

# An ellipsis, bare or in brackets: the writer says that words are left out there.
GAP = re.compile(r"[\[(]\s*(?:…|\.(?:\s?\.)+)\s*[\])]|…|\.(?:\s?\.){2,}")
_EDGE = frozenset(".,;:!?-'")
_QUOTATION_MARKS, _DASHES = "’‘“”'\"", "‐‑‒–—―−-"

Chain = list[tuple[int, int]]
"""Tokens [first, after) of a document for each part of a quotation, in order."""


def split_at_gaps(quotation: str) -> list[str]:
    """The parts of a quotation between its ellipses."""
    return [part for part in GAP.split(quotation) if re.search(r"\w", part)]


def find_chains(document: Document, parts: Sequence[str]) -> list[Chain]:
    """Every place of a single part; of several the tightest place where they stand in order, if there is one."""
    if _lacks_a_word(document.text, parts):
        return []
    source = wording(document.text)
    chains = [[place] for place in _places(source, parts[0])]
    for part in parts[1:]:
        places = _places(source, part)
        grown = [(chain, next((p for p in places if p[0] >= chain[-1][1]), None)) for chain in chains]
        chains = [[*chain, place] for chain, place in grown if place is not None]
    if len(parts) > 1 and chains:
        return [min(chains, key=lambda chain: chain[-1][1] - chain[0][0])]
    return chains


def _lacks_a_word(text: str, parts: Sequence[str]) -> bool:
    """Whether a word of the parts stands nowhere in the text: then it need not be taken to pieces to be searched.

    Only words of plain letters and figures tell, which nothing is folded to but what `casefold` makes of it.
    """
    folded = text.casefold()
    return any(word not in folded for part in parts for word in _plain_words(part))


@lru_cache(maxsize=256)
def _plain_words(part: str) -> list[str]:
    """Its words of plain letters and figures, the longest first, which is the likeliest to be lacking."""
    return sorted((word for word in wording(part).folded if word.isascii() and word.isalnum()), key=len, reverse=True)


def _places(source: Wording, part: str) -> list[tuple[int, int]]:
    """Where a part stands, apart from punctuation at its ends."""
    quoted = wording(part)
    inner = [index for index, token in enumerate(quoted.folded) if token not in _EDGE]
    if not inner:
        return []
    first, after = inner[0], inner[-1] + 1
    size = after - first
    places = [(at, at + size) for at in occurrences(source, quoted.folded[first:after])]
    capitals = _capitals(quoted, first, after)
    return [place for place in places if _same_capitals(_capitals(source, *place), capitals)]


def _capitals(text: Wording, first: int, after: int) -> list[str]:
    return [fold(span.slice(text.text)) for span in text.spans[first:after]]


def _same_capitals(ours: list[str], theirs: list[str]) -> bool:
    """Whether capitals agree but for the first letter, which a quotation may fit to its sentence."""
    return ours[0][1:] == theirs[0][1:] and ours[1:] == theirs[1:]


def words_between(document: Document, chain: Chain) -> int:
    """How many words of the document lie between the parts."""
    folded = wording(document.text).folded
    return sum(is_word(token) for (_, end), (start, _) in pairwise(chain) for token in folded[end:start])


def overlooked(document: Document, chain: Chain, parts: Sequence[str]) -> list[str]:
    """What differs between the parts and the document without changing a word."""
    source = wording(document.text)
    truth = [source.raw(first, after) for first, after in chain]
    heads = [source.text[source.spans[first].start] for first, _ in chain]
    spoken = [match[0] for part in parts if (match := re.search(r"\w", part))]
    blanks = [re.findall(r"\s+", MARKER.sub("", text)) for text in truth]
    differences = {
        "the kind of quotation marks": _of(_QUOTATION_MARKS, truth) != _of(_QUOTATION_MARKS, map(_trimmed, parts)),
        "the kind of dashes": _of(_DASHES, truth) != _of(_DASHES, map(_trimmed, parts)),
        "line breaks and spaces": blanks != [re.findall(r"\s+", part.strip()) for part in parts],
        "marks of the submission’s own notes": any(map(MARKER.search, truth)) and not any(map(MARKER.search, parts)),
        "a capital letter at the start": any(ours != theirs for ours, theirs in zip(heads, spoken, strict=False)),
    }
    return [what for what, differs in differences.items() if differs]


def _trimmed(part: str) -> str:
    return part.strip(" \t\n.,;:!?-'’")


def _of(marks: str, texts: Iterable[str]) -> list[str]:
    return [character for text in texts for character in text if character in marks]
