"""The slash command: `/evidence question` (only the person who asked sees it), `compare TOPIC`, `settings`, `help`."""

from __future__ import annotations

import asyncio
import time

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.answer import Answer, Outcome
from bot.slack import action_ids
from bot.slack.asker import Asker, read_asker
from bot.slack.blocks import QUOTES_ASKED, Message, help_message, say, to_messages
from bot.slack.comparing import compare_privately
from bot.slack.failures import apology
from bot.slack.kit import Json
from bot.slack.message_text import as_typed
from bot.slack.services import Services
from bot.slack.settings_modal import open_settings
from bot.state.records import Gap
from bot.turns import QuestionError


async def answer_privately(asker: Asker, question: str, services: Services) -> list[Message]:
    """The messages for the one who asked; never raises, and never says what went wrong inside."""
    try:
        scope = await services.scope(asker.team, asker.channel)
        with services.metrics.think_seconds.time():
            answer = await services.answer(question, scope=scope, quotes=QUOTES_ASKED)
        await count(asker, answer, services)
        return to_messages(answer, private=True)
    except QuestionError as error:
        return say(str(error))
    except Exception as error:
        return say(apology(error))


async def count(asker: Asker, answer: Answer, services: Services) -> None:
    """Count the question, and as a gap where nothing answers it."""
    services.metrics.questions.labels(answer.outcome.value).inc()
    if answer.outcome is Outcome.NOT_FOUND:
        gap = Gap(asker.team, asker.channel, asker.user, answer.question, time.time())
        await asyncio.to_thread(services.store.feedback.add_gap, gap)


def register(app: AsyncApp, services: Services) -> None:
    """Listen for the slash command."""

    @app.command(action_ids.COMMAND)
    async def commanded(ack: AsyncAck, body: Json, client: AsyncWebClient, respond: AsyncRespond) -> None:
        await ack()
        asker, question = read_asker(body), as_typed(str(body.get("text") or "")).strip()
        if question.casefold() == "settings":
            await open_settings(client, body["trigger_id"], asker, services)
            return
        if question.casefold() in ("", "help"):
            made = [help_message(await services.documents(asker.team, asker.channel))]
        elif question.split()[0].casefold() == "compare":
            made = await compare_privately(asker, question[len("compare") :].strip(), services)
        else:
            made = await answer_privately(asker, question, services)
        for message in made:
            await respond(**message, response_type="ephemeral")
