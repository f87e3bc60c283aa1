"""A file in a direct message: for administrators its check, with the buttons that add or discard it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.adding import Examined, examine, refuse_unwritable, twin
from bot.held import Held, Sender, held_in
from bot.settings import Settings
from bot.slack import action_ids
from bot.slack.blocks import Message as Said
from bot.slack.blocks import messages, say
from bot.slack.downloading import SharedFile, download, read_file, refuse_large
from bot.slack.footnotes import blocks_of
from bot.slack.kit import actions, button, escaped, part, shorten, small
from bot.slack.place import dump
from bot.slack.services import Services
from bot.state.records import Message
from corpus.document import Document
from corpus.errors import CorpusError

MOST_FILES = 10
LINES_SHOWN = 12
LINE_SHOWN = 500
NOT_YOURS = "Only administrators of this bot can add submissions; I did not open the file."
PROMISE = "Nothing is added until you confirm. The file is deleted when you discard it, or after a day."
FIELDS = ("reference", "submitter", "title", "inquiry", "date", "url")
WANTED = FIELDS[:3]

log = logging.getLogger(__name__)


def write_files(event: Mapping[str, Any], words: str) -> str:
    """The files of an event and the words with them, as the inbox keeps them."""
    files = [read_file(file) for file in event["files"][:MOST_FILES]]
    rows = [[file.id, file.name, file.size, file.url] for file in files]
    return json.dumps({"files": rows, "words": words})


def read_files(text: str) -> list[SharedFile]:
    """The files that `write_files` wrote."""
    return [SharedFile(*row) for row in json.loads(text)["files"]]


def words_with(text: str) -> str:
    """The words that came with the files."""
    return str(json.loads(text)["words"])


def may_add(settings: Settings, user: str) -> bool:
    """Whether a person may add submissions; while no administrators are listed nobody may."""
    return user in settings.administrators


def received_in(settings: Settings) -> Path:
    """The folder of files on hold."""
    return settings.data / "received"


async def receive(message: Message, services: Services) -> list[Said]:
    """What is said to somebody who sent files."""
    if not may_add(services.settings, message.user):
        return say(NOT_YOURS)
    files, said = read_files(message.text), []
    log.info("files received", extra={"files": len(files)})
    others = await services.documents(message.thread.team, message.thread.channel)
    for file in files:
        sender = Sender(message.user, message.thread.channel, message.thread.ts)
        on_hold = Held(received_in(services.settings) / (file.id if file.id.isalnum() else "file"), file.name, sender)
        try:
            refuse_unwritable(services.settings.corpus)
            refuse_large(file)
            said += await _check(file, on_hold, others, services)
        except CorpusError as error:
            on_hold.drop()
            said += say(f"Not added: {error}")
    return said


async def _check(file: SharedFile, on_hold: Held, others: Sequence[Document], services: Services) -> list[Said]:
    """Fetch a file, look at it and keep it on hold."""
    session = services.client.session
    if session is None:
        raise RuntimeError("the client has no session")
    on_hold.save()
    await download(services.client, session, file, on_hold.file)
    if known := await asyncio.to_thread(_known_already, on_hold, others, services.settings):
        on_hold.drop()
        return say(f"{file.name}: {known}")
    found = await asyncio.to_thread(examine, on_hold.file, file.name, others)
    replace(on_hold, known=found.known).save()
    return check_messages(on_hold, found)


def _known_already(on_hold: Held, others: Sequence[Document], settings: Settings) -> str:
    """Where the very same file is, in words; a submission that may not be seen here is not named."""
    if reference := twin(on_hold.file, settings.corpus):
        seen = any(document.reference == reference for document in others)
        return f"the same file is in the corpus already{f', as {reference}' if seen else ''}."
    content = on_hold.file.read_bytes()
    waiting = (one for one in held_in(received_in(settings)) if one.id != on_hold.id and one.file.exists())
    if any(one.file.read_bytes() == content for one in waiting):
        return "the same file was sent before and waits for your word: use the buttons beneath its check."
    return ""


def check_messages(on_hold: Held, found: Examined) -> list[Said]:
    """The check of a file on hold, with its buttons."""
    left = len(found.lines) - LINES_SHOWN
    shown = [*found.lines[:LINES_SHOWN], *([f"And {left} more open ends."] if left > 0 else [])]
    says = [f"{name.capitalize()}: {found.known.get(name) or 'not said'}" for name in FIELDS[:5]]
    lines = [
        [part(f"{shorten(on_hold.name, LINE_SHOWN)} holds:", bold=True)],
        *([part(f"•  {shorten(line, LINE_SHOWN)}")] for line in shown),
        [part("It says of itself:", bold=True)],
        *([part(f"•  {shorten(line, LINE_SHOWN)}")] for line in says),
    ]
    value = dump({"f": on_hold.id})
    row = actions(
        button("Check the details and add", action_ids.ADD_OPEN, value),
        button("Discard", action_ids.ADD_DISCARD, value),
    )
    text = escaped(f"I read {shorten(on_hold.name, LINE_SHOWN)}. Check what was recognised, then add or discard it.")
    return messages([*blocks_of(lines), [small(PROMISE), row]], text)
