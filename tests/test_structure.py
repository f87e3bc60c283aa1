"""The structure found in PSR0074, against a reader's own list."""

import pytest

from corpus.document import Document, Kind, Voice
from corpus.submission import SHIPPED, read_submission


@pytest.fixture(scope="module")
def document() -> Document:
    return read_submission(SHIPPED / "PSR0074")


def line_of(document: Document, offset: int) -> int:
    return document.text.count("\n", 0, offset) + 1


def test_every_character_belongs_to_exactly_one_block(document):
    covered = [offset for block in document.blocks for offset in range(block.span.start, block.span.end)]
    blanks = {offset for offset, char in enumerate(document.text) if char.isspace()}
    assert len(covered) == len(set(covered))
    assert set(range(len(document.text))) - set(covered) <= blanks


def test_passages_cover_each_passage_block_once(document):
    owned = [offset for passage in document.passages for offset in range(passage.span.start, passage.span.end)]
    quotable = (Kind.PASSAGE, Kind.TITLE, Kind.CLOSING)
    blocks = {
        o for b in document.blocks if b.kind in quotable for o in range(b.span.start, b.span.end)
        if not document.text[o].isspace()
    }  # fmt: skip
    assert len(owned) == len(set(owned))
    assert blocks == {offset for offset in owned if not document.text[offset].isspace()}


def test_sentences_lie_in_their_passage_and_cover_its_words(document):
    for passage in document.passages:
        spans = [sentence.span for sentence in passage.sentences]
        assert spans == sorted(spans)
        assert all(span in passage.span for span in spans)


def test_the_committee_asked_21_questions_and_5_have_no_answer(document):
    assert len(document.questions) == 21
    unanswered = [line_of(document, question.span.start) for question in document.questions if not question.answered]
    assert unanswered == [155, 186, 203, 270, 353]


def test_each_question_has_its_section_and_the_passages_of_its_answer(document):
    by_line = {line_of(document, q.span.start): q for q in document.questions}
    answer = {
        line: [line_of(document, p.span.start) for p in document.passages if p.question == question]
        for line, question in by_line.items()
    }
    assert by_line[216].section == ("Consultation Response", "Integration of services")
    assert answer[216] == [218, 220, 222, 224]
    assert answer[130] == [132, 134, 136, 138]
    assert answer[155] == [157]
    assert answer[274] == [278, 280, 282, 284, 286, 288, 288, 288, 290, 292, 294]


def test_34_notes_with_all_their_links(document):
    links = {note.number: len(note.urls) for note in document.notes}
    assert list(links) == list(range(1, 35))
    assert [number for number, count in links.items() if count == 2] == [4, 11]
    assert document.note_by_number[10].urls == (
        "https://www.voscur.org/insight/news/"
        "bristol-city-council-and-ccg-commissioners-respond-voscur%E2%80%99s-request-flexibility",
    )
    assert [number for number, count in links.items() if not count] == [5, 6, 12, 13, 15, 21, 22, 23, 25, 28, 29, 32,
                                                                        33, 34]  # fmt: skip
    assert (
        document.note_by_number[33].span.slice(document.text) == "Locality (2014) Saving money by doing the right thing"
    )


@pytest.mark.parametrize(
    ("line", "words", "notes"),
    [
        (147, "Underfunded and overstretched", (17,)),
        (151, "During the first three months", (19,)),
        (151, "Pro Bono Economics", (20,)),
        (151, "During the crisis, charities", ()),
        (134, "So, we’ve decided", (15,)),
        (134, "We need to think", (14, 15)),
        (284, "Residents can search by postcode", (29,)),
        (294, "Traditionally", (29,)),
        (92, "And they leverage external funding", (9,)),
        (178, "Our research also shows", (22,)),
        (176, "Other Locality members", ()),
        (104, "The council encourage", (10,)),
    ],
)
def test_notes_stand_on_the_sentences_that_rest_on_them(document, line, words, notes):
    found = [
        sentence.notes
        for passage in document.passages
        for sentence in passage.sentences
        if line_of(document, passage.span.start) == line and sentence.span.slice(document.text).startswith(words)
    ]
    assert found == [notes]


QUOTED = [
    (90, "Rishi Sunak", "Chancellor of the Exchequer"),
    (104, "Steve Sandercock", "Bristol City Council Head of Procurement"),
    (122, "Linda Dellow", "chief officer of Centre4 in Grimsby"),
    (
        134,
        "Asher Craig",
        "Deputy Mayor, Bristol City Council, and Cabinet Member for Communities, Equalities and Public Health",
    ),
    (176, None, "one Locality member"),
    (222, "Kim Shutler", "chief executive at the Cellar Trust and Chair of the Bradford VCS Assembly"),
    (230, "Arooj Shah", "Cabinet Member, Social Justice and Communities, Oldham Council"),
    (236, "Jenni Jones", "director of Wirral Development Trust, a Locality member"),
    (268, "Linda Dellow", "chief officer of Centre4 in Grimsby"),
    (288, None, "Council staff"),
    (290, "Jenni Jones", "director of one of these community organisations, Wirral Development Trust"),
    (294, "Andy McCartan", "Commissioned Services Manager at Wirral Council"),
]


def test_quoted_words_belong_to_who_said_them_and_all_others_to_the_submitter(document):
    quoted = [p for p in document.passages if p.voice is Voice.QUOTED]
    assert [(line_of(document, p.span.start), p.speaker, p.speaker_role) for p in quoted] == QUOTED
    assert {p.speaker for p in document.passages if p.voice is Voice.SUBMITTER} == {"Locality"}


def test_no_question_of_the_committee_is_in_a_passage(document):
    for question in document.questions:
        assert not any(p.span.start < question.span.end and question.span.start < p.span.end for p in document.passages)


def test_a_passage_belongs_to_the_document_that_holds_it(document):
    assert all(passage.document is document for passage in document.passages)
