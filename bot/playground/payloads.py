"""The parts that payloads of interactions share, and how they are sent."""

from bot.playground.courier import Delivery, Reply
from bot.playground.entered import Entered, elements, state
from bot.playground.people import channel_for, message_at, store_file
from bot.playground.refused import Refused
from bot.playground.views import View
from bot.playground.workspace import APP_ID, TEAM_ID, Channel, Json, Message, Person
from bot.playground.world import World

TROUBLE = "We had some trouble connecting. Try again?"


async def send(world: World, name: str, payload: Json, *, accepts_response: bool = False) -> Reply:
    """Deliver one interaction, once."""
    return await world.courier.send_interaction(Delivery("interactive", name, payload, accepts_response))


def shown(reply: Reply) -> Json:
    """Return what the person sees when it was not acknowledged."""
    return {} if reply.outcome == "acked" else {"problem": TROUBLE}


def base(person: Person) -> Json:
    """Return what every payload begins with."""
    user = {"id": person.id, "username": person.handle, "name": person.handle, "team_id": TEAM_ID}
    return {"user": user, "team": {"id": TEAM_ID, "domain": "playground"}, "api_app_id": APP_ID, "token": "legacy",
            "enterprise": None, "is_enterprise_install": False}  # fmt: skip


def channel_name(channel: Channel) -> Json:
    """Return the channel as payloads name it."""
    return {"id": channel.id, "name": "directmessage" if channel.kind == "im" else channel.name}


def message_of(world: World, person: Person, channel: str, ts: str) -> Message:
    """Return a message that this person may use."""
    return message_at(channel_for(world, channel, person), ts, person)


def view_of(world: World, person: Person, view_id: str) -> View:
    """Return an open view of this person, or refuse."""
    view = world.views.find(view_id)
    if view.user != person.id:
        raise Refused("not_found")
    return view


def element_in(blocks: list[Json], block_id: str, action_id: str) -> tuple[Json, Json]:
    """Return an interactive element and its block."""
    for block, element in elements(blocks):
        if action_id == element["action_id"] and block_id in ("", block["block_id"]):
            return block, element
    raise Refused(f"no element {action_id}")


def kept_files(world: World, person: Person, element: Json, value: Entered) -> Entered:
    """Store files given to a file_input and return their file objects; leave other values alone."""
    if element["type"] != "file_input" or not isinstance(value, list):
        return value
    return [store_file(world, person, file["name"], file["content"]) for file in value]


def response_urls(world: World, person: Person, view: View) -> list[Json]:
    """Return the response_urls of selects that ask for one."""
    out = []
    for block, element in elements(view.body["blocks"]):
        if element.get("response_url_enabled"):
            given = view.values[block["block_id"]][element["action_id"]]
            channel = given.get("selected_conversation") or given.get("selected_channel")
            if channel:
                hook = world.hooks.issue(channel, person.id)
                out.append({"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": channel,
                            "response_url": f"{world.base}/app/{hook}"})  # fmt: skip
    return out


def about(world: World, person: Person, source: View | Message) -> Json:
    """Return what a block_actions payload says about the message or view."""
    if isinstance(source, View):
        source.values = state(source.body["blocks"], source.values)
        trigger = world.triggers.issue(person.id, source.id if source.body["type"] == "modal" else None)
        container = {"type": "view", "view_id": source.id}
        return base(person) | {"container": container, "trigger_id": trigger, "view": source.as_json()}
    channel = world.workspace.channels[source.channel]
    hook = world.hooks.issue(channel.id, person.id, source)
    about = base(person) | {
        "container": {"type": "message", "message_ts": source.ts, "channel_id": channel.id,
                      "is_ephemeral": bool(source.only_for)},
        "trigger_id": world.triggers.issue(person.id), "channel": channel_name(channel),
        "response_url": f"{world.base}/actions/{hook}", "state": {"values": state(source.blocks, source.values)},
    }  # fmt: skip
    if source.thread_ts:
        about["container"]["thread_ts"] = source.thread_ts
    # Believed: the payload of an ephemeral message's button does not hold the message; the harsher reading of
    # https://docs.slack.dev/reference/interaction-payloads/block_actions-payload.
    return about if source.only_for else about | {"message": source.as_json()}
