"""Numbers, notes and sentences of texts that nobody wrote the rules for, each text made to show one thing."""

import pytest

from corpus.document import Document
from corpus.formats.html import read_html
from corpus.formats.plain import read_text
from corpus.metadata import Metadata
from corpus.structure import structure

METADATA = Metadata("ABC0001", "Evidence", "The Group")
PROSE = "We have lent books to the whole of the town since the school was closed, and we mean to go on with it."


def read(*paragraphs: str) -> Document:
    return structure(METADATA, read_text("\n\n".join(paragraphs) + "\n"))


def sentences(document: Document) -> list[str]:
    return [" ".join(s.span.slice(document.text).split()) for p in document.passages for s in p.sentences]


def numbered(document: Document, words: str) -> int | str | None:
    return next(p.paragraph for p in document.passages if words in p.text and p.printed)


@pytest.mark.parametrize("label", ["{}.", "{})", "[{}]", "({})", "{}:", "Para {}", "{}"])
@pytest.mark.parametrize(
    "figure",
    ["4 out of 10 carers told us that they were ill.", "4 million people are carers.", "4 % of them had any help."],
)
def test_a_figure_at_the_start_of_a_paragraph_is_no_number_of_it(label, figure):
    rows = [f"{label.format(n)} {PROSE}" for n in (1, 2, 3)]
    document = read("About us", *rows, figure, f"{label.format(4)} The fourth thing is said here, and at length.")
    assert figure in sentences(document)
    assert numbered(document, "4 ") == 3
    assert numbered(document, "The fourth thing") == 4
    assert "The fourth thing is said here, and at length." in sentences(document)


@pytest.mark.parametrize("label", ["{}.", "{})", "[{}]", "Para {}"])
@pytest.mark.parametrize("figure", ["4 NHS trusts closed their doors to us.", "5 Carers in our group died in May."])
def test_a_bare_figure_is_no_number_among_marked_ones(label, figure):
    rows = [f"{label.format(n)} {PROSE}" for n in (1, 2, 3)]
    document = read("About us", *rows, figure, f"{label.format(4)} The fourth thing is said here.")
    assert figure in sentences(document)
    assert numbered(document, "The fourth thing") == 4


@pytest.mark.parametrize("labels", [("1", "2", "3"), ("1.1", "1.2", "2.1"), ("1", "2.", "3")])
def test_numbers_without_a_mark_are_numbers_where_the_others_have_none(labels):
    document = read("About us", *[f"{label} We say thing {at} of many here." for at, label in enumerate(labels)])
    found = [str(p.paragraph) for p in document.passages if p.printed]
    assert found == [label.rstrip(".") for label in labels]


def notes(document: Document) -> list[tuple[int, str]]:
    return [(note.number, " ".join(note.span.slice(document.text).split())) for note in document.notes]


MARKED = "They say that it is wrong.[1] We say so too.[2]"


@pytest.mark.parametrize("after", [["Cost"], ["Annex A: our survey"], ["Conclusion", PROSE], []])
@pytest.mark.parametrize("last", ["We ask the Government to pay for a week of rest.", "It cost us £5 in 2019."])
def test_what_stands_below_the_notes_is_text_again(after, last):
    document = read("About us", MARKED, "[1] Smith.", "[2] Jones.", *after, last)
    assert notes(document) == [(1, "Smith."), (2, "Jones.")]
    assert last in sentences(document)
    assert not {"Smith.", "Jones."} & set(sentences(document))


@pytest.mark.parametrize("parts", [("Cost", "Conclusion"), ("2. Cost", "3. What we ask"), ("", "The end")])
def test_notes_at_the_end_of_each_part_are_notes(parts):
    third, fourth = "Carers save a lot.[3]", "They ought to be paid.[4]"
    document = read("About us", MARKED, "[1] Smith.", "[2] Jones.", parts[0], third, "[3] Lee.", parts[1], fourth,
                    "[4] Ray.", "We thank the Committee for its time.")  # fmt: skip
    assert notes(document) == [(1, "Smith."), (2, "Jones."), (3, "Lee."), (4, "Ray.")]
    assert {n for p in document.passages for n in p.notes} == {1, 2, 3, 4}
    assert "We thank the Committee for its time." in sentences(document)


