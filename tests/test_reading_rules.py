"""What each reader knows, on small texts made to show one thing."""

import printed
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
    assert document.text.startswith("A room of 40 m² for us.[2]")


@pytest.mark.parametrize(
    ("raised", "printed"),
    [
        ("in 2019<sup>2</sup>, again", "in 2019[2], again"),
        ("3 × 10<sup>6</sup> m<sup>3</sup>", "3 × 10⁶ m³"),
        ("a third of it<sup>7</sup>.", "a third of it[7]."),
        ("about <sup>1</sup>/2 of it", "about ¹/2 of it"),
    ],
)
def test_a_raised_number_is_a_mark_or_a_power_and_never_joins_a_figure(read, raised, printed):
    assert read(page(f"<p>{raised}</p><p><sup>2</sup> Own measure.</p>"), "a.html").text.startswith(printed)


def test_roman_notes_at_the_end_are_counted(read):
    document = read(page("<p>We lend[i] and read.[ii]</p><p>[i] The register.</p><p>[ii] The diary.</p>"), "a.html")
    assert [(n.number, n.span.slice(document.text)) for n in document.notes] == [
        (1, "The register."),
        (2, "The diary."),
    ]
    assert document.text.startswith("We lend[1] and read.[2]")


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


def rows_of(document: Document) -> list[str]:
    return [p.text for p in document.passages if p.header is not None]


def asked(document: Document) -> list[tuple[str, bool]]:
    return [(q.span.slice(document.text), q.answered) for q in document.questions]


def test_an_item_that_holds_paragraphs_keeps_its_number_with_its_words(read):
    items = "".join(f"<li><p>We say thing number {n} here.</p></li>" for n in (1, 2, 3))
    document = read(page(f"<ol>{items}</ol>"), "a.html")
    assert (document.passages[0].paragraph, document.passages[0].text) == (1, "We say thing number 1 here.")
    assert "1." not in [p.text for p in document.passages]


@pytest.mark.parametrize(
    "struck",
    ["<del>{}</del>", "<s>{}</s>", "<strike>{}</strike>", '<span style="text-decoration:line-through">{}</span>'],
)
def test_words_struck_out_of_a_page_are_not_read(read, struck):
    document = read(page(f"<p>It fell by {struck.format('ninety')} nine per cent.</p>"), "a.html")
    assert document.text == "It fell by nine per cent.\n"


def test_cells_over_several_rows_and_columns_keep_the_others_in_their_columns(read):
    table = (
        "<table><caption>Table 1: Boats</caption><thead><tr><th rowspan=2>Port</th><th colspan=2>Boats</th></tr>"
        "<tr><th>2010</th><th>2020</th></tr></thead><tr><td rowspan=2>Hull</td><td>1</td><td>2</td></tr>"
        "<tr><td>3</td><td>4</td></tr><tr><td></td><td>5</td><td>6</td></tr></table>"
    )
    document = read(page(f"<p>We list them.</p>{table}"), "a.html")
    assert rows_of(document) == ["Hull\t1\t2", "Hull\t3\t4", "\t5\t6"]
    assert {p.header.slice(document.text) for p in document.passages if p.header} == {"Port\tBoats 2010\t2020"}
    assert "Table 1: Boats" in [p.text for p in document.passages]


FORM = [
    ("Question", "Response"),
    ("1. Who pays?", "The town pays."),
    ("2. Describe the costs.", "N/A"),
    ("3. When?", ""),
]


def test_a_form_is_questions_and_answers_in_every_format(read):
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in FORM)
    expected = [("1. Who pays?", True), ("2. Describe the costs.", False), ("3. When?", False)]
    assert asked(read(page(f"<h1>Reply</h1><table>{rows}</table>"), "a.html")) == expected
    document = read(to_docx([("heading", "Reply"), ("table", FORM)]), "a.docx")
    assert asked(document) == expected
    assert [p.text for p in document.passages if p.sentences] == ["The town pays."]
    lines = "\n".join("\t".join(row) for row in FORM[:3])
    assert asked(read(f"Reply\n\n{lines}\n")) == expected[:2]


