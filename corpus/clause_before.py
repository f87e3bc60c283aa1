"""Reporting clauses before the words, which say who speaks: 'Ann Lee, chair of the Trust, said:'."""

from __future__ import annotations

import re

from corpus.attribution_lines import attribution
from corpus.names import (
    BODY_WORD,
    CAPITAL,
    COUNTRIES,
    FIRST_NAME,
    NAME,
    NAMES_ALONE,
    OPENERS,
    TITLE,
    is_person,
    matches_with_name,
    without_openers,
)
from corpus.own_words import speaks_itself
from corpus.saying import ADVERB, DETERMINER, REACH, SAYING
from corpus.sentences import blank_markers
from corpus.speakers import Speaker, is_post, role_in, tidy

_ROLE = (
    r"(?:, (?P<role>[^.;:“”\"]+?),| \((?P<bracketed>[^()]+)\)"
    rf"| (?P<place>(?:at|of|from) (?:(?:the )?{CAPITAL}(?: (?:of|for|and|the|{CAPITAL}))*,|[^,.;:“”\"]+?)))?"
)
_SPEAKER_FIRST = re.compile(rf"{NAME}{_ROLE} {ADVERB}{SAYING}\b")
_NO_ROLE = (
    r"(?!(?i:when|while|whilst|after|before|in|at|on|for|since|during|as|although|though|if|to|giving|writing)\b)"
)
_ROLE_FIRST = re.compile(
    rf"(?:^|[.;:] |, as |, (?=(?:the|an?|one|our|its|their|his|her|my)\b))(?:As )?{_NO_ROLE}"
    rf"(?P<role>[^.,;:“”\"]+), {NAME}(?P<set_off>,)? {ADVERB}{SAYING}\b"
)
_ROLE_WORDS = 6  # before a name
_CAMPAIGN = re.compile(r"[A-Z][\w’'-]* for (?:the )?$")  # 'Campaign for' of the Campaign for Better Transport
_IN_WORDS_OF = re.compile(rf"\b(?:[Ii]n the words of|[Aa]ccording to) {NAME}(?:, (?P<role>[^:“”\"]+?)[:,]|\s*[:,]?)$")
_BODY = re.compile(
    rf"(?<![\w’'&-])(?P<name>(?:{CAPITAL})(?: (?:of|for|and|the|{CAPITAL}))*)(?:, [^,.;:“”\"]{{2,80}},)?"
    rf"(?: \([A-Z][\w&]{{1,9}}\))? {ADVERB}{SAYING}\b"
)
_IN_WORDS_OF_SOME = re.compile(
    r"\b(?:[Ii]n the words of|[Aa]ccording to) (?!our\b|my\b)(?P<name>(?:the |an? |one )?[^,.;:“”\"]{3,80})[,:]$"
)
# 'Tanya, 19, says', 'Asif, a father of four, told us'; no 'In Hull, a carer, said'
_BESIDE = (
    rf"(?<!\b[IiOo]n )(?<!\b[Aa]t )(?<!\b[Oo]f )(?<!\b[Ff]or )(?<!\b[Ff]rom )(?<!\b[Tt]he ){FIRST_NAME}"
    r"(?:, (?P<role>(?:aged )?\d\d?|(?:an?|one|our|my|the|who(?:se)?) [^,.;:“”\"]{3,80}),"
    r"| \((?P<bracketed>(?:aged )?\d\d?)\)"
    r"| \((?:not (?:his|her|their) real name|names? (?:has been )?changed|(?:a )?pseudonym)\))"
)
_FIRST_NAME_FIRST = re.compile(rf"{_BESIDE} {ADVERB}{SAYING}\b")
# 'Okafor (2020) writes', 'Smith and Lee (2019: 4) note'
_CITED = re.compile(
    rf"(?P<name>{CAPITAL}(?: (?:of|for|and|the|&|{CAPITAL}))*(?: et al\.?)?),? \((?:19|20)\d\d[a-z]?\b[^()]*\)"
    rf" {ADVERB}(?:{SAYING}|argue|claim|conclude|find|note|observe|report|state|suggest|warn|write)\b"
)
_BEFORE_NAME = re.compile(rf"^(?:(?:As|The|In|And|But|While|{OPENERS}) )+")
_BEFORE_ROLE = re.compile(r"^(?:(?:and|but|although|though|while|whilst|however|as|also|so|because|that)\s+)+", re.I)
_AFTER_ROLE = re.compile(r"\s+(?:even|also|itself|themselves|who|which|that|have|has|had|then|will|would)$", re.I)
_PREPOSITION = re.compile(r"(?:In|On|At|During|By|For|To|With|Under|Until|Over)\b", re.I)
# 'In 2019' of 'In 2019 the Minister', 'At the hearing' of 'At the hearing a carer'
_WHEN = re.compile(
    rf"^{_PREPOSITION.pattern} (?:(?!{DETERMINER})\S+|{DETERMINER})(?: (?!{DETERMINER})\S+)* (?={DETERMINER})", re.I
)
_NO_ONE = re.compile(
    r"(?:it|they|we|i|he|she|this|that|these|those|which|who|some|there|has|have|had|do|don[’']t)\b", re.I
)
# 'Ministers should' of 'Ministers should say', 'Our staff have a' of 'Our staff have a saying'
_NOT_SAYING = re.compile(
    r"\b(?:an?|the|cannot|could|did|does|do|may|might|must|not|or|ought to|shall|should|to|\w+n[’']t)$", re.I
)
_NOT_UNNAMED = r"(?!(?:[Ww]e|I|[Tt]hey|[Ii]t|[Hh]e|[Ss]he|[Tt]his|[Tt]hat|[Ww]hich|[Ww]ho)\b)"
_TOLD_OF = r"(?:, (?:who(?:se)?|now|aged) [^,.;:“”\"]{2,80},)"  # of somebody not named: ', who cares for her son,'
_UNNAMED = re.compile(
    rf"(?:^|[.;:,] |\b[Aa]s )(?P<role>{_NOT_UNNAMED}[\w’'-]+(?: [\w’'-]+){{0,7}}?)(?: \([^()]{{1,30}}\)|{_TOLD_OF})?"
    rf" {ADVERB}{SAYING}\b"
)
_SUBORDINATE = re.compile(rf"\b(?:[Aa]s|[Ff]ollowing|[Ss]ince|[Gg]iven|[Ll]ike|[Ww]hile|[Bb]ecause|[Aa]fter) {TITLE}$")
_OWN_CLAUSE = re.compile(
    r"\b(?:[Ww]e|[Oo]ur|I|[Mm]y)\b|[,;–—] .*\b(?:is|are|was|were|has|have|had|should|must|needs?|can|could|would|will"
    r"|recommends?|proposes?|asks?|wants?)\b"
)


