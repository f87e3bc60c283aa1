"""Lines at the top of a submission that name it and whoever submits it: 'Response from Riverside Carers to the …'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.names import BODY_WORD, NAMES_ALONE

_KIND = (
    r"(?:(?:written|oral|supplementary|further|joint|consultation|formal)\s+)*"
    r"(?:evidence|submission|response|memorandum)"
)
_ASKED = r"(?:inquiry|call for (?:written )?evidence|committee|consultation)"
# a name begins with a capital, as techUK's does; so no 'evidence from our survey'
_NAME = r"\s*:?\s*(?:the\s+(?=[a-z]))?(?P<name>(?:(?:the |an? )?(?-i:[a-z]{0,5}[A-Z0-9])|an? |anonymous)[^\n]*)"
_BEFORE = re.compile(r"(?P<name>[^\n]+?)\s*[–—:-]\s*(?:supplementary\s+|further\s+)?written\s+evidence\b", re.I)
_ORGANISATION = re.compile(
    r"^(?:name of )?(?:the )?(?:organi[sz]ation|submitter|respondent)(?:['’]s)?(?: name)?\s*:\s*(?P<name>[^\n]+)", re.I
)
_SUBMITTED_BY = re.compile(
    rf"^(?:(?:prepared and )?submitted\s+(?:by|on behalf of)|on behalf of(?=:| [A-Z]| the )\b){_NAME}", re.I
)
_BY = re.compile(
    rf"{_KIND}\s+(?:(?:submitted|received)\s+)?"
    rf"(?:(?:to\s+[^\n]{{3,80}}?\s)?(?:by|from|on behalf of)|(?<!evidence )of)\b{_NAME}", re.I,
)  # fmt: skip
# 'Age UK’s response to the inquiry on ferries'
_RESPONDS = re.compile(
    rf"^(?P<name>(?!(?:our|this|these|the|an?|my)\b)(?-i:[A-Z])(?:(?!\b(?:evidence|call|{_ASKED})\b)[^\n:.]){{1,80}}?)"
    rf"(?:['’]s?|\s*[–—:-])?\s+{_KIND}\s+(?:to|for)\s[^\n]*\b{_ASKED}\b", re.I,
)  # fmt: skip
_FROM = re.compile(r"^from:\s*[\"']?(?P<name>[^<\n\"'@]+?)[\"']?\s*<", re.I)
_OWN_NAME = re.compile(r"^(?:your |full )?name\s*:\s*(?P<name>[^\n]+)", re.I)
_FIELD = re.compile(
    r"(?:(?:name of )?(?:the )?(?:organi[sz]ation|submitter|respondent|inquiry|committee)|(?:your |full )?name"
    r"|(?:e-?mail|contact)(?: (?:address|details|name|person))?|tel(?:ephone)?|phone|address|date|from|to|subject|re"
    r"|job title|position|reference|submitted (?:on|to)|website)(?:['’]s)?(?: (?:name|of organi[sz]ation|number"
    r"|submitted))?\s*:\s*\S",
    re.I,
)
_ITSELF = re.compile(
    rf"written evidence|submission (?:to|by|from)\b|\([A-Z]{{2,4}}\d{{3,5}}\)|\b{_KIND} (?:for|to)\b.*\b{_ASKED}\b"
    r"|^(?:re\b:?\s*)?(?:inquiry|enquiry|call for evidence|consultation)\b",
    re.I,
)
_TO = re.compile(
    r"\s+(?:(?:to|on|for|in response to)\s+(?:the|an?)\b|(?:to|in response to)\s+(?=.*\b(?:call|commission|committee"
    r"|consultation|department|inquiry|review)\b)).*", re.I,
)  # fmt: skip
_FOR = re.compile(r".*\bon behalf of\s+(?:the\s+(?=[a-z]))?", re.I)
_REFERENCE = re.compile(r"\s*[(\[]?\b[A-Z]{2,5} ?\d{1,5}\b[)\]]?.*$")
# what bears the name of a body but does not submit: 'Education Committee', 'About the Trust'
_NO_SUBMITTER = re.compile(
    r"\b(?:About|Role|Committee|Department|Government|House|Ministry|Office|Parliament|UK|England|Scotland|Wales|Ireland)\b"
    rf"|\bthe {BODY_WORD.pattern}$"
)
_ANONYMOUS = re.compile(r"anonymous(?: submission)?|name (?:and address )?(?:withheld|supplied)", re.I)
_TOP = 3  # lines among which a body may stand alone
_SENTENCE = re.compile(r"(?<!Ltd)(?<!Inc)[.?!,;]$")


def submitter_in(tops: Sequence[str], foot: Sequence[str]) -> str:
    """The submitter whom lines at the top name, or one at the `foot` by 'Submitted by'; empty where none does."""
    lines = [line for line in tops if not _SENTENCE.search(line)]
    found = [
        match["name"]
        for pattern in (_BEFORE, _ORGANISATION, _BY, _SUBMITTED_BY, _RESPONDS, _FROM, _OWN_NAME)
        for line in lines
        if (match := pattern.search(line))
    ]
    found += [match["name"] for line in foot if (match := _SUBMITTED_BY.search(line))]
    found += [line for line in (*lines[:_TOP], *foot) if is_body(line) or _ANONYMOUS.fullmatch(line)]
    return _name(found[0]) if found else ""


def is_body(line: str) -> bool:
    """Whether a line is nothing but the name of a body, and none of those to which evidence is sent."""
    return bool(NAMES_ALONE.fullmatch(line) and BODY_WORD.search(line)) and not _NO_SUBMITTER.search(line)


def names_submission(line: str) -> bool:
    """Whether a line says whose submission it is, as its title does."""
    return any(pattern.search(line) for pattern in (_BEFORE, _BY, _RESPONDS)) and not _SENTENCE.search(line)


def names_itself(line: str) -> bool:
    """Whether a line at the top names the submission, its submitter or whom it is for, or is a field that does."""
    named = any(pattern.search(line) for pattern in (_BY, _SUBMITTED_BY, _ITSELF))
    return named or _FIELD.match(line) is not None or _ANONYMOUS.fullmatch(line) is not None


def _name(printed: str) -> str:
    """A name without the reference and the punctuation behind it; in capitals it is written as names are."""
    name = _REFERENCE.sub("", _TO.sub("", _FOR.sub("", printed))).strip(" .,;:–-")
    return name.title() if name.isupper() and len(name) > 5 else name
