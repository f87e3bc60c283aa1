"""What an answer costs beside the encoding of its question: `make bench`.

Times are ratios against that floor, taken in turn in the same process, because machines differ and drift.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable

from bot.answer import Answer, to_json
from bot.corpus_index import load_answerer
from bot.settings import Settings
from bot.slack.blocks import to_messages
from corpus.submission import SHIPPED

ROUNDS = 5
WARM_UP = 5


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def development_questions() -> list[str]:
    """The questions of the development set, without their threads."""
    lines = (SHIPPED / "PSR0074" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines]


def main() -> None:
    """Print the table."""
    answerer = load_answerer(Settings(), print)
    questions = development_questions()
    for question in questions[:WARM_UP]:
        answerer.answer(question)
    floor, ratios = [], {"answer as JSON": [], "answer as Slack blocks": []}
    for question in (f"{question}{'?' * number}" for number in range(ROUNDS) for question in questions):  # none twice
        floor.append(timed(lambda: answerer.index.encoder.encode([question])))  # noqa: B023 (called at once)
        made: list[Answer] = []
        finding = timed(lambda: made.append(answerer.answer(question)))  # noqa: B023
        for rendering, ratio in zip((to_json, to_messages), ratios.values(), strict=True):
            ratio.append((finding + timed(lambda: rendering(made[0]))) / floor[-1])  # noqa: B023
    print(f"floor: encoding one question, {statistics.median(floor) * 1000:.1f} ms median")
    for name, found in ratios.items():
        p99 = statistics.quantiles(found, n=100)[98]
        print(f"{name}: {statistics.median(found):.2f} times the floor (median), {p99:.2f} (99th percentile)")


if __name__ == "__main__":
    main()
