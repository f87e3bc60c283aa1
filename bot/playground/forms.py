"""Forms: submitting and closing modals."""

from bot.playground.courier import Reply
from bot.playground.entered import complaints, elements, entry, state
from bot.playground.limits import refuse_bad_view
from bot.playground.payloads import TROUBLE, base, kept_files, response_urls, send, view_of
from bot.playground.people import person_named
from bot.playground.refused import Refused
from bot.playground.views import View
from bot.playground.workspace import Json
from bot.playground.world import World


async def submit(world: World, *, user: str, view: str, values: Json | None = None) -> Json:
    """Submit a modal; `values` maps block_id or action_id to what is entered. Answers errors by block_id."""
    person = person_named(world, user)
    source = view_of(world, person, view)
    for block, element in elements(source.body["blocks"]):
        for name in (block["block_id"], element["action_id"]):
            if values and name in values:
                given = entry(element, kept_files(world, person, element, values[name]))
                source.values.setdefault(block["block_id"], {})[element["action_id"]] = given
    source.values = state(source.body["blocks"], source.values)
    if errors := complaints(source.body["blocks"], source.values):
        return {"errors": errors}
    payload = base(person) | {
        "type": "view_submission", "trigger_id": world.triggers.issue(person.id, source.id),
        "view": source.as_json(), "response_urls": response_urls(world, person, source),
    }  # fmt: skip
    reply = await send(world, "view_submission", payload, accepts_response=True)
    return _after_submission(world, source, reply)


def _after_submission(world: World, view: View, reply: Reply) -> Json:
    body = reply.body or {}
    action = body.get("response_action")
    if reply.outcome != "acked":
        return {"problem": TROUBLE}
    if action == "errors":
        known = {block["block_id"] for block in view.body["blocks"] if block["type"] == "input"}
        # Documented: an error for anything but an input block is not shown; the person sees only the trouble.
        unknown = set(body.get("errors") or {}) - known
        return {"problem": TROUBLE} if unknown or not body.get("errors") else {"errors": body["errors"]}
    try:
        if action in ("update", "push"):
            refuse_bad_view(body.get("view"))
            world.views.update(view, body["view"]) if action == "update" else world.views.push(view.user, body["view"])
        else:
            world.views.close(view, everything=action == "clear")
    except Refused as refusal:
        return {"problem": TROUBLE, "why": refusal.error, **refusal.more}
    return {}


async def close(world: World, *, user: str, view: str, everything: bool = False) -> Json:
    """Close a modal, or all of them, and tell the bot where it asked to be told."""
    person = person_named(world, user)
    source = view_of(world, person, view)
    everything = everything or bool(source.body.get("clear_on_close"))
    for closed in world.views.close(source, everything=everything):
        if closed.body.get("notify_on_close"):
            payload = {"type": "view_closed", "view": closed.as_json(), "is_cleared": everything}
            await send(world, "view_closed", base(person) | payload)
    return {}
