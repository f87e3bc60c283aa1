"""Settings, read from environment variables in one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from corpus.errors import Mendable
from corpus.submission import SHIPPED

Address = tuple[str, int]
ByChannel = Mapping[str, frozenset[str]]


class SettingsError(Mendable):
    """A variable holds what cannot be used; the message says which, for whoever runs the bot."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What whoever runs the bot can choose. A field is the variable EVIDENCE_BOT_<FIELD>, or <FIELD> if SLACK_.

    Lists are separated by commas or spaces; an empty list sets no limit.
    """

    corpus: Path = SHIPPED
    """The folder that holds the submissions."""
    data: Path = Path(".evidence-bot")
    """The folder for what the bot makes itself: the exported model, the index and its state."""
    model: str = ""
    """A sentence-transformers model by name or folder; empty for the all-MiniLM-L6-v2 that is installed."""

    slack_bot_token: str = field(default="", repr=False)
    """The bot user's token, xoxb-…"""
    slack_app_token: str = field(default="", repr=False)
    """The app-level token for Socket Mode, xapp-…"""
    slack_signing_secret: str = field(default="", repr=False)
    """The secret that signs requests, needed with `http`."""
    slack_api_url: str = "https://slack.com/api/"
    """Where the Web API is; a local imitation of Slack gives its own."""
    http: Address | None = None
    """`port` or `host:port` on which to take signed requests at /slack/events, instead of Socket Mode."""

    teams: frozenset[str] = frozenset()
    """Ids of the workspaces whose members may ask (T…)."""
    channels: frozenset[str] = frozenset()
    """Ids of the channels where one may ask (C…); the word `direct` among them stands for direct messages."""
    users: frozenset[str] = frozenset()
    """Ids of the people who may ask (U…)."""
    administrators: frozenset[str] = frozenset()
    """Ids of the people who see the gaps and may add submissions in Slack. If any are listed, only they may change a
    channel's settings, which others can read; in the own direct message everybody may. If none are, everybody who may
    ask may change settings, and nobody may add submissions."""
    submissions: ByChannel = field(default_factory=lambda: MappingProxyType({}))
    """What channels may see: `C0123=PSR0074+PSR0080, direct=PSR0074, *=PSR0074`; `*` is every other one."""

    state: str = field(default="", repr=False)
    """The database of what the bot remembers, as an SQLAlchemy URL; empty for state.db (SQLite) in `data`."""
    retention_days: int = 30
    """Days after which questions, turns, votes and gaps are deleted; 1 at least."""

    workers: int = 8
    """Threads of Slack that are answered at the same time."""
    thinking: int = 8
    """Answers that are searched for at the same time; questions that wait for the model are encoded together."""
    queue: int = 250
    """Questions waiting from which a person is told the position in the queue."""

    health: Address | None = None
    """`port` or `host:port` for /healthz, /readyz and /metrics; empty for none."""
    log_format: str = "text"
    """`text`, or `json` for one JSON object a line."""
    log_level: str = "INFO"
    """`DEBUG`, `INFO`, `WARNING` or `ERROR`."""
    log_texts: bool = False
    """`yes` to log the texts of questions, which are kept out otherwise."""

    def submissions_of(self, channel: str) -> frozenset[str] | None:
        """The references that a channel (or `direct`) may see; None stands for all."""
        return self.submissions.get(channel, self.submissions.get("*"))


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings that the environment asks for; SettingsError names the first variable that cannot be used."""
    chosen: dict[str, Any] = {}
    for setting in fields(Settings):
        name = setting.name.upper()
        variable = name if name.startswith("SLACK_") else f"EVIDENCE_BOT_{name}"
        written = environment.get(variable, "").strip()
        if not written:
            continue
        try:
            chosen[setting.name] = READERS[str(setting.type)](written)
            _check(setting.name, chosen[setting.name])
        except ValueError as error:
            shown = repr(written) if setting.repr else "its value"
            raise SettingsError(f"{variable}: {shown} {error}") from error
    return Settings(**chosen)


def _check(name: str, value: object) -> None:
    if name in ONE_OF and value not in ONE_OF[name]:
        raise ValueError(f"is not one of {', '.join(ONE_OF[name])}")
    if isinstance(value, int) and not isinstance(value, bool) and not 1 <= value <= 100_000:
        raise ValueError("is not between 1 and 100000")


def _number(written: str) -> int:
    if not written.isdecimal():
        raise ValueError("is not a whole number")
    return int(written)


def _yes_or_no(written: str) -> bool:
    words = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if written.lower() not in words:
        raise ValueError("is neither yes nor no")
    return words[written.lower()]


def _address(written: str) -> Address:
    host, _, port = written.rpartition(":")
    if not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise ValueError("is neither a port nor host:port")
    return host.strip("[]") or "127.0.0.1", int(port)


def _names(written: str) -> frozenset[str]:
    return frozenset(written.replace(",", " ").split())


def _submissions(written: str) -> ByChannel:
    allowed: dict[str, frozenset[str]] = {}
    for entry in written.replace(",", " ").split():
        channel, equals, references = entry.partition("=")
        if not (channel and equals and references.strip("+")):
            raise ValueError("is not of the form C0123=PSR0074+PSR0080, direct=PSR0074, *=PSR0074")
        allowed[channel] = frozenset(filter(None, references.split("+")))
    return MappingProxyType(allowed)


ONE_OF = {
    "log_format": ("text", "json"),
    "log_level": ("DEBUG", "INFO", "WARNING", "ERROR"),
}
READERS: dict[str, Callable[[str], Any]] = {
    "Path": Path,
    "str": str,
    "int": _number,
    "bool": _yes_or_no,
    "Address | None": _address,
    "frozenset[str]": _names,
    "ByChannel": _submissions,
}
