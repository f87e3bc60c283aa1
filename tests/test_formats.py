"""The same submission in every format must have the same structure."""

import pytest
from renderings import HTML_FLAVOURS, NUMBERED, SUBMISSION, to_docx, to_html, to_markdown, to_pdf, to_text

from corpus.document import Kind, Voice
from corpus.formats.choose import read_source
from corpus.metadata import Metadata
from corpus.structure import structure

METADATA = Metadata("HLT0042", "Written evidence", "Harbour Lantern Trust")
FORMATS = {
    "text.txt": to_text,
    "wrapped.txt": lambda blocks: to_text(blocks, width=72),
    "caret.txt": lambda blocks: to_text(blocks, mark="^{}", note="^{} {}"),
    "markdown.md": to_markdown,
    "word.docx": to_docx,
    "print.pdf": to_pdf,
    "small-pages.pdf": lambda blocks: to_pdf(blocks, height=150),
} | {
    f"{name}.html": lambda blocks, flavour=flavour: to_html(blocks, **flavour)
    for name, flavour in HTML_FLAVOURS.items()
}


@pytest.fixture(params=FORMATS)
def read(request, tmp_path):
    def document_of(blocks):
        file = tmp_path / request.param
        file.write_bytes(FORMATS[request.param](blocks))
        return structure(METADATA, read_source(file))

    return document_of


def plain(text: str) -> str:
    return " ".join(text.split()).strip("“”")


def test_headings_questions_and_answers_are_the_same(read):
    document = read(SUBMISSION)
    headings = [plain(b.span.slice(document.text)) for b in document.blocks if b.kind is Kind.HEADING]
    assert headings == ["About the Trust", "Funding of community libraries", "Volunteers"]
    asked = [(plain(q.span.slice(document.text))[:20], q.section[-1], q.answered) for q in document.questions]
    assert asked == [
        ("How have cuts to loc", "Funding of community libraries", True),
        ("Should the Governmen", "Funding of community libraries", False),
        ("What would help volu", "Volunteers", True),
    ]
    answers = [p for p in document.passages if p.question == document.questions[0] and p.sentences]
    assert plain(answers[0].text).endswith("nobody has been able to open it again.")
    assert len(answers) == 6


def test_quoted_words_belong_to_who_said_them(read):
    document = read(SUBMISSION)
    quoted = [(p.speaker, p.speaker_role, len(p.sentences)) for p in document.passages if p.voice is Voice.QUOTED]
    assert quoted == [("Maria Lopes", "head librarian at the Trust", 2)]


def test_items_are_passages_without_their_bullets(read):
    document = read(SUBMISSION)
    texts = [plain(p.text) for p in document.passages]
    assert "a roof that keeps the rain out of the reading room" in texts
    assert "longer agreements with the council" in texts


def test_table_rows_are_quoted_whole_under_their_header(read):
    document = read(SUBMISSION)
    rows = [p for p in document.passages if p.header is not None]
    assert [p.text.split("\t") for p in rows] == [["2015", "£40,000", "18,200"], ["2019", "£22,500", "11,900"]]
    assert {p.header.slice(document.text) for p in rows if p.header} == {"Year\tGrant\tVisitors"}
    assert all([s.span for s in p.sentences] == [p.span] for p in rows)


def test_notes_are_attached_and_out_of_the_way(read):
    document = read(SUBMISSION)
    assert [(n.number, plain(n.span.slice(document.text))[:22]) for n in document.notes] == [
        (1, "Harbour Lantern Trust "),
        (2, "Own records of opening"),
        (3, "Survey of 212 voluntee"),
    ]
    assert document.notes[0].urls == ("https://lantern.example/reports/1988",)
    carried = {n: plain(p.text)[:12] for p in document.passages for n in p.notes}
    assert carried == {1: "The Harbour ", 2: "Opening hour", 3: "Training hel"}


def test_every_character_belongs_to_one_block(read):
    document = read(SUBMISSION)
    covered = [o for b in document.blocks for o in range(b.span.start, b.span.end)]
    assert len(covered) == len(set(covered))
    assert not "".join(c for o, c in enumerate(document.text) if o not in set(covered)).strip()


def test_what_is_no_part_of_the_submission_is_left_out(read):
    text = read(SUBMISSION).text
    for furniture in ("Home", "cookies", "Not shown", "Never", "Evidence of the Harbour"):
        assert furniture not in text


def test_printed_paragraph_numbers_are_pinpoints_and_no_part_of_the_quotes(read):
    document = read(NUMBERED)
    numbered = [(p.paragraph, p.printed, plain(p.text)[:14]) for p in document.passages if p.paragraph is not None]
    assert numbered == [
        (1, True, "We are a small"),
        (2, True, "Lending has gr"),
        (3, True, "The council sh"),
        (4, True, "The Government"),
    ]
    assert document.questions == ()
    assert [p.notes for p in document.passages if p.paragraph == 1] == [(1,)]


def test_counted_paragraphs_say_so(read):
    passages = [p for p in read(SUBMISSION).passages if p.paragraph is not None]
    assert not any(p.printed for p in passages)
    assert [p.paragraph for p in passages][:3] == [1, 2, 3]


def test_pages_and_anchors_are_addresses(tmp_path):
    (tmp_path / "a.pdf").write_bytes(to_pdf(SUBMISSION, height=150))
    printed = structure(METADATA, read_source(tmp_path / "a.pdf"))
    pages = [p.page for p in printed.passages]
    assert pages[0] == 1
    assert pages == sorted(pages)
    assert pages[-1] == 4
    (tmp_path / "a.html").write_bytes(
        b"<html><body><h2 id=s1>One</h2><p id=p7>It has been raining here.</p></body></html>"
    )
    page = structure(METADATA, read_source(tmp_path / "a.html"))
    assert page.anchor_at(page.passages[-1].span.start) == "p7"
