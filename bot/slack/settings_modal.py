"""`/evidence settings`: which submissions a channel asks, whether follow-ups need a mention, who sees answers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import action_ids
from bot.slack.asker import Asker, read_asker
from bot.slack.kit import Json, plain, shorten, small
from bot.slack.limits import OPTION_TEXT, OPTIONS
from bot.slack.modals import ask, modal, notice
from bot.slack.services import Services
from bot.state.records import ChannelSettings
from corpus.document import Document

TITLE = "Evidence settings"
SUBMISSIONS = "submissions"
NOT_YOURS = "Only administrators of the bot can change the settings of this channel."
NOT_OFFERED = "This channel may not see all of these: choose among the submissions that the list offers."
FOLLOW_UPS = {"no": "Answer follow-up questions in my threads", "yes": "Answer only when I am mentioned"}
ANSWERS = {"public": "Everybody in the channel", "private": "First only the person who asked, who can share it"}


def settings_view(current: ChannelSettings, documents: Sequence[Document], channel: str) -> Json:
    """The form; `documents` are those that the channel may see at all."""
    chosen = [d for d in documents if current.submissions is not None and d.reference in current.submissions]
    pick: Json = {"type": "multi_external_select", "action_id": action_ids.SETTINGS_SUBMISSIONS, "min_query_length": 0}
    pick["placeholder"] = plain("All submissions")
    if chosen:
        pick["initial_options"] = submission_options(chosen)
    blocks = [
        small("These settings hold for this channel, for everybody in it."),
        ask(SUBMISSIONS, "Submissions to answer from", pick, optional=True),
        ask("mention", "Follow-up questions", _radio(FOLLOW_UPS, "yes" if current.mention_only else "no")),
        ask("privacy", "Who sees an answer", _radio(ANSWERS, "private" if current.private_first else "public")),
    ]
    return modal(TITLE, blocks, callback=action_ids.SETTINGS_FORM, submit="Save", keep={"channel": channel})


def _radio(choices: dict[str, str], chosen: str) -> Json:
    options = [{"text": plain(text), "value": value} for value, text in choices.items()]
    initial = next(option for option in options if option["value"] == chosen)
    return {"type": "radio_buttons", "action_id": "chosen", "options": options, "initial_option": initial}


def submission_options(documents: Iterable[Document], typed: str = "") -> list[Json]:
    """The submissions that hold what is typed, as options of a list."""
    named = ((d, f"{d.metadata.submitter} ({d.reference})") for d in documents)
    found = [(d, name) for d, name in named if typed.casefold() in f"{name} {d.metadata.title}".casefold()]
    return [{"text": plain(shorten(name, OPTION_TEXT)), "value": d.reference} for d, name in found[:OPTIONS]]


def read_settings(view: Json) -> ChannelSettings:
    """What the form says."""
    values = view["state"]["values"]
    picked = values[SUBMISSIONS][action_ids.SETTINGS_SUBMISSIONS].get("selected_options") or []
    return ChannelSettings(
        submissions=frozenset(option["value"] for option in picked) or None,
        mention_only=values["mention"]["chosen"]["selected_option"]["value"] == "yes",
        private_first=values["privacy"]["chosen"]["selected_option"]["value"] == "private",
    )


def describe(chosen: ChannelSettings) -> str:
    """The settings in words."""
    which = "all submissions" if chosen.submissions is None else ", ".join(sorted(chosen.submissions)) or "none"
    follow_ups = FOLLOW_UPS["yes" if chosen.mention_only else "no"]
    seen_by = ANSWERS["private" if chosen.private_first else "public"]
    return f"Answers come from: {which}. Follow-up questions: {follow_ups}. Who sees an answer: {seen_by}."


async def open_settings(client: AsyncWebClient, trigger: str, asker: Asker, services: Services) -> None:
    """Show a channel's settings: as a form to those who may change them, in words to others."""
    current = await asyncio.to_thread(services.store.channels.get, asker.team, asker.channel)
    if services.may_set(asker.channel, asker.user):
        view = settings_view(current, services.admitted(asker.channel), asker.channel)
    else:
        seen = replace(current, submissions=await services.scope(asker.team, asker.channel))
        view = notice(TITLE, f"{describe(seen)} {NOT_YOURS}")
    await client.views_open(trigger_id=trigger, view=view)


def register(app: AsyncApp, services: Services) -> None:
    """Listen for the form."""

    @app.options(action_ids.SETTINGS_SUBMISSIONS)
    async def offered(ack: AsyncAck, body: Json) -> None:
        documents = services.admitted(read_asker(body).channel)
        await ack(options=submission_options(documents, str(body.get("value") or "")))

    @app.view(action_ids.SETTINGS_FORM)
    async def saved(ack: AsyncAck, body: Json, view: Json) -> None:
        asker, chosen = read_asker(body), read_settings(view)
        if not services.may_set(asker.channel, asker.user):
            await ack(response_action="update", view=notice(TITLE, NOT_YOURS))
        elif not (chosen.submissions or frozenset()) <= {d.reference for d in services.admitted(asker.channel)}:
            await ack(response_action="errors", errors={SUBMISSIONS: NOT_OFFERED})
        else:
            await asyncio.to_thread(services.store.channels.set, asker.team, asker.channel, chosen)
            await ack(response_action="update", view=notice(TITLE, f"Saved. {describe(chosen)}"))
