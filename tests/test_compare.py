"""What each submitter says on a topic: only quotes that answer, nobody who may not be seen, everybody else named."""

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console
from slack_story import quotes, reading
from small_corpus import ASKED, SUBMISSIONS

from bot.answer import Answer, Outcome
from bot.answering import Answerer
from bot.compare import Position, compare, comparison_to_json
from bot.playground.limits import refuse_bad_blocks
from bot.scope import Filters
from bot.slack.comparing import SHOWN, comparison_messages, shared_comparison
from bot.slack.place import PlaceError, read_places
from bot.terminal import show_comparison
from bot.turns import QuestionError

TOPIC = "mobile phones"


def submitters(positions, outcome=None):
    return [position.submitter for position in positions if outcome in (None, position.answer.outcome)]


@pytest.fixture(scope="module")
def positions(library):
    return compare(library, TOPIC)


def test_every_submitter_has_one_position_from_its_own_submissions(library, positions):
    assert sorted(submitters(positions)) == sorted({submitter for submitter, *_ in SUBMISSIONS.values()})
    for position in positions:
        own = {document.reference for document in position.documents}
        shown = [*position.answer.quotes, *position.answer.nearest]
        assert {quote.document.reference for quote in shown} <= own
        assert len(shown) == (position.answer.outcome is Outcome.QUOTED)
    shelf = next(position for position in positions if position.submitter == "Shelf")
    assert [document.reference for document in shelf.documents] == ["LIB0003", "LIB0005"]


def test_quotes_come_first_and_who_says_nothing_has_none(positions):
    order = [position.answer.outcome for position in positions]
    assert order == sorted(order, key=[Outcome.QUOTED, Outcome.NOT_ANSWERED, Outcome.NOT_FOUND].index)
    assert positions[0].submitter == "National Union of Quiet Readers (NUQR)"
    assert positions[0].quote.text == "Mobile phones should be handed in at the desk of every reading room."
    assert {"Barnaby’s", "Dr Maria Lopes"} <= set(submitters(positions, Outcome.NOT_FOUND))


def test_a_question_of_the_committee_is_told_of_whoever_left_it_open(library):
    found = compare(library, ASKED)
    assert submitters(found, Outcome.NOT_ANSWERED) == ["Shelf"]
    assert "The Lantern Trust Ltd" in submitters(found, Outcome.QUOTED)
    told = reading(comparison_messages(ASKED, found)[0]["blocks"])
    assert "Asked by the committee and not answered by: Shelf (LIB0003)." in told


def test_only_submitters_that_may_be_seen_pass_or_are_named_are_compared(library):
    seen = frozenset({"LIB0002", "LIB0003"})
    assert set(submitters(compare(library, TOPIC, scope=seen))) == {"National Union of Quiet Readers (NUQR)", "Shelf"}
    assert submitters(compare(library, TOPIC, filters=Filters(until="2019"))) == ["Barnaby’s"]
    named = compare(library, f"Barnaby's and the Lantern Trust on {TOPIC}")
    assert set(submitters(named)) == {"Barnaby’s", "The Lantern Trust Ltd"}
    hidden = compare(library, f"Dr Lopes on {TOPIC}", scope=seen)
    assert set(submitters(hidden)) == {"National Union of Quiet Readers (NUQR)", "Shelf"}


@pytest.mark.parametrize("topic", ["", "?", "x" * 301])
def test_a_topic_is_named_in_few_words(library, topic):
    with pytest.raises(QuestionError):
        compare(library, topic)


def test_json_holds_the_quotes_in_the_form_of_an_answer(positions):
    made = json.loads(json.dumps(comparison_to_json(TOPIC, positions)))
    assert made["topic"] == TOPIC and len(made["compared"]) == len(positions)
    first = made["compared"][0]
    assert set(first) == {"submitter", "documents", "outcome", "confidence", "quotes", "inquiry_question"}
    assert first["quotes"][0]["document"] == "LIB0002" and first["quotes"][0]["footnote"] == 1
    assert made["compared"][-1]["quotes"] == []


