"""Adds a file on hold when an administrator says so, and tells in its thread what becomes of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.adding import put
from bot.following import bring_up_to_date
from bot.held import Held, held, held_in
from bot.pinpoint import named
from bot.settings import Settings
from bot.slack import action_ids
from bot.slack.asker import DIRECT, kept_fields, read_asker
from bot.slack.failures import apology
from bot.slack.kit import Json, escaped
from bot.slack.modals import notice, pressed
from bot.slack.place import load
from bot.slack.receiving import NOT_YOURS, may_add, received_in
from bot.slack.services import Services
from bot.slack.submission_form import TITLE, add_view, read_details, replace_view, wrong_details
from bot.submission_check import counts
from corpus.check import check
from corpus.errors import CorpusError, Mendable

GONE = "This file is no longer held: it was added, discarded, or a day has passed. Send it again."
UNDER_WAY = "It is being added. I will tell you in the thread of your file when you can ask about it."
DISCARDED = "Discarded: the file is deleted."
TAKEN = "Another submission has this reference: choose one that is free."

log = logging.getLogger(__name__)


class Adding:
    """Adds files on hold, each once, and tells who sent them."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._under_way: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def find(self, body: Json, value: str) -> Held | None:
        """The file on hold that a button or form is about, if whoever pressed may add it."""
        if not may_add(self._services.settings, read_asker(body).user):
            return None
        found = held(received_in(self._services.settings), str(load(value).get("f", "")))
        return None if found is None or found.added or found.id in self._under_way else found

    def begin(self, on_hold: Held, given: Mapping[str, str], *, replacing: bool) -> None:
        """Add a file in the background."""
        self._under_way.add(on_hold.id)
        task = asyncio.create_task(self._add(on_hold, given, replacing=replacing), name="adding")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _add(self, on_hold: Held, given: Mapping[str, str], *, replacing: bool) -> None:
        corpus = self._services.settings.corpus
        try:
            document = await asyncio.to_thread(put, corpus, on_hold.file, given, replacing=replacing)
            added = replace(on_hold, added=document.reference).save()
            what = f"{'Replaced the source of' if replacing else 'Added'} {named(document.metadata)}"
            await self._tell(on_hold, f"{what}: {counts(check(document))}. The index is being brought up to date.")
            await self.finish(added)
        except CorpusError as error:
            await self._tell(on_hold, f"Not added: {error}")
        except Exception as error:
            await self._tell(on_hold, apology(error))
        finally:
            self._under_way.discard(on_hold.id)

    async def finish(self, on_hold: Held) -> None:
        """Index what was added, say whether one can ask about it, and let go of the file."""
        settings = self._services.settings
        try:
            refused = await asyncio.to_thread(bring_up_to_date, self._services.answerer, settings)
            reason = refused.get(on_hold.added, "")
        except Mendable as error:
            reason = str(error)
        await self._tell(
            on_hold, f"You cannot ask about it yet: {reason}" if reason else can_be_asked(settings, on_hold.added)
        )
        await asyncio.to_thread(on_hold.drop)

    async def _tell(self, on_hold: Held, text: str) -> None:
        sender = on_hold.sender
        try:
            await self._services.client.chat_postMessage(
                channel=sender.channel, thread_ts=sender.thread, text=escaped(text), unfurl_links=False,
                unfurl_media=False,
            )  # fmt: skip
        except Exception:
            log.exception("whoever sent a file could not be told what became of it")


async def resume(services: Services) -> None:
    """Finish what an earlier run of the bot had added and not told."""
    adding, folder = Adding(services), received_in(services.settings)
    for on_hold in await asyncio.to_thread(lambda: list(held_in(folder))):
        if on_hold.added:
            try:
                await adding.finish(on_hold)
            except Exception:  # the others are finished all the same, and this one at the next start
                log.exception("a file that was added could not be finished", extra={"reference": on_hold.added})


def can_be_asked(settings: Settings, reference: str) -> str:
    """The sentence for a submission that is indexed."""
    admitted = settings.submissions_of(DIRECT)
    if admitted is not None and reference not in admitted:
        return (
            f"{reference} is indexed. You can ask about it where EVIDENCE_BOT_SUBMISSIONS admits it, which is not here."
        )
    return f"You can ask about {reference} now."


def register(app: AsyncApp, services: Services) -> None:
    """Listen for the buttons beneath the check of a file, and for the forms."""
    adding = Adding(services)

    @app.action(action_ids.ADD_OPEN)
    async def opened(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        found = await asyncio.to_thread(adding.find, body, pressed(body))
        view = add_view(found) if found else notice(TITLE, _why_not(services, body))
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.action(action_ids.ADD_DISCARD)
    async def discarded(ack: AsyncAck, body: Json, respond: AsyncRespond) -> None:
        await ack()
        found = await asyncio.to_thread(adding.find, body, pressed(body))
        if found:
            await asyncio.to_thread(found.drop)
        said = DISCARDED if found else _why_not(services, body)
        thread = body["container"].get("thread_ts")
        await respond(text=said, response_type="ephemeral", replace_original=False, thread_ts=thread)

    @app.view(action_ids.ADD_FORM)
    async def added(ack: AsyncAck, body: Json, view: Json) -> None:
        found = await asyncio.to_thread(adding.find, body, view["private_metadata"])
        given = read_details(view)
        if found is None:
            await ack(response_action="update", view=notice(TITLE, _why_not(services, body)))
        elif wrong := wrong_details(given):
            await ack(response_action="errors", errors=wrong)
        elif (services.settings.corpus / given["reference"]).exists():
            asker = read_asker(body)
            seen = {d.reference: named(d.metadata) for d in await services.documents(asker.team, asker.channel)}
            if given["reference"] in seen:
                view = replace_view(found, given, seen[given["reference"]])
                await ack(response_action="update", view=view)
            else:
                await ack(response_action="errors", errors={"reference": TAKEN})
        else:
            adding.begin(found, given, replacing=False)
            await ack(response_action="update", view=notice(TITLE, UNDER_WAY))

    @app.view(action_ids.REPLACE_FORM)
    async def replaced(ack: AsyncAck, body: Json, view: Json) -> None:
        found = await asyncio.to_thread(adding.find, body, view["private_metadata"])
        if found is None:
            await ack(response_action="update", view=notice(TITLE, _why_not(services, body)))
            return
        adding.begin(found, {"reference": str(kept_fields(view)["r"])}, replacing=True)
        await ack(response_action="update", view=notice(TITLE, UNDER_WAY))


def _why_not(services: Services, body: Json) -> str:
    return GONE if may_add(services.settings, read_asker(body).user) else NOT_YOURS
