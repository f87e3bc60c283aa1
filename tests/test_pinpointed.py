"""Questions that name a paragraph or a page: what stands there, and nothing from anywhere else."""

import pytest
from small_corpus import ASKED

from bot.answer import Outcome
from bot.asking import ask, in_thread
from bot.pinpointed import pinpointed
from bot.submitters import names_of
from bot.turns import QuestionError
from corpus.document import Document, Passage, Sentence, Span, Voice
from corpus.metadata import Metadata

TEXT = "One. Two. Three. Four."


def read(question: str):
    document = Document(Metadata("ABC0001", "Evidence", "The Lantern Trust"), TEXT)
    return pinpointed(question, names_of([document]))


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("What does paragraph 12 say?", "paragraph 12"),
        ("para 3.2 please", "paragraph 3.2"),
        ("What do the Lantern Trust's paras. 4–6 say", "paragraphs 4–6"),
        ("¶ 12a of ABC0001", "paragraph 12a"),
        ("what's on page 4 of the submission?", "page 4"),
        ("show me pp. 3 to 5", "pages 3–5"),
    ],
)
def test_a_question_for_a_place_alone_asks_about_nothing_else(question, place):
    pinpoint = read(question)
    assert (str(pinpoint), pinpoint.about) == (place, frozenset())


@pytest.mark.parametrize(
    "question",
    [
        "What does it say about parachutes?",
        "How many pages has it?",
        "Compare paragraph 3 with paragraph 9",
        "What happened in 2012?",
    ],
)
def test_a_question_without_one_place_points_nowhere(question):
    assert read(question) is None


def numbered(*numbers):
    spans = [Span(0, 4), Span(5, 9), Span(10, 16), Span(17, 22)]
    document = Document(Metadata("ABC0001", "Evidence", "The Trust"), TEXT, pages=((0, 1), (12, 2)))
    return [
        Passage(document, s, Voice.SUBMITTER, (Sentence(s),), paragraph=n) for s, n in zip(spans, numbers, strict=True)
    ]


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("paragraph 2", "Two."),
        ("paragraphs 2-10", "Two. Three."),
        ("paragraph 1", ""),
        ("page 1", "One. Two. Three."),
        ("page 2", "Three. Four."),
        ("page 3", ""),
    ],
)
def test_a_place_is_found_by_the_numbers_of_paragraphs_and_by_pages(question, held):
    pinpoint = read(question)
    assert " ".join(passage.text for passage in numbered(None, 2, 10, "12a") if pinpoint.holds(passage)) == held


def test_numbers_with_parts_are_in_the_order_of_readers():
    pinpoint = read("paragraphs 1.9 to 1.10")
    assert [pinpoint.holds(passage) for passage in numbered("1.8", "1.9", "1.10", "1.11")] == [False, True, True, False]


def test_a_paragraph_is_quoted_whole_and_certain(answerer, document):
    answer = ask(answerer, "What does paragraph 13 say?")
    assert [quote.passage.paragraph for quote in answer.quotes] == [13] and answer.confidence == 1
    assert [quote.text for quote in answer.quotes] == [p.text for p in document.passages if p.paragraph == 13]


def test_the_words_of_several_paragraphs_come_in_order_and_go_on(answerer):
    turns = ["Show me paragraphs 10 to 20", "more"]
    first, more = ask(answerer, turns[0]), in_thread(answerer, turns[1], turns[:1])
    numbers = [quote.passage.paragraph for quote in (*first.quotes, *more.quotes)]
    assert numbers == sorted(numbers) and len(numbers) == 6 and numbers[0] == 10
    assert len({quote.passage.span for quote in (*first.quotes, *more.quotes)}) == 6


def test_a_heading_tells_paragraphs_apart(answerer):
    answer = ask(answerer, "What does paragraph 3 of the summary say?")
    assert [quote.passage.section[0] for quote in answer.quotes] == ["Summary"]


@pytest.mark.parametrize("question", ["What does paragraph 900 say?", "What's on page 4?"])
def test_where_nothing_stands_nothing_is_quoted(answerer, question):
    assert ask(answerer, question).outcome is Outcome.NOT_FOUND


def test_what_a_paragraph_says_about_something_comes_from_it_alone(answerer):
    told = ask(answerer, "What does paragraph 39 say about volunteers?")
    untold = ask(answerer, "What does paragraph 20 say about dinosaurs?")
    assert told.outcome is Outcome.QUOTED and {quote.passage.paragraph for quote in told.quotes} == {39}
    assert told.resolved_question == told.question
    assert untold.outcome is Outcome.NOT_FOUND and {quote.passage.paragraph for quote in untold.nearest} == {20}


def test_a_page_of_another_document_limits_no_search(answerer):
    plain, paged = (
        f"Who says that social infrastructure was hollowed out{where}?" for where in ("", " on page 3 of a book")
    )
    assert ask(answerer, plain).quotes[0].text == ask(answerer, paged).quotes[0].text


def test_among_several_submissions_the_one_meant_is_named_or_was_quoted_last(library):
    with pytest.raises(QuestionError, match=r"Of which submission\?.* paragraph 1 of"):
        ask(library, "What does paragraph 1 say?")
    named = ask(library, "What does paragraph 1 of LIB0002 say?")
    assert [quote.document.reference for quote in named.quotes] == ["LIB0002"]
    last = in_thread(library, "And paragraph 1?", ["What does the NUQR say about mobile phones?"])
    assert [quote.text for quote in last.quotes] == [quote.text for quote in named.quotes]


def test_no_paragraph_is_a_question_of_the_committee(library):
    told = [ask(library, f"What does paragraph {number} of LIB0001 say?") for number in range(1, 6)]
    quoted = [quote.text for answer in told for quote in answer.quotes]
    assert any("Training helps most" in text for text in quoted) and all(ASKED not in text for text in quoted)
