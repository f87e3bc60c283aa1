"""Small talk: what people say to the bot that is no question about the evidence."""

from __future__ import annotations

import re

# A whole message, without its punctuation.
WORDS = {
    "help": r"help|help me|what can you do|what do you do|how does this work|how do you work|who are you",
    "greeting": r"hi|hello|hey|hiya|good (morning|afternoon|evening)|morning",
    "thanks": r"thanks|thank you|thanks a lot|thank you very much|many thanks|cheers|ta|(great|perfect),? thanks",
}


def small_talk(question: str) -> str | None:
    """Whether a message is "help", a "greeting" or "thanks" and nothing else."""
    said = question.lower().strip(" .!?\n\t")
    return next((kind for kind, words in WORDS.items() if re.fullmatch(words, said)), None)
