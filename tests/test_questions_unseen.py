"""Which questions are the committee's, which the submitter's own, and which of them are answered."""

import pytest
from renderings import to_docx

from corpus.document import Document, Kind, Voice
from corpus.formats.docx import read_docx
from corpus.formats.html import read_html
from corpus.formats.plain import read_text
from corpus.metadata import Metadata
from corpus.structure import structure

PROSE = "We have lent books to the whole of the town since the school was closed, and we mean to go on with it."
BULLETS = ["How effective is the support for carers?", "Who pays for it?"]


def read(text: str, questions: tuple[str, ...] = ()) -> Document:
    page = text.startswith("<")
    reading = read_html(f"<html><body>{text}</body></html>".encode()) if page else read_text(text)
    return structure(Metadata("ABC0001", "Evidence", "The Group", questions=questions), reading)


def own(document: Document) -> list[str]:
    """The sentences that may be quoted as the submitter's."""
    said = [p for p in document.passages if p.voice is Voice.SUBMITTER]
    return [s.span.slice(document.text) for p in said for s in p.sentences]


def kinds(document: Document, kind: Kind) -> list[str]:
    return [b.span.slice(document.text) for b in document.blocks if b.kind is kind]


def asked(document: Document) -> list[tuple[str, bool]]:
    return [(q.span.slice(document.text), q.answered) for q in document.questions]


def bulleted(lead: str) -> list[str]:
    items = "".join(f"<li>{item}</li>" for item in BULLETS)
    return [
        f"<p>{PROSE}</p><p>{lead}</p><ul>{items}</ul><p>{PROSE}</p>",
        f"{PROSE}\n\n{lead}\n\n- {BULLETS[0]}\n\n- {BULLETS[1]}\n\n{PROSE}\n",
    ]


@pytest.mark.parametrize(
    "lead",
    [
        "The Committee asked the following questions:",
        "We have been asked to answer these:",
        "This submission addresses the questions in the call for evidence below.",
        "The inquiry’s terms of reference are:",
        "We would like to respond to the following questions:",
    ],
)
def test_questions_in_the_items_below_a_line_that_announces_the_committees_are_never_quoted(lead):
    for source in bulleted(lead):
        document = read(source)
        assert own(document) == [PROSE, lead, PROSE]
        assert len(kinds(document, Kind.LISTED)) == 2 and document.questions == ()


@pytest.mark.parametrize(
    "lead",
    [
        "There is much that troubles us at night:",
        "We would ask the Government the following questions:",
        "The Committee should therefore consider these points:",
        "Our questions for the Committee are as follows:",
        "We asked our members the following questions:",
    ],
)
def test_questions_in_items_that_the_submitter_asks_are_its_own(lead):
    for source in bulleted(lead):
        document = read(source)
        assert own(document) == [PROSE, lead, *BULLETS, PROSE]


def test_questions_in_items_below_the_heading_of_the_terms_of_reference_are_the_committees():
    items = "".join(f"<li>{item}</li>" for item in BULLETS)
    document = read(f"<p>{PROSE}</p><h2>Terms of reference</h2><ul>{items}</ul><h2>Our view</h2><p>{PROSE}</p>")
    assert own(document) == [PROSE, PROSE]
    document = read(f"<p>{PROSE}</p><h2>Outstanding questions</h2><ul>{items}</ul><h2>Our view</h2><p>{PROSE}</p>")
    assert own(document) == [PROSE, *BULLETS, PROSE]


def test_items_among_which_a_single_one_asks_stay_the_submitters():
    items = ["We lend to carers.", "We visit them.", "We cook for them.", "Who else would?"]
    listed = "".join(f"<li>{item}</li>" for item in items)
    assert own(read(f"<p>The Committee asked what we do:</p><ul>{listed}</ul><p>{PROSE}</p>"))[1:] == [*items, PROSE]


