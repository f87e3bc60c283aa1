"""Logs for whoever runs the bot: one line a record, as text or JSON, with tokens blotted out."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime

from bot.settings import Settings

# Tokens of every kind, signing secrets in a header, and the tickets in socket addresses.
SECRET = re.compile(r"\b(xox[a-z]|xapp|xwfp)-[\w-]+|(ticket|secret|signature|token)=[^\s&'\"]+", re.IGNORECASE)
USUAL = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class Lines(logging.Formatter):
    """`2026-01-31T12:00:00Z INFO bot.slack.worker: answered outcome=quoted`, with a traceback below if any."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text."""
        more = "".join(f" {name}={value}" for name, value in _fields(record).items())
        trace = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        said = record.getMessage().replace("\n", " ")
        return redact(f"{_time(record)} {record.levelname} {record.name}: {said}{more}{trace}")


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        line: dict[str, object] = {"time": _time(record), "level": record.levelname, "logger": record.name}
        line |= {"message": record.getMessage(), **_fields(record)}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return redact(json.dumps(line, ensure_ascii=False, default=str))


def set_up_logs(settings: Settings) -> None:
    """Send all records to standard error in the form that the settings ask for."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if settings.log_format == "json" else Lines())
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    # Below WARNING these print whole requests, with what people wrote.
    quiet = logging.WARNING if not settings.log_texts else logging.getLevelName(settings.log_level)
    for name in ("slack_bolt", "slack_sdk", "aiohttp", "asyncio", "sqlalchemy"):
        logging.getLogger(name).setLevel(quiet)


def redact(text: str) -> str:
    """The text without secrets."""
    return SECRET.sub(lambda found: f"{found[1] or found[2]}-(hidden)", text)


def _fields(record: logging.LogRecord) -> dict[str, object]:
    return {name: value for name, value in vars(record).items() if name not in USUAL}


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
