"""The rules of structure that hold for every format, each on a small text of its own."""

import pytest

from bot.pinpoint import paragraph_of
from corpus.check import check
from corpus.document import Document, Kind, Voice
from corpus.formats.html import read_html
from corpus.formats.plain import read_text
from corpus.metadata import Metadata
from corpus.structure import structure

METADATA = Metadata("ABC0001", "Evidence", "The Group")
PROSE = "We have lent books to the whole of the town since the school was closed, and we mean to go on with it."


def read(text: str) -> Document:
    return structure(METADATA, read_text(text))


def read_page(body: str) -> Document:
    return structure(METADATA, read_html(f"<html><body>{body}</body></html>".encode()))


def numbered(first: int, last: int, *, words: str = PROSE) -> str:
    return "".join(f"{n}. {words}\n\n" for n in range(first, last + 1))


def quoted(document: Document) -> list[tuple[str | None, str | None]]:
    return [(p.speaker, p.speaker_role) for p in document.passages if p.voice is Voice.QUOTED]


def sentences(document: Document) -> list[str]:
    return [s.span.slice(document.text) for p in document.passages for s in p.sentences]


def test_numbers_that_start_anew_are_kept_and_named_by_their_heading():
    document = read(f"Summary\n\n{numbered(1, 2)}Background\n\n{numbered(1, 5)}Conclusions\n\n{numbered(1, 3)}")
    found = [(p.paragraph, p.part) for p in document.passages]
    assert found == [
        *[(1, "Summary"), (2, "Summary")],
        *[(n, "") for n in range(1, 6)],
        *[(n, "Conclusions") for n in range(1, 4)],
    ]
    assert [paragraph_of(p) for p in document.passages[5:8]] == [
        "paragraph 4",
        "paragraph 5",
        "paragraph 1 of ‘Conclusions’",
    ]
    assert check(document).repeated_numbers == ()


def test_numbers_that_two_paragraphs_share_under_one_heading_are_told():
    body = "".join(f"<p>{n}. {PROSE}</p>" for n in (1, 2, 3))
    document = read_page(f"<p>What do you lend to whom?</p>{body}<p>What should be done about the libraries?</p>{body}")
    assert [p.paragraph for p in document.passages] == [1, 2, 3, 1, 2, 3]
    assert check(document).repeated_numbers == ("1", "2", "3")
    assert not check(document).is_sound


def test_a_list_within_a_numbered_paragraph_belongs_to_it():
    document = read(f"{numbered(1, 3)}4. We ask for these:\n\n1. One roof.\n\n2. Two rooms.\n\n{numbered(5, 7)}")
    assert [p.paragraph for p in document.passages] == [1, 2, 3, 4, 4, 4, 5, 6, 7]
    assert "One roof." in sentences(document)


def test_a_chapter_may_start_with_any_number():
    assert [p.paragraph for p in read(f"Lending\n\n{numbered(12, 16)}").passages] == list(range(12, 17))


def test_questions_that_are_only_listed_are_neither_asked_nor_quotable():
    listed = "1. Who lends?\n\n2. Who borrows?\n\n3. Who pays?\n\n"
    document = read(f"{PROSE} We answer the following questions:\n\n{listed}Who lends?\n\nThe library lends.\n")
    assert [(q.span.slice(document.text), q.answered) for q in document.questions] == [("Who lends?", True)]
    mentioned = [p for p in document.passages if p.voice is Voice.INQUIRY]
    assert [p.text for p in mentioned] == ["1. Who lends?", "2. Who borrows?", "3. Who pays?"]
    assert not any(p.sentences or p.speaker for p in mentioned)


def test_a_numbered_paragraph_that_ends_by_asking_is_the_submitters():
    document = read(f"{numbered(1, 3)}4. We agree with that. What more needs to be said?\n\n{numbered(5, 8)}")
    assert document.questions == ()
    assert "What more needs to be said?" in sentences(document)


