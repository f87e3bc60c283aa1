"""Small talk: what people say to the bot that is no question about the evidence."""

from __future__ import annotations

import re

# A whole message, without its punctuation.
WORDS = {
    "help": r"help|help me|what can you do|what do you do|how does this work|how do you work|who are you",
    "greeting": r"(hi|hello|hey|hiya)( there)?|good (morning|afternoon|evening)|morning",
    "thanks": r"thanks|thank you|thanks a lot|thank you very much|many thanks|cheers|ta|(great|perfect),? thanks",
}
_BOT = r"(?:@[\w.-]*bot|(?:evidence[ _-]?)?bot)\b(?!-)"
_HELLO = r"(?:(?:hi|hello|hey|hiya|dear|ok|okay)(?: there)?+|good (?:morning|afternoon|evening))"
_PAUSE = r"(?:\s*[,.!:;]\s*|\s+[–—-]\s+)"
_ASKS = (
    r"(?:who|what|when|where|which|why|how|is|are|was|were|do|does|did|can|could|has|have|show|tell|find|give|please)\b"
)
# The bot called by its name in words, before what is asked or behind it. "Bot accounts" and "the botany" are no calls.
CALLED = re.compile(
    rf"^(?:{_HELLO}(?:{_PAUSE}|\s+){_BOT}(?:{_PAUSE}|\s+)|{_BOT}{_PAUSE}|@[\w.-]*bot\s+|"
    rf"evidence[ _-]?bot\s+(?={_ASKS}))(?=\w)|\s*,\s*{_BOT}(?=\W*$)",
    re.I,
)
# Before a question. "Hi-tech" and "Good evening classes" are no greetings.
GREETING = re.compile(
    r"^(?:(?:hi|hello|hey|hiya)(?: there)?+(?:\s*[,.!:]\s*|\s+)|good (?:morning|afternoon|evening)\s*[,.!:]\s*)(?=\w)",
    re.I,
)


def without_name(said: str) -> str:
    """What is said without the words that call the bot by its name."""
    return CALLED.sub("", said)


def without_greeting(question: str) -> str:
    """The question without the greeting before it and the bot's name, whose words are not in the evidence."""
    return GREETING.sub("", without_name(question))


def small_talk(question: str) -> str | None:
    """Whether a message is "help", a "greeting" or "thanks" and nothing else, said to nobody or to the bot."""
    said = without_name(question).lower().strip(" .!?\n\t")
    if re.fullmatch(_BOT, said):
        return "greeting"
    said = re.sub(rf"\s+{_BOT}$", "", said).rstrip(" ,.!")
    return next((kind for kind, words in WORDS.items() if re.fullmatch(words, said)), None)
