"""What the bot writes through a response_url or in the acknowledgement of a command."""

from bot.playground import announce
from bot.playground.chat_methods import checked_content, rewrite, written
from bot.playground.triggers import Hook
from bot.playground.workspace import Json, Message
from bot.playground.world import World


def respond(world: World, hook: Hook, body: Json) -> Message | None:
    """Write, replace or delete as the body says; ephemeral unless it says `in_channel`.

    Believed: without replace_original a button's answer is a new message; stated for Block Kit in
    https://docs.slack.dev/interactivity/handling-user-interaction, where the example sets it to replace.
    """
    channel = world.workspace.channels[hook.channel]
    original = hook.message if hook.message and hook.message.ts in channel.messages else None
    if body.get("delete_original") and original:
        del channel.messages[original.ts]
        announce.message_removed(world, channel, original)
        if not (body.get("text") or body.get("blocks")):
            return None
    content = checked_content(body)
    if body.get("replace_original") and original and original.from_bot:
        before = original.as_json()
        rewrite(world, original, content, body)
        announce.message_edited(world, channel, original, before)
        return original
    only_for = None if body.get("response_type") == "in_channel" else hook.user
    message = written(world, channel, content, body.get("thread_ts") or None, only_for)
    message.sent = body
    return message
