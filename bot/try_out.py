"""The bot without a Slack workspace: the very same bot, against the local imitation, beside a chat in the terminal."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.answering import Answerer
from bot.playground import Playground
from bot.settings import Settings, read_settings
from bot.slack.app import serve
from bot.terminal import chat
from bot.terminal import console as terminal_console

_MANIFEST = Path(__file__).parent / "slack" / "manifest.json"
_ADMINISTRATOR = "U0ADA0001"  # Ada, the clerk among the people of the imitation


def try_out(settings: Settings, load: Callable[[], Answerer], port: int) -> None:
    """Serve the imitation until Ctrl-C or SIGTERM; PortTaken if its port is in use."""
    with _imitation(port) as slack:
        answerer = load()
        print(
            f"No Slack tokens are set: try the bot in a local imitation of Slack at {slack.url} (Ctrl-C ends it).",
            flush=True,
        )
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # until the bot listens for it itself
        talk = _chat if sys.stdin.isatty() else _answer_piped
        threading.Thread(target=talk, args=(answerer, slack.url), daemon=True).start()
        asyncio.run(serve(_for_trying(settings, slack), answerer))
        if sys.stdin.isatty():
            print()


@contextmanager
def _imitation(port: int) -> Iterator[Playground]:
    """The imitation on a thread and loop of its own, as Slack is another machine: the bot never waits for it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="playground", daemon=True)
    thread.start()

    def do(work: Coroutine[Any, Any, object]) -> None:
        asyncio.run_coroutine_threadsafe(work, loop).result()

    slack = Playground(port=port, manifest=_MANIFEST)
    do(slack.start())
    try:
        yield slack
    finally:
        do(slack.stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def _for_trying(settings: Settings, slack: Playground) -> Settings:
    """Settings with the imitation's tokens, its administrator, and a state that starts empty as its workspace does."""
    settings.data.mkdir(parents=True, exist_ok=True)
    state = (settings.data / "playground.db").absolute()
    for path in (state, Path(f"{state}-wal"), Path(f"{state}-shm")):
        path.unlink(missing_ok=True)
    tokens = read_settings(slack.environment())
    return replace(
        settings,
        slack_bot_token=tokens.slack_bot_token,
        slack_app_token=tokens.slack_app_token,
        slack_api_url=tokens.slack_api_url,
        administrators=settings.administrators | {_ADMINISTRATOR},
        state=f"sqlite:///{state}",
        log_level="WARNING",
    )


def _chat(answerer: Answerer, url: str) -> None:
    """Chat on standard input; an empty line, so easily typed, ends the chat and leaves the page."""
    console = terminal_console()
    chat(answerer, console)
    console.print(f"The chat is over. The page is still at {url} (Ctrl-C ends it).")


def _answer_piped(answerer: Answerer, _url: str) -> None:
    """Answer questions that were piped in, then end the command; with nothing on standard input, do nothing."""
    if piped := sys.stdin.read().strip():
        sys.stdin = io.StringIO(piped)
        chat(answerer, terminal_console())
        os.kill(os.getpid(), signal.SIGTERM)