def introduced(line: str) -> Speaker | None:
    """The speaker whom the end of a paragraph introduces, as in 'Ann Lee, chair of the Trust, said:'."""
    plain = " ".join(blank_markers(line).split())[-REACH:]
    if person := named(plain) or _in_words_of(plain):
        return person
    if speaks_itself(plain):
        return None
    return _by_first_name(plain) or _body(plain) or _unnamed(plain)


def _in_words_of(plain: str) -> Speaker | None:
    """Whoever stands in 'In the words of Ann Lee, chair,' or 'According to the Committee,' before a quotation."""
    if (match := _IN_WORDS_OF.search(plain)) and is_person(match["name"]):
        return speaker_in(match)
    some = _IN_WORDS_OF_SOME.search(plain)
    if some is None:
        return None
    name = some["name"].strip().removeprefix("the ")
    return Speaker(name) if NAMES_ALONE.fullmatch(name) else Speaker(None, some["name"].strip())


def _by_first_name(plain: str) -> Speaker | None:
    """Somebody of whom age or role stands beside the first name, as in 'Tanya, 19, says'."""
    found = matches_with_name(_FIRST_NAME_FIRST, plain)
    return Speaker(found[-1]["name"], found[-1]["role"] or found[-1]["bracketed"]) if found else None


def _body(plain: str) -> Speaker | None:
    """The body or the cited work that speaks, as in 'Carers UK said' or 'Okafor (2020) writes'."""
    if match := _last(_CITED, plain):
        name = _BEFORE_NAME.sub("", match["name"])
        if " " in name or is_person(name):
            return Speaker(name)
    if match := _last(_BODY, plain):
        name = _BEFORE_NAME.sub("", match["name"])
        if len(name.split()) > 1 or (sum(map(str.isupper, name)) > 1 and name not in COUNTRIES):
            return Speaker(name)
    return None


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
    if not match or _NO_ONE.match(role) or _NOT_SAYING.search(role):
        return None
    return Speaker(None, None if _PREPOSITION.match(role) or role.endswith(" and") else tidy(role))


def named(sentence: str) -> Speaker | None:
    """The person whom a sentence names as speaking, with the role beside the name."""
    match = _naming(" ".join(sentence.split()))
    return speaker_in(match) if match else None


def named_for_all(sentence: str) -> Speaker | None:
    """The person named as speaking all that follows a colon: not in 'As Ann Lee said, four things are needed:'."""
    plain = " ".join(sentence.split())
    match = _naming(plain)
    if match is None:
        return None
    before, rest = plain[: match.start("name")], plain[match.end() :].strip(" :")
    led = _SUBORDINATE.search(before) and "," in rest
    only_meant = rest and re.search(rf"\b[Ww]hat {TITLE}$", before)
    return None if led or only_meant or _OWN_CLAUSE.search(rest) else speaker_in(match)


def _naming(plain: str) -> re.Match[str] | None:
    matches = [m for m in matches_with_name(_SPEAKER_FIRST, plain) if not _CAMPAIGN.search(plain, 0, m.start())]
    first = [m for m in _ROLE_FIRST.finditer(plain) if is_person(m["name"]) and _is_role(m)]
    if first or not matches:
        return first[-1] if first else None
    return min((m for m in matches if m.end() == matches[-1].end()), key=lambda match: match.start())


def _is_role(match: re.Match[str]) -> bool:
    """Whether words before a name are the role of who bears it: a post, or what is told of one set off by commas."""
    role = match["role"]
    told = match["set_off"] and re.match(rf"(?i:{DETERMINER})", role) and len(role.split()) <= _ROLE_WORDS
    return is_post(role) or bool(told)


def speaker_in(match: re.Match[str]) -> Speaker:
    """The speaker of a reporting clause: the groups name, and role, bracketed or place, of a match."""
    beside = match.groupdict()
    return Speaker(match["name"], role_in(beside["role"] or beside.get("bracketed") or beside.get("place")))


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda match: match.end(), default=None)
