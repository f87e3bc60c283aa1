"""Testimony without quotation marks: words below 'One parent told us that nobody came:' that are the parent's."""

from __future__ import annotations

import re

from corpus.attribution import last_sentence
from corpus.clause_before import introduced, named_for_all
from corpus.names import NAME, is_person
from corpus.own_words import introduces_itself, speaks_itself
from corpus.saying import ADVERB, SAYING, leads_to_words
from corpus.speakers import POST, Speaker, tidy

_TELLING = re.compile(
    r"\b(?:said|says|told|tells|wrote|writes|explain(?:s|ed)|describe[sd]|recall(?:s|ed)|remember(?:s|ed)|reflect(?:s|ed)"
    r"|report(?:s|ed)|puts? it)(?: [\w’'-]+){0,4}:$"
)
_OF_ONESELF = re.compile(r"\b(?:I|[Mm]y|[Mm]e)\b")
# 'This is Tom’s story:'
_ACCOUNT = re.compile(
    r"(?<!\bmy )(?<!\bour )\b(?:stor(?:y|ies)|(?<!other )words|accounts?|testimon(?:y|ies)|experiences?)\b[^:,]*:$",
    re.I,
)
_OTHERWISE = re.compile(r"[“”\"‘]|(?<!\w)'|:\s*$")  # words in quotation marks, or a line that leads to others
_THEY = re.compile(rf"\b(?:he|she|they) {ADVERB}{SAYING}\b", re.I)
_TOLD_US = re.compile(r"\b(?:us|our|we)\b", re.I)
_ONE = re.compile(r"(?:an?|one|another|the|this)\b", re.I)
_PERSON = re.compile(
    rf"{POST.pattern}|\b(?:adult|apprentice|boy|brother|caller|child|claimant|client|contributor|customer|dad|driver"
    r"|employee|employer|friend|gentleman|girl|grandfather|grandmother|interviewee|lady|learner|man|mum|neighbour"
    r"|paramedic|person|prisoner|refugee|sister|veteran|witness|woman)(?=$|[,;()]| (?:at|of|for|in|from|to|with|and|we"
    r"|who|whom|that|living|aged)\b)",
    re.I,
)
# 'said that we need:', 'described three problems:', 'said that these were needed:'
_LEADS_ELSEWHERE = re.compile(
    rf"\b{SAYING}\b.*\b(?:we|our|I|my|following|these|those|areas|aspects|barriers|challenges|changes|concerns|examples"
    r"|issues|measures|needs|points|priorities|problems|questions|reasons|recommendations|steps|suggestions|themes|things"
    r"|ways)\b.*:$"
)
# 'said that nobody came:', which tells what was said; not 'told us that:'
_REPORTS = re.compile(rf"\b{SAYING}(?: (?:to )?(?:us|me|him|her|them))? that [^:]*\w[^:]*:$")
_TEXT_OF = re.compile(
    r"\b(?P<kind>letter|e-?mail|message|testimony|statement|foreword|note)s? (?:from|by|of)"
    r" (?!our members\b|us\b|me\b|[a-z]+s$)(?P<who>[^:;.?!]{3,80})$", re.I,
)  # fmt: skip
_PERSON_ALONE = re.compile(rf"{NAME}(?:, (?P<role>.+)| \((?P<bracketed>[^()]+)\))?")
_QUOTING = re.compile(r"\b(?:we|I) quote\b.*:$|\breads?(?: as follows)?:$", re.I)


def written_by(heading: str) -> Speaker | None:
    """Whose words stand under a heading such as 'Annex A: Letter from the Agency'; None for the submitter's."""
    match = _TEXT_OF.search(" ".join(heading.split()))
    if match is None:
        return None
    person = _PERSON_ALONE.fullmatch(match["who"])
    if person and is_person(person["name"]):
        return Speaker(person["name"], tidy(person["role"]))
    own = match["kind"].casefold() in ("statement", "foreword", "note")  # one may be of the submitter's own
    return None if own else Speaker(None, match["who"])


def told_below(paragraph: str, line: str, *, item: bool) -> Speaker | None:
    """Who tells what stands in a line without quotation marks below a paragraph; None where it is the submitter.

    A named person by 'Ann Lee described it:'; one who is not named where the words speak of himself, or where the
    paragraph tells of one person or text alone; `item` says that the line is an item of a list. Below 'said that nobody
    came:' the submitter goes on with its report unless the words speak of himself.
    """
    sentence = last_sentence(paragraph).rstrip()
    if not sentence.endswith(":") or (_REPORTS.search(sentence) and not _OF_ONESELF.search(line)):
        return None
    if person := named_for_all(sentence):
        return person
    if introduces_itself(sentence) or speaks_itself(sentence):
        return None
    if _QUOTING.search(sentence) and not item:
        return Speaker(None)
    telling = _TELLING.search(sentence) and _OF_ONESELF.search(line)
    telling = telling or (_ACCOUNT.search(sentence) and _OF_ONESELF.search(line))
    somebody = telling and (_THEY.search(sentence) or _ACCOUNT.search(sentence))
    speaker = introduced(sentence) or (Speaker(None) if somebody else None)
    return speaker if telling or (speaker and not item and _tells_alone(sentence, speaker)) else None


def goes_on_telling(lead: str, line: str) -> bool:
    """Whether a further paragraph is of the one who told a body of himself: that body is no I."""
    sentence = last_sentence(lead)
    told_us = _TOLD_US.search(sentence) and not _OF_ONESELF.search(sentence)
    return bool(told_us and _OF_ONESELF.search(line)) and not _OTHERWISE.search(line)


def _tells_alone(sentence: str, speaker: Speaker) -> bool:
    """Whether one person tells something, or one text or body says: what follows the colon."""
    role = speaker.role or ""
    if _ONE.match(role) and _PERSON.search(role):
        return _LEADS_ELSEWHERE.search(sentence) is None
    one = speaker.name is not None or (_ONE.match(role) is not None and not role.endswith("s"))
    return one and leads_to_words(sentence)