@pytest.mark.parametrize("first", ["1. ", "Q1. ", ""])
def test_two_questions_in_a_row_below_the_committees_announcement_are_its_list(first):
    second = first.replace("1", "2")
    lead = "The Committee asked the following questions:"
    document = read(f"{PROSE}\n\n{lead}\n\n{first}{BULLETS[0]}\n\n{second}{BULLETS[1]}\n\n{PROSE}")
    assert kinds(document, Kind.LISTED) == [f"{first}{BULLETS[0]}", f"{second}{BULLETS[1]}"]
    assert document.questions == ()


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def numbered_by_word(label: str, lines: list[tuple[bool, str]]) -> Document:
    """A Word document in which the marked lines are numbered by Word with this label."""
    numbering = (
        f'<w:numbering {WORD}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="decimal"/><w:lvlText w:val="{label}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    place = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body = "".join(f"<w:p>{place if marked else ''}<w:r><w:t>{words}</w:t></w:r></w:p>" for marked, words in lines)
    document = f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
    raw = to_docx([], extra={"word/document.xml": document, "word/numbering.xml": numbering})
    return structure(Metadata("ABC0001", "Evidence", "The Group"), read_docx(raw))


@pytest.mark.parametrize("label", ["Q%1.", "Question %1:", "(Q%1)", "q%1", "Question %1"])
def test_questions_that_word_numbers_are_the_committees(label):
    words = ["How effective is it?", "Describe the support that you have received.", "Who pays?"]
    document = numbered_by_word(label, [line for each in words for line in ((True, each), (False, PROSE))])
    expected = [(f"{label.replace('%1', str(at))} {each}", True) for at, each in enumerate(words, 1)]
    assert asked(document) == expected
    assert own(document) == [PROSE] * 3


@pytest.mark.parametrize("label", ["%1.", "Quarter %1:", "A%1.", "Point %1"])
def test_other_lines_that_word_numbers_are_not(label):
    document = numbered_by_word(label, [(True, "The support is good."), (True, PROSE), (True, PROSE)])
    assert document.questions == ()
    assert " ".join(own(document)).count(PROSE) == 2


@pytest.mark.parametrize(
    "question",
    [
        "2) To what extent should the Government do more? Please give reasons.",
        "3) Who should pay for it? (Max 500 words)",
        "4. What has changed? If so, explain why. Give examples. [up to 300 words]",
        "Q3. Describe the support that you have received.",
        "Question 3: Views on the proposed threshold.",
        "Q3 Please outline what you would change",
        "Question 3 – The cost of care at home",
        "Do you agree? Please tick one box.",
    ],
)
def test_a_question_that_goes_on_to_say_how_it_is_answered_or_is_labelled_as_one_is_the_committees(question):
    for source in (f"{PROSE}\n\n{question}\n\n{PROSE}\n", f"<p>{PROSE}</p><p>{question}</p><p>{PROSE}</p>"):
        document = read(source)
        assert asked(document) == [(question, True)]
        assert own(document) == [PROSE, PROSE]


@pytest.mark.parametrize(
    "said",
    [
        "Q3. We believe that carers should be paid.",
        "Question 3: Yes. The support is good.",
        "Q3 GDP fell by a fifth in that year.",
        "Question 3 is hard to answer in few words.",
        "Who cares for them? Nobody has given an answer.",
        "We ask for reasons. Please give them to us.",
        "Some are paid (and who would not be?).",
    ],
)
def test_a_reply_or_a_sentence_that_only_looks_like_a_question_is_the_submitters(said):
    document = read(f"{PROSE}\n\n{said}\n\n{PROSE}\n")
    assert document.questions == ()
    assert said in " ".join(own(document)) or said.partition(" ")[2] in own(document)


def test_replies_labelled_one_after_the_other_are_the_submitters():
    replies = ["Q1. Carers are poor and get little help.", "Q2. The Act helps them.", "Q3. Nothing else does."]
    assert read("\n\n".join([PROSE, *replies])).questions == ()


FORM = ["Q1. Do you agree?", "Q2. Is it enough?", "Q3. Who helps you?", "Q4. How many staff have you lost?"]


@pytest.mark.parametrize(
    "replies",
    [
        ("Yes", "Strongly disagree", "My sister", "12"),
        ("No, not at all", "Partly", "The parish council", "About 1,200 in all"),
        ("Agree", "Sometimes", "Friends and neighbours", "£3.5m"),
        ("Not sure", "Neither agree nor disagree", "A carer in Leeds", "40%"),
    ],
)
def test_short_lines_below_questions_are_answers(replies):
    lines = [line for pair in zip(FORM, replies, strict=True) for line in pair]
    document = read("\n\n".join(lines) + "\n")
    assert asked(document) == [(question, True) for question in FORM]
    assert [p.text for p in document.passages] == list(replies)


def test_yes_and_figures_answer_also_where_headings_part_the_questions():
    headed = f"{PROSE}\n\nMoney\n\n{FORM[0]}\n\nYes\n\nStaff\n\n{FORM[3]}\n\n12\n"
    assert asked(read(headed)) == [(FORM[0], True), (FORM[3], True)]
    document = read(f"<h2>Money</h2><p>{FORM[0]}</p><h3>Yes</h3><h2>Staff</h2><p>{FORM[3]}</p><h3>12</h3>")
    assert asked(document) == [(FORM[0], True), (FORM[3], True)]


@pytest.mark.parametrize("heading", ["Inequalities", "2 Background", "No recourse to public funds", "2. Staff and pay"])
def test_headings_that_part_the_questions_are_no_answers(heading):
    source = f"{PROSE}\n\nMoney\n\n{FORM[0]}\n\n{heading}\n\n{FORM[3]}\n\n{PROSE}\n"
    assert asked(read(source)) == [(FORM[0], False), (FORM[3], True)]
    below = f"{PROSE}\n\n{FORM[0]}\n\n{heading}\n\n{PROSE}\n"
    assert kinds(read(below), Kind.HEADING) == [heading]


def test_a_figure_with_what_it_counts_is_an_answer_only_with_no_prose_below_it():
    assert kinds(read(f"{PROSE}\n\n{FORM[3]}\n\n5 key points\n\n{PROSE}\n"), Kind.HEADING) == ["5 key points"]
    assert asked(read(f"{PROSE}\n\n{FORM[3]}\n\n5 members of staff\n")) == [(FORM[3], True)]


@pytest.mark.parametrize(
    ("question", "reply", "answered"),
    [
        ("How many complaints did you receive?", "None.", True),
        ("Which of these schemes have helped you?", "None", True),
        ("What help have you been given?", "NONE", True),
        ("How much did you receive in 2019?", "Nil", True),
        ("What other comments do you have?", "None.", False),
        ("Is there anything else, and what is it?", "None", False),
        ("Do you agree with this?", "None.", False),
        ("How many complaints did you receive?", "N/A", False),
        ("Which schemes have helped you?", "No comment.", False),
    ],
)
def test_none_answers_how_many_which_and_what(question, reply, answered):
    document = read(f"{PROSE}\n\n{question}\n\n{reply}\n")
    assert asked(document) == [(question, answered)]
    assert (reply in own(document)) is answered


RHETORICAL = "But who cares for those who care?"


@pytest.mark.parametrize("label", ["{}. ", "Q{}. ", "Question {}: ", "{}) "])
def test_a_question_without_a_label_among_labelled_ones_is_the_submitters(label):
    first, second = (f"{label.format(at)}{question}" for at, question in enumerate(BULLETS, 1))
    lines = [PROSE, first, "It is poor.", RHETORICAL, "Nobody does, in our view.", second, PROSE]
    document = read("\n\n".join(lines))
    assert asked(document) == [(first, True), (second, True)]
    assert RHETORICAL in own(document)
    assert [p.question for p in document.passages][1:4] == [document.questions[0]] * 3


def test_a_heading_without_a_label_that_asks_among_labelled_questions_is_a_heading():
    titles = [f"<h2>1. {BULLETS[0]}</h2>", f"<h3>{RHETORICAL}</h3>", f"<h2>2. {BULLETS[1]}</h2>"]
    document = read("".join(f"{title}<p>{PROSE}</p>" for title in titles))
    assert [question for question, _ in asked(document)] == [f"1. {BULLETS[0]}", f"2. {BULLETS[1]}"]
    assert kinds(document, Kind.HEADING) == [RHETORICAL]


@pytest.mark.parametrize("title", ["Who are we?", "What do we do?", "Why are we responding?"])
def test_a_heading_in_which_the_submitter_asks_of_itself_is_a_heading(title):
    titles = (title, BULLETS[0], "What should the Committee recommend?")
    document = read("".join(f"<h2>{each}</h2><p>{PROSE}</p>" for each in titles))
    assert asked(document) == [(each, True) for each in titles[1:]]
    assert kinds(document, Kind.HEADING) == [title]


def test_a_numbered_paragraph_that_asks_among_those_of_an_answer_is_the_submitters():
    asking = "2.2 Is it right that carers should wait for three years?"
    lines = [
        f"1. {BULLETS[0]}",
        f"1.1 {PROSE}",
        f"1.2 {PROSE}",
        f"2. {BULLETS[1]}",
        f"2.1 {PROSE}",
        asking,
        f"2.3 {PROSE}",
    ]
    document = read("\n\n".join([PROSE, *lines]))
    assert asked(document) == [(lines[0], True), (lines[3], True)]
    assert asking[4:] in own(document)


@pytest.mark.parametrize(
    "unlabelled",
    [
        "What else would you tell us?",
        "Is there anything else that should be known?",
        "What should the Committee recommend?",
        BULLETS[0],
    ],
)
def test_a_question_without_a_label_that_speaks_to_the_submitter_or_is_said_again_is_the_committees(unlabelled):
    lines = [f"1. {BULLETS[0]}", PROSE, f"2. {BULLETS[1]}", PROSE, unlabelled, PROSE]
    assert [question for question, _ in asked(read("\n\n".join([PROSE, *lines])))][2:] == [unlabelled]


def test_questions_that_have_lost_their_label_or_are_none_of_the_answers_stay_the_committees():
    lost = [f"1. {BULLETS[0]}", PROSE, RHETORICAL, PROSE, f"3. {BULLETS[1]}", PROSE]
    assert len(read("\n\n".join([PROSE, *lost])).questions) == 3
    deeper = [f"1. {BULLETS[0]}", "1.1 Who pays?", PROSE, "1.2 Who gains?", PROSE, f"2. {BULLETS[1]}", PROSE]
    assert len(read("\n\n".join([PROSE, *deeper])).questions) == 4
    unlabelled = [BULLETS[0], PROSE, RHETORICAL.removeprefix("But "), PROSE, BULLETS[1], PROSE]
    assert len(read("\n\n".join([PROSE, *unlabelled])).questions) == 3


LISTED = (
    "What has been the impact of the pandemic on unpaid carers?",
    "How effective is the support for unpaid carers, and how could it be improved?",
)


@pytest.mark.parametrize(
    "said",
    [
        "1. What impact has the pandemic had on unpaid carers?",
        "What has been the impact on unpaid carers of the pandemic? Please give reasons.",
        "Q2. How effective is the support for unpaid carers?",
        "2) How effective is support for carers and how might it be improved?",
        "2. How efective is the support for unpaid carers and how could it be improved",
    ],
)
def test_a_listed_question_in_other_words_is_the_committees(said):
    document = read(f"{PROSE}\n\n{said}\n\n{PROSE}\n", questions=LISTED)
    assert asked(document) == [(said, True)]
    assert own(document) == [PROSE, PROSE]


@pytest.mark.parametrize(
    "said",
    ["3. Who ought to pay for it?", "Q3. Describe your work.", "4) What is wrong? Please say.", "a) Who gains by it?"],
)
def test_a_labelled_line_that_asks_what_is_not_listed_is_never_quoted_and_takes_no_answer(said):
    lines = [f"1. {LISTED[0]}", PROSE, said, "It is poor in our view."]
    document = read("\n\n".join(lines), questions=LISTED)
    assert kinds(document, Kind.LISTED) == [said]
    assert own(document) == [PROSE, "It is poor in our view."]
    assert [p.question for p in document.passages if p.sentences] == [document.questions[0], None]


@pytest.mark.parametrize("said", ["Who cares for unpaid carers?", "3. Nobody pays.", "How could it be improved?"])
def test_where_questions_are_listed_others_without_a_label_are_the_submitters(said):
    document = read(f"{PROSE}\n\n{said}\n\n{PROSE}\n", questions=LISTED)
    assert document.questions == ()
    assert " ".join(own(document)).endswith(f"{said.removeprefix('3. ')} {PROSE}")


MORE = [*BULLETS, "What should be done?"]


@pytest.mark.parametrize("title", ["Questions in the call for evidence", "What was asked", "Annex 1", "The inquiry"])
def test_questions_that_are_all_that_a_heading_has_are_only_listed(title):
    items = "".join(f"<li>{question}</li>" for question in MORE)
    document = read(f"<h2>{title}</h2><ol>{items}</ol><h2>Our view</h2><p>{PROSE}</p>")
    assert len(kinds(document, Kind.LISTED)) == 3 and document.questions == ()
    assert own(document) == [PROSE]
    lines = [PROSE, title, *(f"{at}. {question}" for at, question in enumerate(MORE, 1)), "Our view", PROSE]
    assert len(kinds(read("\n\n".join(lines)), Kind.LISTED)) == 3


def test_a_question_is_not_answered_by_the_words_of_the_next_section():
    document = read(f"<h2>Money</h2><p>{MORE[0]}</p><p>{MORE[1]}</p><h2>Our view</h2><p>{PROSE}</p>")
    assert asked(document) == [(MORE[0], False), (MORE[1], False)]
    assert [p.question for p in document.passages] == [None]


@pytest.mark.parametrize("below", [f"<h3>Our view</h3><p>{PROSE}</p>", f"<p>{PROSE}</p><h2>More</h2><p>{PROSE}</p>"])
def test_questions_in_a_row_with_an_answer_in_their_section_are_asked(below):
    items = "".join(f"<li>{question}</li>" for question in MORE)
    document = read(f"<h2>Money</h2><ol>{items}</ol>{below}")
    assert [question for question, _ in asked(document)] == [f"{at}. {each}" for at, each in enumerate(MORE, 1)]
    assert document.passages[0].question == document.questions[-1] and document.questions[-1].answered


@pytest.mark.parametrize(
    "labels",
    [("1. ", "a. ", "b. "), ("Q1. ", "(a) ", "(b) "), ("", "i) ", "ii) "), ("1. ", "", ""), ("1) ", "1.1 ", "1.2 ")],
)
def test_questions_that_are_parts_of_one_share_the_answer_below_them(labels):
    questions = [f"{label}{question}" for label, question in zip(labels, MORE, strict=True)]
    document = read("\n\n".join([PROSE, *questions, PROSE]))
    assert asked(document) == [(question, True) for question in questions]
    document = read("\n\n".join([PROSE, *questions, "N/A", f"2. {RHETORICAL}", PROSE]))
    assert [answered for _, answered in asked(document)] == [False] * 3 + [True]


@pytest.mark.parametrize("labels", [("1. ", "2. "), ("a) ", "b) "), ("", ""), ("Q1. ", "Q2. "), ("", "1. ")])
def test_questions_in_a_row_that_are_no_parts_do_not_share_an_answer(labels):
    questions = [f"{label}{question}" for label, question in zip(labels, BULLETS, strict=True)]
    document = read("\n\n".join([PROSE, *questions, PROSE]))
    assert [answered for _, answered in asked(document)] == [False, True]


@pytest.mark.parametrize("tag", ["ul", "ol type='a'", "ol type='i'"])
def test_items_that_all_ask_below_a_question_are_its_parts(tag):
    items = "".join(f"<li>{question}</li>" for question in BULLETS)
    document = read(f"<p>{PROSE}</p><p>1. {MORE[2]}</p><{tag}>{items}</{tag[:2]}><p>{PROSE}</p>")
    assert asked(document) == [(f"1. {MORE[2]}", True)]
    assert own(document) == [PROSE, PROSE]
    items = f"<li>{PROSE}</li><li>{BULLETS[0]}</li>"
    assert own(read(f"<p>{PROSE}</p><p>1. {MORE[2]}</p><ul>{items}</ul>")) == [PROSE, PROSE, BULLETS[0]]


QUOTED = ["“How effective is the support for carers?”", "“To what extent should the Government do more?”"]


def test_questions_in_quotation_marks_are_the_committees():
    lines = [PROSE, QUOTED[0], "It is poor in our view.", QUOTED[1], PROSE]
    for source in ("\n\n".join(lines), "".join(f"<p>{line}</p>" for line in lines)):
        document = read(source)
        assert asked(document) == [(question, True) for question in QUOTED]
        assert [p.voice for p in document.passages] == [Voice.SUBMITTER] * 3


def test_one_question_in_quotation_marks_is_neither_asked_nor_quoted():
    for lead in (PROSE, "The Committee asked:"):
        document = read(f"{lead}\n\n{QUOTED[0]}\n\nIt is poor in our view.\n")
        assert kinds(document, Kind.LISTED) == [QUOTED[0]]
        assert own(document) == [lead, "It is poor in our view."]
    listed = read(f"{PROSE}\n\n{QUOTED[0]}\n\n{PROSE}\n", questions=("How effective is the support for carers?",))
    assert asked(listed) == [(QUOTED[0], True)]


@pytest.mark.parametrize(
    "lines",
    [
        ["“Who will look after him when I am gone from here?”", PROSE],
        ["One carer told us:", QUOTED[0], PROSE],
        [QUOTED[0], "– Jane Smith, carer, Hull", PROSE],
        [f"1. {BULLETS[1]}", PROSE, QUOTED[0], PROSE],
        ["“The support for carers is poor. Nobody comes.”", PROSE],
    ],
)
def test_a_question_in_quotation_marks_that_a_person_asks_stays_a_quotation(lines):
    document = read("\n\n".join([PROSE, *lines]))
    quoted = [line for line in lines if line.startswith("“")]
    assert not any(line in kinds(document, kind) for line in quoted for kind in (Kind.QUESTION, Kind.LISTED))
    assert any(p.voice is Voice.QUOTED for p in document.passages)


@pytest.mark.parametrize("tag", ["ul", "ol type='a'"])
def test_items_that_ask_and_are_answered_one_by_one_are_never_quoted(tag):
    def items(*lines: str) -> str:
        return "".join(f"<{tag}><li>{line}</li></{tag[:2]}><p>{PROSE}</p>" for line in lines)

    document = read(f"<p>{PROSE}</p>{items(*BULLETS)}")
    assert len(kinds(document, Kind.LISTED)) == 2
    assert own(document) == [PROSE] * 3
    assert own(read(f"<p>{PROSE}</p>{items(BULLETS[0])}")) == [PROSE, BULLETS[0], PROSE]
    assert own(read(f"<p>{PROSE}</p>{items('We lend.', 'Who else does?')}")) == [
        PROSE, "We lend.", PROSE, "Who else does?", PROSE,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("What would help carers most?", Kind.LISTED),
        ("How could the law be changed?", Kind.LISTED),
        (RHETORICAL, Kind.PASSAGE),
        ("And who would not be tired?", Kind.PASSAGE),
    ],
)
def test_a_question_without_a_label_below_the_last_labelled_one_may_be_anybodys(line, kind):
    lines = [f"1. {BULLETS[0]}", PROSE, f"2. {BULLETS[1]}", PROSE, line, PROSE]
    document = read("\n\n".join([PROSE, *lines]))
    assert line in kinds(document, kind)
    assert (line in own(document)) is (kind is Kind.PASSAGE)


