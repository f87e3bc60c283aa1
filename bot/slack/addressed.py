"""Whether words in a thread, written without a mention, read as a question to the bot.

The bot would rather miss a question (a mention always reaches it) than speak while people talk to each other.
"""

from __future__ import annotations

import re

from bot.smalltalk import without_name

LONGEST = 400
"""Characters; a longer message is a contribution, not a question in passing."""

ASKS = re.compile(
    r"(and |but |so |ok,? |okay,? |also,? |now |then |well,? |thanks[,.!]? )*"
    r"(what|whats|what's|who|whos|who's|whom|whose|where|when|why|how|which|is|are|was|were|do|does|did|can|could|"
    r"has|have|had|will|would|should|any|anything|in what|in which|to what|by how|for how|on what|from where|"
    r"according to)\b",
    re.IGNORECASE,
)
ORDERS = re.compile(
    r"(and |ok,? |okay,? |now |then |please )*"
    r"((show|tell|give|quote|cite|find|list|read) (me |us )?"
    r"(more|the|some|any|what|who|how|where|which|all|its|their|that)\b|search (for|the)\b|"
    r"more((,? please)?\W*$| (quotes|on|about|details?)\b)|(the )?(whole|full|next|previous) (paragraph|passage)\b)",
    re.IGNORECASE,
)
# A statement, an exclamation or a subordinate clause that begins like a question.
NOT_ASKING = re.compile(
    r"(what an?|how (nice|lovely|interesting|funny|odd|sad|good|great|useful|depressing)|"
    r"which (is|was|are|means|makes)|when (i|we|you|they|he|she)|have a|will do|is what it is|can'?t|"
    r"do (it|that|so)|who knows|why not)\b",
    re.IGNORECASE,
)
# A question mark after a remark to whoever said the last thing.
TAG = re.compile(
    r"(^|[,.!;] ?)(really|seriously|ok|okay|right|no|yes|yeah|huh|eh|hm+|what|why|who|when|lol|innit|agreed|agree|"
    r"isn'?t it|doesn'?t it|don'?t you think|you know|good|all good|any thoughts|thoughts|any objections|any takers|"
    r"sorry|same|true|done|ready)\s*\?+$",
    re.IGNORECASE,
)
# People among themselves: about us, about you, about what is to be done.
AMONG_PEOPLE = re.compile(
    r"\b(we|we're|we've|we'll|us|our|ours|let'?s|i'?ll|i'?m|i'?ve|i'?d|my|mine|shall i|should i|you guys|you all|"
    r"y'all|folks|everyone|everybody|anyone|anybody|someone|somebody|your|yours|for lunch|a coffee|tomorrow|tonight|"
    r"(do|did|don't|are|were|have|will|would|what do|why do|when do|how do|when are|where are|how are|what are|"
    r"who are|when will|when can|if) you|"
    r"(can|could) (you|i|one of you) (send|check|ask|call|email|mail|take|put|add|write|draft|review|join|forward|"
    r"share|make|do|look|have|come|help|please|book|bring|get back|chase|confirm|update|fix|ping))\b",
    re.IGNORECASE,
)
# What people say to a machine in the same words.
TO_THE_BOT = re.compile(
    r"\b((show|tell|give|remind) us|(do you have|have you( got)?) (any|anything|more|other|some))\b", re.IGNORECASE
)
# "Ben, what was the figure?", "@ben ...", "Ben: ...": somebody else is spoken to.
CALLS_SOMEBODY = re.compile(
    r"^(hey |hi |hello |morning |@)?(?P<name>[A-Z][\w'’-]+)( [A-Z][\w'’-]+)?\s*[,:–—-]\s", re.UNICODE
)
LEADS = frozenset(
    "and but so ok okay also now then well thanks great right actually interesting sorry yes no hmm cool good nice "
    "fine next first second finally question please more".split()
)
NAMED = re.compile(r"<(@|!)")


def reads_as_question(written: str) -> bool:
    """Whether a message, as Slack writes it, is a question or an order that nobody else is asked."""
    text = without_name(" ".join(written.replace("’", "'").split()))
    if not text or len(text) > LONGEST or NAMED.search(text) or _calls_somebody(text):
        return False
    last = _last_sentence(text)
    if AMONG_PEOPLE.search(TO_THE_BOT.sub("", text)) or TAG.search(last):
        return False
    if ORDERS.match(last):
        return not last.endswith("!")
    if last.endswith("?"):
        return True
    return bool(ASKS.match(last)) and not NOT_ASKING.match(last) and not last.endswith(("!", "…", "..."))


def _calls_somebody(text: str) -> bool:
    found = CALLS_SOMEBODY.match(text)
    return bool(found) and found["name"].lower() not in LEADS if found else False


def _last_sentence(text: str) -> str:
    return re.split(r"(?<=[.?!;]) +", text)[-1]
