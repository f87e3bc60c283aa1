"""The very same search on public collections in BEIR's layout: corpus.jsonl, queries.jsonl, qrels.tsv.

A query may have a `history` of earlier turns; then the search with them is set beside that of the turn alone.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import ir_measures
import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.conversation import converse
from bot.settings import Settings
from corpus.document import Document, Passage, Sentence, Span, Voice
from corpus.errors import Mendable
from corpus.metadata import Metadata
from corpus.sentences import split_sentences
from index.encoder import load_encoder
from index.evidence import Weights
from index.folder import build_index, read_weights
from index.search import Index

MEASURES = [ir_measures.parse_measure(name) for name in ("P@1", "nDCG@5", "nDCG@10", "R@5", "RR")]
_DEPTH = 100
_RESAMPLES = 2000  # of the paired bootstrap (Sakai 2006)

Relevant = dict[str, dict[str, int]]
Queries = Sequence[dict[str, Any]]
Found = dict[str, dict[str, float]]


class BeirError(Mendable):
    """A collection cannot be read; the message says which file and why."""


@dataclass(frozen=True, slots=True)
class Arm:
    """One way to search: an index, with earlier turns or without."""

    name: str
    index: Index
    earlier: bool = True


def run_beir(folder: Path, settings: Settings, *, as_json: bool) -> None:
    """Index the collection, search it with each query, print figures."""
    corpus, queries = _read(folder / "corpus.jsonl"), _read(folder / "queries.jsonl")
    relevant = _relevant(folder / "qrels.tsv")
    judged = [query for query in queries if query["_id"] in relevant]
    Console(stderr=True).print(f"Indexing {len(corpus)} passages; {len(judged)} judged queries.")
    encoder = load_encoder(settings.model, settings.data / "model", Console(stderr=True).print)
    index = build_index(((one, {}) for one in _documents(corpus)), encoder, read_weights())
    found = {arm.name: _found(arm, judged) for arm in _arms(index, talks=any(map(_turns, judged)))}
    rows = {name: _figures(relevant, one) for name, one in found.items()}
    if "fused, turn alone" in found:
        rows["gain by earlier turns, nDCG@10"] = _gain(relevant, found["fused"], found["fused, turn alone"])
    _print(rows, as_json)


def _arms(index: Index, *, talks: bool) -> list[Arm]:
    arms = [
        Arm("dense (passages)", replace(index, weights=Weights(1, 0, 0, 0)), earlier=False),
        Arm("dense (and sentences)", replace(index, weights=replace(index.weights, lexical=0)), earlier=False),
        Arm("BM25", replace(index, weights=Weights(0, 0, 0, 1)), earlier=False),
        Arm("fused", index),
    ]
    return [*arms, Arm("fused, turn alone", index, earlier=False)] if talks else arms


def _found(arm: Arm, queries: Queries) -> Found:
    found: Found = {}
    for query in track(queries, arm.name, console=Console(stderr=True), transient=True):
        evidence = converse(arm.index, query["text"], _turns(query) if arm.earlier else []).evidence
        best = zip(evidence.order()[:_DEPTH], sorted(evidence.score, reverse=True), strict=False)
        found[query["_id"]] = {arm.index.units[unit].document.reference: float(score) for unit, score in best}
    return found


def _turns(query: dict[str, Any]) -> list[str]:
    return [turn["text"] for turn in query.get("history", ()) if turn.get("role", "user") == "user"]


def _figures(relevant: Relevant, found: Found) -> dict[str, float]:
    measured = ir_measures.calc_aggregate(MEASURES, relevant, found)
    return {str(measure): float(measured[measure]) for measure in MEASURES}


def _gain(relevant: Relevant, found: Found, base: Found) -> dict[str, float]:
    """Mean difference per query with its 95 % interval by paired bootstrap."""
    measure = ir_measures.nDCG @ 10
    with_turns, alone = (
        {one.query_id: one.value for one in ir_measures.iter_calc([measure], relevant, run)} for run in (found, base)
    )
    differences = np.array([with_turns[query] - alone[query] for query in alone])
    picks = np.random.default_rng(0).integers(0, len(differences), (_RESAMPLES, len(differences)))
    low, high = np.quantile(differences[picks].mean(1), (0.025, 0.975))
    return {"mean": float(differences.mean()), "low": float(low), "high": float(high)}


def _print(rows: dict[str, dict[str, float]], as_json: bool) -> None:
    if as_json:
        print(json.dumps(rows))
        return
    table = Table("", *map(str, MEASURES), box=None)
    for name, row in rows.items():
        if "mean" in row:
            table.caption = f"{name}: {row['mean']:+.4f} (95 % interval {row['low']:+.4f} to {row['high']:+.4f})"
        else:
            table.add_row(name, *(f"{row[str(measure)]:.4f}" for measure in MEASURES))
    Console().print(table)


def _documents(corpus: Queries) -> list[Document]:
    return [_document(row["_id"], "\n".join(filter(None, (row.get("title"), row["text"])))) for row in corpus]


def _document(reference: str, text: str) -> Document:
    """A document of one passage."""
    document = Document(Metadata(reference, reference, ""), text)
    whole = Span(0, len(text))
    sentences = tuple(Sentence(span) for span in split_sentences(text, whole)) or (Sentence(whole),)
    passage = Passage(document, whole, Voice.SUBMITTER, sentences)
    object.__setattr__(document, "passages", (passage,))  # each knows the other, as in corpus/structure.py
    return document


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except OSError as error:
        raise BeirError(f"{path}: cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise BeirError(f"{path}: not JSON lines ({error})") from error


def _relevant(path: Path) -> Relevant:
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
        judged: Relevant = {}
        for query, passage, score in rows[1:]:
            judged.setdefault(query, {})[passage] = int(score)
    except OSError as error:
        raise BeirError(f"{path}: cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise BeirError(f"{path}: not a table of query-id, corpus-id, score ({error})") from error
    return judged