@pytest.mark.parametrize(
    "line",
    [
        "I would like the Committee to ask the Minister: why are children like mine thrown away?",
        "Lastly, we would ask: who will train the volunteers?",
        "How am I to live on ten pounds a week?",
        "Why did nobody read my letters?",
    ],
)
def test_what_the_submitter_asks_of_others_is_its_own(line):
    for text in (f"{PROSE}\n\n{line}\n\n{PROSE}\n", f"{FORM[0]}\n\n{PROSE}\n\n{line}\n\n{PROSE}\n\n{FORM[1]}\n\nNo."):
        document = read(text)
        assert line not in [question for question, _ in asked(document)] and line in own(document)


@pytest.mark.parametrize("first", ["", "1. ", "a) "])
def test_a_question_that_stands_alone_may_be_anybodys_and_is_a_heading(first):
    line = f"{first}What has become of the carers?"
    document = read(f"{PROSE}\n\n{line}\n\n{PROSE}\n")
    assert document.questions == () and line not in own(document)
    assert [p.section for p in document.passages] == [(), (line,)]


@pytest.mark.parametrize(
    "line",
    [
        "Q1. What has become of the carers?",
        "What would you change?",
        "Who pays? (Max 500 words)",
        "Who pays? Please say why.",
    ],
)
def test_a_question_that_stands_alone_is_asked_where_it_shows_that(line):
    assert asked(read(f"{PROSE}\n\n{line}\n\n{PROSE}\n")) == [(line, True)]


