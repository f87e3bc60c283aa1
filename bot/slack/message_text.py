"""What a message says, as its writer saw it: from rich text where Slack gives it, else from mark-up."""

from __future__ import annotations

import re

from bot.slack.kit import Json, unescaped

_MARKUP = re.compile(r"<([@#!]?)([^|>]*)(?:\|([^>]*))?>")


def written_text(message: Json) -> str:
    """The text of a message; quoted lines start with `> `."""
    blocks = message.get("blocks") or []
    said = [text for block in blocks if (text := _block(block))]
    return "\n".join(said) if said else as_typed(str(message.get("text") or ""))


def as_typed(text: str) -> str:
    """Slack's mark-up as plain text: links and names by what is shown, `&lt;` as `<`."""
    text = _MARKUP.sub(lambda match: match[3] or (match[2] if not match[1] else ""), text)
    return unescaped(text)


def _block(block: Json) -> str:
    if block.get("type") == "rich_text":
        return "\n".join(_element(element) for element in block.get("elements", []))
    text = block.get("text")
    if block.get("type") in ("section", "header") and isinstance(text, dict):
        return as_typed(str(text.get("text", "")))
    return ""


def _element(element: Json) -> str:
    if element.get("type") == "rich_text_list":
        return "\n".join(_element(item) for item in element.get("elements", []))
    said = "".join(str(part.get("text") or part.get("url") or "") for part in element.get("elements", []))
    if element.get("type") == "rich_text_quote":
        return "\n".join(f"> {line}" for line in said.split("\n")) + "\n"
    return said
