"""Prints an evaluation: the table by kind, the reliability table, the misses, the ablations, or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.answering import Answerer
from bot.evaluate import Result, by_kind, figures, measure, reliability
from bot.questions import Labelled
from index.evidence import Weights
from index.folder import build_index

_COLUMNS = ("questions", "hit@1", "hit@3", "MRR", "quote@1", "quote precision", "speaker right")
_OUTCOME_COLUMNS = ("wrongly declined", "declined", "N/A right", "outcome right", "AUROC", "ECE")


def report(answerer: Answerer, questions: Sequence[Labelled], *, as_json: bool, misses: bool, ablations: bool) -> None:
    """Measure and print."""
    console = Console(highlight=False)
    results = _measured(answerer, questions)
    tables = {kind: figures(some) for kind, some in [*by_kind(results).items(), ("all", results)]}
    if as_json:
        console.file.write(json.dumps(tables) + "\n")
        return
    for columns in (_COLUMNS, _OUTCOME_COLUMNS):
        _print(console, tables, columns)
    _print_reliability(console, results)
    if misses:
        _print_misses(console, results)
    if ablations:
        _print(console, _ablations(answerer, questions), _COLUMNS)


def _measured(answerer: Answerer, questions: Sequence[Labelled]) -> list[Result]:
    with Progress(transient=True, console=Console(stderr=True)) as progress:
        task = progress.add_task("questions", total=len(questions))
        return measure(answerer, questions, lambda: progress.advance(task))


def _print(console: Console, tables: dict[str, dict[str, float | int]], columns: Sequence[str]) -> None:
    table = Table("", *columns, box=None)
    for name, row in tables.items():
        cells = [row.get(column) for column in columns]
        table.add_row(name, *("" if c is None else str(c) if isinstance(c, int) else f"{c:.3f}" for c in cells))
    console.print(table)


def _print_reliability(console: Console, results: Sequence[Result]) -> None:
    table = Table("confidence", "right", "answers", box=None)
    for sure, right, count in reliability(results):
        table.add_row(f"{sure:.2f}", f"{right:.2f}", str(count))
    console.print(table)


def _print_misses(console: Console, results: Sequence[Result]) -> None:
    for result in (result for result in results if not result.right):
        labelled, answer = result.labelled, result.answer
        console.print(
            f"{labelled.id} {labelled.kind}: {' / '.join([*labelled.history, labelled.question])}", markup=False
        )
        shown = f" “{result.quotes[0].text[:100]}”" if result.quotes else ""
        console.print(f"    {answer.outcome.value} {answer.confidence:.2f}{shown}", markup=False)


def _ablations(answerer: Answerer, questions: Sequence[Labelled]) -> dict[str, dict[str, float | int]]:
    """The same questions with parts of the search left out."""
    index = answerer.index
    bare = build_index(((document, {}) for document in answerer.documents), index.encoder, index.weights)
    arms = {
        "dense (passages)": replace(bare, weights=Weights(1, 0, 0, 0)),
        "dense (and sentences)": replace(bare, weights=replace(index.weights, lexical=0)),
        "BM25": replace(bare, weights=Weights(0, 0, 0, 1)),
        "fused": bare,
        "fused, with expansions": index,
    }
    return {name: figures(_measured(Answerer(arm, answerer.models), questions)) for name, arm in arms.items()}
