"""Which submissions are searched: by filters, by whom a question names, within what may be seen; and what is told."""

import io
import json
import re

import pytest
from rich.console import Console
from slack_story import reading
from small_corpus import ASKED, FERRIES

from bot.answer import Outcome
from bot.asking import ask, in_thread
from bot.batch import answers
from bot.scope import DateError, Filters, searched_in
from bot.slack.blocks import to_messages
from bot.terminal import show


def sources(answer):
    return {quote.document.reference for quote in (*answer.quotes, *answer.nearest)}


def searched(answer):
    return [document.reference for document in answer.searched_in]


@pytest.mark.parametrize(
    ("filters", "references"),
    [
        ({"submission": "lib0002"}, "LIB0002"),
        ({"submission": "LIB9999"}, ""),
        ({"submitter": "lantern trust"}, "LIB0001"),
        ({"submitter": "Shelf"}, "LIB0003 LIB0005"),
        ({"submitter": "Quiet"}, "LIB0002"),
        ({"inquiry": FERRIES}, "FER0001"),
        ({"inquiry": "libraries", "submitter": "shelf"}, "LIB0003 LIB0005"),
        ({"since": "2020"}, "LIB0001 LIB0002 LIB0003 LIB0005"),
        ({"since": "2020-07"}, "LIB0002 LIB0003 LIB0005"),
        ({"since": "2020-07-15", "until": "2020-12"}, "LIB0002"),
        ({"until": "2020-06-29"}, "FER0001"),
        ({"until": "2020-06-30"}, "FER0001 LIB0001"),
        ({"since": "2021-06"}, "LIB0003"),
    ],
)
def test_filters_admit_by_reference_name_inquiry_and_date(library, filters, references):
    assert Filters(**filters).references(library.documents) == frozenset(references.split())


@pytest.mark.parametrize("date", ["20", "2020-13", "2020-06-32", "June 2020", "2020/06"])
def test_a_date_of_another_form_is_refused(date):
    with pytest.raises(DateError, match="write it as 2020, 2020-06 or 2020-06-30"):
        Filters(since=date)


@pytest.mark.parametrize(
    ("question", "references"),
    [
        ("What did Shelf say about opening hours?", ["LIB0003", "LIB0005"]),
        ("According to the Lantern Trust, how far did opening hours fall?", ["LIB0001"]),
        ("What does the NUQR say about mobile phones?", ["LIB0002"]),
        ("What do LIB0003 and Dr Lopes say about books?", ["LIB0003", "LIB0004"]),
        ("What does Dr Lopes say about the Lantern Trust?", ["LIB0004"]),
        ("Who speaks about the Lantern Trust?", []),
        ("opening hours", []),
    ],
)
def test_an_answer_comes_from_those_who_speak_in_the_question(library, question, references):
    answer = ask(library, question)
    assert searched(answer) == references
    assert sources(answer) and (not references or sources(answer) <= set(references))
    assert (answer.question, answer.resolved_question) == (question, question)


def test_a_submitter_is_found_though_its_submission_never_names_itself(library):
    answer = ask(library, "According to the Lantern Trust, what happened to opening hours?")
    assert answer.outcome is Outcome.QUOTED
    assert "fell by a third" in answer.quotes[0].text


def test_names_and_filters_never_widen_what_may_be_seen(library):
    seen = frozenset({"LIB0002", "LIB0004"})
    for question in ("What did Shelf say about books?", "What does LIB0003 say?", "books", "And what does Shelf say?"):
        for filters in (Filters(), Filters(submitter="Shelf"), Filters(since="2020")):
            answer = ask(library, question, scope=seen, filters=filters)
            assert sources(answer) <= seen and set(searched(answer)) <= seen
    assert searched(ask(library, "What did Shelf say about books?", scope=seen)) == []


def test_a_word_is_mended_with_the_words_that_may_be_seen_and_no_others(library):
    for typed, word, holds, lacks in (("islnders", "Islanders", "FER0001", "LIB0001"),
                                      ("vocabluary", "vocabulary", "LIB0004", "LIB0001")):  # fmt: skip
        question = f"What about {typed}?"
        resolved = [ask(library, question, scope=frozenset({one})).resolved_question for one in (holds, lacks)]
        assert resolved == [f"What about {word.lower()}?", question]


