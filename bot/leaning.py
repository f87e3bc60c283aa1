"""Whether a turn leans on its thread: by a word that points back, by how it begins or ends, by how little it says.

A word points out of its turn only where next to nothing of the turn's own stands before it: 'what's her role?' leans,
'where is Linda Dellow based and what's her role?' does not. A turn that says much itself is about what it says.
"""

from __future__ import annotations

import re

from index.tokens import tokens

_FEW, _SOME, _SEVERAL = 2, 4, 5  # of a turn's own words
_SAYS = (
    r"(?:say|said|mention|cover|talk|discuss|recommend|reckon|suggest|propose|call for|ask for|deal|go into|get into)"
)
_THIS = r"(?:that|this|these|those)"
_HELPS = r"(?:is|are|was|were|did|do|does|has|have|had|can|could|will|would)"
_BEFORE_THING = rf"(?:{_HELPS}|of|to|about|on|for|in|from|and|so|but|what|why|how|when)"
_NOBODY = rf"(?:{_SAYS}|that|they|take|about|going|true|fair|hard|easy|worth|down to|still)"  # no thing that was named
_POINTS_TO_SOMEBODY = re.compile(r"\b(?:he|him|his|she|hers?|its)\b", re.I)
_POINTS_BACK = re.compile(
    rf"\b(?:such|similar|there|another|else|the same|the others?|(?:the|which|that|this|any) (?:\w+ )?ones?"
    rf"|it(?!(?:['’]s|\s+is|\s+was)?\s+{_NOBODY}\b)"
    rf"|(?:{_THIS}|others?)(?=\W*(?:$|[?.,;!–]|right|exactly))"
    rf"|(?:^|{_BEFORE_THING} ){_THIS}(?= (?:{_HELPS}|mean|too)\b))\b",
    re.I,
)
# In a turn of few words: what happened to those groups, do they feel the same way, did they get on before?
_ENDS_BACK = re.compile(
    rf"(?:^|\b{_BEFORE_THING} ){_THIS} \w+"
    r"|\b(?:the same(?: way)?|before|after(?:wards)?|instead)\W*$",
    re.I,
)
_NOT_BACK = re.compile(
    r"\b(?:in|is|are|was|were) there\b|['’]s there\b|\bthere(?:['’]s| is| are| was| were)\b|\b(?:each|one an)other\b"
    r"|\bin this\b|\bthis (?:evidence|submission|document|inquiry|paper)\b",
    re.I,
)  # 'in there' is in the submission
_CONNECTS = re.compile(
    r"\W*(?:and|but|so|or|also|what about|how about|ok(?:ay)?|then|which(?: of| ones?| is| are| was| were|\W*$)"
    r"|really|are you sure|tell me more|more)\b",
    re.I,
)
_SWITCHES = re.compile(
    r"\b(?:different (?:thing|topic|question|subject)|unrelated|new (?:topic|question|subject)|something else entirely"
    r"|chang(?:e|ing) (?:of )?(?:the )?(?:subject|topic)|moving on|separately|by the way|on another note"
    r"|now i need|now for)\b",
    re.I,
)
_TOPIC = re.compile(
    rf"(?i:\b(?:about|on|of|from|for|in|{_SAYS})\s+(?!(?:it|{_THIS}|them|him|her|there|all|earth|what|which)\b)\w)"
    r"|(?<=[\w,] )(?!I\b)[A-Z]|\d"
)


def changes_subject(turn: str) -> bool:
    """Whether a turn says that it is about something else."""
    return _SWITCHES.search(turn) is not None


def leans(turn: str) -> bool:
    """Whether a turn cannot be understood without the thread."""
    if changes_subject(turn):
        return False
    own = _own(turn)
    named = own == _FEW == len(turn.split()) and not turn.endswith("?")  # 'ferry prices'
    if own <= _FEW and not (named or (own and _TOPIC.search(turn))):
        return True
    if own <= _SEVERAL and _CONNECTS.match(turn):
        return True
    seen = _NOT_BACK.sub(lambda found: " " * len(found[0]), turn)
    if own <= _SOME and _ENDS_BACK.search(seen):
        return True
    if any(not _own(turn[: word.start()]) for word in _POINTS_TO_SOMEBODY.finditer(seen)):
        return True
    return any(own < _SOME or _own(turn[: word.start()]) < _FEW for word in _POINTS_BACK.finditer(seen))


def _own(text: str) -> int:
    """How many words of meaning there are in a text."""
    return len(set(tokens(text)))
