"""Anaphora: whom 'she said' means beside a quotation."""

from __future__ import annotations

import re

from corpus.clause_before import named
from corpus.names import OPENERS, people_in
from corpus.saying import ADVERB, REACH, SAYING, says_once
from corpus.speakers import Speaker

_PRONOUN = re.compile(rf"\b(?:[Hh]e|[Ss]he) {ADVERB}{SAYING}\b")
_SOMEBODY_ELSE = re.compile(
    r"(?:^|[;:!?,] |\b(?:and|but|while) )(?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother|[Oo]ur) [^,.;:]*[,;]? [Ss]?[Hh]e\b"
)
# 'His sister Ffion agreed.': a sentence of its own whose subject may be the one who speaks next
_OF_ANOTHER = re.compile(rf"(?!(?:He|She|They|It|I|We|{OPENERS})\b)[A-Z].*[.!?]$")
_GOING_ON = re.compile(rf"(?:and |but )?(?:(?:s?he|they) )?{ADVERB}{SAYING}\b")


def goes_on_after(words: str, speaker: Speaker) -> bool:
    """Whether words between two quotations only say that the speaker of the first goes on, as in ', she said.'."""
    words = words.strip(" ,")
    rest = words.removeprefix(speaker.name or "").strip()
    lone = says_once(words) and not re.search(r"[.!?;]\s", words) and len(words) < REACH
    return lone and _GOING_ON.match(rest) is not None and not _names_another(words, speaker)


def _names_another(words: str, speaker: Speaker) -> bool:
    """Whether words name a person who is not the speaker, or describe one: 'The manager disagreed and she said'."""
    known = f"{speaker.name} {speaker.role}"
    return any(name not in known for name in people_in(words)) or _SOMEBODY_ELSE.search(words.strip()) is not None


def says_by_pronoun(sentence: str) -> bool:
    """Whether it is 'he' or 'she' who speaks."""
    return _PRONOUN.search(sentence) is not None


def meant(gap: str, sentence: str, last: Speaker) -> Speaker:
    """Whom 'she said' means after a quotation: its speaker, unless somebody else or another sentence came between."""
    rest = gap.removesuffix(sentence).strip()
    new = len(gap) > REACH or re.match(r"[A-Z“‘]", rest) or len(re.findall(r"[.!?](?=\s|$)", rest)) > 1
    other = _OF_ANOTHER.match(sentence.strip()) is not None
    return named(sentence) or Speaker(None) if new or other or _names_another(gap, last) else last
