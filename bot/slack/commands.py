"""The slash command: `/evidence question` (only the person who asked sees the answer), `settings` and `help`."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.answer import Answer, Outcome
from bot.answering import QuestionError
from bot.slack import action_ids
from bot.slack.blocks import QUOTES_ASKED, Message, help_message, messages, to_messages
from bot.slack.failures import apology
from bot.slack.kit import Json, escaped, rich, section
from bot.slack.message_text import unescaped
from bot.slack.replying import NOT_ALLOWED
from bot.slack.services import Services
from bot.slack.settings_modal import open_settings
from bot.state.records import Gap


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that did not come as a message, and where and by whom it was asked."""

    team: str
    channel: str
    user: str
    question: str


def read_command(body: Json) -> Asked:
    """What a slash command asks."""
    question = unescaped(str(body.get("text") or "")).strip()
    return Asked(body["team_id"], body["channel_id"], body["user_id"], question)


async def answer_privately(asked: Asked, services: Services) -> list[Message]:
    """The messages for the one who asked; never raises, and never says what went wrong inside."""
    try:
        if not services.may_ask(asked.team, asked.channel, asked.user):
            return say(NOT_ALLOWED)
        scope = await services.scope(asked.team, asked.channel)
        with services.metrics.think_seconds.time():
            answer = await services.answer(asked.question, scope=scope, quotes=QUOTES_ASKED)
        await count(asked, answer, services)
        return to_messages(answer, private=True)
    except QuestionError as error:
        return say(str(error))
    except Exception as error:
        return say(apology(error))


async def count(asked: Asked, answer: Answer, services: Services) -> None:
    """Count the question, and as a gap where nothing answers it."""
    services.metrics.questions.labels(answer.outcome.value).inc()
    if answer.outcome is Outcome.NOT_FOUND:
        gap = Gap(asked.team, asked.channel, asked.user, asked.question, time.time())
        await asyncio.to_thread(services.store.feedback.add_gap, gap)


def say(text: str) -> list[Message]:
    """A plain sentence."""
    return messages([[rich(section(text))]], escaped(text))


def register(app: AsyncApp, services: Services) -> None:
    """Listen for the slash command."""

    @app.command(action_ids.COMMAND)
    async def commanded(ack: AsyncAck, body: Json, client: AsyncWebClient, respond: AsyncRespond) -> None:
        await ack()
        asked = read_command(body)
        may_ask = services.may_ask(asked.team, asked.channel, asked.user)
        if may_ask and asked.question.casefold() == "settings":
            await open_settings(client, body["trigger_id"], asked.team, asked.channel, services)
            return
        if asked.question.casefold() in ("", "help"):
            made = [help_message(services.answerer.documents)]
        else:
            made = await answer_privately(asked, services)
        for message in made:
            await respond(**message, response_type="ephemeral")