def test_a_numbered_paragraph_that_only_asks_with_nothing_below_it_is_neither_asked_nor_quoted():
    document = read(f"{numbered(1, 5)}6. What more can anybody say?\n")
    assert document.questions == ()
    assert not any("What more" in sentence for sentence in sentences(document))


def test_a_question_within_a_quotation_is_not_asked_of_the_submitter():
    document = read_page(
        f"<p>{PROSE}</p><p>The board asked:</p><blockquote><ol><li>Who pays?</li></ol></blockquote><p>{PROSE}</p>"
    )
    assert document.questions == ()
    assert [p.voice for p in document.passages if "Who pays?" in p.text] == [Voice.QUOTED]


def test_lists_at_the_end_of_a_report_are_no_argument():
    document = read_page(
        f"<h2>Findings</h2><p>{PROSE}</p><h2>Formal minutes</h2><p>Members present:</p><h2>Witnesses</h2>"
        f"<p>Ann Lee, Head of Lending</p><h2>Annex</h2><p>{PROSE}</p>"
    )
    closing = [b.span.slice(document.text) for b in document.blocks if b.kind is Kind.CLOSING]
    assert closing == ["Formal minutes", "Members present:", "Witnesses", "Ann Lee, Head of Lending"]
    assert [p.section for p in document.passages if p.text == PROSE] == [("Findings",), ("Annex",)]


@pytest.mark.parametrize("title", ["References", "Annex 2: List of witnesses", "Published written evidence"])
def test_a_list_at_the_end_of_a_submission_is_no_argument(title):
    document = read_page(f"<h2>Findings</h2><p>{PROSE}</p><h2>{title}</h2><p>Smith, J. (2001) Hedges of England.</p>")
    assert [b.kind for b in document.blocks][-2:] == [Kind.CLOSING] * 2


def test_rights_and_dates_close_a_page():
    document = read_page(
        f"<h2>Findings</h2><p>{PROSE}</p><p>Prepared 2 May 2014</p><p>© Parliamentary copyright 2014</p>"
    )
    assert [b.kind for b in document.blocks][-2:] == [Kind.CLOSING, Kind.CLOSING]


def test_a_caption_is_no_heading():
    document = read_page(f"<h2>Lending</h2><p>{PROSE}</p><h4>Table 2: Loans by year</h4><p>{PROSE}</p>")
    assert {p.section for p in document.passages} == {("Lending",)}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Emma Carr, Big Brother Watch, said “people hold it to a standard”.", ("Emma Carr", "Big Brother Watch")),
        ("Reporting Council, citing a poll it ran, found “a third of readers harmed”.", ("Reporting Council", None)),
        ("When giving evidence, Ruth Ames said “I did not know about it at all”.", ("Ruth Ames", None)),
        ("At the hearing techUK told us that “the skills are not there at all”.", ("techUK", None)),
        ("Professor David De Roure, of the board, said “few read what they sign”.", ("David De Roure", "of the board")),
        ("But the council even said that “it had no money for any of this”.", (None, "the council")),
    ],
)  # fmt: skip
def test_who_said_it(line, said):
    assert quoted(read(f"{PROSE}\n\n{line}\n\n{PROSE}\n")) == [said]


def test_a_second_quotation_in_a_sentence_is_not_given_to_the_first_speaker():
    line = (
        "Ann Lee said that “we lend to everybody here” and it emerged later that “nobody had ever asked the readers”."
    )
    assert quoted(read(f"{PROSE}\n\n{line}\n")) == [("Ann Lee", None), (None, None)]
    line = "Ann Lee said that “we lend to everybody here” and that “nobody had ever asked the readers”."
    assert quoted(read(f"{PROSE}\n\n{line}\n")) == [("Ann Lee", None)] * 2


def test_the_rest_of_a_sentence_after_a_quotation_is_no_sentence_and_its_note_stays():
    document = read(f"{PROSE}\n\n“We lend to everybody here,” said Ann Lee.[1] We agree with her.\n\n[1] A letter.\n")
    assert sentences(document)[1:] == ["We lend to everybody here,", "We agree with her."]
    assert [p.notes for p in document.passages if p.voice is Voice.QUOTED] == [(1,)]