@pytest.mark.parametrize(
    "heading", ["Annex: survey results", "Our members’ survey questions", "Appendix B: Interviews"]
)
def test_the_questions_of_the_submitters_own_survey_are_not_the_committees(heading):
    answered = f"{FORM[0]}\n\n{PROSE}\n\n{FORM[1]}\n\n{PROSE}"
    document = read(
        f"{answered}\n\n{heading}\n\nQ1. Do you feel well?\n\nMean: 4.2\n\nQ2. Do you sleep?\n\nYes: 38%.\n"
    )
    assert asked(document) == [(FORM[0], True), (FORM[1], True)]
    assert not any("feel well" in text for text in own(document))


@pytest.mark.parametrize(
    "answer",
    [
        "We answer questions 3 and 4 together. Both should be paid.",
        "These two questions are best taken together. Both should be paid.",
        "In response to both questions, we say that carers should be paid.",
    ],
)
def test_questions_in_a_row_that_are_answered_together_are_answered(answer):
    document = read("\n\n".join([FORM[0], PROSE, FORM[2], "Q4. Who pays?", answer, "Q5. Who else?", "Q6. Why?", PROSE]))
    assert [found for _, found in asked(document)] == [True, True, True, False, True]


def test_short_lines_in_a_row_between_questions_are_the_answer():
    groups = ["Care leavers", "Young fathers", "People with no recourse to public funds"]
    form = ["Your name: Ann Lee", FORM[0], "No", FORM[2], *groups, FORM[3], "12"]
    document = read("\n\n".join(form) + "\n")
    assert asked(document) == [(FORM[0], True), (FORM[2], True), (FORM[3], True)]
    assert [
        p.text for p in document.passages if p.question and p.question.span.slice(document.text) == FORM[2]
    ] == groups


