"""Small talk: what people say to the bot that is no question about the evidence."""

from __future__ import annotations

import re

# A whole message, without its punctuation.
WORDS = {
    "help": r"help|help me|what can you do|what do you do|how does this work|how do you work|who are you",
    "greeting": r"(hi|hello|hey|hiya)( there)?|good (morning|afternoon|evening)|morning",
    "thanks": r"thanks|thank you|thanks a lot|thank you very much|many thanks|cheers|ta|(great|perfect),? thanks",
}
# Before a question. "Hi-tech" and "Good evening classes" are no greetings.
GREETING = re.compile(
    r"^(?:(?:hi|hello|hey|hiya)(?: there)?+(?:\s*[,.!:]\s*|\s+)|good (?:morning|afternoon|evening)\s*[,.!:]\s*)(?=\w)",
    re.I,
)


def without_greeting(question: str) -> str:
    """The question without the greeting before it, whose words are not in the evidence."""
    return GREETING.sub("", question)


def small_talk(question: str) -> str | None:
    """Whether a message is "help", a "greeting" or "thanks" and nothing else."""
    said = question.lower().strip(" .!?\n\t")
    return next((kind for kind, words in WORDS.items() if re.fullmatch(words, said)), None)