def test_symbols_that_word_writes_out_as_bullets_are_no_words(read):
    bullet = "<p><span style='font-family:Wingdings'>§<span>&nbsp;&nbsp;</span></span>night buses stopped</p>"
    assert read(page(f"<p>It says:</p>{bullet}"), "a.html").passages[-1].text == "night buses stopped"


def test_links_back_to_the_text_are_no_words_of_a_note_and_detours_are_none_of_its_addresses(read):
    body = (
        '<p>We rest on work<sup><a href="#note1">1</a></sup> of others.</p><p><a name="note1">1</a> See '
        '<a href="https://www.google.com/url?q=https://a.example/x&amp;sa=D">their page</a>. <a href="#n1">Back</a></p>'
    )
    document = read(page(body), "a.html")
    assert [(n.span.slice(document.text), n.urls) for n in document.notes] == [
        ("See their page.", ("https://a.example/x",))
    ]


def docx_of(body: str) -> bytes:
    return to_docx([], extra={"word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>"})


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def run(words: str, looks: str = "") -> str:
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def test_words_deleted_hidden_or_struck_out_of_a_docx_are_not_read(read):
    deleted = (
        '<w:del w:id="1"><w:r><w:delText>ninety</w:delText></w:r></w:del><w:ins w:id="2">' + run("nine") + "</w:ins>"
    )
    others = run("secret", "<w:vanish/>") + run("struck", "<w:strike/>") + run("kept\u00ad", '<w:strike w:val="0"/>')
    document = read(docx_of(f"<w:p>{run('It fell by ')}{deleted}{run(' per cent ')}{others}{run('.')}</w:p>"), "a.docx")
    assert document.text == "It fell by nine per cent kept.\n"


def test_the_words_of_a_text_box_are_read_once_after_its_paragraph(read):
    box = "<w:txbxContent><w:p>" + run("In the box.") + "</w:p></w:txbxContent>"
    names = 'xmlns:m="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<m:AlternateContent {names}><m:Choice>{box}</m:Choice><m:Fallback>{box}</m:Fallback></m:AlternateContent>"
    document = read(docx_of(f"<w:p>{run('Before it.')}<w:r>{both}</w:r></w:p><w:p>{run('After it.')}</w:p>"), "a.docx")
    assert document.text.split("\n\n") == ["Before it.", "In the box.", "After it.\n"]


def test_cells_over_several_rows_of_a_docx_stand_in_each(read):
    def cell(words: str, looks: str = "") -> str:
        return f"<w:tc><w:tcPr>{looks}</w:tcPr><w:p>{run(words)}</w:p></w:tc>"

    first = cell("Hull", '<w:vMerge w:val="restart"/>') + cell("1") + cell("2")
    second = cell("", "<w:vMerge/>") + cell("none", '<w:gridSpan w:val="2"/>')
    rows = [cell("Port") + cell("2010") + cell("2020"), first, second]
    rows[0] = rows[0].replace("<w:rPr></w:rPr>", "<w:rPr><w:b/></w:rPr>")
    document = read(docx_of("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"), "a.docx")
    assert rows_of(document) == ["Hull\t1\t2", "Hull\tnone"]


