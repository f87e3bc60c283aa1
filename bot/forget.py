"""`evidence-bot forget`: delete what is kept of a person, of a thread or of everybody."""

from __future__ import annotations

import os
import re
from contextlib import closing
from typing import TYPE_CHECKING

import click

from bot.settings import Settings, read_settings
from corpus.errors import Mendable

if TYPE_CHECKING:
    from bot.state.records import Thread
    from bot.state.store import Store

MEMBER = re.compile(r"[UW][A-Z0-9]+")
# Source: https://docs.slack.dev/reference/methods/chat.getPermalink
LINK = re.compile(r"https?://[^/]+/archives/(\w+)/p(\d+)(\d{6})(?:\?(?:.*&)?thread_ts=(\d+\.\d+).*)?")


class ForgetError(Mendable):
    """There is nothing to forget from, or nobody by that name; the message says how to name them."""


@click.command()
@click.option("--user", metavar="ID", help="A person, by the member ID (in the profile: ⋮, Copy member ID).")
@click.option("--thread", "link", metavar="LINK", help="A thread, by the link of any of its messages (⋮, Copy link).")
@click.option("--all", "everybody", is_flag=True, help="Everybody.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
def forget(user: str | None, link: str | None, everybody: bool, yes: bool) -> None:
    """Delete what the bot keeps of a person, of a thread or of everybody.

    Deleted are the questions, which passages were quoted for them, votes and gaps; a question that still waits is not
    answered any more. The bot may run meanwhile. It cannot be undone.

    Kept are the settings of channels and, until EVIDENCE_BOT_RETENTION_DAYS are over, the ids of the messages, so that
    one that Slack delivers late is not answered again. What stands in Slack itself, in the log or in a backup of the
    database is not touched.
    """
    if sum((user is not None, link is not None, everybody)) != 1:
        raise click.UsageError("give one of --user ID, --thread LINK and --all")
    if user is not None and not MEMBER.fullmatch(user):
        raise ForgetError(f"{user}: not a member ID such as U012AB3CD (in the profile: ⋮, Copy member ID)")
    channel, ts = read_link(link) if link is not None else ("", "")
    whom = user or ("the thread" if link else "everybody")
    with closing(_open(read_settings(os.environ))) as store:
        thread = _thread(store, channel, ts) if link else None
        if not yes:
            click.confirm(f"Delete what is kept of {whom}? It cannot be undone.", abort=True)
        removed = store.forget(user=user, thread=thread)
    click.echo(f"Deleted what was kept of {whom}: {removed} record(s).")


def read_link(link: str) -> tuple[str, str]:
    """The channel and the time stamp of the thread that a link of Slack leads to; ForgetError if it is none."""
    found = LINK.fullmatch(link.strip())
    if found is None:
        raise ForgetError(f"{link}: not the link of a message, such as https://….slack.com/archives/C012AB3CD/p…")
    return found[1], found[4] or f"{found[2]}.{found[3]}"


def _open(settings: Settings) -> Store:
    from bot.state.store import open_store

    # A store is made where there is none: deleting nothing from a new one would look like a success.
    if not settings.state and not (settings.data / "state.db").exists():
        raise ForgetError(
            f"{settings.data}: holds no state.db; EVIDENCE_BOT_DATA or EVIDENCE_BOT_STATE says where it is"
        )
    return open_store(settings.state, settings.data)


def _thread(store: Store, channel: str, ts: str) -> Thread:
    thread = store.inbox.thread(channel, ts)
    if thread is None:
        raise ForgetError("nothing is kept of that thread")
    return thread
