"""From an event of Slack to a Message of the inbox, or to nothing where the bot has no business with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.slack.addressed import reads_as_question
from bot.slack.kit import unescaped
from bot.slack.receiving import write_files
from bot.state.records import Message, Thread, Way

# Other subtypes are edits, deletions, joins, topics and the messages of bots.
# Source: https://docs.slack.dev/reference/events/message
SAID = (None, "file_share", "thread_broadcast", "me_message")
MENTION = re.compile(r"<[@!#]([^|>]*)(?:\|([^>]*))?>")
# Slack's own voice: reminders, notices.
SLACKBOT = "USLACKBOT"
# No database and no search takes these; half of a surrogate pair is no character.
UNUSABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
LINK = re.compile(r"<((?:https?|mailto|tel):[^|>]*)(?:\|([^>]*))?>")


def read_event(body: Mapping[str, Any], bot_user: str) -> Message | None:
    """The message in an event, or None: an edit, a deletion, a bot's words, or talk that is not for the bot.

    A mention comes as two events, `app_mention` and `message`; both give the same Message but for the event id.
    A FOLLOW_UP is only a candidate: whether its thread is one of ours is not known here.
    """
    event = body.get("event") or {}
    if event.get("subtype") not in SAID or event.get("bot_id") or event.get("user") in (None, bot_user, SLACKBOT):
        return None
    ts = str(event.get("ts") or event.get("event_ts") or "")
    if not ts:
        return None
    written = str(event.get("text") or "")
    way = _way(event, written, bot_user)
    if way is Way.FOLLOW_UP and not (event.get("thread_ts") and reads_as_question(written)):
        return None
    text = plain_text(written, bot_user)
    if way is Way.DIRECT and event.get("files"):
        way, text = Way.UPLOAD, write_files(event, text)
    team, channel = str(body.get("team_id") or event.get("team") or ""), str(event.get("channel", ""))
    return Message(
        event_id=str(body.get("event_id") or f"{channel}/{ts}/{event.get('type')}"),
        thread=Thread(team, channel, str(event.get("thread_ts") or ts)),
        ts=ts,
        user=str(event["user"]),
        user_team=str(event.get("user_team") or event.get("team") or team),
        way=way,
        text=text,
    )


def plain_text(written: str, bot_user: str) -> str:
    """What a person typed, without the mention of the bot and without Slack's mark-up of names and links."""
    text = re.sub(rf"<@{re.escape(bot_user)}(?:\|[^>]*)?>", " ", written)
    text = LINK.sub(lambda found: found[2] or found[1], text)
    text = MENTION.sub(lambda found: found[2] or "", text)
    return " ".join(UNUSABLE.sub(" ", unescaped(text)).split())


def _way(event: Mapping[str, Any], written: str, bot_user: str) -> Way:
    if event.get("channel_type") == "im" or str(event.get("channel", "")).startswith("D"):
        return Way.DIRECT
    mentioned = event.get("type") == "app_mention" or re.search(rf"<@{re.escape(bot_user)}[|>]", written)
    return Way.MENTION if mentioned else Way.FOLLOW_UP
