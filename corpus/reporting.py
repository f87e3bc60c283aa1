"""Reporting clauses, which say beside a quotation who speaks: 'Ann Lee, chair of the Trust, said'."""

from __future__ import annotations

import re

from corpus.attribution_lines import attribution
from corpus.names import (
    BODY_WORD,
    CAPITAL,
    COUNTRIES,
    NAME,
    NAMES_ALONE,
    OPENERS,
    TITLE,
    is_person,
    matches_with_name,
    without_openers,
)
from corpus.saying import ADVERB, REACH, SAYING
from corpus.sentences import blank_markers
from corpus.speakers import GOES_ON, Speaker, is_post, role_in, tidy

_ROLE = r"(?:, (?P<role>[^.;:“”\"]+?),| \((?P<bracketed>[^()]+)\)| (?P<place>(?:at|of|from) [^,.;:“”\"]+?))?"
_SPEAKER_FIRST = re.compile(rf"{NAME}{_ROLE} {ADVERB}{SAYING}\b")
_NO_ROLE = (
    r"(?!(?i:when|while|whilst|after|before|in|at|on|for|since|during|as|although|though|if|to|giving|writing)\b)"
)
_ROLE_FIRST = re.compile(rf"(?:^|[.;:] |, as ){_NO_ROLE}(?P<role>[^.,;:“”\"]+), {NAME},? {ADVERB}{SAYING}\b")
_ROLE_AFTER = r"(?:, (?P<role>[^.;:“”\"]+))?"
_IN_WORDS_OF = re.compile(rf"\b(?:[Ii]n the words of|[Aa]ccording to) {NAME}(?:, (?P<role>[^:“”\"]+?))?\s*[:,]?$")
_SAID_BY = re.compile(rf"[\s,]*{SAYING} {NAME}{_ROLE_AFTER}")
_WHO_SAID = re.compile(rf"[\s,]*{NAME} {SAYING}{_ROLE_AFTER}")
_BODY = re.compile(
    rf"(?<![\w’'&-])(?P<name>(?:{CAPITAL})(?: (?:of|for|and|the|{CAPITAL}))*)(?:, [^,.;:“”\"]{{2,80}},)?"
    rf" {ADVERB}{SAYING}\b"
)
_BEFORE_ROLE = re.compile(r"^(?:(?:and|but|although|though|while|whilst|however|as|also|so|because|that)\s+)+", re.I)
_AFTER_ROLE = re.compile(r"\s+(?:even|also|itself|themselves|who|which|that|have|has|had|then)$", re.I)
_PREPOSITION = re.compile(r"(?:In|On|At|During|By|For|To|With|Under|Until|Over)\b", re.I)
_DETERMINER = r"(?:the|an?|one|another|some|many|several|most|our|their|its|his|her)\b"
# 'In 2019' of 'In 2019 the Minister', 'At the hearing' of 'At the hearing a carer'
_WHEN = re.compile(
    rf"^{_PREPOSITION.pattern} (?:(?!{_DETERMINER})\S+|{_DETERMINER})(?: (?!{_DETERMINER})\S+)* (?={_DETERMINER})", re.I
)
_NO_ONE = re.compile(r"(?:it|they|we|i|he|she|this|that|these|those|which|who|some|there)\b", re.I)
_NOT_UNNAMED = r"(?!(?:[Ww]e|I|[Tt]hey|[Ii]t|[Hh]e|[Ss]he|[Tt]his|[Tt]hat|[Ww]hich|[Ww]ho)\b)"
_UNNAMED = re.compile(
    rf"(?:^|[.;:,] |\b[Aa]s )(?P<role>{_NOT_UNNAMED}[\w’'-]+(?: [\w’'-]+){{0,7}}?) {ADVERB}{SAYING}\b"
)
_SUBORDINATE = re.compile(rf"\b(?:[Aa]s|[Ff]ollowing|[Ss]ince|[Gg]iven|[Ll]ike|[Ww]hile|[Bb]ecause|[Aa]fter) {TITLE}$")
_OWN_CLAUSE = re.compile(
    r"\b(?:[Ww]e|[Oo]ur|I|[Mm]y)\b|[,;–—] .*\b(?:is|are|was|were|has|have|had|should|must|needs?|can|could|would|will"
    r"|recommends?|proposes?|asks?|wants?)\b"
)
_UNNAMED_AFTER = re.compile(
    rf"[\s,]*(?:(?:[Ss]?[Hh]e|[Tt]hey) {ADVERB}{SAYING}\b|{SAYING} (?:s?he|they)\b"
    rf"|{SAYING} (?P<after>{_DETERMINER}[^.;:“”\"]*)"
    rf"|(?P<before>(?i:{_DETERMINER})(?: [\w’'-]+){{1,6}}?) {ADVERB}{SAYING}\b)"
)
# A note mark, which is blanked, or 'Ann Lee told us that': what comes behind is said of something else.
_NEXT_SENTENCE = re.compile(rf"\s{{3}}|[^.?!“]{{0,80}}\b{SAYING} (?:us |me |them )?that\b")
_PEOPLE = (
    r"(?:members?|staff|volunteers?|carers|residents|tenants|users|clients|patients|partners|respondents|participants"
    r"|supporters|families|parents|people|women|men|teachers|nurses|workers|customers|readers|students|pupils|chair"
    r"|director|chief executive|trustees?|colleagues?)"
)
_SELF = re.compile(rf"\b(?:[Ww]e|[Oo]ur (?!(?:\w+ ){{0,3}}{_PEOPLE}\b)[\w ]+|I) {ADVERB}{SAYING}\b")


