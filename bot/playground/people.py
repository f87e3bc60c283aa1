"""What people do in the workspace: write, edit, delete, react, share files, open the bot's tabs."""

import base64
import binascii

from bot.playground import announce
from bot.playground.chat_methods import react, unreact
from bot.playground.file_methods import new_file
from bot.playground.reading_methods import join
from bot.playground.refused import Refused
from bot.playground.typed import typed
from bot.playground.workspace import BOT_USER_ID, Channel, Json, Message, Person
from bot.playground.world import World

# The imitation keeps files in memory.
MOST_FILE_BYTES = 20_000_000


def person_named(world: World, name: str) -> Person:
    """Return a human of the workspace by identifier or handle."""
    person = world.workspace.person(name)
    if person is None or person.bot:
        raise Refused(f"nobody here is called {name}")
    return person


def channel_for(world: World, name: str, user: Person) -> Channel:
    """Return a channel that this person may see, by identifier or name."""
    channel = world.workspace.channel(name)
    if channel is None or (channel.kind != "channel" and user.id not in channel.members):
        raise Refused(f"{user.handle} sees no channel {name}")
    return channel


def message_at(channel: Channel, ts: str, user: Person) -> Message:
    """Return a message that this person may see."""
    message = channel.messages.get(ts)
    if message is None or message.only_for not in (None, user.id):
        raise Refused(f"no message {ts} in {channel.name or channel.id}")
    return message


async def say(world: World, *, user: str, channel: str, text: str, thread: str | None = None) -> Message:
    """Write a message; `@name`, `#channel` and addresses become what Slack makes of them."""
    person = person_named(world, user)
    place = channel_for(world, channel, person)
    if not text.strip():
        raise Refused("a message needs words")
    content, blocks = typed(world.workspace, text)
    if thread is not None and (parent := message_at(place, thread, person)).thread_ts:
        # Slack's threads are one level deep: a reply to a reply joins the same thread.
        thread = parent.thread_ts
    message = Message(place.id, world.workspace.new_ts(), person.id, content, blocks, thread_ts=thread)
    place.messages[message.ts] = message
    announce.message_posted(world, place, message)
    return message


async def edit(world: World, *, user: str, channel: str, ts: str, text: str) -> Message:
    """Change one's own message."""
    place, message = _own(world, user, channel, ts)
    before = message.as_json()
    message.text, message.blocks = typed(world.workspace, text)
    message.edited = {"user": message.user, "ts": world.workspace.new_ts()}
    announce.message_edited(world, place, message, before)
    return message


async def delete(world: World, *, user: str, channel: str, ts: str) -> None:
    """Delete one's own message."""
    place, message = _own(world, user, channel, ts)
    del place.messages[ts]
    announce.message_removed(world, place, message)


async def dismiss(world: World, *, user: str, channel: str, ts: str) -> None:
    """Take an ephemeral message away from one's own screen; the bot does not hear of it."""
    person = person_named(world, user)
    place = channel_for(world, channel, person)
    message = message_at(place, ts, person)
    if message.only_for:
        del place.messages[ts]
        announce.message_removed(world, place, message)


async def toggle_reaction(world: World, *, user: str, channel: str, ts: str, name: str) -> Message:
    """Add one's reaction, or take it back."""
    person = person_named(world, user)
    place = channel_for(world, channel, person)
    message = message_at(place, ts, person)
    change = unreact if person.id in message.reactions.get(name, []) else react
    change(world, place, message, name, person.id)
    return message


async def share_file(
    world: World, *, user: str, channel: str, name: str, content: str, text: str = "", thread: str | None = None
) -> Message:
    """Share a file, its content in base64, with or without words."""
    person = person_named(world, user)
    place = channel_for(world, channel, person)
    file = store_file(world, person, name, content)
    words, blocks = typed(world.workspace, text) if text else ("", [])
    message = Message(place.id, world.workspace.new_ts(), person.id, words, blocks, files=[file],
                      thread_ts=thread, subtype="file_share")  # fmt: skip
    place.messages[message.ts] = message
    announce.message_posted(world, place, message)
    if BOT_USER_ID in place.members:
        shared = {"type": "file_shared", "file_id": file["id"], "user_id": person.id, "file": {"id": file["id"]},
                  "channel_id": place.id, "event_ts": message.ts}  # fmt: skip
        announce.send_event(world, "file_shared", shared)
    return message


def store_file(world: World, person: Person, name: str, content: str) -> Json:
    """Keep a file given in base64 and return its file object."""
    try:
        data = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("the file's content is not base64") from None
    if len(data) > MOST_FILE_BYTES:
        raise Refused(f"the file is larger than {MOST_FILE_BYTES // 1_000_000} MB")
    file = new_file(world, world.workspace.new_id("F"), name, person.id, len(data))
    world.workspace.files[file["id"]], world.contents[file["id"]] = file, data
    return file


async def invite(world: World, *, user: str, channel: str) -> Channel:
    """Invite the bot to a channel."""
    place = channel_for(world, channel, person_named(world, user))
    join(world, place, BOT_USER_ID)
    return place


async def open_tab(world: World, *, user: str, tab: str = "home") -> None:
    """Open the bot's `home` or `messages` tab."""
    person = person_named(world, user)
    event: Json = {"type": "app_home_opened", "user": person.id, "channel": world.workspace.direct(person.id).id,
                   "tab": tab, "event_ts": world.workspace.new_ts()}  # fmt: skip
    if tab == "home" and (view := world.views.homes.get(person.id)):
        event["view"] = view.as_json()
    announce.send_event(world, "app_home_opened", event)


def _own(world: World, user: str, channel: str, ts: str) -> tuple[Channel, Message]:
    person = person_named(world, user)
    place = channel_for(world, channel, person)
    message = message_at(place, ts, person)
    if message.user != person.id:
        raise Refused(f"{person.handle} did not write this message")
    return place, message