def test_a_question_that_counts_on_from_a_heading_stands_beside_it_not_below():
    lines = ["1. About us", PROSE, "2. What is the state of care?", PROSE, "3. Who pays for it?", PROSE, "4. Proposals"]
    document = read("\n\n".join([*lines, "We ask for more of it all, and soon."]))
    assert [(p.section, p.question is not None) for p in document.passages] == [
        (("1. About us",), False), ((), True), ((), True), (("4. Proposals",), False)
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["; and", "; or", ", and"])
def test_an_item_that_ends_in_and_is_no_heading(end):
    document = read(f"{PROSE}\n\nWe ask that:\n\n(a) carers be paid;\n\n(b) homes be built{end}\n\n(c) trains run.\n")
    assert kinds(document, Kind.HEADING) == [] and f"homes be built{end}" in own(document)


@pytest.mark.parametrize("heading", ["Question 8", "Questions 4 to 6", "Q8", "Response to question 8"])
def test_a_heading_that_names_other_questions_ends_the_one_above_it(heading):
    document = read("\n\n".join([FORM[0], PROSE, FORM[1], PROSE, heading, "It costs far too much of it all."]))
    [last] = [p for p in document.passages if "costs" in p.text]
    assert last.question is None and last.section == (heading,)


@pytest.mark.parametrize(
    "reply",
    [
        "N/A – see our answer to question 2",
        "Please see our response to Q3 above",
        "As above",
        "Same as Q1.",
        "We refer the Committee to our answers to questions 1, 2 and 4(b).",
        "This is covered in section 3, “Workforce”, below.",
        "No comment – this is outside our remit.",
        "We don’t feel able to comment on this question.",
        "Nothing to add to our answer to question 2.",
        "Response: Not applicable.",
        "Not applicable to our organisations.",
        "A: See answer to Q2.",
    ],
)
def test_a_reply_that_only_points_elsewhere_or_declines_is_no_answer_and_never_quoted(reply):
    document = read("\n\n".join([PROSE, FORM[0], reply, FORM[1], PROSE]))
    assert asked(document) == [(FORM[0], False), (FORM[1], True)]
    assert own(document) == [PROSE, PROSE]


