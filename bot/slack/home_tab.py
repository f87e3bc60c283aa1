"""Listens for what people open and press on the app's own page: Home, the suggested prompts, the export."""

from __future__ import annotations

import asyncio
import logging
import re
import time

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.committee import example_questions
from bot.slack import action_ids
from bot.slack.asker import DIRECT, Asker, read_asker
from bot.slack.gaps import Week, by_week, gaps_csv
from bot.slack.home import closed_home, home_view
from bot.slack.kit import Json, shorten
from bot.slack.limits import SUGGESTED_PROMPTS
from bot.slack.modals import notice, pressed
from bot.slack.place import load
from bot.slack.replying import NOT_ALLOWED
from bot.slack.search_form import TITLE, Wanted, search
from bot.slack.services import Services
from bot.slack.web import reason
from corpus.document import Document

PROMPT_TITLE = 60
GAPS_SENT = "The questions that the evidence did not answer, and the answers that were voted down."

log = logging.getLogger(__name__)


def prompts(documents: list[Document]) -> list[Json]:
    """Questions that Slack suggests in the agent pane."""
    asked = example_questions(documents)[: SUGGESTED_PROMPTS - 1]
    made = [{"title": shorten(question, PROMPT_TITLE), "message": question} for question in asked]
    return [*made, {"title": "What can you do?", "message": "help"}]


def register(app: AsyncApp, services: Services) -> None:
    """Listen for Home and the agent pane."""

    @app.event("app_home_opened")
    async def opened(body: Json, event: Json, client: AsyncWebClient) -> None:
        team, user = str(body.get("team_id", "")), str(event["user"])
        asker = Asker(team, DIRECT, user, home=team)
        if event.get("tab") != "messages":
            await _publish(client, services, asker)
        elif services.may_ask(asker.home, DIRECT, user):
            told = prompts(await services.documents(team, event["channel"]))
            try:
                await client.assistant_threads_setSuggestedPrompts(channel_id=event["channel"], prompts=told)
            except SlackApiError as error:  # a workspace without agents has no place for them
                log.info("no prompts", extra={"error": reason(error)})

    @app.action(re.compile(f"^{action_ids.HOME_PAGE}"))
    async def turned(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await _publish(client, services, read_asker(body), pressed(body))

    @app.action(action_ids.ASK_EXAMPLE)
    async def asked(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        searching = notice(TITLE, "Searching the written evidence…")
        view = await client.views_open(trigger_id=body["trigger_id"], view=searching)
        question = str(load(pressed(body)).get("q", ""))
        found = await search(read_asker(body), Wanted(question), services)
        await client.views_update(view_id=view["view"]["id"], view=found)

    @app.action(action_ids.EXPORT_GAPS)
    async def exported(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        asker = read_asker(body)
        if asker.user in services.settings.administrators:
            content = gaps_csv(await asyncio.to_thread(_weeks, services, asker.team))
            # A message to a person opens the direct message, for which a file alone needs another scope.
            said = await client.chat_postMessage(channel=asker.user, text=GAPS_SENT)
            name = f"gaps-{time.strftime('%Y-%m-%d', time.gmtime())}.csv"
            await client.files_upload_v2(
                channel=said["channel"], thread_ts=said["ts"], content=content, filename=name, title=name
            )


async def _publish(client: AsyncWebClient, services: Services, asker: Asker, value: str = "") -> None:
    is_administrator = asker.user in services.settings.administrators
    weeks = await asyncio.to_thread(_weeks, services, asker.team) if is_administrator else None
    if services.may_ask(asker.home, asker.channel, asker.user):
        view = home_view(await services.documents(asker.team, asker.channel), value, weeks)
    else:
        view = closed_home(NOT_ALLOWED, weeks)
    await client.views_publish(user_id=asker.user, view=view)


def _weeks(services: Services, team: str) -> list[Week]:
    kept = services.store.feedback
    gaps = [gap for gap in kept.gaps() if gap.team == team]
    return by_week(gaps, [vote for vote in kept.votes() if vote.team == team])
