"""The command `evidence-bot`. Each command loads only what it needs; errors are one line and exit status 1."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from bot.settings import Settings, read_settings
from corpus.errors import Mendable

if TYPE_CHECKING:
    from bot.answering import Answerer
    from bot.scope import Filters

_Command = TypeVar("_Command", bound=Callable[..., object])
_FILTERS = {
    "submission": "Only the submission of this reference.",
    "submitter": "Only submissions of this submitter, by name or part of it.",
    "inquiry": "Only submissions to this inquiry, by name or part of it.",
    "since": "Only submissions dated from then on: 2020, 2020-06 or 2020-06-30.",
    "until": "Only submissions dated until then.",
}
_ELSEWHERE = {
    "corpus": "bot.corpus_commands:corpus",
    "eval": "bot.tuning_commands:evaluate",
    "expand": "bot.tuning_commands:expand",
    "fit": "bot.tuning_commands:fit",
    "forget": "bot.forget:forget",
}


class Commands(click.Group):
    """The commands, each with what it needs, and the errors that a person can mend told in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in order."""
        return sorted({*super().list_commands(ctx), *_ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported if it is asked for."""
        if cmd_name in _ELSEWHERE:
            module, _, name = _ELSEWHERE[cmd_name].partition(":")
            found: click.Command = getattr(import_module(module), name)
            return found
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what a person can mend ends it without a traceback."""
        try:
            return super().invoke(ctx)
        except Mendable as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Answers questions about written evidence with its exact words and footnotes."""


def _settings() -> Settings:
    return read_settings(os.environ)


def _say(line: str) -> None:
    click.echo(line, err=True)


def _answerer() -> Answerer:
    from bot.corpus_index import load_answerer

    return load_answerer(_settings(), _say)


def _serving_answerer() -> Answerer:
    from bot.following import follow

    answerer = _answerer()
    follow(answerer, _settings())
    return answerer


@main.command()
@click.option(
    "--port",
    default=8910,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Where the local imitation of Slack listens; 0 for any free port.",
)
def run(port: int) -> None:
    """Serve Slack; without Slack tokens, a local imitation of Slack and a chat in the terminal."""
    settings = _settings()
    if settings.slack_bot_token or settings.slack_app_token or settings.http:
        import asyncio

        from bot.slack.app import serve
        from bot.slack.bolt import check_tokens

        check_tokens(settings)  # before the model is loaded: a slip in a token is told at once
        asyncio.run(serve(settings, _serving_answerer()))
        return
    from bot.try_out import try_out

    try_out(settings, _serving_answerer, port)


def filtered(command: _Command) -> _Command:
    """Give a command the options that say which submissions it searches; it gets them as `filters`."""
    for name, told in reversed(_FILTERS.items()):
        command = click.option(f"--{name}", default="", help=told)(command)
    return command


def _filters(answerer: Answerer, given: Mapping[str, str]) -> Filters:
    """The filters given; a ClickException where no submission passes them."""
    from bot.scope import Filters

    filters = Filters(**given)
    if not answerer.documents.within(None, filters):
        said = " ".join(f"--{name} {value!r}" for name, value in given.items() if value)
        raise click.ClickException(f"no submission passes {said}; `evidence-bot corpus list` shows those there are")
    return filters


@main.command()
@filtered
def chat(**given: str) -> None:
    """Ask and follow up in the terminal."""
    from bot.terminal import chat, console

    answerer = _answerer()
    chat(answerer, console(), _filters(answerer, given))


@main.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON object.")
@click.option("--batch", type=click.Path(path_type=Path), help="JSON lines of questions; - is standard input.")
@filtered
def ask(question: str | None, as_json: bool, batch: Path | None, **given: str) -> None:
    """Answer QUESTION with the submissions' exact words."""
    if (question is None) == (batch is None):
        raise click.UsageError("give a question or --batch FILE")
    if batch is not None:
        if not as_json:
            raise click.UsageError("--batch needs --json")
        sys.exit(_batch(batch, given))
    from bot.answering import clean
    from bot.asking import ask

    clean(question or "")
    answerer = _answerer()
    answer = ask(answerer, question or "", filters=_filters(answerer, given))
    if as_json:
        from bot.answer import to_json

        click.echo(json.dumps(to_json(answer), ensure_ascii=False))
        return
    from bot.terminal import console, show

    show(answer, console())


@main.command()
@click.argument("topic")
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as one JSON object.")
@filtered
def compare(topic: str, as_json: bool, **given: str) -> None:
    """Show what each submitter says on TOPIC: one quote of each, and who says nothing on it."""
    from bot.compare import compare, comparison_to_json
    from bot.terminal import console, show_comparison

    answerer = _answerer()
    positions = compare(answerer, topic, filters=_filters(answerer, given))
    if as_json:
        click.echo(json.dumps(comparison_to_json(topic, positions), ensure_ascii=False))
        return
    show_comparison(positions, console())


def _batch(path: Path, given: Mapping[str, str]) -> int:
    from bot.batch import answers

    failed = 0
    with _lines(path) as lines:
        answerer = _answerer()
        for answer in answers(answerer, lines, _filters(answerer, given)):
            failed |= "error" in answer
            click.echo(json.dumps(answer, ensure_ascii=False))
    return failed


@contextmanager
def _lines(path: Path) -> Iterator[Iterator[bytes]]:
    if str(path) == "-":
        yield iter(sys.stdin.buffer)
        return
    try:
        with path.open("rb") as file:
            yield iter(file)
    except OSError as error:
        raise click.ClickException(f"{path}: cannot be read ({error.strerror})") from error


@main.command()
@click.option("--rebuild", is_flag=True, help="Build it anew even if it is whole and current.")
def index(rebuild: bool) -> None:
    """Check the index, and build it if it is missing, damaged or not of this corpus."""
    from bot.corpus_index import open_corpus

    made = open_corpus(_settings(), _say, rebuild=rebuild)
    passages, vectors = made.units.passage_count, len(made.arrays["sentence"])
    click.echo(f"{len(made.documents)} submission(s), {passages} passages, {vectors} vectors: the index is whole.")


@main.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Print the checks as one JSON object.")
def verify(text: str, as_json: bool) -> None:
    """Check each quotation in TEXT (- is standard input) against the submissions.

    The exit status is 1 unless all of them are exact.
    """
    from bot.corpus_index import read_documents
    from bot.terminal import describe
    from bot.verify import Verdict, check_to_json
    from bot.verify import verify as check_quotations

    documents = read_documents(_settings())
    checks = check_quotations(sys.stdin.read() if text == "-" else text, documents)
    if not checks:
        raise click.ClickException("TEXT holds no words to check")
    for check in checks:
        click.echo(json.dumps(check_to_json(check), ensure_ascii=False) if as_json else describe(check))
    sys.exit(any(check.verdict is not Verdict.EXACT for check in checks))
