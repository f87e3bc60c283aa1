"""Short-lived rights that an interaction gives the bot: trigger_ids and response_urls."""

import secrets
import time
from dataclasses import dataclass

from bot.playground.refused import Refused
from bot.playground.workspace import Message

# Source: https://docs.slack.dev/interactivity/handling-user-interaction ("expire in three seconds").
TRIGGER_SECONDS = 3.0
# Source: the same page ("up to 5 times within 30 minutes").
HOOK_SECONDS = 1800.0
HOOK_USES = 5


@dataclass
class Trigger:
    """The right to open one modal for the person who acted; `view_id` is set when the action was in a modal."""

    user: str
    expires: float
    view_id: str | None = None
    used: bool = False


class Triggers:
    """All trigger_ids given out."""

    def __init__(self, *, seconds: float = TRIGGER_SECONDS) -> None:
        self._seconds = seconds
        self._given: dict[str, Trigger] = {}

    def issue(self, user: str, view_id: str | None = None) -> str:
        """Return a new trigger_id."""
        trigger_id = f"{time.time_ns()}.{secrets.token_hex(8)}"
        self._given[trigger_id] = Trigger(user, time.monotonic() + self._seconds, view_id)
        return trigger_id

    def redeem(self, trigger_id: str) -> Trigger:
        """Use up a trigger_id, or refuse as views.open does."""
        trigger = self._given.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if trigger.expires < time.monotonic():
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger


@dataclass
class Hook:
    """What a response_url may write to; `message` is the one that held the button, if any."""

    channel: str
    user: str
    expires: float
    message: Message | None = None
    uses: int = 0


class Hooks:
    """All response_urls given out."""

    def __init__(self, *, seconds: float = HOOK_SECONDS) -> None:
        self._seconds = seconds
        self._given: dict[str, Hook] = {}

    def issue(self, channel: str, user: str, message: Message | None = None) -> str:
        """Return the last part of a new response_url."""
        key = secrets.token_urlsafe(18)
        self._given[key] = Hook(channel, user, time.monotonic() + self._seconds, message)
        return key

    def use(self, key: str) -> Hook:
        """Count one use, or refuse; Slack answers these as plain text with status 404."""
        hook = self._given.get(key)
        if hook is None or hook.expires < time.monotonic():
            raise Refused("expired_url")
        if hook.uses >= HOOK_USES:
            raise Refused("used_url")
        hook.uses += 1
        return hook
