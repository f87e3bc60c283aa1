"""`evidence-bot corpus`: add, look at, check, exchange and remove submissions."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.corpus_tree import tree_of
from bot.settings import read_settings
from bot.submission_check import counts, open_ends
from corpus.check import check, shared_with
from corpus.collection import add, files_in, place_of, remove, update
from corpus.errors import CorpusError
from corpus.formats.choose import read_source
from corpus.metadata import read_metadata
from corpus.said import said_by
from corpus.submission import METADATA, find_submissions, read_submission

_WIDE = 10_000  # columns of a table that is piped, more than its cells need
_ASKED = ("reference", "submitter", "title")
_FLAGS = ("reference", "submitter", "title", "inquiry", "committee", "house", "date", "licence", "attribution", "url")


@click.group()
def corpus() -> None:
    """Add, look at, check, update and remove submissions."""


def _folder() -> Path:
    return read_settings(os.environ).corpus


@corpus.command(name="add")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--reference", help="Such as PSR0074; the name of its folder.")
@click.option("--submitter", help="Who sent it.")
@click.option("--title")
@click.option("--inquiry")
@click.option("--committee")
@click.option("--house")
@click.option("--date", help="As 2020-06-30 or 2020-06.")
@click.option("--licence")
@click.option("--attribution")
@click.option("--url", help="Where it is published.")
def add_command(path: Path, **flags: str | None) -> None:
    """Add a FILE, or all files of a FOLDER: PDF, DOCX, HTML, Markdown or plain text.

    What the files do not say of themselves is asked for, or given by the options.
    """
    files = files_in(path)
    given = {name: flag for name, flag in flags.items() if flag}
    if len(files) > 1 and "reference" in given:
        raise click.UsageError("--reference is for one file")
    if not files:
        raise CorpusError(f"{path}: holds no PDF, DOCX, HTML, Markdown or text file")
    refused = 0
    for file in files:
        try:
            _add(file, given, alone=not path.is_dir())
        except CorpusError as error:
            refused += 1
            told = str(error)
            if path.is_dir():
                told = f"{file.relative_to(path)}: {told.removeprefix(f'{file.name}: ')}"
            click.echo(f"Not added: {told}", err=True)
    if path.is_dir():
        click.echo(f"{len(files) - refused} of {len(files)} files added.")
    if refused < len(files):
        _tell_serving()
    sys.exit(refused > 0)


def _add(file: Path, given: dict[str, str], *, alone: bool) -> None:
    reading = read_source(file)
    known = {**said_by(reading, file.name), **given}
    if not alone:
        known.setdefault("reference", file.stem)
    for name in _ASKED:
        if not known.get(name) and alone and sys.stdin.isatty():
            known[name] = click.prompt(name.capitalize())
        if not known.get(name):
            raise CorpusError(f"{file.name}: does not say its {name}; give --{name}")
    document = add(_folder(), file, reading, known)
    for remark in reading.remarks:
        click.echo(f"{file.name}: {remark}", err=True)
    if "submitter" not in given and known["submitter"] == reading.said.get("submitter"):
        click.echo(f"{file.name}: says only in its properties that its author is {known['submitter']}", err=True)
    found = check(document)
    click.echo(f"Added {document.reference}, {document.metadata.submitter}: {counts(found)}.")
    if not found.is_sound:
        click.echo(f"Look at `evidence-bot corpus check {document.reference}`.", err=True)


@corpus.command(name="list")
def list_command() -> None:
    """List the submissions."""
    table = Table("Reference", "Submitter", "Title", "Date", box=None, pad_edge=False)
    for place in find_submissions(_folder()):
        meta = read_metadata(place / METADATA)
        table.add_row(*map(escape, (meta.reference, meta.submitter, meta.title, meta.date)))
    _console().print(table)


@corpus.command()
@click.argument("reference")
def show(reference: str) -> None:
    """Show the structure that was found in a submission."""
    _console().print(tree_of(read_submission(place_of(_folder(), reference))))


@corpus.command(name="check")
@click.argument("reference")
def check_command(reference: str) -> None:
    """Say what was recognised in a submission; the exit status is 1 when something was left open."""
    folder = _folder()
    from bot.corpus_index import read_documents

    document = read_submission(place_of(folder, reference))
    found = check(document)
    click.echo(f"{reference}: {counts(found)}.")
    for line in open_ends(document, found):
        click.echo(line)
    others = [other for other in read_documents(read_settings(os.environ)) if other.reference != document.reference]
    for other, count in sorted(shared_with(document, others).items()):
        click.echo(f"{count} sentence(s) stand in {other} too.")
    sys.exit(not found.is_sound)


@corpus.command(name="remove")
@click.argument("reference")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove_command(reference: str, yes: bool) -> None:
    """Remove a submission and its source."""
    place = place_of(_folder(), reference)
    if not yes:
        click.confirm(f"Remove {reference} and its source from {place.parent}?", abort=True)
    remove(place)
    click.echo(f"Removed {reference}.")
    click.echo("A bot that serves quotes it no more within seconds.", err=True)


@corpus.command(name="update")
@click.argument("reference", required=False)
@click.argument("file", required=False, type=click.Path(path_type=Path))
def update_command(reference: str | None, file: Path | None) -> None:
    """Read the sources anew, all of them or that of REFERENCE; with FILE, that becomes its source."""
    folder = _folder()
    places = [place_of(folder, reference)] if reference else find_submissions(folder)
    refused, anew = 0, False
    for place in places:
        try:
            changed = update(place, file)
            anew |= changed
            click.echo(f"{place.name}: {'read anew' if changed else 'unchanged'}.")
        except CorpusError as error:
            refused += 1
            click.echo(f"{place.name}: {error}", err=True)
    if anew:
        _tell_serving()
    sys.exit(refused > 0)


def _tell_serving() -> None:
    """Say that nothing is left to do, but that what came or changed is indexed before it is quoted."""
    click.echo("A bot that serves indexes it by itself, then quotes it.", err=True)


def _console() -> Console:
    """Standard output: as wide as the terminal, one line a row for a pipe."""
    wide = None if sys.stdout.isatty() else _WIDE
    return Console(highlight=False, soft_wrap=True, width=wide)
