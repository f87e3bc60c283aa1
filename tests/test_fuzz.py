"""No text of a document or a person breaks reading, finding or quoting."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import to_json
from bot.turns import QuestionError
from corpus.document import Kind
from corpus.formats.plain import read_text
from corpus.metadata import Metadata
from corpus.structure import structure

METADATA = Metadata("TST0001", "Test", "Tester")
LINES = st.sampled_from(
    """Summary|1. General|What should be done?|N/A|n/a|“We are here,” said Ann Lee, chair of the Trust.|June 2020|’
    |Ann Lee, chair of the Trust, said:|“A line of five words here|goes on until it ends.”|Cllr Ann Lee, Mayor|“”|"
    |Costs rose by £4.3bn[1]. This matters.[2]|[1] A note, https://example.org/a_(b).|[2]|– item one|[[1]]|[999]
    |Q1. Who pays?|\u2003|\u202eabc\u202c|e\u0301 \U0001f600|<!channel> <@U1>""".split("|")
)
DOCUMENTS = st.lists(st.one_of(LINES, st.text(max_size=60)), max_size=25).map("\n".join)
WORDS = st.sampled_from(
    "who said what is £750m mutual aid Wirral the <!channel> <@U1> *_~` '; DROP TABLE -- ../../etc 95% and it".split()
)
QUESTIONS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=12).map(" ".join))


@settings(max_examples=1500, deadline=None)
@given(DOCUMENTS)
def test_any_text_is_read_and_nothing_is_lost_or_doubled(text):
    document = structure(METADATA, read_text(text))
    text = document.text
    covered = [offset for block in document.blocks for offset in range(block.span.start, block.span.end)]
    assert len(covered) == len(set(covered))
    assert {i for i, char in enumerate(text) if not char.isspace()} <= set(covered)
    for passage in document.passages:
        assert passage.document is document
        assert all(sentence.span in passage.span for sentence in passage.sentences)
        assert all(number in document.note_by_number for number in passage.notes)
    asked = [block.span for block in document.blocks if block.kind is Kind.QUESTION]
    assert not any(p.span.start < a.end and a.start < p.span.end for p in document.passages for a in asked)


@settings(max_examples=200, deadline=None)
@given(QUESTIONS, st.lists(QUESTIONS, max_size=2))
def test_any_question_is_answered_with_exact_quotes_or_refused(answerer, question, earlier):
    from bot.asking import in_thread

    try:
        answer = in_thread(answerer, question, earlier)
    except QuestionError:
        return
    row = to_json(answer)
    for quote, shown in zip((*answer.quotes, *answer.nearest), row["quotes"] + row["nearest"], strict=True):
        assert shown["text"] == quote.document.text[shown["start"] : shown["end"]]
    assert 0 <= row["confidence"] <= 1
    assert bool(row["quotes"]) == (row["outcome"] == "quoted")


@pytest.mark.parametrize(
    "hostile",
    [
        "“" * 20_000,
        "A B " * 20_000,
        "Ann Lee, " * 8_000 + "said: “one two three four five.”",
        "as " * 20_000 + "said",
        "[1]" * 20_000,
        "said " * 20_000,
        "(" * 20_000,
        "1.1.1" * 10_000,
        "a" * 200_000,
        "- is it so?\n" * 10_000,
        "We help people. " * 10_000,
    ],
    ids=lambda text: text[:12],
)
def test_no_text_makes_reading_explode(hostile):
    began = time.process_time()
    structure(METADATA, read_text(hostile))
    assert time.process_time() - began < 20, "seconds of processor for a text of at most 200,000 characters"
