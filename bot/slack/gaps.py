"""What the evidence could not answer: questions that found nothing and votes down, by week, and as CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.slack.kit import Json, actions, button, part, rich, section, shorten, small
from bot.state.records import Gap, Vote

NOT_FOUND, VOTED_DOWN = "not found", "voted down"
WEEKS_SHOWN, QUESTIONS_SHOWN = 6, 5
QUESTION_SHOWN = 200
COLUMNS = ("week", "kind", "question", "times", "places")
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Week:
    """The gaps of one week; `monday` is its first day, in UTC. The counts tell how often a question came."""

    monday: date
    not_found: Counter[str]
    voted_down: Counter[str]
    places: dict[str, str]


def by_week(gaps: Iterable[Gap], votes: Iterable[Vote]) -> list[Week]:
    """The weeks in which there were gaps, the newest first."""
    weeks: dict[date, Week] = {}
    for gap in gaps:
        _week(weeks, gap.at).not_found[_one_line(gap.question)] += 1
    for vote in votes:
        if vote.value == "down":
            week, question = _week(weeks, vote.at), _one_line(vote.question)
            week.voted_down[question] += 1
            week.places[question] = " ".join(f"{one.document}:{one.span.start}-{one.span.end}" for one in vote.places)
    return [weeks[monday] for monday in sorted(weeks, reverse=True)]


def _week(weeks: dict[date, Week], at: float) -> Week:
    day = datetime.fromtimestamp(at, UTC).date()
    monday = day - timedelta(days=day.weekday())
    return weeks.setdefault(monday, Week(monday, Counter(), Counter(), {}))


def _one_line(question: str) -> str:
    return " ".join(question.split())


def gaps_csv(weeks: Iterable[Week]) -> str:
    """Every gap as a row; `places` are those quoted in an answer that was voted down. Nobody's name is in it."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for week in weeks:
        for kind, counts in ((NOT_FOUND, week.not_found), (VOTED_DOWN, week.voted_down)):
            for question, times in counts.most_common():
                places = week.places.get(question, "") if kind == VOTED_DOWN else ""
                rows.writerow([week.monday.isoformat(), kind, _cell(question), times, places])
    return text.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def gap_blocks(weeks: Sequence[Week], export: str) -> list[Json]:
    """The newest weeks for administrators; `export` is the action of the button for all of them."""
    title = rich(section(part("Gaps, for administrators", bold=True)))
    if not weeks:
        return [title, small("No question went unanswered, and no answer was voted down.")]
    blocks = [rich(section(*_lines(week))) for week in weeks[:WEEKS_SHOWN]]
    return [title, *blocks, actions(button("Export as CSV", export, "csv", spoken="Export as CSV: all gaps"))]


def _lines(week: Week) -> list[Json]:
    counts = f"{week.not_found.total()} not found, {week.voted_down.total()} voted down"
    lines = [part(f"Week of {week.monday.day} {week.monday:%B %Y}: {counts}", italic=True)]
    for kind, asked in ((NOT_FOUND, week.not_found), (VOTED_DOWN, week.voted_down)):
        for question, times in asked.most_common(QUESTIONS_SHOWN):
            often = f", {times} times" if times > 1 else ""
            lines.append(part(f"\n•  {shorten(question, QUESTION_SHOWN)} ({kind}{often})"))
    return lines
