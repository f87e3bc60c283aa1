"""Without Slack tokens: the same bot against the local imitation of Slack, and a chat in the terminal beside it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from bot.answering import Answerer
from bot.playground import Playground
from bot.settings import Settings, read_settings
from bot.slack.app import serve
from bot.terminal import chat

_MANIFEST = Path(__file__).parent / "slack" / "manifest.json"
_ADMINISTRATOR = "U0ADA0001"  # Ada, the clerk among the people of the imitation


async def try_out(settings: Settings, load: Callable[[], Answerer], port: int) -> None:
    """Serve the imitation until Ctrl-C, SIGTERM or the end of the chat; PortTaken if its port is in use."""
    async with Playground(port=port, manifest=_MANIFEST) as slack:
        answerer = load()
        print(
            f"No Slack tokens are set: try the bot in a local imitation of Slack at {slack.url}, or ask here.",
            flush=True,
        )
        threading.Thread(target=_chat, args=(answerer,), daemon=True).start()
        await serve(_for_trying(settings, slack), answerer)


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


def _chat(answerer: Answerer) -> None:
    """Chat on standard input; when somebody has ended the chat, the whole command ends."""
    asked = chat(answerer, Console(highlight=False))
    if asked or sys.stdin.isatty():
        os.kill(os.getpid(), signal.SIGTERM)
