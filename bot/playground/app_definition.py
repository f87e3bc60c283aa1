"""What the workspace knows of the app: its name, commands, shortcuts, events and scopes, from a manifest."""

import json
from dataclasses import dataclass
from pathlib import Path

from bot.playground.workspace import Json

# Used when no manifest is given. The names are those that the bot's own manifest uses.
DEFAULT_MANIFEST: Json = {
    "display_information": {"name": "evidence-bot"},
    "features": {
        "bot_user": {"display_name": "evidence-bot"},
        "slash_commands": [
            {"command": "/evidence", "description": "Ask the written evidence, privately", "usage_hint": "question"}
        ],
        "shortcuts": [
            {"name": "Search the evidence", "type": "global", "callback_id": "search_evidence",
             "description": "Search with filters"},
            {"name": "Check this quotation", "type": "message", "callback_id": "check_quotation",
             "description": "Compare with the source"},
        ],
    },
}  # fmt: skip


@dataclass(frozen=True)
class AppDefinition:
    """The parts of an app manifest that change how Slack behaves; None means everything is allowed."""

    name: str
    commands: list[Json]
    shortcuts: list[Json]
    events: frozenset[str] | None
    scopes: frozenset[str] | None

    def receives(self, event_type: str) -> bool:
        """Whether the app subscribes to an event, named as in the manifest (`message.channels`)."""
        return self.events is None or event_type in self.events

    def may(self, scopes: frozenset[str]) -> bool:
        """Whether the bot token holds one of these scopes; an empty set needs none."""
        return self.scopes is None or not scopes or bool(scopes & self.scopes)


def read_manifest(manifest: Json | Path | None) -> AppDefinition:
    """Read a manifest given as a dictionary or a path; without one the default app subscribes to everything."""
    data: Json = json.loads(manifest.read_text("utf-8")) if isinstance(manifest, Path) else manifest or DEFAULT_MANIFEST
    features = data.get("features", {})
    return AppDefinition(
        name=features.get("bot_user", {}).get("display_name") or data["display_information"]["name"],
        commands=features.get("slash_commands", []),
        shortcuts=features.get("shortcuts", []),
        events=_names(data, "settings", "event_subscriptions", "bot_events"),
        scopes=_names(data, "oauth_config", "scopes", "bot"),
    )


def _names(data: object, *path: str) -> frozenset[str] | None:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    return frozenset(data) if isinstance(data, list) else None