@pytest.mark.parametrize(
    "reply",
    [
        "N/A for us, but our members say that they wait for a year.",
        "See our answer to question 2, where we ask for a week of rest.",
        "As above, carers should be paid.",
        "Yes – see our answer to question 2.",
        "Not applicable in Scotland, where the law differs.",
        "We cannot comment on costs, but carers are worse off.",
        "No comment from the council was ever received.",
        "None of our members was asked.",
        "We have no evidence that it works.",
    ],
)
def test_a_reply_that_says_something_besides_is_an_answer(reply):
    document = read("\n\n".join([PROSE, FORM[0], reply, FORM[1], PROSE]))
    assert asked(document) == [(FORM[0], True), (FORM[1], True)]
    assert own(document) == [PROSE, reply, PROSE]


@pytest.mark.parametrize(("below", "answered"), [("In addition, carers should be paid.", True), (PROSE, False)])
def test_words_that_go_on_from_a_reply_without_an_answer_give_one(below, answered):
    assert asked(read("\n\n".join([PROSE, FORM[0], "See above.", below]))) == [(FORM[0], answered)]


FOR_EFFECT = ["So what needs to change?", "Why does this matter?", "What about carers?", "How did we get here?"]


@pytest.mark.parametrize("first", FOR_EFFECT)
def test_headings_that_ask_for_effect_are_the_submitters(first):
    titles = [first, "What is the problem?", "What would better homes look like?"]
    pages = [[f"<h2>{title}</h2>" for title in titles], [f"<p><b>{title}</b></p>" for title in titles], titles]
    for page in pages:
        parts = [f"<p>{PROSE}</p>", *page] if page is not titles else [PROSE, *titles]
        prose = parts[0]
        document = read("\n\n".join(line for title in parts[1:] for line in (prose, title)) + f"\n\n{prose}")
        assert document.questions == () and kinds(document, Kind.HEADING) == titles
        assert [p.section[-1:] for p in document.passages] == [(), *((title,) for title in titles)]


