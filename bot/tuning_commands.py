"""`evidence-bot eval`, `fit` and `expand`: what is measured and what makes it better."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from bot.settings import read_settings


def _say(line: str) -> None:
    click.echo(line, err=True)


@click.command(name="eval")
@click.argument("questions", nargs=-1, type=click.Path(path_type=Path))
@click.option("--beir", type=click.Path(path_type=Path), help="A folder with corpus.jsonl, queries.jsonl, qrels.tsv.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
@click.option("--misses", is_flag=True, help="List the questions that went wrong.")
@click.option("--ablations", is_flag=True, help="Compare the parts of the search.")
def evaluate(questions: Sequence[Path], beir: Path | None, as_json: bool, misses: bool, ablations: bool) -> None:
    """Measure the answers on labelled QUESTIONS, or the search on a public collection."""
    if beir is not None:
        from bot.beir import run_beir

        run_beir(beir, read_settings(os.environ), as_json=as_json)
        return
    if not questions:
        raise click.UsageError("give files of labelled questions, or --beir FOLDER")
    from bot.corpus_index import load_answerer
    from bot.evaluation_report import report
    from bot.questions import read_questions

    answerer = load_answerer(read_settings(os.environ), _say)
    labelled = [one for path in questions for one in read_questions(path, answerer.documents)]
    report(answerer, labelled, as_json=as_json, misses=misses, ablations=ablations)


@click.command()
@click.argument("questions", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--calibrate", type=click.Path(path_type=Path), required=True, help="Labelled questions as people ask them in use."
)
def fit(questions: Sequence[Path], calibrate: Path) -> None:
    """Fit the outcome models on labelled QUESTIONS and write them to bot/outcome.json."""
    from bot import fit as fitting
    from bot.corpus_index import open_corpus
    from bot.outcome import save_models
    from bot.questions import read_questions

    made = open_corpus(read_settings(os.environ), _say)
    labelled = [one for path in questions for one in read_questions(path, made.documents)]
    models = fitting.fit_both(made, labelled, read_questions(calibrate, made.documents))
    save_models(models)
    least = f"{models.expanded.quote_from:.2f} ({models.bare.quote_from:.2f} without expansions)"
    click.echo(f"Fitted on {len(labelled)} questions; quotes from a chance of {least}.")


@click.command()
@click.argument("reference")
@click.option("--endpoint", required=True, help="Base address, such as http://localhost:11434/v1 for a local Ollama.")
@click.option("--model", required=True, help="The model's name there.")
def expand(reference: str, endpoint: str, model: str) -> None:
    """Draft expansions for the submission REFERENCE into expansions.draft.jsonl, for a person to read.

    The key of an endpoint that needs one is taken from OPENAI_API_KEY. What is already drafted is left alone.
    """
    from bot import expand as expanding
    from corpus.collection import place_of
    from corpus.submission import read_submission

    folder = place_of(read_settings(os.environ).corpus, reference)
    model_at = expanding.Endpoint(endpoint, model, os.environ.get("OPENAI_API_KEY", ""))
    drafted, failed = expanding.draft(
        read_submission(folder), folder, model_at, lambda done, of: click.echo(f"\r{done}/{of}", err=True, nl=False)
    )
    if not drafted and not failed:
        click.echo(f"Every passage of {reference} has expansions or a draft of them: nothing is left to draft.")
        return
    _say("")
    click.echo(f"{drafted} drafted, {failed} replies held none: read {folder / expanding.DRAFT}, correct it,")
    click.echo(f"and move its lines to {folder / 'expansions.jsonl'}.")
