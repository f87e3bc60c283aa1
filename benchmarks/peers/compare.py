"""Peers side by side on one corpus, one model, one machine: `make peers`, in some minutes; prints a Markdown table.

Every peer gets the quotable passages of PSR0074 as its documents, each in the words in which the bot encodes it: with
its heading and without note marks; how they are parsed is not compared. It answers the development questions as they
are, the bot those of a thread after its earlier turns. Each runs in processes of its own, in turn, round after round;
what is printed is the median over the rounds, times also as ratios against the bare encoder, taken in turn with it in
the same process.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median, quantiles
from typing import Any

from bot.questions import Labelled, read_questions
from corpus.document import Passage
from corpus.submission import SHIPPED, read_submission
from index.rows import in_context

ROUNDS = 3
PYTHON = Path(__file__).parent / ".venv" / "bin" / "python"
SUBMISSION = SHIPPED / "PSR0074"
MIB = 1 << 20
COSTS = "question: median and 95th percentile, ms | build, s | first answer, s | memory, MiB"


@dataclass
class Subject:
    """What is measured, the Python that runs it, what was measured in each round."""

    name: str
    module: str
    python: str = str(PYTHON)
    environment: dict[str, str] = field(default_factory=dict)
    results: list[dict[str, Any]] = field(default_factory=list)
    first_answers: list[float] = field(default_factory=list)


def main() -> None:
    """Measure all, print the table."""
    document = read_submission(SUBMISSION)
    passages = [passage for passage in document.passages if passage.sentences]
    labelled = read_questions(SUBMISSION / "questions.jsonl", [document])
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder)
        write_inputs(given, passages, labelled)
        subjects = all_subjects(given)
        started = [first_start(subject) for subject in subjects if subject.environment]
        for number in range(ROUNDS):
            for subject in subjects:
                print(f"round {number + 1} of {ROUNDS}: {subject.name}", file=sys.stderr)
                measure(subject, given, given / f"{number}-{subjects.index(subject)}")
    print("\n".join(table(subjects, passages, labelled)))
    print(f"\nThe first start of evidence-bot, with the export of its model: {started[-1]:.0f} s.")


def all_subjects(given: Path) -> list[Subject]:
    """The bare encoder first, then the peers, then evidence-bot without and with its expansions."""
    bare = given / "corpus"
    shutil.copytree(SUBMISSION, bare / SUBMISSION.name, ignore=shutil.ignore_patterns("expansions.jsonl"))
    return [
        Subject("the encoder alone", "encoder_alone"),
        Subject("LangChain", "langchain_peer"),
        Subject("LlamaIndex", "llamaindex_peer"),
        Subject("txtai", "txtai_peer"),
        Subject("Haystack", "haystack_peer"),
        bot("evidence-bot, without expansions", bare, given / "data-bare"),
        bot("**evidence-bot**", SHIPPED, given / "data"),
    ]


def bot(name: str, corpus: Path, data: Path) -> Subject:
    """The bot over a folder of submissions, in the project's own environment."""
    settings = {"EVIDENCE_BOT_CORPUS": str(corpus), "EVIDENCE_BOT_DATA": str(data)}
    return Subject(name, "evidence_bot", sys.executable, settings)


def first_start(subject: Subject) -> float:
    """Seconds of `evidence-bot index` on an empty data folder, where it exports its model once and for all."""
    began = time.perf_counter()
    subprocess.run(
        [subject.python, "-m", "bot", "index"], env={**os.environ, **subject.environment}, check=True, stdout=sys.stderr
    )
    return time.perf_counter() - began


def write_inputs(folder: Path, passages: Sequence[Passage], labelled: Sequence[Labelled]) -> None:
    """Write what every peer reads."""
    questions = [{"id": one.id, "question": one.question, "history": one.history} for one in labelled]
    for name, rows in (("passages", [{"text": in_context(passage)} for passage in passages]), ("questions", questions)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


def measure(subject: Subject, given: Path, out: Path) -> None:
    """Run a peer once in a process to measure it, and once more until its first answer from what it saved."""
    out.mkdir()
    command = [subject.python, "-m", f"benchmarks.peers.{subject.module}"]
    offline = {"HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False"}
    environment = {**os.environ, **offline, **subject.environment}
    subprocess.run([*command, "measure", given, out], env=environment, check=True, stdout=subprocess.DEVNULL)
    subject.results.append(json.loads((out / "result.json").read_text(encoding="utf-8")))
    began = time.perf_counter()
    with subprocess.Popen([*command, "first", given, out], env=environment, stdout=subprocess.PIPE) as process:
        while process.stdout and (line := process.stdout.readline()) != b"answered\n":
            if not line:
                raise SystemExit(f"{subject.name} gave no first answer")
        subject.first_answers.append(time.perf_counter() - began)


def table(subjects: Sequence[Subject], passages: Sequence[Passage], labelled: Sequence[Labelled]) -> Iterator[str]:
    """The lines of the table; hit@k: one of the first k passages lies on an accepted line."""
    answerable = [one for one in labelled if one.lines]
    others = [one for one in labelled if not one.lines]
    alone = [one for one in answerable if not one.history]
    hits = f"hit@1 | hit@3 | hit@3, {len(alone)} without follow-ups"
    declined = f"declined of {len(answerable)} answerable and {len(others)} others"
    yield f"| {len(passages)} passages, {len(labelled)} questions | {hits} | {declined} | {COSTS} |"
    yield "|---" * 9 + "|"
    for subject in subjects:
        found = [share(subject, passages, *which) for which in ((answerable, 1), (answerable, 3), (alone, 3))]
        refusals = " and ".join(refused(subject, some) for some in (answerable, others))
        cells = [subject.name, *found, refusals, *costs(subject, subjects[0])]
        yield f"| {' | '.join(cells)} |"


def refused(subject: Subject, questions: Sequence[Labelled]) -> str:
    """How many of the questions are declined."""
    return str(median(sum(one.id in result["declined"] for one in questions) for result in subject.results))


def share(subject: Subject, passages: Sequence[Passage], questions: Sequence[Labelled], most: int) -> str:
    """The share of questions with a hit among the first passages, three decimals; a dash for who finds nothing."""
    found = [(one, result["found"][one.id][:most]) for result in subject.results for one in questions]
    if not any(numbers for _, numbers in found):
        return "-"
    hits = [any(passages[number].span in line for number in numbers for line in one.lines) for one, numbers in found]
    return f"{mean(hits):.3f}"


def costs(subject: Subject, alone: Subject) -> list[str]:
    """Time of a question, of a build and of a first answer, memory."""
    searches = [pair for result in subject.results for pair in result["searches"]]
    builds = [pair for result in subject.results for pair in result["builds"]]
    milliseconds = [own * 1000 for own, _ in searches]
    starts = list(zip(subject.first_answers, alone.first_answers, strict=True))
    return [
        f"{median(milliseconds):.1f} ({ratio(searches)}) and {quantiles(milliseconds, n=20)[18]:.1f}",
        f"{median(own for own, _ in builds):.2f} ({ratio(builds)})",
        f"{median(subject.first_answers):.1f} ({ratio(starts)})",
        f"{median(result['memory'] for result in subject.results) / MIB:.0f}",
    ]


def ratio(pairs: Sequence[Sequence[float]]) -> str:
    """The median of own time over the floor's."""
    return f"{median(own / floor for own, floor in pairs):.2f}×"


if __name__ == "__main__":
    main()
