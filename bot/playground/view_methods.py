"""views.* and assistant.threads.*: what the bot shows beside messages."""

from bot.playground.chat_methods import Method, find_channel
from bot.playground.limits import refusal, refuse_bad_view
from bot.playground.refused import Refused
from bot.playground.shapes import complain
from bot.playground.triggers import Trigger
from bot.playground.workspace import Json
from bot.playground.world import World

# Source: https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts.
MOST_PROMPTS = 4
# Seen in a public test: "must be less than 51 characters [json-pointer:/loading_messages/0]".
MOST_LOADING_TEXT = 50


async def open_view(world: World, args: Json) -> Json:
    """views.open."""
    view = _modal(args)
    user = _redeemed(world, args).user
    return {"view": world.views.open(user, view).as_json()}


async def push_view(world: World, args: Json) -> Json:
    """views.push: only from within a modal."""
    view = _modal(args)
    trigger = _redeemed(world, args)
    if trigger.view_id is None:
        errors: list[str] = []
        complain(errors, "must match the `type` of the root view whose stack we're pushing onto", "/view/type")
        raise refusal("invalid_arguments", errors)
    return {"view": world.views.push(trigger.user, view).as_json()}


async def update_view(world: World, args: Json) -> Json:
    """views.update."""
    refuse_bad_view(args.get("view"))
    if not (args.get("view_id") or args.get("external_id")):
        raise Refused("invalid_arguments")
    view = world.views.find(args.get("view_id"), args.get("external_id"))
    return {"view": world.views.update(view, args["view"], args.get("hash")).as_json()}


async def publish_view(world: World, args: Json) -> Json:
    """views.publish."""
    user = str(args.get("user_id", ""))
    if user not in world.workspace.people:
        raise Refused("user_not_found")
    refuse_bad_view(args.get("view"))
    if args["view"]["type"] != "home":
        raise refusal("invalid_arguments", ["must be `home` [json-pointer:/view/type]"])
    return {"view": world.views.publish(user, args["view"], args.get("hash")).as_json()}


def _modal(args: Json) -> Json:
    refuse_bad_view(args.get("view"))
    view: Json = args["view"]
    if view["type"] != "modal":
        raise refusal("invalid_arguments", ["must be `modal` [json-pointer:/view/type]"])
    return view


def _redeemed(world: World, args: Json) -> Trigger:
    return world.triggers.redeem(str(args.get("trigger_id") or ""))


async def set_status(world: World, args: Json) -> Json:
    """assistant.threads.setStatus: shown until the bot writes in the thread or sends an empty one."""
    channel = find_channel(world, {"channel": args.get("channel_id")})
    thread_ts = str(args.get("thread_ts") or "")
    if not thread_ts or "status" not in args:
        raise Refused("invalid_arguments")
    errors: list[str] = []
    for index, text in enumerate(args.get("loading_messages") or []):
        if len(text) > MOST_LOADING_TEXT:
            complain(errors, f"must be less than {MOST_LOADING_TEXT + 1} characters", f"/loading_messages/{index}")
    if errors:
        raise refusal("invalid_arguments", errors)
    told = {"channel": channel.id, "thread_ts": thread_ts, "status": args["status"] or "",
            "loading_messages": args.get("loading_messages") or []}  # fmt: skip
    world.statuses[channel.id, thread_ts] = told
    if not told["status"]:
        del world.statuses[channel.id, thread_ts]
    world.news.tell("status", told, only_for=world.audience(channel))
    return {}


async def set_prompts(world: World, args: Json) -> Json:
    """assistant.threads.setSuggestedPrompts.

    With thread_ts the call succeeds and shows nothing: documented for apps with agent_view, which this app has.
    """
    channel = find_channel(world, {"channel": args.get("channel_id")})
    prompts = args.get("prompts") or []
    if not 1 <= len(prompts) <= MOST_PROMPTS:
        raise refusal("invalid_arguments", [f"no more than {MOST_PROMPTS} items allowed [json-pointer:/prompts]"])
    if not all(isinstance(p, dict) and p.get("title") and p.get("message") for p in prompts):
        raise refusal("invalid_arguments", ["missing required field: message [json-pointer:/prompts/0]"])
    if channel.kind == "im" and not args.get("thread_ts"):
        told = {"channel": channel.id, "title": args.get("title") or "", "prompts": prompts}
        world.prompts[channel.id] = told
        world.news.tell("prompts", told, only_for=world.audience(channel))
    return {}


async def set_title(world: World, args: Json) -> Json:
    """assistant.threads.setTitle."""
    channel = find_channel(world, {"channel": args.get("channel_id")})
    if not args.get("thread_ts") or not args.get("title"):
        raise Refused("invalid_arguments")
    world.titles[channel.id, str(args["thread_ts"])] = str(args["title"])
    told = {"channel": channel.id, "thread_ts": args["thread_ts"], "title": args["title"]}
    world.news.tell("title", told, only_for=world.audience(channel))
    return {}


METHODS: dict[str, Method] = {
    "views.open": open_view,
    "views.push": push_view,
    "views.update": update_view,
    "views.publish": publish_view,
    "assistant.threads.setStatus": set_status,
    "assistant.threads.setSuggestedPrompts": set_prompts,
    "assistant.threads.setTitle": set_title,
}
