"""Everything that the parts of the imitation share, put together in one place."""

import secrets
from dataclasses import dataclass, field

from bot.playground.app_definition import AppDefinition
from bot.playground.courier import Courier
from bot.playground.faults import Faults
from bot.playground.traffic import News, Traffic
from bot.playground.triggers import Hooks, Triggers
from bot.playground.views import Views
from bot.playground.workspace import Channel, Json, Workspace


@dataclass(frozen=True)
class Secrets:
    """The tokens and the signing secret of one run; made up anew each time, never shown by repr."""

    bot: str = field(default_factory=lambda: f"xoxb-playground-{secrets.token_hex(12)}", repr=False)
    app: str = field(default_factory=lambda: f"xapp-1-playground-{secrets.token_hex(12)}", repr=False)
    signing: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)


@dataclass
class World:
    """One running imitation."""

    base: str
    app: AppDefinition
    keys: Secrets
    workspace: Workspace
    news: News
    traffic: Traffic
    faults: Faults
    courier: Courier
    views: Views
    triggers: Triggers = field(default_factory=Triggers)
    hooks: Hooks = field(default_factory=Hooks)
    prompts: dict[str, Json] = field(default_factory=dict)
    statuses: dict[tuple[str, str], Json] = field(default_factory=dict)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    uploads: dict[str, Json] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict, repr=False)

    def audience(self, channel: Channel) -> list[str] | None:
        """Return who may see a channel; None means everybody."""
        return None if channel.kind == "channel" else list(channel.members)