def test_names_narrow_what_the_filters_admit(library):
    answer = ask(library, "What did Shelf say about books?", filters=Filters(until="2021-02"))
    assert searched(answer) == ["LIB0003"]


def test_with_one_submission_nothing_is_said_and_nothing_changes(answerer):
    question = "What did Locality say about procurement?"
    assert ask(answerer, question) == answerer.answer(question)
    assert ask(answerer, question).searched_in == ()


def test_a_follow_up_stays_with_the_submitter_until_it_names_another_or_stands_alone(library):
    thread = ["What did Shelf say about buying books?"]
    assert searched(in_thread(library, "And what about their price?", thread)) == ["LIB0003", "LIB0005"]
    assert searched(in_thread(library, "who said that?", thread)) == ["LIB0003", "LIB0005"]
    assert searched(in_thread(library, "And the Lantern Trust?", thread)) == ["LIB0001"]
    assert searched(in_thread(library, "What did the vocabulary of two hundred children show?", thread)) == []
    thread += ["What did the vocabulary of two hundred children show?", "And who measured it?"]
    assert searched(in_thread(library, "what does that mean?", thread)) == []


def printed(answer):
    paper = io.StringIO()
    show(answer, Console(file=paper, width=1000))
    return paper.getvalue()


def test_what_was_searched_is_told_in_one_line_only_where_it_was_less(library):
    narrow, wide = ask(library, "What did Shelf say about second-hand books?"), ask(library, "second-hand books")
    line = "Searched in: Shelf (LIB0003, LIB0005)"
    assert printed(narrow).count(line) == 1 and "Searched" not in printed(wide) and "searched" not in printed(wide)
    assert reading(to_messages(narrow)[0]["blocks"]).count(line) == 1
    assert "Searched" not in reading(to_messages(wide)[0]["blocks"])
    assert searched_in(library.documents[:4]) == "Searched in: 4 submissions of 4 submitters"


def test_where_only_some_were_searched_it_is_not_said_that_nothing_answers(library):
    answer = ask(library, "What did Dr Lopes say about ferry fares?")
    assert answer.outcome is Outcome.NOT_FOUND
    assert "Nothing in the submissions searched answers this." in printed(answer)
    assert "Nothing in the submissions that were searched answers that." in str(to_messages(answer))


def test_whose_submission_left_a_question_of_the_committee_open_is_told(library):
    answer = ask(library, ASKED, scope=frozenset({"LIB0003", "LIB0002"}))
    assert answer.outcome is Outcome.NOT_ANSWERED
    assert "The committee asked this, and Shelf (LIB0003) did not answer it." in printed(answer)
    told = reading(to_messages(answer)[0]["blocks"])
    assert "The committee asked this, and Shelf answered “N/A”." in told
    assert "Shelf, written evidence LIB0003, Volunteers." in told


def test_the_line_beneath_a_quote_names_its_submission_among_several(library):
    answer = ask(library, "Should every branch library be open in the evening?")
    assert len(sources(answer)) > 1
    text = reading(to_messages(answer)[0]["blocks"])
    bylines = re.findall(r"^[¹²³] (.+) \((\w+)\)$", text, re.M)
    submitters = {document.reference: document.metadata.submitter for document in library.documents}
    assert bylines == [(submitters[q.document.reference], q.document.reference) for q in answer.quotes]


def test_a_batch_is_filtered_and_keeps_its_form(library):
    line = json.dumps({"id": 1, "question": "What did Shelf say about books?"}).encode()
    [row] = answers(library, [line], Filters(submission="LIB0005"))
    assert {quote["document"] for quote in [*row["quotes"], *row["nearest"]]} == {"LIB0005"}
    assert set(row) == {"id", "question", "resolved_question", "outcome", "confidence", "quotes", "inquiry_question",
                        "nearest"}  # fmt: skip
