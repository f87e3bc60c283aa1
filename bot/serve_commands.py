"""`evidence-bot run` and `index`: the bot that serves, and the index from which it does."""

from __future__ import annotations

import asyncio
import os

import click

from bot.answering import Answerer
from bot.corpus_index import load_answerer, open_corpus
from bot.settings import Settings, read_settings


def _say(line: str) -> None:
    click.echo(line, err=True)


@click.command()
@click.option(
    "--port",
    default=8910,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Where the local imitation of Slack listens; 0 for any free port.",
)
def run(port: int) -> None:
    """Serve Slack; without Slack tokens, a local imitation of Slack and a chat in the terminal."""
    settings = read_settings(os.environ)
    if settings.slack_bot_token or settings.slack_app_token or settings.http:
        from bot.slack.app import serve
        from bot.slack.bolt import check_tokens

        check_tokens(settings)  # before the model is loaded: a slip in a token is told at once
        asyncio.run(serve(settings, _following_answerer(settings)))
        return
    from bot.try_out import try_out

    try_out(settings, lambda: _following_answerer(settings), port)


def _following_answerer(settings: Settings) -> Answerer:
    from bot.following import follow

    answerer = load_answerer(settings, _say)
    follow(answerer, settings)
    return answerer


@click.command()
@click.option("--rebuild", is_flag=True, help="Build it anew even if it is whole and current.")
def index(rebuild: bool) -> None:
    """Check the index, and build it if it is missing, damaged or not of this corpus."""
    made = open_corpus(read_settings(os.environ), _say, rebuild=rebuild)
    passages, vectors = made.units.passage_count, len(made.arrays["sentence"])
    click.echo(f"{len(made.documents)} submission(s), {passages} passages, {vectors} vectors: the index is whole.")
