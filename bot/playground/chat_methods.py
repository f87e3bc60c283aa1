"""chat.* and reactions.*: what the bot writes."""

from collections.abc import Awaitable, Callable

from bot.playground import announce
from bot.playground.limits import MOST_TEXT, MOST_UPDATED_TEXT, check_blocks, refusal, refuse_bad_blocks
from bot.playground.refused import Refused
from bot.playground.views import named
from bot.playground.workspace import BOT_USER_ID, Channel, Json, Message
from bot.playground.world import World

Method = Callable[[World, Json], Awaitable[Json]]


def find_channel(world: World, args: Json, *, to_write: bool = False) -> Channel:
    """Return the channel of a call, or refuse; a user's id stands for the direct message with that user."""
    name = str(args.get("channel") or args.get("channel_id") or "")
    channel = world.workspace.channel(name)
    if channel is None and name in world.workspace.people and name != BOT_USER_ID:
        channel = world.workspace.direct(name)
    member = channel is not None and BOT_USER_ID in channel.members
    # A private channel that the bot is not in does not exist for it.
    if channel is None or (channel.kind != "channel" and not member):
        raise Refused("channel_not_found")
    if to_write and not member and "chat:write.public" not in (world.app.scopes or ()):
        raise Refused("not_in_channel")
    return channel


def find_message(world: World, args: Json, name: str = "ts") -> tuple[Channel, Message]:
    """Return a message that the bot may act on, or refuse; ephemeral messages cannot be found."""
    channel = find_channel(world, args)
    message = channel.messages.get(str(args.get(name, "")))
    if message is None or message.only_for:
        raise Refused("message_not_found")
    return channel, message


def checked_content(args: Json, *, required: bool = True) -> Json:
    """Return text and blocks as Message takes them, or refuse what Slack does not take."""
    blocks, attachments = args.get("blocks") or [], args.get("attachments") or []
    text = str(args.get("text") or "")
    if required and not (text or blocks or attachments):
        raise Refused("no_text")
    refuse_bad_blocks(blocks)
    return {"text": text[:MOST_TEXT], "blocks": named(blocks), "attachments": attachments}


def written(world: World, channel: Channel, content: Json, thread_ts: str | None, only_for: str | None) -> Message:
    """Put a message of the bot into a channel and tell everybody."""
    if thread_ts and not only_for and thread_ts not in channel.messages:
        # Seen when the parent was deleted: https://github.com/slackapi/bolt-js/issues/2307. Believed for one that
        # never was.
        raise Refused("thread_not_found")
    message = Message(channel.id, world.workspace.new_ts(), BOT_USER_ID, content["text"], content["blocks"],
                      content["attachments"], content.get("files", []), thread_ts=thread_ts,
                      only_for=only_for)  # fmt: skip
    message.subtype = "file_share" if message.files else None
    channel.messages[message.ts] = message
    if world.statuses.pop((channel.id, thread_ts or ""), None):
        # Source: https://docs.slack.dev/reference/methods/assistant.threads.setStatus (cleared by a reply).
        told = {"channel": channel.id, "thread_ts": thread_ts, "status": ""}
        world.news.tell("status", told, only_for=world.audience(channel))
    announce.message_posted(world, channel, message)
    return message


async def post_message(world: World, args: Json) -> Json:
    """chat.postMessage."""
    channel = find_channel(world, args, to_write=True)
    message = written(world, channel, checked_content(args), args.get("thread_ts") or None, None)
    message.metadata, message.sent = args.get("metadata"), args
    return {"channel": channel.id, "ts": message.ts, "message": message.as_json()}


async def post_ephemeral(world: World, args: Json) -> Json:
    """chat.postEphemeral."""
    channel = find_channel(world, args, to_write=True)
    user = str(args.get("user", ""))
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    message = written(world, channel, checked_content(args), args.get("thread_ts") or None, user)
    message.sent = args
    return {"message_ts": message.ts}


async def update(world: World, args: Json) -> Json:
    """chat.update: only the bot's own messages."""
    channel, message = find_message(world, args)
    if not message.from_bot:
        raise Refused("cant_update_message")
    if len(str(args.get("text") or "")) > MOST_UPDATED_TEXT:
        raise Refused("msg_too_long")
    before = message.as_json()
    kept = {"text": message.text, "blocks": message.blocks, "attachments": message.attachments}
    # Source: https://docs.slack.dev/reference/methods/chat.update ("If you don't include this field, the message's
    # previous blocks will be retained"); seen in https://github.com/slackapi/python-slack-sdk/issues/523.
    content = checked_content(args)
    rewrite(world, message, kept | {name: content[name] for name in kept if name in args}, args)
    announce.message_edited(world, channel, message, before)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": message.as_json()}


def rewrite(world: World, message: Message, content: Json, sent: Json) -> None:
    """Change everything that a message says."""
    message.text, message.blocks, message.attachments = content["text"], content["blocks"], content["attachments"]
    message.edited, message.sent = {"user": BOT_USER_ID, "ts": world.workspace.new_ts()}, sent


async def delete(world: World, args: Json) -> Json:
    """chat.delete: only the bot's own messages."""
    channel, message = find_message(world, args)
    if not message.from_bot:
        raise Refused("cant_delete_message")
    del channel.messages[message.ts]
    announce.message_removed(world, channel, message)
    return {"channel": channel.id, "ts": message.ts}


async def get_permalink(world: World, args: Json) -> Json:
    """chat.getPermalink: an address of this page."""
    channel, message = find_message(world, args, "message_ts")
    thread = f"?thread_ts={message.thread_ts}&cid={channel.id}" if message.thread_ts else ""
    link = f"{world.base}/archives/{channel.id}/p{message.ts.replace('.', '')}{thread}"
    return {"channel": channel.id, "permalink": link}


async def add_reaction(world: World, args: Json) -> Json:
    """reactions.add."""
    react(world, *find_message(world, args, "timestamp"), str(args.get("name", "")), BOT_USER_ID)
    return {}


async def remove_reaction(world: World, args: Json) -> Json:
    """reactions.remove."""
    unreact(world, *find_message(world, args, "timestamp"), str(args.get("name", "")), BOT_USER_ID)
    return {}


def react(world: World, channel: Channel, message: Message, name: str, user: str) -> None:
    """Add a reaction of somebody."""
    users = message.reactions.setdefault(name, [])
    if not name:
        raise Refused("invalid_name")
    if user in users:
        raise Refused("already_reacted")
    users.append(user)
    announce.reaction_changed(world, channel, message, {"type": "reaction_added", "user": user, "reaction": name})


def unreact(world: World, channel: Channel, message: Message, name: str, user: str) -> None:
    """Take a reaction of somebody away."""
    users = message.reactions.get(name, [])
    if user not in users:
        raise Refused("no_reaction")
    users.remove(user)
    if not users:
        del message.reactions[name]
    announce.reaction_changed(world, channel, message, {"type": "reaction_removed", "user": user, "reaction": name})


async def validate_blocks(world: World, args: Json) -> Json:
    """blocks.validate: every complaint at once."""
    if errors := check_blocks(args.get("blocks") or [], "message"):
        raise refusal("invalid_blocks", errors)
    return {}


METHODS: dict[str, Method] = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.delete": delete,
    "chat.getPermalink": get_permalink,
    "reactions.add": add_reaction,
    "reactions.remove": remove_reaction,
    "blocks.validate": validate_blocks,
}