def introduced(line: str) -> Speaker | None:
    """The speaker whom the end of a paragraph introduces, as in 'Ann Lee, chair of the Trust, said:'."""
    plain = " ".join(blank_markers(line).split())[-REACH:]
    if person := named(plain):
        return person
    if (match := _IN_WORDS_OF.search(plain)) and is_person(match["name"]):
        return _speaker(match)
    if _SELF.search(plain):
        return None
    if match := _last(_BODY, plain):
        name = re.sub(rf"^(?:(?:As|The|In|And|But|While|{OPENERS}) )+", "", match["name"])
        if len(name.split()) > 1 or (sum(map(str.isupper, name)) > 1 and name not in COUNTRIES):
            return Speaker(name)
    return _unnamed(plain)


def before_colon(line: str) -> Speaker | None:
    """The body or the person that alone stands before a colon, as in 'Carers UK:' or 'Ann Lee, chair:'."""
    plain = " ".join(line.split()).rstrip(" :")
    alone = NAMES_ALONE.fullmatch(plain)
    return attribution(plain) or (Speaker(plain if BODY_WORD.search(plain) else None) if alone else None)


def _unnamed(plain: str) -> Speaker | None:
    """Somebody whom a sentence only describes, as in 'one council officer said'."""
    match = _last(_UNNAMED, plain)
    role = _AFTER_ROLE.sub("", _BEFORE_ROLE.sub("", match["role"])) if match else ""
    role = _WHEN.sub("", without_openers(role))
    if not match or _NO_ONE.match(role):
        return None
    return Speaker(None, tidy(role) if not _PREPOSITION.match(role) else None)


def named(sentence: str) -> Speaker | None:
    """The person whom a sentence names as speaking, with the role beside the name."""
    match = _naming(" ".join(sentence.split()))
    return _speaker(match) if match else None


def named_for_all(sentence: str) -> Speaker | None:
    """The person named as speaking all that follows a colon: not in 'As Ann Lee said, four things are needed:'."""
    plain = " ".join(sentence.split())
    match = _naming(plain)
    if match is None:
        return None
    before, rest = plain[: match.start("name")], plain[match.end() :].strip(" :")
    led = _SUBORDINATE.search(before) and "," in rest
    only_meant = rest and re.search(rf"\b[Ww]hat {TITLE}$", before)
    return None if led or only_meant or _OWN_CLAUSE.search(rest) else _speaker(match)


def _naming(plain: str) -> re.Match[str] | None:
    matches = matches_with_name(_SPEAKER_FIRST, plain)
    first = [m for m in _ROLE_FIRST.finditer(plain) if is_person(m["name"]) and is_post(m["role"])]
    if first or not matches:
        return first[-1] if first else None
    return min((m for m in matches if m.end() == matches[-1].end()), key=lambda match: match.start())


def _speaker(match: re.Match[str]) -> Speaker:
    beside = match.groupdict()
    return Speaker(match["name"], role_in(beside["role"] or beside.get("bracketed") or beside.get("place")))


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda match: match.end(), default=None)


def said_after(plain: str, end: int, above: Speaker | None, last: Speaker | None = None) -> Speaker | None:
    """The speaker whom the words after a quotation name, as in '..., said Ann Lee, chair', else the one named above it.

    Where the quotation ends a sentence, 'Bob Ray said' after it begins the next one. `last` is whom 'she said' means.
    """
    stop = plain[max(0, end - REACH) : end - 1].rstrip()[-1:]
    ended = stop in (".", "…") or (stop in ("?", "!") and _NEXT_SENTENCE.match(plain, end) is not None)
    after_all = stop == "," or (above is None and not ended)
    for pattern in (_SAID_BY, _WHO_SAID) if after_all else (_SAID_BY,):
        if (match := pattern.match(plain, end)) and is_person(match["name"]):
            return _speaker(match)
    if after_all and (match := _UNNAMED_AFTER.match(plain, end, end + REACH)):
        role = match["before"] or match["after"]
        return Speaker(None, tidy(GOES_ON.split(role)[0])) if role else last or Speaker(None)
    return above