@pytest.mark.parametrize(
    "heading", ["Recommendations", "Our asks", "We propose:", "4. Conclusions and recommendations"]
)
@pytest.mark.parametrize("sources", [["[1] Smith.", "[2] Jones."], []])
def test_a_list_of_the_submissions_own_points_is_no_list_of_notes(heading, sources):
    points = ["[1] That carers be paid.", "[2] That homes stay open.", "[3] That it be done in 2021."]
    document = read("About us", MARKED, *sources, heading, *points)
    assert notes(document) == [(at, source[4:]) for at, source in enumerate(sources, 1)]
    assert any("carers be paid." in sentence for sentence in sentences(document))


@pytest.mark.parametrize(
    ("second", "kept"),
    [
        (["[2] Jones.\nHedges and fields."], "Jones. Hedges and fields."),
        (["[2] Jones:", "https://a.example/x"], "Jones: https://a.example/x"),
        (["[2] Jones, and", "Ray (2020), https://a.example/x"], "Jones, and Ray (2020), https://a.example/x"),
        (["[2] Jones.", "Lee, the same."], "Jones. Lee, the same."),
    ],
)
def test_a_note_of_several_lines_is_whole(second, kept):
    document = read("About us", f"{MARKED} It is so.[3]", "[1] Smith.", *second, "[3] Ray.")
    assert notes(document) == [(1, "Smith."), (2, kept), (3, "Ray.")]
    document = read("About us", MARKED, "[1] Smith.", *second)
    assert notes(document)[1] == (2, kept if kept != "Jones. Lee, the same." else "Jones.")


@pytest.mark.parametrize("heading", ["Notes", "References:", "Endnotes", "6. Bibliography", "Notes and references"])
def test_a_list_below_a_heading_of_notes_is_notes_though_its_marks_were_lost(heading):
    document = read("About us", PROSE, heading, "[1] Smith.", "[2] Jones.")
    assert notes(document) == [(1, "Smith."), (2, "Jones.")]


@pytest.mark.parametrize(("mark", "note"), [("^{}", "^{} {}"), ("[^{}]", "[^{}]: {}"), ("[{}]", "[{}] {}")])
def test_a_list_below_the_notes_keeps_its_numbers(mark, note):
    one, two = mark.format(1), mark.format(2)
    document = read(
        "About us",
        f"It is wrong.{one} It is bad.{two}",
        note.format(1, "Smith, a room of 9c²."),
        note.format(2, "Jones."),
        "Our wishes",
        f"1. {PROSE}",
        f"2. {PROSE}",
        "3. Do it now.",
    )
    assert notes(document) == [(1, "Smith, a room of 9c²."), (2, "Jones.")]
    assert document.text.endswith("3. Do it now.\n")


@pytest.mark.parametrize(
    "sentence",
    [
        "The max. is 5.", "We asked for max. 5 weeks.", "See ss. 4-5 of the Act.", "Sched. 2 says so.",
        "See Sch. 4 to the Act.", "Figs. 2 and 3 show it.", "Assoc. Prof. Ann Lee agreed.", "S.I. No. 5 applies.",
        "See vol. II of it.", "It is in ch. B of it.", "See eq. (3) for it.", "The dept. of health agreed.",
        "Cllr. Lee and the Rt. Hon. Ann Ray agreed.", "See p. xii and pp. 4-5 of HC. 12.",
    ],
)  # fmt: skip
def test_a_full_stop_within_a_sentence_does_not_end_it(sentence):
    assert sentences(read("About us", f"It is so. {sentence} We agree.")) == ["It is so.", sentence, "We agree."]


