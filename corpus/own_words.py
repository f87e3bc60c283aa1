"""What the submitter says of itself: 'In our last report we said:'."""

from __future__ import annotations

import re

from corpus.saying import ADVERB, SAYING

_PEOPLE = (
    r"(?:members?|staff|volunteers?|carers|residents|tenants|users|clients|patients|partners|respondents|participants"
    r"|supporters|families|parents|people|women|men|teachers|nurses|workers|customers|readers|students|pupils|chair"
    r"|director|chief executive|trustees?|colleagues?)"
)
# not of 'a nurse at one of our homes'
_OF_OURS = r"(?<!\bof )(?<!\bat )(?<!\bin )(?<!\bby )(?<!\bfor )(?<!\bfrom )(?<!\bwith )"
_SELF = re.compile(rf"\b(?:[Ww]e|{_OF_OURS}[Oo]ur (?!(?:\w+ ){{0,3}}{_PEOPLE}\b)[\w ]+|I) {ADVERB}{SAYING}\b")
_WORK = (
    r"(?:submission|report|response|evidence|letter|paper|statement|motto|vision|mission|website|strategy|plan"
    r"|manifesto|policy|recommendation)"
)
_SAID = (
    r"(?:said|say|wrote|write|stated|state|argued|argue|noted|told|warned|recommended|concluded|explained|submitted"
    r"|suggested|proposed|put it)"
)
_LEADS_TO_OWN = re.compile(
    rf"\b(?:we|I) (?:(?:have|had|also|then|once|first|\w+ly) )*{_SAID}"
    r"(?P<rest>(?: (?:that|in|to|at|on|then|before|again|earlier|elsewhere|this|as follows|last|the|ministers)\b"
    r"[^“”\"]*)?)"
    r"[:,]?$"
    rf"|\bour (?:\w+ ){{0,4}}?{_WORK}(?: (?:(?:of|from|in) (?:\w+ )?\d{{4}}|to (?:the|this) [\w ]{{1,40}}))?"
    r"(?: (?:says|said|states|stated|argued|concluded|recommended|puts? it|is|was)(?: that)?)?\s*[:,]?$",
    re.I,
)
_ANOTHER = re.compile(
    rf"\b(?:{SAYING}|repl\w+|answer\w*|asked|quot\w+|from|by|who\w*|with|her|his|their|words|stor(?:y|ies)|interview\w*"
    r"|survey\w*|focus|conversation\w*|members?)\b",
    re.I,
)


def speaks_itself(sentence: str) -> bool:
    """Whether the submitter says something in a sentence."""
    return _SELF.search(sentence) is not None


def introduces_itself(sentence: str) -> bool:
    """Whether a sentence leads to the submitter's own words: 'In our last submission we said:', 'Our report says'."""
    led = _LEADS_TO_OWN.search(sentence.rstrip())
    return led is not None and not _ANOTHER.search(led["rest"] or "")
