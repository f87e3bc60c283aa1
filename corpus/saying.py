"""Verbs of saying, which join a speaker to the words."""

from __future__ import annotations

import re

SAYING = (
    r"(?:said|says|saying|say|told|tells|tell|remarked|remarks|described|describes|describe|explained|explains|explain"
    r"|reflected|reflects|reflect|commented|comments|noted|notes|observed|observes|argued|argues|added|adds|stated"
    r"|states|wrote|writes|laid out|lays out|set out|sets out|pointed out|points out|stressed|stresses|warned|warns"
    r"|emphasised|emphasises|highlighted|highlights|concluded|concludes|recalled|recalls|testified|reported|reports"
    r"|considered|considers|believed|believes|thought|thinks|claimed|claims|agreed|agrees|acknowledged|acknowledges"
    r"|called|calls|puts it|put it|summed up|sums up|found|finds|heard|replied|suggested|suggests|insisted|admitted)"
)
ADVERB = r"(?:(?:has|have|had|also|recently|rightly|then|once|later|\w+ly) )*"
# Of a verb that nothing parts from the words behind it; names and theses follow "called", "found" and "thought".
_LEADS = re.compile(
    r"\b(?:said|says|saying|told|tells|remarked|remarks|explained|explains|reflected|reflects|commented|comments|added"
    r"|adds|stated|states|wrote|writes|warned|warns|recalled|recalls|replied|insisted|admitted|asked|asks|puts? it)"
    r"(?: (?:us|me|him|her|them|this|so|how|to us|to me|like this|this way))*\s*[:,]?$"
)
_SAYS = re.compile(rf"\b{SAYING}\b")
DETERMINER = r"(?:the|an?|one|another|some|many|several|most|our|their|its|his|her)\b"
REACH = 500  # characters before a quotation in which its speaker is looked for: bounds the work on any text


def says(sentence: str) -> bool:
    """Whether somebody says something in a sentence."""
    return _SAYS.search(sentence) is not None


def says_once(words: str) -> bool:
    """Whether exactly one verb of saying stands in these words."""
    return len(_SAYS.findall(words)) == 1


def leads_to_words(sentence: str) -> bool:
    """Whether a sentence ends in a verb of saying, so that what stands behind it is said."""
    return _LEADS.search(sentence.rstrip()) is not None
