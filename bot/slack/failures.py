"""What a person is told when a button, a form or a shortcut fails: one sentence, and a reference for the log."""

from __future__ import annotations

import logging
import secrets
from contextlib import suppress

from slack_bolt.async_app import AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.kit import Json
from bot.slack.modals import tell
from bot.slack.services import Services

TITLE = "Something went wrong"
FAILED = "Something went wrong, and I have no answer to this. Whoever runs this bot finds it under {reference}."

log = logging.getLogger(__name__)


def apology(error: Exception, **facts: str) -> str:
    """The sentence for a failure; the log holds the rest, with `facts`, under its reference."""
    reference = secrets.token_hex(4).upper()
    log.error("failed", exc_info=error, extra={**facts, "reference": reference})
    return FAILED.format(reference=reference)


def register(app: AsyncApp, services: Services) -> None:
    """Answer for every listener that raises; an event that could not be taken in stays unacknowledged."""

    @app.error
    async def failed(error: Exception, body: Json, client: AsyncWebClient, respond: AsyncRespond) -> None:
        said = apology(error)
        # Telling may fail as well, for the same reason or because a trigger was used up; the log has it.
        with suppress(Exception):
            await tell(client, respond, body, TITLE, said)
