"""What people do with what the bot shows: press, choose, ask for options, command, take shortcuts."""

from bot.playground.courier import Delivery
from bot.playground.entered import STATELESS, Entered, entry
from bot.playground.payloads import about, base, channel_name, element_in, kept_files, message_of, send, shown, view_of
from bot.playground.people import channel_for, person_named
from bot.playground.refused import Refused
from bot.playground.respond import respond
from bot.playground.triggers import Hook
from bot.playground.typed import typed
from bot.playground.views import View
from bot.playground.workspace import APP_ID, TEAM_ID, Json
from bot.playground.world import World


async def press(
    world: World, *, user: str, block: str, action: str, value: Entered = None,
    channel: str = "", ts: str = "", view: str = "",
) -> Json:  # fmt: skip
    """Use an element of a message (`channel` and `ts`) or of a view, and wait for the acknowledgement."""
    person = person_named(world, user)
    source = view_of(world, person, view) if view else message_of(world, person, channel, ts)
    blocks = source.body["blocks"] if isinstance(source, View) else source.blocks
    held, element = element_in(blocks, block, action)
    value = kept_files(world, person, element, value)
    given = entry(element, value)
    if element["type"] not in STATELESS:
        source.values.setdefault(held["block_id"], {})[element["action_id"]] = given
    if held["type"] == "input" and not held.get("dispatch_action"):
        return {}
    done = {"action_id": element["action_id"], "block_id": held["block_id"], **given}
    payload = about(world, person, source) | {
        "type": "block_actions", "actions": [done | {"action_ts": world.workspace.new_ts()}]
    }  # fmt: skip
    return shown(await send(world, "block_actions", payload))


async def suggest(world: World, *, user: str, block: str, action: str, query: str, view: str) -> Json:
    """Ask the bot for the options of an external select."""
    person = person_named(world, user)
    source = view_of(world, person, view)
    held, element = element_in(source.body["blocks"], block, action)
    payload = base(person) | {
        "type": "block_suggestion", "action_id": element["action_id"], "block_id": held["block_id"],
        "value": query, "container": {"type": "view", "view_id": source.id}, "view": source.as_json(),
    }  # fmt: skip
    reply = await send(world, "block_suggestion", payload, accepts_response=True)
    body = reply.body or {}
    grouped = [option for group in body.get("option_groups", []) for option in group["options"]]
    return {"options": [*body.get("options", []), *grouped]}


async def command(world: World, *, user: str, channel: str, text: str) -> Json:
    """Use a slash command, for example `/evidence what ...`."""
    person = person_named(world, user)
    place = channel_for(world, channel, person)
    name, _, rest = text.strip().partition(" ")
    known = next((c for c in world.app.commands if c["command"] == name), None)
    if known is None:
        raise Refused(f"{name} is not a valid command")
    # Believed: as typed, unless the manifest's should_escape asks for mentions and links as in messages.
    rest = typed(world.workspace, rest)[0] if known.get("should_escape") else rest
    hook = world.hooks.issue(place.id, person.id)
    names = {"im": "directmessage", "group": "privategroup"}
    payload = {
        "token": "legacy", "team_id": TEAM_ID, "team_domain": "playground", "channel_id": place.id,
        "channel_name": names.get(place.kind, place.name), "user_id": person.id, "user_name": person.handle,
        "command": name, "text": rest.strip(), "api_app_id": APP_ID, "is_enterprise_install": "false",
        "response_url": f"{world.base}/commands/{hook}", "trigger_id": world.triggers.issue(person.id),
    }  # fmt: skip
    reply = await world.courier.send_interaction(Delivery("slash_commands", name, payload, accepts_response=True))
    if reply.outcome != "acked":
        error = "dispatch_failed" if reply.outcome == "no_connection" else "operation_timeout"
        return {"problem": f'{name} failed with the error "{error}"'}
    if reply.body and (reply.body.get("text") or reply.body.get("blocks")):
        respond(world, Hook(place.id, person.id, 0), reply.body)
    return {}


async def shortcut(world: World, *, user: str, name: str, channel: str = "", ts: str = "") -> Json:
    """Take a shortcut by its name or callback_id: global, or on the message at `channel` and `ts`."""
    person = person_named(world, user)
    kind = "message" if ts else "global"
    found = [s for s in world.app.shortcuts if s["type"] == kind and name in (s["name"], s["callback_id"])]
    if not found:
        raise Refused(f"no {kind} shortcut {name}")
    payload = base(person) | {"callback_id": found[0]["callback_id"], "action_ts": world.workspace.new_ts(),
                               "trigger_id": world.triggers.issue(person.id)}  # fmt: skip
    if not ts:
        return shown(await send(world, "shortcut", payload | {"type": "shortcut"}))
    message = message_of(world, person, channel, ts)
    place = world.workspace.channels[message.channel]
    hook = world.hooks.issue(place.id, person.id, message)
    payload |= {"type": "message_action", "channel": channel_name(place), "message": message.as_json(),
                "message_ts": message.ts, "response_url": f"{world.base}/app/{hook}"}  # fmt: skip
    return shown(await send(world, "message_action", payload))
