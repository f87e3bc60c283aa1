"""Who asks, presses or types, and where: read from whatever Slack sends, in this one place."""

from __future__ import annotations

from dataclasses import dataclass

from bot.slack.kit import Json
from bot.slack.place import PlaceError, dump, load

DIRECT = "direct"
"""The word that stands for all direct messages: where a setting lists channels, and where Slack names none."""


@dataclass(frozen=True, slots=True)
class Asker:
    """A person (of workspace `home`) in a channel of workspace `team`; `channel` is DIRECT where there is none."""

    team: str
    channel: str
    user: str
    home: str


def read_asker(body: Json) -> Asker:
    """Who sent a command or pressed, typed or opened something.

    In a modal it is the channel from which that was opened: `private_metadata` carries it.
    """
    if "command" in body:
        return Asker(body["team_id"], body["channel_id"], body["user_id"], body["team_id"])
    user = body["user"]
    # An app that is installed for a whole organisation gets no team.
    team = str((body.get("team") or {}).get("id") or user.get("team_id") or "")
    channel = (body.get("channel") or {}).get("id") or kept_fields(body.get("view") or {}).get("channel")
    return Asker(team, str(channel or DIRECT), str(user["id"]), str(user.get("team_id") or team))


def keep_asker(view: Json, asker: Asker) -> Json:
    """The modal with the channel whose submissions its buttons may show."""
    return view | {"private_metadata": dump({**kept_fields(view), "channel": asker.channel})}


def kept_fields(view: Json) -> Json:
    """What a modal carries out of sight."""
    try:
        return load(view.get("private_metadata") or "{}")
    except PlaceError:
        return {}
