"""What one person sees of the workspace, as the page reads it at its start."""

from bot.playground.reading_methods import as_parent
from bot.playground.sockets import Sockets
from bot.playground.workspace import BOT_USER_ID, Channel, Json, Person
from bot.playground.world import World


def snapshot(world: World, person: Person, sockets: Sockets | None) -> Json:
    """Return what one person sees: people, channels with messages, modals, Home, prompts, recent traffic."""
    seen = [c for c in world.workspace.channels.values() if c.kind == "channel" or person.id in c.members]
    home = world.views.homes.get(person.id)
    open_ids = {channel.id for channel in seen}
    return {
        "me": person.id, "bot": BOT_USER_ID, "app": {"name": world.app.name, "commands": world.app.commands,
                                                     "shortcuts": world.app.shortcuts},
        "people": [p.as_json() for p in world.workspace.people.values()],
        "channels": [_channel(channel, person) for channel in seen],
        "views": {"stack": [v.as_json() for v in world.views.stacks.get(person.id, [])],
                  "home": home.as_json() if home else None},
        "prompts": [told for channel, told in world.prompts.items() if channel in open_ids],
        "statuses": [told for (channel, _), told in world.statuses.items() if channel in open_ids],
        "titles": [{"channel": c, "thread_ts": ts, "title": title}
                   for (c, ts), title in world.titles.items() if c in open_ids],
        "traffic": [entry.summary() for entry in list(world.traffic.entries)[-200:]],
        "connections": len(sockets.open_connections()) if sockets else None,
    }  # fmt: skip


def _channel(channel: Channel, person: Person) -> Json:
    visible = [m for m in channel.messages.values() if m.only_for in (None, person.id)]
    messages = [as_parent(channel, m) | {"ephemeral": bool(m.only_for)} for m in visible]
    return channel.as_json() | {"kind": channel.kind, "members": channel.members, "messages": messages}