def test_bold_lines_that_word_numbers_are_headings_and_the_numbers_below_them_pinpoints(read):
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, text in enumerate(("%1.", "%1.%2"))
    )
    numbering = (
        f'<w:numbering {WORD}><w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )

    def paragraph(words: str, depth: int) -> str:
        looks = "" if depth else "<w:b/>"
        place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
        return f"<w:p><w:pPr>{place}</w:pPr>{run(words, looks)}</w:p>"

    body = "".join(
        paragraph(title, 0) + paragraph("It says a thing.", 1) + paragraph("It says more.", 1)
        for title in ("Lending", "Reading")
    )
    document_xml = f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
    document = read(to_docx([], extra={"word/document.xml": document_xml, "word/numbering.xml": numbering}), "a.docx")
    assert [(p.section, p.paragraph) for p in document.passages] == [
        (("1. Lending",), "1.1"),
        (("1. Lending",), "1.2"),
        (("2. Reading",), "2.1"),
        (("2. Reading",), "2.2"),
    ]


@pytest.mark.parametrize("reply", ["No response.", "We have no comment on this question.", "Left blank", "[N/A]"])
def test_replies_that_are_no_answers(read, reply):
    assert asked(read(f"About us\n\nWe lend.\n\nWho pays for it?\n\n{reply}\n")) == [("Who pays for it?", False)]


@pytest.mark.parametrize(
    ("line", "submitter"),
    [
        ("Submission to the Transport Committee from Riverside Carers", "Riverside Carers"),
        ("Response of the Guild of Bakers to the Call for Evidence", "Guild of Bakers"),
    ],
)
def test_the_line_that_names_the_submission_is_its_title(tmp_path, line, submitter):
    (tmp_path / "a.html").write_bytes(page(f"<p><b>{line}</b></p><h1>Summary</h1><p>We lend books to all.</p>"))
    found = said_by(read_source(tmp_path / "a.html"), "a.html")
    assert (found["title"], found["submitter"]) == (line, submitter)


@pytest.mark.parametrize("summary", ["<h1>Summary</h1>", "<p><b>Summary</b></p>"])
@pytest.mark.parametrize(
    "line",
    [
        "Submitted by: Riverside Carers",
        "Submission from Riverside Carers",
        "Response from Riverside Carers to the Transport Committee’s inquiry",
        "Response of Riverside Carers to Transport Committee inquiry",
        "Evidence from Riverside Carers",
        "On behalf of Riverside Carers",
        "Submitted by Ann Lee on behalf of Riverside Carers",
        "Name of organisation: Riverside Carers",
        "Riverside Carers’ response to the Committee’s call for evidence",
        "Riverside Carers – submission to the Transport Committee",
    ],
)
def test_a_line_that_names_who_submits_is_no_heading(read, tmp_path, line, summary):
    for top in (f"<p>{line}</p>", f"<h1>{line}</h1>", f"<h1>Buses</h1><p>{line}</p>"):
        file = page(f"{top}{summary}<p>We lend books to all.</p>")
        assert [p.section for p in read(file, "a.html").passages][-1] == ("Summary",)
        assert said_by(read_source(tmp_path / "a.html"), "a.html")["submitter"] == "Riverside Carers"


def test_a_date_below_the_line_that_names_the_submission_is_no_heading(read, tmp_path):
    line = "Response from Riverside Trust to the Transport Committee’s inquiry\n\nSubmitted by: Dr Ann Lee, Director"
    document = read(f"{line}\n\n12 September 2023\n\nSummary\n\nWe lend books to all.\n")
    assert [p.section for p in document.passages][-1] == ("Summary",)
    found = said_by(read_source(tmp_path / "a.txt"), "a.txt")
    assert (found["submitter"], found["date"], "inquiry" in found) == ("Riverside Trust", "2023-09-12", False)


@pytest.mark.parametrize(
    ("line", "submitter"),
    [
        ("Harrowgate City Council", "Harrowgate City Council"),
        ("Public Services Committee", None),
        ("About the Trust", None),
        ("Anonymous", "Anonymous"),
        ("Keep it local", None),
    ],
)
def test_a_body_alone_at_the_top_submits(tmp_path, line, submitter):
    (tmp_path / "a.html").write_bytes(page(f"<h1>{line}</h1><h2>Summary</h2><p>We lend books to all.</p>"))
    assert said_by(read_source(tmp_path / "a.html"), "a.html").get("submitter") == submitter


def test_a_list_of_contents_holds_no_headings(read):
    lines = ["Buses in the dales", "Contents", "Introduction 1", "Fares .... 2", "Introduction", "We run buses to all."]
    document = read("\n\n".join([*lines, "Fares", "We ask for fares that people can pay."]))
    assert texts(document, Kind.HEADING) == ["Introduction", "Fares"]
    assert [p.section for p in document.passages[-2:]] == [("Introduction",), ("Fares",)]


def test_years_may_head_a_table_of_figures(read):
    rows = ["Measure\t2019\t2021", "Children in care\t612\t701", "Cost\t£3,890\t£5,370"]
    document = read("We list them.\n\n" + "\n".join(rows) + "\n")
    assert {p.header.slice(document.text) for p in document.passages if p.header} == {rows[0]}
    document = read("We list them.\n\n" + "\n".join(["Hull\t2019\t4", "Goole\t2020\t5"]) + "\n")
    assert len(rows_of(document)) == 0


def test_who_submits_may_be_told_at_the_foot(tmp_path):
    (tmp_path / "a.txt").write_text("Buses\n\nThey are late.\n\nSubmitted by: Riverside Carers\n\nMay 2021\n")
    assert said_by(read_source(tmp_path / "a.txt"), "a.txt")["submitter"] == "Riverside Carers"


@pytest.mark.parametrize(
    "line",
    [
        "Response to the call for evidence: Hospices of the North",
        "Submission to the inquiry on women of the fens",
        "Evidence from our survey",
        "Evidence from Hull and Leeds shows that buses are late.",
        "Our response to the inquiry",
        "Future of ferries inquiry: response to the call for evidence",
    ],
)
def test_a_part_of_a_name_is_no_submitter(tmp_path, line):
    (tmp_path / "a.txt").write_text(f"{line}\n\nWe lend books to all.\n")
    assert "submitter" not in said_by(read_source(tmp_path / "a.txt"), "a.txt")


def test_the_name_of_a_computer_account_is_no_submitter(tmp_path):
    for author, expected in (("hackettd", None), ("Office User", None), ("Ann Lee", "Ann Lee")):
        (tmp_path / "a.html").write_text(
            f"<html><meta name=author content='{author}'><body><p>We lend.</p></body></html>"
        )
        assert said_by(read_source(tmp_path / "a.html"), "a.html").get("submitter") == expected


def test_numbers_that_hang_before_two_columns_belong_to_their_paragraphs(read):
    document = read(printed.columns_with_hanging_numbers(8), "a.pdf")
    assert [p.paragraph for p in document.passages] == list(range(1, 17))
    assert [plain(p.text) for p in document.passages] == [
        f"{printed.SENTENCE} It was the end of number {n}." for n in range(1, 17)
    ]


def test_cells_of_several_lines_in_a_pdf_are_rows_under_their_header(read):
    header = ["Port", "What was promised in the plan of the year before", "What was done"]
    rows = [
        ["Goole", "Two boats, with crews trained at the expense of the port, and a jetty", "One boat"],
        [
            "Hull and the upper estuary",
            "A radar station",
            "Nothing, although two million were spent, most on advice",
        ],
        ["Grimsby", "", "Three boats"],
    ]
    document = read(printed.ruled_table([header, *rows]), "a.pdf")
    assert rows_of(document) == ["\t".join(row) for row in rows]
    assert {p.header.slice(document.text) for p in document.passages if p.header} == {"\t".join(header)}


def test_a_form_in_a_pdf_is_questions_and_answers(read):
    rows = [
        ["", "Question", "Response"],
        ["1", "Who should pay for the roof of the reading room, and when?", "The town"],
    ]
    assert asked(read(printed.ruled_table([*rows, ["2", "Describe the costs", "N/A"]]), "a.pdf")) == [
        ("1 Who should pay for the roof of the reading room, and when?", True),
        ("2 Describe the costs", False),
    ]


@pytest.mark.parametrize(
    ("marks", "raised", "size"),
    [("123", True, 8), ("*†‡", False, 8), ("*†‡", True, 8), ("123", True, 11), (("i", "ii", "iii"), True, 11)],
)
def test_notes_of_a_pdf_are_found_however_they_are_marked(read, marks, raised, size):
    document = read(printed.noted_by(marks, raised=raised, size=size), "a.pdf")
    assert [(n.number, n.span.slice(document.text)) for n in document.notes] == [
        (number, f"The note of {mark}.") for number, mark in enumerate(marks, 1)
    ]
    assert [p.notes for p in document.passages] == [(1,), (2,), (3,)]


def test_an_answer_in_a_frame_does_not_join_its_question(read):
    pairs = [
        ("Question 1: Do you agree that bread should be weighed?", "Yes. It has been weighed since the year 1266."),
        ("Question 2: What would it cost?", "No comment"),
    ]
    assert asked(read(printed.boxed_answers(pairs), "a.pdf")) == [(pairs[0][0], True), (pairs[1][0], False)]


def test_a_sentence_is_whole_though_its_face_changes_at_the_end_of_a_page(read):
    document = read(printed.bold_then_italic_over_a_page(), "a.pdf")
    assert [plain(p.text)[-40:] for p in document.passages] == ["without any end to it in the years to come."[-40:]]


def test_words_that_lines_divide_are_whole_and_hyphens_of_their_own_stay(read):
    text = plain(read(printed.divided_words(), "a.pdf").text)
    assert "of the libraries in" in text
    assert "the librarians to anybody" in text
    assert "for well-being or" in text
    assert "and overlooked what" in text
    assert "of self-reliant readers" in text


def plain(text: str) -> str:
    return " ".join(text.split())


MAIL = """From: Joan Pritchard <joan@carers.example>
Subject: Evidence on carers (CAR0007)

We are forty carers in three valleys, and we have cared for our
parents and our children for many years. As one member told us:

> I have not slept a whole night since 2009. Nobody has ever asked
> me how I was.

See https://carers.example/a-long-address-that-is-never-wrapped-by-any-program-at-all/and-goes-on/and-on/for-ever

We ask for a week a year, and for a telephone number that somebody
answers at night. It would not cost much to anybody at all.
"""


def test_a_mail_names_its_sender_and_sets_off_the_words_of_others(read, tmp_path):
    document = read(MAIL)
    assert [(p.speaker_role, plain(p.text)[:20]) for p in document.passages if p.voice is Voice.QUOTED] == [
        ("one member", "I have not slept a w")
    ]
    assert plain(document.passages[-1].text).endswith("at night. It would not cost much to anybody at all.")
    (tmp_path / "mail.txt").write_text(MAIL)
    found = said_by(read_source(tmp_path / "mail.txt"), "mail.txt")
    assert (found["submitter"], found["title"]) == ("Joan Pritchard", "Evidence on carers (CAR0007)")


def test_cells_that_go_on_below_are_whole_though_nothing_is_ruled(read):
    rows = [
        [["Year"], ["What was taken out of", "the harbour that year"], ["Cost"]],
        [["2019"], ["Nine hundred tonnes", "of silt, and a car"], ["£40,000"]],
        [["2020"], ["Eleven hundred tonnes"], ["£52,000"]],
        [["2021"], ["Nothing, because the", "dredger was mended"], ["£0"]],
    ]
    document = read(printed.table_without_rules(rows), "a.pdf")
    assert rows_of(document) == ["\t".join(" ".join(cell) for cell in row) for row in rows[1:]]
    assert plain(document.passages[-1].text) == " ".join([printed.SENTENCE] * 6)


def test_a_ruled_cell_over_two_rows_stands_in_both(read):
    assert rows_of(read(printed.joined_cells(), "a.pdf")) == ["Hull\t2019\t4", "Hull\t2020\t5"]


def test_rows_of_a_form_in_plain_text_are_not_taken_for_wrapped_lines(read):
    long = "It is paid by the town, which has paid for it since the year in which the roof fell in."
    lines = [
        "Reply of the town",
        "",
        "Question\tResponse",
        f"1. Who pays for it?\t{long}",
        "2. Describe the costs.\tN/A",
    ]
    assert asked(read("\n".join(lines) + "\n")) == [("1. Who pays for it?", True), ("2. Describe the costs.", False)]
