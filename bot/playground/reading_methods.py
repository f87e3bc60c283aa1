"""conversations.*, users.*, team.info, bots.info: what the bot reads."""

from typing import Any

from bot.playground import announce
from bot.playground.chat_methods import Method, find_channel
from bot.playground.refused import Refused
from bot.playground.workspace import (
    APP_ID,
    BOT_ID,
    BOT_USER_ID,
    TEAM_ID,
    TEAM_NAME,
    Channel,
    Json,
    Message,
)
from bot.playground.world import World


async def test(world: World, args: Json) -> Json:
    """api.test."""
    return {"args": args}


async def auth_test(world: World, args: Json) -> Json:
    """auth.test."""
    return {"url": f"{world.base}/", "team": TEAM_NAME, "team_id": TEAM_ID, "user": world.app.name,
            "user_id": BOT_USER_ID, "bot_id": BOT_ID, "is_enterprise_install": False}  # fmt: skip


async def team_info(world: World, args: Json) -> Json:
    """team.info."""
    return {"team": {"id": TEAM_ID, "name": TEAM_NAME, "domain": "playground", "icon": {}}}


async def bots_info(world: World, args: Json) -> Json:
    """bots.info."""
    if args.get("bot", BOT_ID) != BOT_ID:
        raise Refused("bot_not_found")
    return {"bot": {"id": BOT_ID, "app_id": APP_ID, "name": world.app.name, "user_id": BOT_USER_ID, "deleted": False,
                    "icons": {}}}  # fmt: skip


async def users_info(world: World, args: Json) -> Json:
    """users.info."""
    person = world.workspace.people.get(str(args.get("user", "")))
    if person is None:
        raise Refused("user_not_found")
    return {"user": person.as_json()}


async def users_list(world: World, args: Json) -> Json:
    """users.list."""
    page, cursor = paged(list(world.workspace.people.values()), args)
    return {"members": [person.as_json() for person in page], "cache_ts": 0, **cursor}


async def conversations_info(world: World, args: Json) -> Json:
    """conversations.info."""
    return {"channel": find_channel(world, args).as_json()}


async def conversations_open(world: World, args: Json) -> Json:
    """conversations.open: only the direct message with one person."""
    users = [user for user in str(args.get("users", "")).split(",") if user]
    if args.get("channel"):
        channel = find_channel(world, args)
    elif len(users) == 1 and users[0] in world.workspace.people and users[0] != BOT_USER_ID:
        channel = world.workspace.direct(users[0])
    else:
        raise Refused("user_not_found" if users else "users_list_not_supplied")
    return {"channel": channel.as_json() if args.get("return_im") else {"id": channel.id}}


async def conversations_list(world: World, args: Json) -> Json:
    """conversations.list: public channels, and private ones that the bot is in."""
    kinds = {"public_channel": "channel", "private_channel": "group", "im": "im"}
    wanted = {kinds.get(name.strip()) for name in str(args.get("types") or "public_channel").split(",")}
    visible = [c for c in world.workspace.channels.values()
               if c.kind in wanted and (c.kind == "channel" or BOT_USER_ID in c.members)]  # fmt: skip
    page, cursor = paged(visible, args)
    return {"channels": [channel.as_json() for channel in page], **cursor}


async def users_conversations(world: World, args: Json) -> Json:
    """users.conversations: the channels that the bot is in."""
    found = await conversations_list(world, args)
    return found | {"channels": [channel for channel in found["channels"] if channel["is_member"]]}


async def conversations_members(world: World, args: Json) -> Json:
    """conversations.members."""
    page, cursor = paged(find_channel(world, args).members, args)
    return {"members": page, **cursor}


async def conversations_join(world: World, args: Json) -> Json:
    """conversations.join."""
    channel = find_channel(world, args)
    join(world, channel, BOT_USER_ID)
    return {"channel": channel.as_json()}


def join(world: World, channel: Channel, user: str) -> None:
    """Make somebody a member and tell of it."""
    if user in channel.members:
        return
    channel.members.append(user)
    event = {"type": "member_joined_channel", "user": user, "channel": channel.id, "team": TEAM_ID,
             "channel_type": "C", "event_ts": world.workspace.new_ts()}  # fmt: skip
    announce.send_event(world, "member_joined_channel", event)
    world.news.tell("channel", {"id": channel.id, "members": channel.members})


async def conversations_history(world: World, args: Json) -> Json:
    """conversations.history: newest first, without replies."""
    channel = _readable(world, args)
    messages = [m for m in channel.messages.values() if not m.only_for and m.thread_ts in (None, m.ts)]
    messages = [m for m in messages if _between(m.ts, args)]
    page, cursor = paged(messages[::-1], args)
    return {"messages": [as_parent(channel, m) for m in page], "has_more": bool(_next(cursor)), **cursor}


async def conversations_replies(world: World, args: Json) -> Json:
    """conversations.replies: the parent first, then its replies, oldest first."""
    channel = _readable(world, args)
    thread = channel.thread(str(args.get("ts", "")))
    if not thread:
        raise Refused("thread_not_found")
    page, cursor = paged([m for m in thread if m is thread[0] or _between(m.ts, args)], args)
    return {"messages": [as_parent(channel, m) for m in page], "has_more": bool(_next(cursor)), **cursor}


def as_parent(channel: Channel, message: Message) -> Json:
    """Return a message with the counts that Slack adds to the first of a thread."""
    replies = [m for m in channel.thread(message.ts) if m is not message]
    if not replies:
        return message.as_json()
    users = list(dict.fromkeys(reply.user for reply in replies))
    return message.as_json() | {"thread_ts": message.ts, "reply_count": len(replies), "reply_users": users,
                                "reply_users_count": len(users), "latest_reply": replies[-1].ts}  # fmt: skip


def paged(things: list[Any], args: Json) -> tuple[list[Any], Json]:
    """Return one page of things and the response_metadata with the cursor of the next."""
    try:
        start, size = int(args.get("cursor") or 0), min(int(args.get("limit") or 100), 999)
    except ValueError:
        raise Refused("invalid_cursor") from None
    following = str(start + size) if start + size < len(things) else ""
    return things[start : start + size], {"response_metadata": {"next_cursor": following}}


def _next(cursor: Json) -> str:
    return str(cursor["response_metadata"]["next_cursor"])


def _readable(world: World, args: Json) -> Channel:
    channel = find_channel(world, args)
    if BOT_USER_ID not in channel.members:
        raise Refused("not_in_channel")
    return channel


def _between(ts: str, args: Json) -> bool:
    oldest, latest = str(args.get("oldest") or "0"), str(args.get("latest") or "9999999999")
    at = float(ts)
    inclusive = str(args.get("inclusive", "")).lower() in ("1", "true")
    return float(oldest) <= at <= float(latest) if inclusive else float(oldest) < at < float(latest)


METHODS: dict[str, Method] = {
    "api.test": test,
    "auth.test": auth_test,
    "team.info": team_info,
    "bots.info": bots_info,
    "users.info": users_info,
    "users.list": users_list,
    "users.conversations": users_conversations,
    "conversations.info": conversations_info,
    "conversations.open": conversations_open,
    "conversations.list": conversations_list,
    "conversations.members": conversations_members,
    "conversations.join": conversations_join,
    "conversations.history": conversations_history,
    "conversations.replies": conversations_replies,
}