@pytest.mark.parametrize(
    "ends",
    ["We ate figs.", "It was in the HL.", "It was the carer’s.", "That is the max.",
     "We met at 5 p.m.", "We asked in the 1980s.", "Is it so?"],
)  # fmt: skip
@pytest.mark.parametrize("after", ["Nobody came to us.", "A week went by.", "We agree."])
def test_a_full_stop_after_a_whole_sentence_ends_it(ends, after):
    assert sentences(read("About us", f"It is so. {ends} {after}")) == ["It is so.", ends, after]


@pytest.mark.parametrize(
    ("mark", "carried"),
    [
        ("[1,2]", (1, 2)), ("[1, 3]", (1, 3)), ("[2-3]", (2, 3)), ("[1–3]", (1, 2, 3)), ("[1; 2-3]", (1, 2, 3)),
        ("[1][3]", (1, 3)), ("[1,000]", ()), ("[2019-2020]", ()), ("[sic]", ()),
    ],
)  # fmt: skip
def test_a_mark_may_stand_for_several_notes(mark, carried):
    said = f"It is so.[1] They say so.{mark} We are tired."
    document = read("About us", said, "[1] Smith.", "[2] Jones.", "[3] Lee.")
    found = [s.notes for p in document.passages for s in p.sentences if s.span.slice(document.text).startswith("They")]
    assert found == [carried]
    assert ("We are tired." in sentences(document)) == bool(carried)


@pytest.mark.parametrize("mark", ["[1]", "[1,2]", "[1-2]"])
def test_marks_after_a_quotation_are_no_words(mark):
    said = f"Ann Lee said “nobody came to help me at all”.{mark} We are tired."
    assert sentences(read("About us", said, "[1] Smith.", "[2] Jones.")) == [
        "nobody came to help me at all",
        "We are tired.",
    ]


LABELS = ["{} {}", "{}. {}", "({}) {}", "[{}] {}", "{}) {}"]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("heading", ["Notes", "References", "Sources:", "7. Bibliography"])
@pytest.mark.parametrize("marks", [("", "", ""), ("[1]", "[2]", "[3]")])
def test_what_is_listed_below_a_heading_of_notes_is_neither_quoted_nor_numbered(label, heading, marks):
    sources = ["Smith, A. (2001) Hedges.", "Jones, B. The fields of 2019.", "Lee."]
    rows = [label.format(at, source) for at, source in enumerate(sources, 1)]
    body = [f"They say that thing {word} is wrong.{mark}" for word, mark in zip("abc", marks, strict=True)]
    document = read("About us", *body, heading, *rows)
    assert notes(document) == list(enumerate(sources, 1))
    assert [sentence[:4] for sentence in sentences(document)] == ["They"] * 3
    assert not any(p.printed for p in document.passages)
    page = "".join(f"<p>{line}</p>" for line in body) + f"<h2>{heading}</h2>" + "".join(f"<p>{r}</p>" for r in rows)
    document = structure(METADATA, read_html(f"<html><body><h1>About us</h1>{page}</body></html>".encode()))
    assert notes(document) == list(enumerate(sources, 1))


@pytest.mark.parametrize("heading", ["Sources of income", "Our notes on this", "Cost", "Sources"])
def test_paragraphs_of_the_submission_are_no_notes(heading):
    rows = [f"{at}. We have lent {at} books to the town." for at in (1, 2, 3, 4)]
    document = read("About us", PROSE, heading, *rows)
    assert notes(document) == []
    assert [p.paragraph for p in document.passages if p.printed] == [1, 2, 3, 4]


