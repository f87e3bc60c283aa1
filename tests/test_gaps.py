"""What the evidence could not answer, by week and as CSV."""

import csv
import io
from datetime import date

from slack_story import reading

from bot.place import Place
from bot.slack.gaps import by_week, gap_blocks, gaps_csv
from bot.state.records import Gap, Vote
from corpus.document import Span

MONDAY = 1_592_784_000.0  # 22 June 2020, 00:00 UTC
DAY = 86_400


def gap(question, at):
    return Gap("T1", "C1", "U1", question, at)


def vote(question, at, value="down"):
    return Vote("T1", "C1", "1.0", "U1", value, question, "quoted", (Place("PSR0074", Span(3, 9), "0a1b2c3d"),), at)


WEEKS = by_week(
    [gap("Who pays?", MONDAY), gap("Who  pays?", MONDAY + 6 * DAY), gap("=1+1", MONDAY + 7 * DAY)],
    [vote("What is it?", MONDAY + DAY), vote("Fine?", MONDAY, "up")],
)


def test_gaps_stand_in_their_week_the_newest_first_and_votes_up_are_none():
    assert [week.monday for week in WEEKS] == [date(2020, 6, 29), date(2020, 6, 22)]
    assert WEEKS[1].not_found == {"Who pays?": 2} and WEEKS[1].voted_down == {"What is it?": 1}


def test_the_csv_holds_every_gap_no_person_and_no_formula():
    rows = list(csv.reader(io.StringIO(gaps_csv(WEEKS))))
    assert rows == [
        ["week", "kind", "question", "times", "places"],
        ["2020-06-29", "not found", "'=1+1", "1", ""],
        ["2020-06-22", "not found", "Who pays?", "2", ""],
        ["2020-06-22", "voted down", "What is it?", "1", "PSR0074:3-9"],
    ]


def test_administrators_read_counts_and_questions():
    text = reading(gap_blocks(WEEKS, "export"))
    assert "Week of 22 June 2020: 2 not found, 1 voted down" in text.replace("\n", " ").replace("  ", " ")
    assert "Who pays? (not found, 2 times)" in text and "Export as CSV" in text
    assert "No question went unanswered" in reading(gap_blocks([], "export"))
