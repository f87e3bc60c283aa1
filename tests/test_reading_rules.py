"""What each reader knows, on small texts made to show one thing."""

import pytest
from renderings import NUMBERED, SUBMISSION, to_columns, to_docx, to_text

from corpus.document import Document, Kind, Voice
from corpus.formats.choose import read_source
from corpus.metadata import Metadata
from corpus.said import said_by
from corpus.structure import structure


@pytest.fixture
def read(tmp_path):
    def document_of(text: str | bytes, name: str = "a.txt", questions: tuple[str, ...] = ()) -> Document:
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return structure(Metadata("ABC0001", "Evidence", "The Group", questions=questions), read_source(file))

    return document_of


def texts(document: Document, kind: Kind) -> list[str]:
    return [" ".join(b.span.slice(document.text).split()) for b in document.blocks if b.kind is kind]


def page(body: str) -> bytes:
    return f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


def test_only_listed_questions_are_the_committees(read):
    asked = "How have cuts to local budgets changed what community libraries can offer?"
    document = read(to_text(SUBMISSION), questions=(f"3. {asked}",))
    assert texts(document, Kind.QUESTION) == [asked]
    assert "What would help volunteers to stay?" in [p.text for p in document.passages]


def test_wrapped_lines_are_one_paragraph_and_stay_as_they_are(read):
    source = to_text(NUMBERED, width=60).decode()
    document = read(source)
    assert document.text == source
    first = next(p for p in document.passages if p.paragraph == 1)
    assert "\n" in first.text
    assert first.text.startswith("We are a small trust")
    assert first.text.endswith("asks for them.[1]")


@pytest.mark.parametrize(
    ("mark", "note"),
    [("^1", "^1 The register."), ("¹", "¹ The register."), ("[1]", "1. The register."), ("^1", "(1) The register.")],
)
def test_notes_of_plain_text_are_found_however_they_are_marked(read, mark, note):
    document = read(f"About us\n\nWe lend many books to many people.{mark} It is well known here.\n\nNotes\n\n{note}\n")
    assert [(n.number, n.span.slice(document.text)) for n in document.notes] == [(1, "The register.")]
    assert [s.notes for p in document.passages for s in p.sentences][:2] == [(1,), ()]


def test_a_square_is_no_note(read):
    body = "<p>A room of 40 m<sup>2</sup> for us.<sup>2</sup></p><p><sup>2</sup> Own measure.</p>"
    document = read(page(body), "a.html")
    assert document.text.startswith("A room of 40 m2 for us.[2]")


def test_a_list_of_three_is_no_paragraph_numbering(read):
    prose = "\n\n".join(f"Paragraph {word} says something of its own about libraries." for word in "abcdefgh")
    document = read(f"{prose}\n\n1. The first wish.\n\n2. The second wish.\n\n3. The third wish.\n")
    assert not any(p.printed for p in document.passages)
    assert [p.paragraph for p in document.passages] == list(range(1, 12))


def test_numbered_headings_are_no_paragraph_numbers(read):
    sections = "".join(f"{n} Section {n}\n\nIt says a thing. It says another thing here.\n\n" for n in range(1, 6))
    document = read(sections)
    assert not any(p.printed for p in document.passages)


def test_word_lists_keep_numbers_and_lose_bullets(read):
    label = "<span style='mso-list:Ignore'>{}<span>&nbsp;&nbsp;</span></span>"
    numbered = "".join(
        f"<p class=MsoListParagraph>{label.format(f'{n}.')}We say thing number {n} here.</p>" for n in (1, 2, 3)
    )
    document = read(page(f"{numbered}<p class=MsoListParagraph>{label.format('·')}night buses stopped</p>"), "a.htm")
    assert [(p.paragraph, p.text) for p in document.passages][-2:] == [
        (3, "We say thing number 3 here."),
        (3, "night buses stopped"),
    ]


def test_links_of_notes_are_kept_though_their_words_are_others(read):
    body = (
        '<p>We rest on work<a href="#_ftn1" name="_ftnref1">[1]</a> of others.</p>'
        '<p><a href="#_ftnref1" name="_ftn1">[1]</a> See <a href="https://a.example/x">their page</a>.</p>'
    )
    document = read(page(body), "a.html")
    assert [(n.span.slice(document.text), n.urls) for n in document.notes] == [
        ("See their page.", ("https://a.example/x",))
    ]


def test_notes_that_start_anew_are_counted_through(read):
    one = '<p>One<a href="#a{0}" id="b{0}">1</a> thing.</p><p id="a{0}"><a href="#b{0}">1</a> Note {0}.</p>'
    document = read(page(one.format(1) + one.format(2)), "a.html")
    assert [(n.number, n.span.slice(document.text)) for n in document.notes] == [(1, "Note 1."), (2, "Note 2.")]


def test_a_table_of_long_cells_only_arranges_the_page(read):
    long = "We have much to say about this matter. " * 20
    document = read(page(f"<table><tr><td>{long}</td><td><p>{long}</p></td></tr></table>"), "a.html")
    assert all("\t" not in p.text for p in document.passages)
    assert len(document.passages) == 2


def test_a_block_quotation_with_nobody_named_is_not_the_submitters(read):
    document = read(
        page("<h2>Letters</h2><p>We had letters.</p><blockquote>It is cold in here.</blockquote>"), "a.html"
    )
    quoted = [(p.text, p.speaker) for p in document.passages if p.voice is Voice.QUOTED]
    assert quoted == [("It is cold in here.", None)]


def test_columns_are_read_one_after_the_other(read):
    words = "The council considered a motion on libraries and decided that their hours would be kept as they were. "
    paragraphs = [f"{n}. {words}" + "It was late. " * (n % 3) for n in range(1, 29)]
    document = read(to_columns(paragraphs), "a.pdf")
    assert [" ".join(p.text.split()) for p in document.passages] == [p.split(". ", 1)[1].strip() for p in paragraphs]
    assert [p.paragraph for p in document.passages] == list(range(1, 29))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Written evidence submitted by the Bus Users’ League (BUS0031)", ("BUS0031", "Bus Users’ League")),
        ("LANTERN TRUST – WRITTEN EVIDENCE (PSR0099)", ("PSR0099", "Lantern Trust")),
        ("Submission from Riverside Carers", (None, "Riverside Carers")),
    ],
)
def test_first_lines_say_who_sent_what(tmp_path, line, said):
    (tmp_path / "a.txt").write_text(f"{line}\n\nWe are glad to give evidence to this inquiry.\n\n12 May 2021\n")
    found = said_by(read_source(tmp_path / "a.txt"), "a.txt")
    assert (found.get("reference"), found["submitter"]) == said
    assert found["date"] == "2021-05-12"


def test_damaged_notes_styles_and_characters_do_not_stop_the_reading(read):
    document = read(
        page('<p class="footnote">No number here.</p><header>a\x0bb</header><p>It is\x01 fine.</p>'), "a.html"
    )
    assert [p.text for p in document.passages][-1] == "It is fine."
    styles = to_docx_numbering("%9.")
    document = read(to_docx(NUMBERED, extra={"word/numbering.xml": styles}), "a.docx")
    assert "We are a small trust" in document.text


def to_docx_numbering(level: str) -> str:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return (
        f'<w:numbering {names}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="{level}"/></w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
