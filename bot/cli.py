"""The command `evidence-bot`. Each command loads only what it needs; errors are one line and exit status 1."""

from __future__ import annotations

from importlib import import_module

import click

from corpus.errors import Mendable

COMMANDS = {
    "ask": "bot.answer_commands:ask",
    "chat": "bot.answer_commands:chat",
    "compare": "bot.answer_commands:compare",
    "corpus": "bot.corpus_commands:corpus",
    "eval": "bot.tuning_commands:evaluate",
    "expand": "bot.tuning_commands:expand",
    "fit": "bot.tuning_commands:fit",
    "forget": "bot.forget:forget",
    "index": "bot.serve_commands:index",
    "run": "bot.serve_commands:run",
    "verify": "bot.answer_commands:verify",
}


class Commands(click.Group):
    """The commands, each imported when it is asked for, and the errors that a person can mend told in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None for another."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        found: click.Command = getattr(import_module(module), name)
        return found

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what a person can mend ends it without a traceback."""
        try:
            return super().invoke(ctx)
        except Mendable as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Answers questions about written evidence with its exact words and footnotes."""
