"""`evidence-bot ask`, `chat`, `compare` and `verify`: what people ask in the terminal or by JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import click

from bot.answer import to_json
from bot.answering import Answerer
from bot.asking import ask as answer_to
from bot.batch import answers
from bot.corpus_index import load_answerer, read_documents
from bot.scope import Filters
from bot.settings import read_settings
from bot.turns import clean

_Command = TypeVar("_Command", bound=Callable[..., object])
_FILTERS = {
    "submission": "Only the submission of this reference.",
    "submitter": "Only submissions of this submitter, by name or part of it.",
    "inquiry": "Only submissions to this inquiry, by name or part of it.",
    "since": "Only submissions dated from then on: 2020, 2020-06 or 2020-06-30.",
    "until": "Only submissions dated until then.",
}


def _say(line: str) -> None:
    click.echo(line, err=True)


def _answerer() -> Answerer:
    return load_answerer(read_settings(os.environ), _say)


def filtered(command: _Command) -> _Command:
    """Give a command the options that say which submissions it searches; it gets them by name, "" where not given."""
    for name, told in reversed(_FILTERS.items()):
        command = click.option(f"--{name}", default="", help=told)(command)
    return command


def _filters(answerer: Answerer, given: Mapping[str, str]) -> Filters:
    """The filters given; a ClickException where no submission passes them."""
    filters = Filters(**given)
    if not answerer.documents.within(None, filters):
        said = " ".join(f"--{name} {value!r}" for name, value in given.items() if value)
        raise click.ClickException(f"no submission passes {said}; `evidence-bot corpus list` shows those there are")
    return filters


@click.command()
@filtered
def chat(**given: str) -> None:
    """Ask and follow up in the terminal.

    `compare TOPIC` shows there what each submitter says; an empty line, `quit` or `exit` ends it.
    """
    from bot.terminal import chat, console

    if sys.stdin.isatty():
        with suppress(ImportError):
            import readline  # noqa: F401 (gives `input` the arrow keys)
    answerer = _answerer()
    chat(answerer, console(), _filters(answerer, given))


@click.command()
@click.argument("words", nargs=-1, metavar="[QUESTION]")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON object.")
@click.option("--batch", type=click.Path(path_type=Path), help="JSON lines of questions; - is standard input.")
@filtered
def ask(words: tuple[str, ...], as_json: bool, batch: Path | None, **given: str) -> None:
    """Answer QUESTION with the submissions' exact words."""
    if bool(words) == (batch is not None):
        raise click.UsageError("give a question or --batch FILE")
    if batch is not None:
        if not as_json:
            raise click.UsageError("--batch needs --json")
        sys.exit(_batch(batch, given))
    question = " ".join(words)
    clean(question)
    answerer = _answerer()
    answer = answer_to(answerer, question, filters=_filters(answerer, given))
    if as_json:
        click.echo(json.dumps(to_json(answer), ensure_ascii=False))
        return
    from bot.terminal import console, show

    show(answer, console())


def _batch(path: Path, given: Mapping[str, str]) -> int:
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


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="TOPIC")
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as one JSON object.")
@filtered
def compare(words: tuple[str, ...], as_json: bool, **given: str) -> None:
    """Show what each submitter says on TOPIC: one quote of each, and who says nothing on it."""
    from bot.compare import compare, comparison_to_json
    from bot.terminal import console, show_comparison

    topic = " ".join(words)
    answerer = _answerer()
    positions = compare(answerer, topic, filters=_filters(answerer, given))
    if as_json:
        click.echo(json.dumps(comparison_to_json(topic, positions), ensure_ascii=False))
        return
    show_comparison(positions, console())


@click.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Print each check as a JSON object, one a line.")
def verify(text: str, as_json: bool) -> None:
    """Check each quotation in TEXT (- is standard input) against the submissions.

    The exit status is 1 unless all of them are exact.
    """
    from bot.terminal import describe
    from bot.verify import Verdict, check_to_json
    from bot.verify import verify as check_quotations

    if os.path.isfile(text):  # noqa: PTH113 (a long text is no error here)
        raise click.ClickException(f"TEXT names a file; to check what is in it: evidence-bot verify - < {text}")
    documents = read_documents(read_settings(os.environ))
    checks = check_quotations(sys.stdin.read() if text == "-" else text, documents)
    if not checks:
        raise click.ClickException("TEXT holds no words to check")
    for check in checks:
        click.echo(json.dumps(check_to_json(check), ensure_ascii=False) if as_json else describe(check))
    sys.exit(any(check.verdict is not Verdict.EXACT for check in checks))
