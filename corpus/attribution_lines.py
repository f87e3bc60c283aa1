"""Attribution lines, which only say who spoke the words beside them: '– Ann Lee, carer'."""

from __future__ import annotations

import re

from corpus.names import FIRST_NAME, is_person
from corpus.saying import REACH, says
from corpus.sentences import blank_markers
from corpus.speakers import POST, Speaker, tidy

_ATTRIBUTION = re.compile(rf"^[\s(–—-]*{FIRST_NAME}(?:(?: ?[,:(]| [–—-] )\s*(?P<role>.+?))?[\s.)]*$", re.S)
_BARE_ROLE = re.compile(
    r"^[\s(–—-]*(?P<role>(?:(?:the|an?|one|our) )?"
    r"(?:(?!(?:of|the|an?|to|and|or|for|in|with|is|does)\b)[\w’'-]+ ){0,3}?"
    rf"{POST.pattern}(?P<more>.*?))[\s.)]*$",
    re.I | re.S,
)
_YEAR = re.compile(r"(?:19|20)\d\d\b")  # of a work that is cited: '(Marsh, 2019, p. 14)'
_PLACE_OR_AGE = re.compile(r", (?:[A-Z]|(?:aged )?\d\d?(?:$|,))")
AGED = re.compile(r"(?:aged )?\d\d(?=$|,)")
_LONGEST = 30  # words


def is_attribution(line: str, *, set_off: bool = False) -> bool:
    """Whether a line only says who spoke, and shows that it does: see `attribution`."""
    return attribution(line, set_off=set_off) is not None


def attribution(line: str, *, set_off: bool = False) -> Speaker | None:
    """The speaker whom an attribution line names, by a name with a post or an age beside it or by a post and a place.

    Below a dash or a bracket the name or the post is enough, in what a format sets off as a quotation the name is;
    elsewhere these may be a heading.
    """
    plain = " ".join(blank_markers(line).split())
    if not plain or len(plain) > REACH or len(plain.split()) > _LONGEST or says(plain):
        return None
    signed = plain[0] in "(–—-"
    if role := _bare_role(plain, signed=signed):
        return Speaker(None, role)
    match = _ATTRIBUTION.match(plain)
    if not match or not is_person(match["name"]):
        return None
    role, whole = match["role"] or "", " " in match["name"]
    works = re.match(r"(?:at|of|from)\b", role) or not is_person(role)
    shown = signed or AGED.match(role) or POST.search(role) or (whole and (set_off or match["title"] or works))
    cited = _YEAR.match(role)
    return Speaker(match["name"], None if cited else tidy(role)) if shown else None


def _bare_role(plain: str, *, signed: bool) -> str | None:
    """Somebody whom an attribution line only describes, as in '– a carer in Hull' or 'Parent, Leeds'."""
    match = _BARE_ROLE.match(plain)
    return tidy(match["role"]) if match and (signed or _PLACE_OR_AGE.match(match["more"])) else None
