"""What Slack makes of the text that a person types: escapes, mentions, links and rich text."""

import re

from bot.playground.workspace import Json, Workspace

TOKEN = re.compile(r"(https?://[^\s<>]+)|(?<!\w)@([\w.-]*\w)|(?<!\w)#([\w-]+)")
BROADCASTS = ("here", "channel", "everyone")


def escaped(text: str) -> str:
    """Escape the three characters that mean something in mrkdwn."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def typed(workspace: Workspace, text: str) -> tuple[str, list[Json]]:
    """Return the `text` and the rich_text block of a message that a person typed."""
    out, parts, done = "", [], 0
    for match in TOKEN.finditer(text):
        if (found := _special(workspace, match)) is None:
            continue
        before = text[done : match.start()]
        parts += [{"type": "text", "text": before}] if before else []
        out += escaped(before) + found[0]
        parts.append(found[1])
        done = match.end()
    rest = text[done:]
    parts += [{"type": "text", "text": rest}] if rest else []
    section = {"type": "rich_text_section", "elements": parts}
    return out + escaped(rest), [{"type": "rich_text", "block_id": "typed", "elements": [section]}]


def _special(workspace: Workspace, match: re.Match[str]) -> tuple[str, Json] | None:
    link, person_name, channel_name = match.groups()
    if link:
        return f"<{escaped(link)}>", {"type": "link", "url": link}
    if person_name in BROADCASTS:
        return f"<!{person_name}>", {"type": "broadcast", "range": person_name}
    if person_name and (person := workspace.person(person_name)):
        return f"<@{person.id}>", {"type": "user", "user_id": person.id}
    if channel_name and (channel := workspace.channel(channel_name)):
        return f"<#{channel.id}|{channel.name}>", {"type": "channel", "channel_id": channel.id}
    return None
