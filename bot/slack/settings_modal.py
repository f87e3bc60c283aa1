"""`/evidence settings`: which submissions a channel asks, whether follow-ups need a mention, who sees answers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import action_ids
from bot.slack.kit import Json, plain, shorten, small
from bot.slack.limits import OPTION_TEXT, OPTIONS
from bot.slack.modals import modal, notice
from bot.slack.place import dump, load
from bot.slack.services import DIRECT, Services
from bot.state.records import ChannelSettings
from corpus.document import Document

TITLE = "Evidence settings"
FOLLOW_UPS = {"no": "Answer follow-up questions in my threads", "yes": "Answer only when I am mentioned"}
ANSWERS = {"public": "Everybody in the channel", "private": "First only the person who asked, who can share it"}


def settings_view(current: ChannelSettings, documents: Sequence[Document], team: str, channel: str) -> Json:
    """The form; `documents` are those that the channel may see at all."""
    chosen = [d for d in documents if current.submissions is not None and d.reference in current.submissions]
    pick: Json = {"type": "multi_external_select", "action_id": action_ids.SETTINGS_SUBMISSIONS, "min_query_length": 0}
    pick["placeholder"] = plain("All submissions")
    if chosen:
        pick["initial_options"] = submission_options(chosen)
    blocks = [
        small("These settings hold for this channel, for everybody in it."),
        _input("submissions", "Submissions to answer from", pick, optional=True),
        _input("mention", "Follow-up questions", _radio(FOLLOW_UPS, "yes" if current.mention_only else "no")),
        _input("privacy", "Who sees an answer", _radio(ANSWERS, "private" if current.private_first else "public")),
    ]
    metadata = dump({"team": team, "channel": channel})
    return modal(TITLE, blocks, callback=action_ids.SETTINGS_FORM, submit="Save", metadata=metadata)


def _input(block: str, label: str, element: Json, *, optional: bool = False) -> Json:
    return {"type": "input", "block_id": block, "label": plain(label), "element": element, "optional": optional}


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
    picked = values["submissions"][action_ids.SETTINGS_SUBMISSIONS].get("selected_options") or []
    return ChannelSettings(
        submissions=frozenset(option["value"] for option in picked) or None,
        mention_only=values["mention"]["chosen"]["selected_option"]["value"] == "yes",
        private_first=values["privacy"]["chosen"]["selected_option"]["value"] == "private",
    )


def describe(chosen: ChannelSettings) -> str:
    """The settings in words."""
    which = ", ".join(sorted(chosen.submissions)) if chosen.submissions else "all submissions"
    follow_ups = FOLLOW_UPS["yes" if chosen.mention_only else "no"]
    seen_by = ANSWERS["private" if chosen.private_first else "public"]
    return f"Saved. Answers come from: {which}. Follow-up questions: {follow_ups}. Who sees an answer: {seen_by}."


def admitted(services: Services, channel: str) -> list[Document]:
    """The submissions that a channel may see, whatever people chose for it."""
    allowed = services.settings.submissions_of(DIRECT if channel.startswith("D") else channel)
    return [d for d in services.answerer.documents if allowed is None or d.reference in allowed]


async def open_settings(client: AsyncWebClient, trigger: str, team: str, channel: str, services: Services) -> None:
    """Show a channel's settings to somebody who may ask there."""
    current = await asyncio.to_thread(services.store.channels.get, team, channel)
    view = settings_view(current, admitted(services, channel), team, channel)
    await client.views_open(trigger_id=trigger, view=view)


def register(app: AsyncApp, services: Services) -> None:
    """Listen for the form."""

    @app.options(action_ids.SETTINGS_SUBMISSIONS)
    async def offered(ack: AsyncAck, body: Json) -> None:
        channel = load(body["view"]["private_metadata"])["channel"]
        await ack(options=submission_options(admitted(services, channel), str(body.get("value") or "")))

    @app.view(action_ids.SETTINGS_FORM)
    async def saved(ack: AsyncAck, view: Json) -> None:
        chosen, where = read_settings(view), load(view["private_metadata"])
        await asyncio.to_thread(services.store.channels.set, where["team"], where["channel"], chosen)
        await ack(response_action="update", view=notice(TITLE, describe(chosen)))
