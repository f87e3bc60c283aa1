"""What a question asks for by its form, and whether a text states something of that kind."""

from __future__ import annotations

import re
from functools import lru_cache

from index.tokens import tokens

_NOTE = re.compile(r"\[\d{1,3}\]")
_HELPS = r"(?:did|does|do|is|was|are|were|has|have|had|can|could|should|would|will|might|must)"
# "How much did it cost" asks for a figure, "how much did trust matter" does not.
_OF_MONEY = (
    r"(?:cost|charg|spen[dt]|pa(?:y|id)\b|los[et]|rais|receiv|g[eo]t\b|giv|gave|need|want|worth|put|invest|earn|sav|add"
    r"|ow[ei]|ask|money|cash|fund|income|more)"
)
_ASKS_FIGURE = re.compile(
    rf"\bhow (?:many|big|large|long|often|far|old)\b|\bhow much(?:\W*$|\W+(?!{_HELPS}\b)|\b[^?]*\b{_OF_MONEY})|[%£$€]|"
    r"\b(?:percent|per cent|percentage|proportion|share|number|figure|sum|amount|cost|total)s?\b",
    re.I,
)
_FIGURE = re.compile(r"\d|\b(?:half|third|quarter|dozen|hundred|thousand|million|billion)s?\b", re.I)
_ASKS_SHARE = re.compile(
    r"\b(?:what|which|how (?:big|large|small|high)) (?:an? )?(?:proportion|percentage|share|fraction|per ?cent|slice)\b"
    r"|%",
    re.I,
)
_SHARE = re.compile(
    r"\d\s?%|\bper ?cent\b|\b(?:half|quarters?|thirds?|fifths?|tenths?|most of|most \w+s|majority|minority)\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:in|out of) (?:every )?(?:\w+)",
    re.I,
)
_ASKS_MONEY = re.compile(
    rf"\bhow much(?:\W*$| each\b|[^?]*\b{_OF_MONEY})|"
    r"\b(?:costs?|spend|spent|worth|budget|salary|price|fee|value|funds? size)\b",
    re.I,
)
_MONEY = re.compile(r"[£$€]\s?\d")
_COUNTED = re.compile(
    r"\bhow many (?:of (?:the |their |its )?)?(?:other |more |different )?([\w’'-]+(?: [\w’'-]+)?)", re.I
)
_COUNT = re.compile(
    r"(?:[£$€]?\d[\d,.]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
    r"|hundreds?|thousands?|millions?|half|third|quarter|dozens?)\b)((?:\W+[\w’'-]+){0,4})",
    re.I,
)
_ASKS_WHEN = re.compile(
    r"\bwhen\b|\b(?:what|which) (?:year|date|month|day|time)\b|\bhow long\b"
    r"|\bhow many (?:years|months|weeks|days|hours)\b",
    re.I,
)
_DATE = re.compile(
    r"\b(?:1[89]|20)\d\d\b"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\b(?:year|month|week|day|hour|decade|summer|winter|autumn|spring|weekend)s?\b",
    re.I,
)
_ASKS_NAME = re.compile(r"\bcalled\b|\bname of\b|\bwhat(?:['’]s| is) (?:the|its|their) name\b", re.I)
_ASKS_TOPIC = re.compile(
    r"\b(?:anything|everything|about|on|mention|talk|cover|say|said|says|line|bit|views?|position|quote)\b", re.I
)


@lru_cache
def asks_figure(question: str) -> bool:
    """Whether a question wants a number, a share or a sum of money."""
    return _ASKS_FIGURE.search(question) is not None


def has_figure(text: str) -> bool:
    """Whether a text states a number."""
    return _FIGURE.search(_NOTE.sub("", text)) is not None


def asks_share(question: str) -> bool:
    """Whether a question wants a share of a whole."""
    return _ASKS_SHARE.search(question) is not None


def has_share(text: str) -> bool:
    """Whether a text states a share of a whole: '80%', 'half of', 'one in ten'."""
    return _SHARE.search(_NOTE.sub("", text)) is not None


def asks_money(question: str) -> bool:
    """Whether a question wants a sum of money."""
    return _ASKS_MONEY.search(question) is not None


def has_money(text: str) -> bool:
    """Whether a text states a sum of money."""
    return _MONEY.search(text) is not None


def counted(question: str) -> str:
    """What a question wants to be counted: 'local groups' in 'how many local groups took part'; "" for nothing."""
    found = _COUNTED.search(question)
    return found[1] if found else ""


def has_count(text: str, of: str) -> bool:
    """Whether a text states a number of these things: '700 volunteers' for 'volunteers'."""
    wanted = set(tokens(of))
    return any(not wanted.isdisjoint(tokens(found[1])) for found in _COUNT.finditer(_NOTE.sub("", text)))


def asks_when(question: str) -> bool:
    """Whether a question wants a date or a length of time."""
    return _ASKS_WHEN.search(question) is not None


def has_date(text: str) -> bool:
    """Whether a text states a date or a length of time."""
    return _DATE.search(_NOTE.sub("", text)) is not None


def asks_name(question: str) -> bool:
    """Whether a question wants to know what something is called."""
    return _ASKS_NAME.search(question) is not None


def asks_topic(question: str) -> bool:
    """Whether a question wants whatever is said about something."""
    return _ASKS_TOPIC.search(question) is not None
