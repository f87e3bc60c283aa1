"""The very same search on public collections in BEIR's layout: corpus.jsonl, queries.jsonl, qrels.tsv."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import ir_measures
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.conversation import converse
from bot.settings import Settings
from corpus.document import Document, Passage, Sentence, Span, Voice
from corpus.errors import Mendable
from corpus.metadata import Metadata
from corpus.sentences import split_sentences
from index.build import build_index
from index.encoder import load_encoder
from index.folder import read_weights
from index.search import Evidence, Index, Weights

MEASURES = [ir_measures.parse_measure(name) for name in ("P@1", "nDCG@5", "nDCG@10", "R@5", "RR")]
_DEPTH, _BATCH = 100, 64


class BeirError(Mendable):
    """A collection cannot be read; the message says which file and why."""


def run_beir(folder: Path, settings: Settings, *, as_json: bool) -> None:
    """Index the collection, search it with each query (after its earlier turns, where it has some), print figures."""
    corpus, queries = _read(folder / "corpus.jsonl"), _read(folder / "queries.jsonl")
    relevant = _relevant(folder / "qrels.tsv")
    judged = [query for query in queries if query["_id"] in relevant]
    console = Console(stderr=True)
    console.print(f"Indexing {len(corpus)} passages; {len(judged)} judged queries.")
    encoder = load_encoder(settings.model)
    index = build_index(_documents(corpus), {}, encoder, read_weights())
    passages = index.keeping(index.row_sentence < 0)
    arms = {
        "dense (passages)": replace(passages, weights=Weights(1, 0, 0)),
        "dense (and sentences)": replace(index, weights=Weights(1, 0, 0)),
        "BM25": replace(index, weights=Weights(0, 0, 1)),
        "fused": index,
    }
    rows = {name: _figures(arm, judged, relevant, name) for name, arm in arms.items()}
    if as_json:
        print(json.dumps(rows))
        return
    table = Table("", *map(str, MEASURES), box=None)
    for name, row in rows.items():
        table.add_row(name, *(f"{row[str(measure)]:.4f}" for measure in MEASURES))
    Console().print(table)


def _figures(
    index: Index, queries: Sequence[dict[str, Any]], relevant: dict[str, dict[str, int]], name: str
) -> dict[str, float]:
    found: dict[str, dict[str, float]] = {}
    batches = [queries[start : start + _BATCH] for start in range(0, len(queries), _BATCH)]
    for batch in track(batches, name, console=Console(stderr=True), transient=True):
        for query, evidence in zip(batch, _evidence(index, batch), strict=True):
            best = evidence.order()[:_DEPTH]
            found[query["_id"]] = {index.units[i].document.reference: float(evidence.score[i]) for i in best}
    measured = ir_measures.calc_aggregate(MEASURES, relevant, found)
    return {str(measure): float(value) for measure, value in measured.items()}


def _evidence(index: Index, queries: Sequence[dict[str, Any]]) -> list[Evidence]:
    turns = [[turn["text"] for turn in q.get("history", ()) if turn.get("role", "user") == "user"] for q in queries]
    if not any(turns):
        return index.search_all([query["text"] for query in queries])
    return [converse(index, query["text"], earlier).evidence for query, earlier in zip(queries, turns, strict=True)]


def _documents(corpus: Sequence[dict[str, Any]]) -> list[Document]:
    return [_document(row["_id"], "\n".join(filter(None, (row.get("title"), row["text"])))) for row in corpus]


def _document(reference: str, text: str) -> Document:
    """A document of one passage."""
    document = Document(Metadata(reference, reference, ""), text)
    whole = Span(0, len(text))
    sentences = tuple(Sentence(span) for span in split_sentences(text, whole)) or (Sentence(whole),)
    return replace(document, passages=(Passage(document, whole, Voice.SUBMITTER, sentences),))


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except OSError as error:
        raise BeirError(f"{path}: cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise BeirError(f"{path}: not JSON lines ({error})") from error


def _relevant(path: Path) -> dict[str, dict[str, int]]:
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
        judged: dict[str, dict[str, int]] = {}
        for query, passage, score in rows[1:]:
            judged.setdefault(query, {})[passage] = int(score)
    except OSError as error:
        raise BeirError(f"{path}: cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise BeirError(f"{path}: not a table of query-id, corpus-id, score ({error})") from error
    return judged
