"""Fits what is to be shown into messages: groups of blocks stay together, quotations are never cut short."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from bot.slack.kit import Json, weight
from bot.slack.limits import MESSAGE_BLOCKS, MESSAGE_TEXT

# Leaves room in a message for whose words they are, a footnote and the buttons.
LONGEST_PIECE = 9000

Group = list[Json]


def pages(groups: Iterable[Group], *, text: int = MESSAGE_TEXT, blocks: int = MESSAGE_BLOCKS) -> list[list[Json]]:
    """The groups in order on as few pages as hold them, at most `text` characters and `blocks` blocks each."""
    made: list[list[Json]] = [[]]
    held = 0  # characters on the last page
    for group in groups:
        added = weight(group)
        if made[-1] and (held + added > text or len(made[-1]) + len(group) > blocks):
            made.append([])
            held = 0
        made[-1].extend(group)
        held += added
    return made


def pieces(text: str, longest: int = LONGEST_PIECE) -> list[str]:
    """A text too long for one message in pieces that join to exactly the text, divided between words."""
    return list(_pieces(text, longest))


def _pieces(text: str, longest: int) -> Iterator[str]:
    while len(text) > longest:
        cut = _cut(text, longest)
        yield text[:cut]
        text = text[cut:]
    yield text


def _cut(text: str, longest: int) -> int:
    for ends in (". ", " ", "\n", "\t"):
        if (found := text.rfind(ends, longest // 2, longest)) > 0:
            return found + len(ends)
    cut = longest
    # A letter keeps its accents: never divide before a combining mark, a joiner or a variation selector.
    while cut > 1 and (unicodedata.combining(text[cut]) or text[cut] in "\u200d\ufe0f" or text[cut - 1] == "\u200d"):
        cut -= 1
    return cut
