"""Turns each change of the workspace into news for the page and events for the bot."""

import re
import secrets
import time

from bot.playground.workspace import APP_ID, BOT_USER_ID, TEAM_ID, Channel, Json, Message
from bot.playground.world import World

CHANNEL_EVENT = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}
MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


def send_event(world: World, subscription: str, event: Json) -> None:
    """Deliver one event if the app subscribes to it."""
    if not world.app.receives(subscription):
        return
    authorization = {"enterprise_id": None, "team_id": TEAM_ID, "user_id": BOT_USER_ID, "is_bot": True,
                     "is_enterprise_install": False}  # fmt: skip
    payload = {
        "token": "legacy", "team_id": TEAM_ID, "context_team_id": TEAM_ID, "context_enterprise_id": None,
        "api_app_id": APP_ID, "event": event, "type": "event_callback", "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(time.time()), "authorizations": [authorization], "is_ext_shared_channel": False,
        "event_context": f"4-{secrets.token_hex(12)}",
    }  # fmt: skip
    world.courier.send_event(subscription, payload)


def message_posted(world: World, channel: Channel, message: Message) -> None:
    """Tell of a new message: both `app_mention` and its `message` twin, and the bot's own as an echo."""
    message_shown(world, channel, message)
    if message.only_for or BOT_USER_ID not in channel.members:
        return
    about = _place(channel, message.ts)
    event = message.as_json() | about
    if message.thread_ts and (parent := channel.messages.get(message.thread_ts)):
        event["parent_user_id"] = parent.user
    mentioned = BOT_USER_ID in MENTION.findall(message.text)
    # Source: https://docs.slack.dev/reference/events/app_mention (not dispatched in direct messages).
    if mentioned and channel.kind != "im" and not message.from_bot:
        twin = {k: v for k, v in event.items() if k not in ("channel_type", "subtype")}
        send_event(world, "app_mention", twin | {"type": "app_mention"})
    send_event(world, CHANNEL_EVENT[channel.kind], event)


def message_edited(world: World, channel: Channel, message: Message, before: Json) -> None:
    """Tell of an edit, the bot's own included."""
    message_shown(world, channel, message)
    event = {"type": "message", "subtype": "message_changed", "hidden": True, "message": message.as_json(),
             "previous_message": before}  # fmt: skip
    if BOT_USER_ID in channel.members and not message.only_for:
        send_event(world, CHANNEL_EVENT[channel.kind], event | _place(channel, world.workspace.new_ts()))


def message_removed(world: World, channel: Channel, message: Message) -> None:
    """Tell of a deletion."""
    gone = {"channel": channel.id, "ts": message.ts}
    world.news.tell("message_deleted", gone, only_for=_readers(world, channel, message))
    event = {"type": "message", "subtype": "message_deleted", "hidden": True, "deleted_ts": message.ts,
             "previous_message": message.as_json()}  # fmt: skip
    if BOT_USER_ID in channel.members and not message.only_for:
        send_event(world, CHANNEL_EVENT[channel.kind], event | _place(channel, world.workspace.new_ts()))


def message_shown(world: World, channel: Channel, message: Message) -> None:
    """Send the page a new or changed message."""
    data = message.as_json() | {"channel": channel.id, "ephemeral": bool(message.only_for)}
    world.news.tell("message", data, only_for=_readers(world, channel, message))


def reaction_changed(world: World, channel: Channel, message: Message, change: Json) -> None:
    """Tell of a reaction; `change` holds user, reaction and the event's type."""
    message_shown(world, channel, message)
    event = change | {"item": {"type": "message", "channel": channel.id, "ts": message.ts},
                      "item_user": message.user, "event_ts": world.workspace.new_ts()}  # fmt: skip
    if BOT_USER_ID in channel.members:
        send_event(world, change["type"], event)


def _place(channel: Channel, ts: str) -> Json:
    return {"channel": channel.id, "channel_type": channel.kind, "event_ts": ts, "ts": ts}


def _readers(world: World, channel: Channel, message: Message) -> list[str] | None:
    return [message.only_for] if message.only_for else world.audience(channel)
