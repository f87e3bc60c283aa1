"""The few shapes of Block Kit that the bot uses, as plain dictionaries.

Text from documents and people goes into rich text or plain text, which Slack does not parse: no escaping, no
mentions, no emoji codes. Models of slack_sdk are not used: they drop elements that they do not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from bot.slack.limits import ACCESSIBILITY_LABEL, BUTTON_TEXT, SECTION_TEXT

Json = dict[str, Any]


def part(text: str, *, bold: bool = False, italic: bool = False, url: str = "") -> Json:
    """A run of text inside rich text, with a link where `url` is given; its characters are shown as they are."""
    style = {name: True for name, wanted in (("bold", bold), ("italic", italic)) if wanted}
    link = {"type": "link", "url": url} if url else {"type": "text"}
    return {**link, "text": text, **({"style": style} if style else {})}


def linked(text: str, urls: Iterable[str]) -> list[Json]:
    """The text as parts in which each of `urls` is a link; together the parts read as `text`."""
    known = sorted((url for url in set(urls) if url), key=len, reverse=True)
    if not known:
        return [part(text)]
    pieces = re.split(f"({'|'.join(map(re.escape, known))})", text)
    return [part(piece, url=piece if piece in known else "") for piece in pieces if piece]


def section(*parts: Json | str) -> Json:
    """A paragraph of rich text."""
    return {"type": "rich_text_section", "elements": _parts(parts)}


def quotation(*parts: Json | str) -> Json:
    """Words from a document, set off by a bar. Nothing but the words themselves belongs inside."""
    return {"type": "rich_text_quote", "elements": _parts(parts)}


def verbatim(text: str) -> Json:
    """Text in a fixed-width frame, to be copied."""
    return {"type": "rich_text_preformatted", "elements": _parts([text])}


def rich(*elements: Json) -> Json:
    """A block of paragraphs, quotations and frames."""
    return {"type": "rich_text", "elements": list(elements)}


def _parts(parts: Sequence[Json | str]) -> list[Json]:
    made = [part(each) if isinstance(each, str) else each for each in parts]
    return [each for each in made if each["text"]]


def plain(text: str) -> Json:
    """A text object whose characters are shown as they are."""
    return {"type": "plain_text", "text": text, "emoji": False}


def small(text: str) -> Json:
    """A line in small print, shortened to Slack's limit."""
    return {"type": "context", "elements": [plain(shorten(text, SECTION_TEXT))]}


def button(label: str, action: str, value: str, *, spoken: str = "") -> Json:
    """A button; `spoken` is what a screen reader says in place of a label that stands there more than once."""
    made = {
        "type": "button",
        "text": plain(shorten(label, BUTTON_TEXT)),
        "action_id": action,
        "value": value,
    }
    return made | ({"accessibility_label": shorten(spoken, ACCESSIBILITY_LABEL)} if spoken else {})


def actions(*elements: Json) -> Json:
    """A row of buttons."""
    return {"type": "actions", "elements": list(elements)}


def escaped(text: str) -> str:
    """The text for a notification, which Slack parses: no mention and no link can arise from it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """The text that Slack sends as it was typed: what `escaped` undone gives."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def shorten(text: str, most: int) -> str:
    """The text, or as many whole words of it as fit into `most` characters, and an ellipsis."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    words = head.rsplit(None, 1)[0] if len(head.split()) > 1 and not text[most - 1].isspace() else head
    return words.rstrip() + "…"


def weight(value: object) -> int:
    """How many characters of text Slack counts in blocks."""
    counted, inside = 0, [value]
    for each in inside:  # what is found in them joins the list
        if isinstance(each, dict):
            if isinstance(text := each.get("text"), str):
                counted += len(text)
            inside += each.values()
        elif isinstance(each, list):
            inside += each
    return counted