@pytest.mark.parametrize(
    "title",
    [
        "What has been the impact of the pandemic on the unpaid carers of rural areas?",
        "How effective is this policy?",
        "What should the Government do?",
        "Who pays for care at home?",
        "What would you change?",
    ],
)
def test_a_question_beside_one_for_effect_stays_the_committees(title):
    titles = [BULLETS[0], title, "So what needs to change?"]
    document = read("".join(f"<h2>{each}</h2><p>{PROSE}</p>" for each in titles))
    assert asked(document) == [(BULLETS[0], True), (title, True)]


def test_a_heading_for_effect_below_a_question_keeps_what_is_below_it_for_the_question():
    lines = [f"<h2>{LISTED[0]}</h2>", f"<p><b>{FOR_EFFECT[0]}</b></p>", f"<h2>{LISTED[1]}</h2>"]
    document = read("".join(f"{line}<p>{PROSE}</p>" for line in lines))
    assert asked(document) == [(question, True) for question in LISTED]
    assert [p.question for p in document.passages] == [document.questions[0]] * 2 + [document.questions[1]]


@pytest.mark.parametrize(("others", "asking"), [(["The cost of repair", "Staff"], 0), (["About us", "Conclusion"], 2)])
def test_headings_that_ask_among_as_many_that_do_not_are_the_submitters(others, asking):
    titles = [others[0], "Why do village halls matter?", "What happens when the roof leaks?", others[1]]
    document = read("".join(f"<h2>{each}</h2><p>{PROSE}</p>" for each in titles))
    assert len(document.questions) == asking


