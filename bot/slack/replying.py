"""What the bot says to one message: an answer, small talk, the check of a file, a refusal, or that it failed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.answer import Answer
from bot.last_answer import about_last
from bot.leaning import leans
from bot.place import place_of
from bot.slack.blocks import QUOTES_ASKED, QUOTES_SHOWN, help_message, to_messages
from bot.slack.failures import apology
from bot.slack.receiving import may_add, receive, words_with
from bot.slack.services import Services
from bot.smalltalk import small_talk, without_greeting
from bot.state.records import Message, PastTurn, Waiting, Way
from bot.turns import QuestionError, Turn

NOT_ALLOWED = "You may not ask here. Whoever runs this bot decides who may, and where."
THANKED = "bow"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is posted for a question, and the turn to remember. `privately`: only the one who asked sees it."""

    outcome: str
    messages: Sequence[Mapping[str, Any]] = ()
    turn: PastTurn | None = None
    reaction: str = ""
    privately: bool = False

    def at(self, ts: str) -> Reply:
        """The reply once it stands in Slack at a time stamp."""
        return replace(self, turn=replace(self.turn, reply_ts=ts)) if self.turn else self


async def reply_to(item: Waiting, services: Services) -> Reply:
    """The reply to a message, which never says what went wrong inside.

    SQLAlchemyError while the state cannot be read: the question waits until it can.
    """
    message = item.message
    try:
        if not services.may_ask(message.user_team, message.thread.channel, message.user):
            directly = message.way in (Way.DIRECT, Way.UPLOAD)
            return Reply("refused", [{"text": NOT_ALLOWED}], privately=not directly)
        if message.way is Way.UPLOAD:
            return await _files(message, services)
        kind = small_talk(message.text) if message.text else "help"
        if kind == "thanks":
            return Reply("small_talk", reaction=THANKED)
        if kind:
            documents = await services.documents(message.thread.team, message.thread.channel)
            return Reply("small_talk", [help_message(documents)])
        return await _answer(message, services)
    except QuestionError as error:
        return Reply("unusable", [{"text": str(error)}])
    except SQLAlchemyError:
        raise
    except Exception as error:
        return failed(item, error)


def failed(item: Waiting, error: Exception) -> Reply:
    """The one sentence for every failure."""
    return Reply("failed", [{"text": apology(error, question=item.message.event_id)}])


async def _files(message: Message, services: Services) -> Reply:
    """The check of files; who may not add them is told so, and is answered what was asked beside them."""
    said, words = await receive(message, services), words_with(message.text)
    if may_add(services.settings, message.user) or not words or small_talk(words):
        return Reply("files", said)
    answered = await _answer(replace(message, way=Way.DIRECT, text=words), services)
    return replace(answered, messages=[*said, *answered.messages])


async def _answer(message: Message, services: Services) -> Reply:
    thread = message.thread
    scope = await services.scope(thread.team, thread.channel)
    chosen = await asyncio.to_thread(services.store.channels.get, thread.team, thread.channel)
    privately = chosen.private_first and message.way is not Way.DIRECT
    history = await asyncio.to_thread(_history, message, services, privately=privately)
    with services.metrics.think_seconds.time():
        answer = await services.answer(message.text, history, scope=scope, quotes=QUOTES_ASKED)
    messages = to_messages(answer, private=privately)
    return Reply(answer.outcome.value, messages, _turn(message, answer), privately=privately)


def _history(message: Message, services: Services, *, privately: bool) -> tuple[Turn, ...]:
    """The turns that a question may lean on; where answers are private, nobody else's.

    In a direct message, outside a thread, most questions are new ones.
    """
    thread, turns = message.thread, services.store.turns
    if message.way is Way.DIRECT and message.ts == thread.ts:
        asked = without_greeting(message.text)
        return turns.recent(thread.team, thread.channel) if leans(asked) or about_last(asked) else ()
    return turns.earlier(thread, message.user if privately else "")


def _turn(message: Message, answer: Answer) -> PastTurn:
    places = tuple(place_of(quote.document, quote.span) for quote in answer.quotes[:QUOTES_SHOWN])
    return PastTurn(message.thread, message.user, message.text, answer.outcome.value, places, "", time.time())