def test_the_terminal_names_each_submitter_before_its_words(positions):
    paper = io.StringIO()
    show_comparison(positions, Console(file=paper, width=1000))
    printed = paper.getvalue()
    assert "National Union of Quiet Readers (NUQR) (LIB0002): “Mobile phones should be" in printed
    assert "Nothing on it from: " in printed and "Dr Maria Lopes (LIB0004)" in printed


def many(positions, count):
    """A comparison of so many who say something, and as many who say nothing."""
    said, silent = positions[0], positions[-1]
    return [said] * count + [replace(silent, answer=Answer("", Outcome.NOT_FOUND, 0.9))] * count


def value_of(message, action):
    return next(
        element["value"] for block in message["blocks"] if block["type"] == "actions"
        for element in block["elements"] if element["action_id"] == action
    )  # fmt: skip


def test_long_comparisons_are_paged_within_slacks_limits(positions):
    long = many(positions, 34)
    first = comparison_messages(TOPIC, long)
    for message in (*first, *comparison_messages(TOPIC, long, 30)):
        refuse_bad_blocks(json.loads(json.dumps(message["blocks"])))
    assert len(quotes([b for m in first for b in m["blocks"]])) == SHOWN
    assert json.loads(value_of(first[-1], "compare_more")) == {"q": TOPIC, "at": SHOWN}
    told = reading([b for m in first for b in m["blocks"]])
    assert "34 of 68 submitters say something on it." in told and "; and 4 more." in told
    last = comparison_messages(TOPIC, long, 30)
    assert len(quotes([b for m in last for b in m["blocks"]])) == 4
    assert "More submitters" not in str(last) and "Nothing on it" not in str(last)


def test_one_who_says_something_says_it(positions):
    assert "1 of 2 submitters says something on it." in reading(
        comparison_messages(TOPIC, many(positions, 1))[0]["blocks"]
    )


def test_a_shared_comparison_shows_and_names_only_what_may_be_seen_there(library, positions):
    value = value_of(comparison_messages(TOPIC, positions)[-1], "share_comparison")
    assert [place.document for place in read_places(value)] == [
        position.quote.document.reference for position in positions if position.quote
    ]
    told = reading(shared_comparison(library.documents, value, "Ada")[0]["blocks"])
    assert told.startswith(f"Shared by Ada. Compared: {TOPIC}") and "Dr Maria Lopes (LIB0004)" in told
    seen = [d for d in library.documents if d.reference != "LIB0004"]
    assert "Lopes" not in str(shared_comparison(seen, value, "Ada"))
    with pytest.raises(PlaceError):
        shared_comparison([d for d in seen if d.reference != "LIB0002"], value, "Ada")


def test_nothing_said_by_anybody_is_said_plainly(library):
    silent = [Position((document,), Answer("", Outcome.NOT_FOUND, 0.9)) for document in library.documents]
    [message] = comparison_messages(TOPIC, silent)
    assert message["text"] == "No submission that I hold says anything on that."
    assert "share_comparison" not in str(message)


def test_a_position_that_is_no_answer_has_no_quote(positions):
    said = positions[0]
    silent = replace(said, answer=replace(said.answer, outcome=Outcome.NOT_FOUND))
    assert said.quote is not None and silent.quote is None


def test_a_corpus_that_comes_meanwhile_is_not_mixed_into_a_comparison(library, index, monkeypatch):
    whole, before = library.index, compare(library, TOPIC)
    answer = Answerer.answer

    def adopting(self, question, **more):
        library.adopt(index)
        return answer(self, question, **more)

    monkeypatch.setattr(Answerer, "answer", adopting)
    try:
        meanwhile = compare(library, TOPIC)
    finally:
        library.adopt(whole)
    assert comparison_to_json(TOPIC, meanwhile) == comparison_to_json(TOPIC, before)