def test_headings_numbered_as_those_that_do_not_ask_may_ask_for_effect():
    lines = ["1. Introduction", PROSE, "2. Access", PROSE, f"3. {FOR_EFFECT[0]}", PROSE, f"4. {FOR_EFFECT[1]}", PROSE]
    for dot in (".", ""):
        titles = [line.replace(".", dot) for line in lines[::2]]
        document = read("".join(f"<h2>{title}</h2><p>{PROSE}</p>" for title in titles))
        assert document.questions == () and kinds(document, Kind.HEADING) == titles


def test_a_numbered_paragraph_that_only_asks_among_those_that_tell_is_no_heading():
    lines = [f"{at}. {PROSE}" for at in range(1, 9)]
    lines[4] = "5. Who will answer the call if nobody is on shift?"
    document = read("\n\n".join(lines))
    assert kinds(document, Kind.LISTED) == [lines[4]] and {p.section for p in document.passages} == {()}


@pytest.mark.parametrize("title", ["Recommendations", "Conclusion", "Annex A: our survey", "Contact details"])
def test_what_stands_below_the_last_answer_under_a_heading_of_its_own_answers_no_question(title):
    document = read("\n\n".join(["Money", FORM[0], PROSE, "Staff", FORM[3], "12", title, PROSE]))
    assert [(p.section, p.question is None) for p in document.passages][-1] == ((title,), True)


@pytest.mark.parametrize("title", ["Summary", "1. Introduction", "About us", "Executive summary"])
@pytest.mark.parametrize("style", ["{}", "<h2>{}</h2>"])
def test_what_opens_a_submission_is_no_section_of_the_questions_below_it(title, style):
    lines = [style.format(title), PROSE, FORM[0], PROSE, "Leeds", PROSE, FORM[1], PROSE]
    if style != "{}":
        lines = [line if line.startswith("<") else f"<p>{line}</p>" for line in lines]
    document = read("\n\n".join(lines))
    assert [q.section for q in document.questions] == [(), ()]
    assert [p.question for p in document.passages if p.text == PROSE][1:3] == [document.questions[0]] * 2


def test_headings_are_found_by_their_words_where_the_format_marks_only_the_title():
    lines = ["<h1>Buses in the dales</h1>", "Introduction", PROSE, FORM[0], "No comment.", "Conclusion", PROSE]
    document = read("".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines))
    assert [p.section[-1:] for p in document.passages if p.text == PROSE] == [("Introduction",), ("Conclusion",)]
    assert asked(document) == [(FORM[0], False)] and document.passages[-1].question is None


def test_short_headings_in_one_series_with_one_for_effect_are_the_submitters():
    titles = ["1. Who we are", "2. What happened in February?", "3. Why were the warnings late?", "4. What do we want?"]
    document = read("".join(f"<h2>{title}</h2><p>{PROSE}</p>" for title in titles))
    assert document.questions == () and kinds(document, Kind.HEADING) == titles


def test_a_bold_appendix_below_the_last_question_answers_nothing():
    lines = [
        "Summary",
        "How well does the present system work?",
        "What are the costs, and who bears them?",
        "Appendix: law",
    ]
    document = read("<h1>Homes</h1>" + "".join(f"<p><b>{line}</b></p><p>{PROSE}</p>" for line in lines))
    assert [p.question is not None for p in document.passages if p.text == PROSE] == [False, True, True, False]