@pytest.mark.parametrize("title", ["References", "Bibliography:", "References and notes", "8. Bibliography"])
def test_what_is_cited_without_numbers_is_not_quoted_either(title):
    page = f"<h2>About us</h2><p>{PROSE}</p><h2>{title}</h2><p>Smith, J. (2001) Hedges of England.</p><p>Lee, A.</p>"
    document = structure(METADATA, read_html(f"<html><body>{page}</body></html>".encode()))
    assert sentences(document) == [PROSE]


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("Much is made.1 It was wrong.2 We agree.", "{} {}"), ("Much is made.1 It was “wrong.”2 We agree.", "{}. {}"),
        ("Much is made.(1) It was wrong.(2) We agree.", "({}) {}"),
        ("Much is made(1). It was wrong (2). We agree.", "({}) {}"),
        ("Much is made.^1 It was wrong.^2 We agree.", "{} {}"), ("Much is made.¹ It was wrong.² We agree.", "{}) {}"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("heading", ["Notes", "References", "Endnotes:"])
def test_marks_of_pasted_text_are_marks(said, label, heading):
    document = read("About us", said, heading, label.format(1, "Smith, A. (2001) Hedges."), label.format(2, "Jones."))
    assert notes(document) == [(1, "Smith, A. (2001) Hedges."), (2, "Jones.")]
    assert [s.notes for p in document.passages for s in p.sentences] == [(1,), (2,), ()]
    assert not any(mark in sentence for sentence in sentences(document) for mark in ("(", "^", "¹", ".1"))


@pytest.mark.parametrize(
    "said",
    [
        "See para.2 of it and section 4(1) of the Act.", "We ask for (1) pay, (2) rest.", "It rose by 2.5 times.",
        "See approx.1 of them in COVID19 and p.2 of it.", "Of the 1 home and 2 halls we have one.",
    ],
)  # fmt: skip
@pytest.mark.parametrize("label", ["{} {}", "({}) {}", "{}. {}"])
def test_other_numbers_are_no_marks(said, label):
    document = read("About us", said, "Notes", label.format(1, "Smith."), label.format(2, "Jones."))
    assert said in document.text
    assert notes(document) == [(1, "Smith."), (2, "Jones.")]
    assert not any(p.notes for p in document.passages)


TURNED = ["We do not support:", "The Government should never:", "It is a myth that carers want:", "We fear:",
          "We ask for help. We are against:", "Nobody should have to ask for:"]  # fmt: skip
ITEMS = [
    ["• cutting the pay of carers; or", "• closing the homes."],
    ["(a) the pay that is cut", "(b) homes that are closed"],
    ["cutting the pay of carers,", "closing the homes;", "shutting the library."],
    ["1. Pay that is cut.", "2. Homes that close."], ["Lower pay", "Fewer homes in the town"],
]  # fmt: skip


@pytest.mark.parametrize("lead", TURNED)
@pytest.mark.parametrize("items", ITEMS)
def test_items_are_not_torn_from_words_that_deny_or_limit_them(lead, items):
    document = read("About us", PROSE, lead, *items, "We thank the Committee for all its time and its questions to us.")
    own = lead.split(". ")[-1]
    assert [s for s in sentences(document) if items[0].split(" ", 1)[1] in s] == [" ".join([own, *items])]
    assert all(own in s for s in sentences(document) if items[-1].rstrip(".") in s)
    assert sentences(document)[-1] == "We thank the Committee for all its time and its questions to us."


@pytest.mark.parametrize("lead", ["We support:", "The Government should:", "Three things help carers:", "For example:"])
@pytest.mark.parametrize("items", ITEMS)
def test_items_below_other_words_are_quoted_by_themselves(lead, items):
    document = read("About us", PROSE, lead, *items)
    assert lead in sentences(document)
    assert len(document.passages) == 2 + len(items)


def test_a_list_too_long_to_be_quoted_with_its_lead_in_ends_where_it_may():
    items = [f"• thing {at} that nobody has ever asked us about in all these years;" for at in range(40)]
    document = read("About us", PROSE, "We do not support:", *items)
    assert all(s == PROSE or s.startswith("We do not support:") for s in sentences(document))
    assert max(map(len, sentences(document))) <= 1500


def test_items_in_a_page_are_not_torn_either():
    page = f"<h2>About us</h2><p>{PROSE}</p><p>We do not back:</p><ul><li>Low pay; or</li><li>Closing homes.</li></ul>"
    document = structure(METADATA, read_html(f"<html><body>{page}<p>{PROSE}</p></body></html>".encode()))
    assert sentences(document) == [PROSE, "We do not back: Low pay; or Closing homes.", PROSE]


@pytest.mark.parametrize(
    ("said", "carried"),
    [
        (["We are a charity of twelve.", "We ask for a week of rest.", "Poverty rose by a tenth in 2019.[1]"], "--1"),
        (["The review found that carers are poor.[1]", "It should act at once.", "They are tired."], "1--"),
        (["The review found that carers are poor.[1]", "They are tired.", "The review says so."], "1--"),
        (["A survey was made.[1]", "The survey found many ill.", "They had no rest.", "We ask for more."], "111-"),
        (["A report was made.[1]", "This report must be read.", "These figures are clear."], "1--"),
        (["In research of 2020[1], we asked.", "These findings are clear.", "Indeed, they are many."], "111"),
        (["Carers are many.[1]", "This research is ours.", "They are tired."], "1--"),
        (["Rest is rare.", "Our research shows that carers are ill.", "This has made them poor.[1]"], "-11"),
        (["Rest is rare.", "A report, Hedges, found it so.", "Others found that it costs a lot.[1]"], "-11"),
        (["Rest is rare.", "Others are ill.", "Those who care are poor[1]."], "--1"),
    ],
)
def test_a_note_stands_only_where_its_source_speaks(said, carried):
    document = read("About us", " ".join(said), "[1] Smith.")
    found = [s.notes for p in document.passages for s in p.sentences]
    assert found == [(1,) if mark == "1" else () for mark in carried]


def test_a_note_mark_behind_a_full_stop_ends_a_sentence_before_a_small_letter_too():
    said = "Much data was sold last year.[1] techUK told us so. Then e-skills UK agreed with what it had said there."
    found = sentences(read("About us", PROSE, said, "[1] Smith."))
    assert [s for s in found if s != PROSE] == [
        "Much data was sold last year.", "techUK told us so.", "Then e-skills UK agreed with what it had said there."
    ]  # fmt: skip


def test_numbered_paragraphs_below_a_list_are_no_items_of_it():
    items = ["60. It may be shared only if the firm has:", "• told you before; or", "• removed your name."]
    document = read(
        "About us", "59. We are a small charity.", *items, "61. According to the Office it is so.", "62. It ends."
    )
    numbers = [(p.paragraph, p.text) for p in document.passages if p.paragraph in (61, 62)]
    assert numbers == [(61, "According to the Office it is so."), (62, "It ends.")]
    assert any(s.endswith("told you before; or • removed your name.") for s in sentences(document))


@pytest.mark.parametrize(
    "said",
    [
        "Much is made.1 It was wrong.2 We agree.",
        'They call it "the end of all".1 It was "wrong from the very start".2 We agree.',
    ],
)
@pytest.mark.parametrize("label", ["{} {}", "{}. {}"])
def test_notes_without_a_heading_are_known_by_marks_in_order(said, label):
    lines = [label.format(1, "Smith, A. (2001) Hedges."), label.format(2, "Jones.")]
    document = read("About us", PROSE, said, *lines)
    assert notes(document) == [(1, "Smith, A. (2001) Hedges."), (2, "Jones.")]
    assert {n for p in document.passages for n in p.notes} == {1, 2}
    document = read("About us", PROSE, "Much is made. It was wrong.2 We agree.", *lines)
    assert notes(document) == []


def test_notes_in_roman_numbers_are_notes():
    document = read("About us", "Much is made [i]. It was wrong.[ii] We agree.", "Notes", "[i] Smith.", "[ii] Jones.")
    assert notes(document) == [(1, "Smith."), (2, "Jones.")]
    assert {n for p in document.passages for n in p.notes} == {1, 2}
    assert "[i] carers" in read("We ask for:", "[i] carers who are paid", "[ii] rest").text


@pytest.mark.parametrize("label", ["Answer:", "A:", "Response:", "Answer 2:"])
def test_the_label_of_an_answer_is_no_word_of_it(label):
    document = read("Question: What do you want?", f"{label} Lay the cable. Do it soon.", "Question: Why?", PROSE)
    assert sentences(document)[:2] == ["Lay the cable.", "Do it soon."]
