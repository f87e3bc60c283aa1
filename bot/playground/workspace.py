"""The imitation workspace in memory: people, channels, messages and files."""

import itertools
import time
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
ChannelKind = Literal["channel", "group", "im"]

TEAM_ID = "T0PLAYGND"
TEAM_NAME = "Playground"
BOT_USER_ID = "U0EVIDENCE"
BOT_ID = "B0EVIDENCE"
APP_ID = "A0EVIDENCE"


@dataclass
class Person:
    """A member of the workspace; the bot is one too."""

    id: str
    handle: str
    name: str
    title: str = ""
    admin: bool = False
    bot: bool = False

    def as_json(self) -> Json:
        """Return the user object of users.info."""
        profile = {"real_name": self.name, "display_name": self.handle, "title": self.title}
        return {
            "id": self.id, "team_id": TEAM_ID, "name": self.handle, "real_name": self.name, "deleted": False,
            "is_admin": self.admin, "is_owner": self.admin, "is_bot": self.bot, "tz": "Europe/London",
            "profile": profile | {"email": f"{self.handle}@playground.invalid"},
        }  # fmt: skip


@dataclass
class Message:
    """One message; `only_for` is set on one that only one person sees."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: list[Json] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    thread_ts: str | None = None
    subtype: str | None = None
    edited: Json | None = None
    metadata: Json | None = None
    only_for: str | None = None
    sent: Json = field(default_factory=dict)
    values: dict[str, dict[str, Json]] = field(default_factory=dict)

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return self.user == BOT_USER_ID

    def as_json(self) -> Json:
        """Return the message object that events and conversations.history carry."""
        out: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts, "team": TEAM_ID}
        optional = {"blocks": self.blocks, "attachments": self.attachments, "files": self.files,
                    "thread_ts": self.thread_ts, "subtype": self.subtype, "metadata": self.metadata,
                    "edited": self.edited}  # fmt: skip
        out |= {name: value for name, value in optional.items() if value}
        if self.from_bot:
            out |= {"bot_id": BOT_ID, "app_id": APP_ID, "bot_profile": {"id": BOT_ID, "app_id": APP_ID}}
        if self.reactions:
            out["reactions"] = [
                {"name": name, "users": users, "count": len(users)} for name, users in self.reactions.items()
            ]
        return out


@dataclass
class Channel:
    """A channel, a private channel (`group`) or a direct message with the bot (`im`)."""

    id: str
    name: str
    kind: ChannelKind
    members: list[str]
    topic: str = ""
    messages: dict[str, Message] = field(default_factory=dict)

    def thread(self, ts: str) -> list[Message]:
        """Return the message at ts and its replies, oldest first, without ephemeral ones."""
        return [m for m in self.messages.values() if ts in (m.ts, m.thread_ts) and not m.only_for]

    def as_json(self) -> Json:
        """Return the conversation object of conversations.info."""
        out: Json = {
            "id": self.id, "created": 1700000000, "is_archived": False, "is_im": self.kind == "im",
            "is_channel": self.kind == "channel", "is_group": self.kind == "group", "is_mpim": False,
            "is_private": self.kind != "channel", "is_member": BOT_USER_ID in self.members,
            "context_team_id": TEAM_ID,
        }  # fmt: skip
        if self.kind == "im":
            return out | {"user": next(m for m in self.members if m != BOT_USER_ID)}
        return out | {"name": self.name, "name_normalized": self.name, "num_members": len(self.members),
                      "topic": {"value": self.topic}, "purpose": {"value": ""}}  # fmt: skip


class Workspace:
    """All that the workspace holds, and the counters that name new things."""

    def __init__(self, bot_name: str) -> None:
        people = [
            Person("U0ADA0001", "ada", "Ada Okafor", "Committee clerk", admin=True),
            Person("U0BEN0001", "ben", "Ben Whitfield", "Researcher"),
            Person("U0CHLOE01", "chloe", "Chloe Marsh", "Policy adviser"),
            Person("U0DEV0001", "dev", "Dev Patel", "Journalist"),
            Person(BOT_USER_ID, bot_name, bot_name, "App", bot=True),
        ]
        self.people = {person.id: person for person in people}
        everybody = [person.id for person in people]
        humans = [person.id for person in people if not person.bot]
        channels = [
            Channel("C0GENERAL", "general", "channel", list(everybody), "Everybody is here"),
            Channel("C0EVIDENC", "evidence", "channel", list(everybody), "Questions about the written evidence"),
            Channel("C0RANDOM0", "random", "channel", list(humans), "The bot was never invited here"),
            Channel("C0PRIVATE", "committee-team", "group", [*humans[:2], BOT_USER_ID], "Private: Ada and Ben"),
        ]  # fmt: skip
        channels += [Channel(f"D{p[1:]}", "", "im", [p, BOT_USER_ID]) for p in humans]
        self.channels = {channel.id: channel for channel in channels}
        self.files: dict[str, Json] = {}
        self._last_ts = 0
        self._numbers = itertools.count(1)

    def new_ts(self) -> str:
        """Return a timestamp that no other message has, in seconds with six decimals."""
        self._last_ts = max(self._last_ts + 1, time.time_ns() // 1000)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_id(self, letters: str) -> str:
        """Return an identifier with Slack's prefix for its kind, for example `V` for views."""
        return f"{letters}{next(self._numbers):08d}"

    def person(self, name: str) -> Person | None:
        """Find a person by identifier, handle or first name."""
        wanted = name.removeprefix("@").casefold()
        return next((p for p in self.people.values() if wanted in (p.id.casefold(), p.handle.casefold())), None)

    def channel(self, name: str) -> Channel | None:
        """Find a channel by identifier or by name, with or without `#`."""
        wanted = name.removeprefix("#")
        return next((c for c in self.channels.values() if wanted == c.id or (wanted and wanted == c.name)), None)

    def direct(self, user: str) -> Channel:
        """Return the direct message between a person and the bot."""
        return self.channels[f"D{user[1:]}"]
