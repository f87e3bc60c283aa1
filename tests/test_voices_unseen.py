"""Who said what, in wordings that none of the submissions has: a wrong speaker is worse than none."""

import pytest

from corpus.document import Document, Kind, Voice
from corpus.formats.html import read_html
from corpus.formats.plain import read_text
from corpus.metadata import Metadata
from corpus.structure import structure

PROSE = "We have lent books to the whole of the town since the school was closed, and we mean to go on with it."
NOBODY = (None, None)


def read(text: str) -> Document:
    return structure(Metadata("ABC0001", "Evidence", "The Group"), read_text(f"{PROSE}\n\n{text}\n\n{PROSE}\n"))


def quoted(document: Document) -> list[tuple[str | None, str | None]]:
    return [(p.speaker, p.speaker_role) for p in document.passages if p.voice is Voice.QUOTED]


def own(document: Document) -> list[str]:
    """The submitter's sentences between the two that stand round every text here."""
    said = [s for p in document.passages if p.voice is Voice.SUBMITTER for s in p.sentences]
    return [text for s in said if (text := s.span.slice(document.text)) != PROSE]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Ann Lee told us: “Nobody came to help me.” Bob Ray said that he had tried to come.", ("Ann Lee", None)),
        ("One carer told us: “Nobody came to help me.” Bob Ray agreed with her.", (None, "One carer")),
        ("Carers UK wrote: “Nobody came to help them.” Norman Lamb described it as a scandal.", ("Carers UK", None)),
        ("Ann Lee said “Why did nobody come to help?” Bob Ray said that he had tried.", ("Ann Lee", None)),
        ("Ann Lee told us: “Nobody came to help me …” Bob Ray noted the same.", ("Ann Lee", None)),
        # What must stay: the name after the words is the only one, or the words do not end there.
        ("“Nobody came to help me at all,” Bob Ray said.", ("Bob Ray", None)),
        ("“Why did nobody come to help me?” Bob Ray said.", ("Bob Ray", None)),
        ("“Nobody came to help me at all.” said Bob Ray, a carer.", ("Bob Ray", "a carer")),
        ("The report says little, and “nobody came to help me,” Bob Ray told us.", ("Bob Ray", None)),
    ],
)  # fmt: skip
def test_the_subject_of_the_next_sentence_is_not_who_spoke(line, said):
    assert quoted(read(line)) == [said]


@pytest.mark.parametrize(
    ("line", "second"),
    [
        ("Ann Lee said “I have not slept a night”. The Minister, Helen Whately, disagreed. She said “there is help for "
         "all who ask”.", NOBODY),
        ("Ann Lee said “I have not slept a night”. Later Bob Ray wrote to the council. He said “nobody has replied to "
         "me”.", NOBODY),
        ("Ann Lee said “I have not slept a night”. The manager disagreed. He said “there is help for all”.", NOBODY),
        ("Ann Lee said “I have not slept since”. The manager disagreed and she said “there is help for all”.", NOBODY),
        ("“I have not slept a night,” said Ann Lee to Bob Ray. He said “there is help for all”.", NOBODY),
        ("Ann Lee said “I have not slept a night”. Bob Ray replied that he thought “there is help for all”.",
         ("Bob Ray", None)),
        # What must stay: nothing but the pronoun's own sentence lies between.
        ("Ann Lee said “I have not slept a night”. She said “there is no help for me”.", ("Ann Lee", None)),
        ("“I have not slept a night,” said Ann Lee. She added: “There is no help for me.”", ("Ann Lee", None)),
        ("Ann Lee said “I have not slept a night” and she added “there is no help for me”.", ("Ann Lee", None)),
        ("Ann Lee said “I have not slept a night”. In her letter to us she said “there is no help for me”.",
         ("Ann Lee", None)),
    ],
)  # fmt: skip
def test_he_and_she_mean_who_was_quoted_last_only_if_nobody_came_between(line, second):
    assert quoted(read(line)) == [("Ann Lee", None), second]


@pytest.mark.parametrize(
    ("below", "said"),
    [
        ("– Jane, carer", ("Jane", "carer")),
        ("– A carer in Hull", (None, "A carer in Hull")),
        ("(Ann Lee)", ("Ann Lee", None)),
        ("Parent, Leeds", (None, "Parent, Leeds")),
        ("Jane Smith (carer)", ("Jane Smith", "carer")),
        ("Ann Lee: chair of the Trust", ("Ann Lee", "chair of the Trust")),
        ("Dr Ann Lee", ("Ann Lee", None)),
    ],
)
def test_a_line_below_a_quotation_that_shows_who_spoke_is_no_heading(below, said):
    document = read(f"“I have not slept a whole night since 2009. I am tired.”\n\n{below}\n\n{PROSE}")
    assert quoted(document) == [said]
    assert not any(block.kind is Kind.HEADING for block in document.blocks)


@pytest.mark.parametrize(
    "heading",
    [
        "Mental Health",
        "Young Adults",
        "Professional Standards",
        "Carer support, Leeds",
        "Adult Learning, Hull and York",
        "The role of the chair, Leeds",
        "Chapter Two: the leader of the council",
    ],
)
def test_a_heading_below_a_quotation_did_not_say_it(heading):
    document = read(f"“I have not slept a whole night since 2009. I am tired.”\n\n{heading}\n\n{PROSE}")
    assert quoted(document) == [NOBODY]
    assert [p.section for p in document.passages if p.text == PROSE] == [(), (heading,), (heading,)]


@pytest.mark.parametrize(
    "lead",
    [
        "Following what Sir Michael Marmot said, we recommend:",
        "As Ann Lee argued in her report, four things are needed:",
        "Since Ann Lee wrote her report, our position is this:",
        "Ann Lee said much of this in 2019; two steps should follow:",
        "What Ann Lee said shows the way:",
    ],
)
def test_what_the_submitter_asks_for_after_naming_somebody_is_its_own(lead):
    asked = "Fund respite for all carers in the land, and fund it for good."
    document = read(f"{lead}\n\n{asked}")
    assert quoted(document) == [] and asked in own(document)


@pytest.mark.parametrize(
    ("lead", "said"),
    [
        ("Ann Lee, chair of the Trust, described her year:", ("Ann Lee", "chair of the Trust")),
        ("As Ann Lee told us:", ("Ann Lee", None)),
        ("We met carers in Hull. Ann Lee, who cares for her mother, said:", ("Ann Lee", "who cares for her mother")),
        ("The chair, Ann Lee, explained the change:", ("Ann Lee", "The chair")),
    ],
)
def test_words_below_who_describes_them_are_not_the_submitters_though_they_carry_no_marks(lead, said):
    document = read(f"{lead}\n\nNothing came for a year, and then everything came in a week.")
    assert quoted(document) == [said]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("However, Ann Lee said “nobody came to help me”.", ("Ann Lee", None)),
        ("Then Bob Ray said “nobody came to help me”.", ("Bob Ray", None)),
        ("Similarly Ann Lee said “nobody came to help me”.", ("Ann Lee", None)),
        ("Two years ago, Ann Lee said “nobody came to help me”.", ("Ann Lee", None)),
        ("Across the city, Ann Lee said “nobody came to help me”.", ("Ann Lee", None)),
        ("Ann Lee, however, said “nobody came to help me”.", ("Ann Lee", None)),
        ("Ann Lee, in her letter, said “nobody came to help me”.", ("Ann Lee", None)),
        ("Dame Carol Black (2020) said “nobody came to help me”.", ("Carol Black", None)),
        ("“Nobody came to help me,” said Ann Lee, but we know that others had help.", ("Ann Lee", None)),
        ("“Nobody came to help me,” said Ann Lee, adding that others had help.", ("Ann Lee", None)),
        ("“Nobody came to help me,” said Ann Lee, and Bob Ray replied that others had help.", ("Ann Lee", None)),
        ("In 2019 the Minister said “there is help for all of them”.", (None, "the Minister")),
        ("At the hearing a carer said “there is help for all of us”.", (None, "a carer")),
        ("Yesterday one of the carers said “there is help for all of us”.", (None, "one of the carers")),
        # What must stay.
        ("Ann Lee, head librarian at Leeds, said “nobody came to help me”.", ("Ann Lee", "head librarian at Leeds")),
        ("Ann Lee, who cares for two, said “nobody came to help me”.", ("Ann Lee", "who cares for two")),
        ("Ann Lee (Carers UK) said “nobody came to help me”.", ("Ann Lee", "Carers UK")),
        ("The chair, Ann Lee, said “nobody came to help me”.", ("Ann Lee", "The chair")),
        ("“Nobody came to help me,” said Ann Lee, a carer, but we know that others had help.", ("Ann Lee", "a carer")),
        ("“Nobody came to help me,” said Ann Lee, chair and founder.", ("Ann Lee", "chair and founder")),
        ("“Nobody came to help me,” said Ann Lee, of Carers UK.", ("Ann Lee", "of Carers UK")),
        ("One officer of the council said “there is help for all”.", (None, "One officer of the council")),
    ],
)  # fmt: skip
def test_names_and_roles_hold_no_other_words(line, said):
    assert quoted(read(line)) == [said]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("A card on the wall reads so. “Nobody should have to beg for help.” We agree.", NOBODY),
        ("This is from the book of visitors. “I came in the cold. You gave me tea.” It is kept by the door.", NOBODY),
        ("It is a simple thought: “Nobody comes to us. Nobody will come to you.” It is also wrong.", NOBODY),
        ("‘I haven’t slept since 2009. I asked for help. Nobody came.’ It is on our wall.", NOBODY),
        ("One carer said: ‘I haven’t slept since 2009. I asked for help. Nobody came.’", (None, "One carer")),
        ("Ann Lee said that ‘the carers’ needs aren’t met by anybody’ and left.", ("Ann Lee", None)),
        ("‘Nobody has met the carers’ needs,’ said Ann Lee.", ("Ann Lee", None)),
    ],
)  # fmt: skip
def test_a_whole_sentence_in_quotation_marks_is_never_the_submitters(line, said):
    document = read(line)
    assert quoted(document) == [said]
    assert not any(words in text for text in own(document) for words in ("Nobody", "Nobody came", "asked"))


@pytest.mark.parametrize(
    "line",
    [
        "We call our programme “Keep it local for all of us” and mean to go on with it.",
        "“Are we there yet, and who pays?” is the name of our report to the council.",
        "The ‘Keep it local for all’ campaign is the carers’ own, and has been since the ‘90s ended.",
        "The so-called ‘tea and cake’ rule isn’t the carers’. It is the council’s. We follow it.",
    ],
)
def test_names_in_quotation_marks_are_the_submitters(line):
    document = read(line)
    assert quoted(document) == [] and " ".join(own(document)) == line


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("“We cannot go on like this,” she said. “We shall not go back on it.”", [NOBODY, NOBODY]),
        ("“We cannot go on like this,” said Ann Lee. “We shall not go back on it.”", [("Ann Lee", None)] * 2),
        ("“We cannot go on like this,” said Ann Lee, “and we shall not go back.”", [("Ann Lee", None)] * 2),
        ("“We cannot go on like this,” Ann Lee told us. “We shall not go back on it.”", [("Ann Lee", None)] * 2),
        ("“We cannot go on like this,” said one carer in Hull.", [(None, "one carer in Hull")]),
        ("“We cannot go on like this,” a carer in Hull told us.", [(None, "a carer in Hull")]),
        ("Ann Lee said “I have not slept a night”. Bob Ray came. “There is help for all,” he said.",
         [("Ann Lee", None), NOBODY]),
        ("“We cannot go on like this,” said Ann Lee, but the chair said “we can go on for ever”.",
         [("Ann Lee", None), (None, "the chair")]),
    ],
)  # fmt: skip
def test_words_beside_who_goes_on_or_is_not_named_are_not_the_submitters(line, said):
    assert quoted(read(line)) == said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("“I have not slept since 2009, so I went home.” – Jane Smith, carer, Hull", ("Jane Smith", "carer, Hull")),
        ("“I have not slept since 2009. I asked for help.” (A carer in Hull)", (None, "A carer in Hull")),
        ("‘I haven’t slept since 2009, so I went home.’ — Jane", ("Jane", None)),
        ("“I have not slept since 2009. I asked for help.” – Parent, Leeds", (None, "Parent, Leeds")),
    ],
)
def test_who_is_set_off_behind_a_quotation_said_it_and_is_no_sentence(line, said):
    document = read(line)
    assert quoted(document) == [said] and own(document) == []
    assert not any(block.kind is Kind.HEADING for block in document.blocks)
    heard = [s.span.slice(document.text) for p in document.passages if p.voice is Voice.QUOTED for s in p.sentences]
    assert " ".join(heard) == line[1 : max(line.find("”"), line.rfind("’"))]


@pytest.mark.parametrize(
    "line",
    ["“Keep it local for all of us” – our plan", "“Keep it local for all of us” (2019) is our plan, and a good one."],
)
def test_what_else_is_set_off_behind_quotation_marks_says_nothing_of_who_spoke(line):
    assert quoted(read(line)) == []


@pytest.mark.parametrize("marks", ["“”", "‘’", '""'])
def test_a_paragraph_in_quotation_marks_ends_with_them(marks):
    words = "I haven’t slept a whole night since 2009. Nobody came."
    after = "We run a night line for the carers’ sake."
    document = read(f"One carer told us:\n\n{marks[0]}{words}{marks[1]}\n\n{after}")
    assert quoted(document) == [(None, "One carer")] and own(document) == ["One carer told us:", after]
    [heard] = [p for p in document.passages if p.voice is Voice.QUOTED]
    assert [s.span.slice(document.text) for s in heard.sentences] == words.replace(". ", ".|").split("|")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Jane Day said: “I have not slept. I have asked for help.|“Nobody came to me.|“So I went on.” She is not "
         "alone.", ("Jane Day", None)),
        ("One carer wrote to us: “I have not slept. I have asked for help.|Nobody came to me. So I went on.” She "
         "is not alone.", (None, "One carer")),
        ("This is what came. “I have not slept. I have asked for help.|“Nobody came to me. So I went on.”|She is not "
         "alone.", NOBODY),
        ("Jane Day said: “I have not slept. I have asked for help. Nobody came. So I went on.|She is not alone.",
         ("Jane Day", None)),
    ],
)  # fmt: skip
def test_a_quotation_opened_within_a_paragraph_goes_on_to_its_end(text, said):
    document = read(text.replace("|", "\n\n"))
    assert set(quoted(document)) == {said}
    heard = [s.span.slice(document.text) for p in document.passages if p.voice is Voice.QUOTED for s in p.sentences]
    assert heard[:2] == ["I have not slept.", "I have asked for help."] and heard[-1] == "So I went on."
    assert own(document)[-1] == "She is not alone." and not any("asked" in words for words in own(document))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Dr Jean d’Arc, Open University, told us that one asks “What are they going to do with it?”[1] The University "
         "of Leeds told us that nobody knows.", ("Jean d’Arc", "Open University")),
        ("Ann Lee, techUK, told us that they “expect many more jobs to come by then”.[1] So it is.",
         ("Ann Lee", "techUK")),
        ("One carer said “who will ever look after me when I am old?”[1] Bob Ray said that he would.",
         (None, "One carer")),
    ],
)  # fmt: skip
def test_whoever_is_named_behind_a_note_mark_did_not_ask(line, said):
    document = read(f"{line}\n\n[1] Minutes of the second meeting.")
    assert quoted(document) == [said]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Carers UK: “nobody has ever come to us in all these years”.", ("Carers UK", None)),
        ("The Royal College of Nursing: “there are too few of us.”", ("The Royal College of Nursing", None)),
        ("Ann Lee, chair: “nobody has ever come to us in all these years”.", ("Ann Lee", "chair")),
        ("Ann Lee: “nobody has ever come to us in all these years”.", NOBODY),
        ("Recommendation One: “nobody should wait for all these years”.", NOBODY),
        ("Our members told us: “nobody has come to us in all these years”.", (None, "Our members")),
        ("Our older service users said that “nobody has come to us”.", (None, "Our older service users")),
    ],
)
def test_who_stands_alone_before_a_colon_or_is_one_of_ours_speaks(line, said):
    assert quoted(read(line)) == [said]


@pytest.mark.parametrize(
    "line",
    [
        "Our plan says that “every branch should open one evening a week” and so it should.",
        "Our vision: “a land where nobody is left alone”, which we share with others.",
        "We said that “every branch should open one evening a week” and so it should.",
        "We name it in three words and a half: “a tea for all of us”, and no more.",
    ],
)
def test_what_the_submitter_says_of_itself_stays_its_own(line):
    assert quoted(read(line)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("One member told us:|I have not slept for a year.", [(None, "One member")]),
        ("A carer in Hull wrote to us:|Nobody came to my door.", [(None, "A carer in Hull")]),
        ("Ann Lee, a carer, said:|• I have not slept for a year.|• I lost my work.|We thank her for that.",
         [("Ann Lee", "a carer")] * 2),
        ("One member told us:|• I have not slept for a year.|• Nobody came.|We thank her for that.",
         [(None, "One member")] * 2),
        # What must stay: a report or the submitter itself says it, or nobody speaks of himself.
        ("The survey found:|Half of all carers are ill.", []),
        ("One member told us that these were needed:|• A week of rest.|• A lunch on Sundays.", []),
        ("We said in our first letter:|I shall not go on with it.", []),
    ],
)  # fmt: skip
def test_what_somebody_tells_of_himself_below_a_colon_is_not_the_submitters(text, said):
    assert quoted(read(text.replace("|", "\n\n"))) == said


def read_page(body: str) -> Document:
    return structure(Metadata("ABC0001", "Evidence", "The Group"), read_html(f"<p>{PROSE}</p>{body}".encode()))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("“Nobody came to me.”|— Patient, Hull|“I lost my work.”|— Patient, Bath",
         [(None, "Patient, Hull"), (None, "Patient, Bath")]),
        ("Nobody came to me.|I went home.|— Ann Lee, carer|I lost my work.", [("Ann Lee", "carer")] * 2 + [NOBODY]),
        ("— Ann Lee, carer|Nobody came to me.|— Bob Ray, carer|I lost my work.|I went home.",
         [("Ann Lee", "carer"), ("Bob Ray", "carer"), ("Bob Ray", "carer")]),
    ],
)  # fmt: skip
def test_each_of_several_quotations_set_off_in_a_row_has_its_own_speaker(rows, said):
    quotes = "".join(f"<blockquote><p>{line}</p></blockquote>" for line in rows.split("|"))
    assert quoted(read_page(f"{quotes}<p>{PROSE}</p>")) == said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("One carer told us: 'I haven't slept since 2009. I asked for help. Nobody came.'", [(None, "One carer")]),
        ("'I haven't slept since 2009. I asked for help. Nobody came.' It is on our wall.", [NOBODY]),
        ("'Nobody has met the carers' needs,' said Ann Lee.", [("Ann Lee", None)]),
        # What must stay: apostrophes, and names in quotation marks.
        ("We met the carers' group in the '90s and 'til then nobody had asked for the carers' own view.", []),
        ("We call our programme 'Keep it local for all of us' and mean to go on with it.", []),
    ],
)  # fmt: skip
def test_straight_single_marks_quote_as_curly_ones_do(line, said):
    document = read(line)
    assert quoted(document) == said
    assert not any("Nobody came" in text for text in own(document))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("As our chief executive, Tom Wells, has said: “We cannot go on like this.”",
         ("Tom Wells", "our chief executive")),
        ("As the union’s general secretary, Mick Lee, told us: “We cannot go on so.”",
         ("Mick Lee", "the union’s general secretary")),
        ("One farmer we know, Jim Ashe of Thirsk, says, “I get more for a hedge than a field.”",
         ("Jim Ashe", "of Thirsk")),
        ("Jim Ashe of the Daily News liked it well, saying “I get more for a hedge than a field.”", NOBODY),
        ("Tanya, 19, says: “If I had one number I would be all right.”", ("Tanya", "19")),
        ("Tanya (aged 19) told us “if I had one number I would be all right”.", ("Tanya", "aged 19")),
        ("Okafor (2020) writes that “older people are blamed for systems”.", ("Okafor", None)),
        ("However, Smith and Lee (2019: 54) found “too much variation in all of it”.", ("Smith and Lee", None)),
        ("As Demie et al. (2021) note, “schools with kind rules exclude less”.", ("Demie et al.", None)),
        ("According to the Royal College of Nursing, “there are too few of us”.", ("Royal College of Nursing", None)),
        ("In the words of one nurse: “there are far too few of us”.", (None, "one nurse")),
        ("A ward sister at one of our homes put it like this: “There are far too few of us.”",
         (None, "A ward sister at one of our homes")),
        ("“Would we fund wards by cake sales?” asked one of our trustees.", (None, "one of our trustees")),
        ("Ms A came to us in May. She said: “I rang eleven firms. They all said no.”", NOBODY),
        ("I was quite alone then. They said to me: “Nobody can keep him safe here.”", NOBODY),
        ("Her neighbour was less happy: “It hums all night and nobody mends it.”", NOBODY),
        ("“Too few reasons have been given to us” (Marsh, 2019, p. 14)", ("Marsh", None)),
    ],
)  # fmt: skip
def test_who_speaks_in_prose_of_other_kinds(line, said):
    assert quoted(read(line)) == [said]


@pytest.mark.parametrize(
    "line",
    [
        "In our last submission we said: “A plan that ends is no plan. We stand by that.”",
        "We quote from our 2020 report: “Ten years are needed, not seven. Nobody doubts it.”",
        "As I have argued elsewhere, “exclusion is no lack of devices” (Marsh, 2019, p. 14)",
        "Our response to the Green Paper said: “Nobody asked us. Nobody will.” So it was.",
    ],
)
def test_what_the_submitter_quotes_of_itself_is_its_own(line):
    assert quoted(read(line)) == []


@pytest.mark.parametrize(
    "line",
    [
        "We heard from a carer who said: “Nobody came to me. Nobody will.”",
        "Our report quotes a carer: “Nobody came to me. Nobody will.”",
        "Our evidence from carers: “Nobody came to me. Nobody will.”",
        "We said in our interviews with carers: “Nobody came to me. Nobody will.”",
        "We noted the words of a mother: “Nobody came to me. Nobody will.”",
        "We asked our members what they thought: “Nobody came to me. Nobody will.”",
    ],
)
def test_what_the_submitter_passes_on_is_not_its_own(line):
    document = read(line)
    assert len(quoted(document)) == 1 and not any("Nobody" in text for text in own(document))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("One carer told us that she had not had a break in three years:|I get up four times a night.", "One carer"),
        ("Another parent explained that the forms were worst:|My form was forty pages long.", "Another parent"),
        ("A participant in our Leeds group told us that:|Eleven months went by.", "A participant in our Leeds group"),
        ("Another parent described her year:|Eleven months went by.", "Another parent"),
        ("As one young woman we support put it:|Nobody rang in all that time.", "one young woman we support"),
        ("The Department’s letter says:|Your benefit has been worked out anew.", "The Department’s letter"),
    ],
)  # fmt: skip
def test_what_one_person_or_text_alone_tells_below_a_colon_is_not_the_submitters(text, said):
    document = read(text.replace("|", "\n\n"))
    assert quoted(document) == [(None, said)] and len(own(document)) == 1


def test_who_told_us_of_himself_goes_on_in_the_next_paragraphs():
    told = "One carer told us:\n\nI lost my work in May.\n\nThen I lost my home.\n\nThis is not unusual. We met many."
    document = read(told)
    assert quoted(document) == [(None, "One carer")] * 2 and "We met many." in own(document)
    document = read("One carer told us:\n\nI lost my work.\n\nThe chair told me: “I have lost my home too.”")
    assert quoted(document) == [(None, "One carer"), (None, "The chair")]
    document = read("A neighbour told me:\n\nI lost my work in May.\n\nI think that my council should act.")
    assert quoted(document) == [(None, "A neighbour")] and "I think that my council should act." in own(document)


@pytest.mark.parametrize(
    "text",
    [
        "One parent said that we should ask for this:|A week of rest for all.",
        "One parent described three problems:|The forms are long. The rooms are cold.",
        "One parent told us that these were needed:|A week of rest for all.",
        "The survey found:|Half of all carers are ill.",
        "Members told us:|Costs have risen by a third.",
        "One parent said that the year was hard:|The forms were lost, and the rooms were cold.",
        "One parent told us that the year was hard:|- The forms were lost.|- The rooms were cold.",
        "Another parent explained that the forms were worst:|The form is forty pages long.",
        "Ann Lee, a carer, said that the year was hard:|Nobody came for a year, and then everybody came in a week.",
        "In our report of 2020 we said:|Half of all carers are ill.",
        "In our last submission we said:|“Half of all carers are ill. Nobody comes to them.”",
    ],
)
def test_what_the_submitter_tells_below_a_colon_stays_its_own(text):
    document = read(text.replace("|", "\n\n"))
    assert quoted(document) == [] and len(own(document)) >= 2


def test_all_quotations_in_a_list_are_of_whom_the_line_above_it_introduces():
    items = [
        "“We closed eight beds, all of them.”",
        "“Nobody came to our door.” (Manager, Hove)",
        "“It was a hard year.”",
    ]
    document = read("\n\n".join(["Managers told us:", *(f"- {item}" for item in items)]))
    assert quoted(document) == [(None, "Managers"), (None, "Manager, Hove"), (None, "Managers")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Asif, a father of four, told us: “Nobody has come to us.”", ("Asif", "a father of four")),
        ("In Hull, a carer in her sixties, Ann Lee, said: “Nobody has come to us.”",
         ("Ann Lee", "a carer in her sixties")),
        ("Last year, the Regulator’s chief executive, Fay Gregor, said: “Nobody has come to us.”",
         ("Fay Gregor", "the Regulator’s chief executive")),
        ("‘I had thirty on the Monday and none on the Friday.’ Member, Cardiff", (None, "Member, Cardiff")),
        ("“I had thirty on the Monday and none on the Friday.” Jane Day, carer", ("Jane Day", "carer")),
    ],
)  # fmt: skip
def test_who_is_told_beside_a_first_name_or_behind_a_full_stop(line, said):
    document = read(line)
    assert quoted(document) == [said] and not any(block.kind is Kind.HEADING for block in document.blocks)


def test_who_spoke_in_what_is_set_off_may_be_told_with_an_age():
    quotes = "<blockquote><p>“Nobody has come to me at all.”</p><p>Client, 38</p></blockquote>"
    assert quoted(read_page(f"{quotes}<p>{PROSE}</p>")) == [(None, "Client, 38")]


def test_what_he_or_she_tells_of_himself_below_a_colon_is_not_the_submitters():
    document = read("Denise came to us in May. She told our adviser:\n\nI hid the letters from my sister.")
    assert quoted(document) == [NOBODY] and "I hid the letters from my sister." not in own(document)


def test_a_transcript_is_the_words_of_those_who_speak_in_it():
    turns = ["Interviewer: What made you apply?", "Jo (driver): My dad drove trains.", "He liked it.",
             "Interviewer: And then?", "Participant 2: Nobody came to ask."]  # fmt: skip
    document = read("\n\n".join([*turns, "This is from our oral history."]))
    speakers = [
        (None, "Interviewer"),
        ("Jo", "driver"),
        ("Jo", "driver"),
        (None, "Interviewer"),
        (None, "Participant 2"),
    ]
    assert quoted(document) == speakers and document.questions == ()
    assert own(document) == ["This is from our oral history."]
    heard = [s.span.slice(document.text) for p in document.passages if p.voice is Voice.QUOTED for s in p.sentences]
    assert heard[:2] == ["What made you apply?", "My dad drove trains."]


def test_a_salutation_is_no_heading():
    assert {p.section for p in read(f"Dear Committee\n\n{PROSE}").passages} == {()}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Our bus goes on Tuesdays. If you are ill, you stay ill. (Clerk, Clun)", [(None, "Clerk, Clun")]),
        ("- I lost my work. Nobody came. – Carer, Hull", [(None, "Carer, Hull")]),
        ("“I can see what the kettle costs.” Female, 61, Truro", [(None, "Female, 61, Truro")]),
        ("“I do not believe a word of it.” (P12)", [(None, "P12")]),
        ("The Campaign for Better Transport has found that “half of all towns have no bus”.",
         [("Campaign for Better Transport", None)]),
        # What must stay: sources and remarks in brackets.
        ("There is a tenth of posts without staff. (Staff Census 2021)", []),
        ("There is a tenth of posts without staff. (Smith, 2019)", []),
        ("There is a tenth of posts without staff. (More is said of this below.)", []),
    ],
)  # fmt: skip
def test_who_signs_words_behind_their_full_stop_said_them(line, said):
    document = read(line)
    assert quoted(document) == said
    if said:
        assert not any(role and role in text for _, role in said for text in own(document))


def test_a_heading_may_follow_a_signed_quotation():
    document = read(f"“I lost my work. Nobody came to me.” – Officer, Hull\n\nWhat we want\n\n{PROSE}")
    assert ("What we want",) in [p.section for p in document.passages]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nathan was put out by a text message. It read:|You have till Friday. Leave the keys.", [NOBODY]),
        ("I quote from mine:|Your benefit has been worked out anew.", [NOBODY]),
        ("Our staff have a saying: “If it leaks, it is ours.”", [NOBODY]),
        ("We thank the Committee for its time. (Contact: Policy Manager, Brightwater)", []),
    ],
)
def test_unsure_speakers_are_nobody_and_contacts_no_speakers(text, said):
    assert quoted(read(text.replace("|", "\n\n"))) == said


def test_a_sentence_with_its_source_in_brackets_is_no_heading():
    document = read("Leakage has fallen since then. (Ofwat, 2022)")
    assert own(document) == ["Leakage has fallen since then.", "(Ofwat, 2022)"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sharon: They gave me a tent.", [("Sharon", None)]),
        ("Sharon: They gave me a tent", [("Sharon", None)]),
        ("Sharon: “They gave me a tent.”", [("Sharon", None)]),
        ("Sharon, 34: They gave me a tent.", [("Sharon", "34")]),
        ("Sharon Day (carer, Leeds): They gave me a tent.", [("Sharon Day", "carer, Leeds")]),
        ("Carer, Leeds: They gave me a tent.", [(None, "Carer, Leeds")]),
        ("- Sharon: They gave me a tent.|- Mike: The council never came.", [("Sharon", None), ("Mike", None)]),
        ("Here is what we heard:|Sharon: They gave me a tent.|Mike: The council never came.|Jo: It rained.",
         [("Sharon", None), ("Mike", None), ("Jo", None)]),
        ("Sharon: They gave me a tent.|I slept in it for a year.|We think this is wrong.", [("Sharon", None)] * 2),
    ],
)  # fmt: skip
def test_words_behind_a_name_that_speak_of_oneself_are_of_whom_it_names(text, said):
    document = read(text.replace("|", "\n\n"))
    assert quoted(document) == said and not any("tent" in text for text in own(document))
    heard = [s.span.slice(document.text) for p in document.passages if p.voice is Voice.QUOTED for s in p.sentences]
    assert heard[0].startswith("They gave me a tent")


@pytest.mark.parametrize(
    "text",
    [
        "Recommendation: Give me and others a tent.",
        "Background: I have run a library for ten years.",
        "Scotland: The fund that I set up was closed in 2019.",
        "Housing: Nobody gave me a tent.",
        "Transport: I wait for an hour for each bus.",
        "My story: I was given a tent.",
        "Note: I was given a tent.",
        "Sharon: The fund was closed in 2019.",
        "Leeds: The council closed two hostels.|Hull: The council closed three.",
        "I am a nurse.|I have worked in Hull for ten years.|I like my work.|Commute: I drive for an hour.",
    ],
)
def test_words_behind_what_is_no_name_stay_the_submitters(text):
    document = read(text.replace("|", "\n\n"))
    assert quoted(document) == [] and len(own(document)) == text.count("|") + 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("“I have not had a full crew in a year.” (Firefighter, Avon)", (None, "Firefighter, Avon")),
        (
            "“I have not had a full crew in a year.” – Control room operator, Kent",
            (None, "Control room operator, Kent"),
        ),
        ("“I have not had a full crew in a year.” – Kitchen hand, Kent", (None, "Kitchen hand, Kent")),
        ("“I have not had a full crew in a year.” – Doreen, 81, Hawes", ("Doreen", "81, Hawes")),
        ("“I have not had a full crew in a year.” Band 6 midwife", (None, "Band 6 midwife")),
        ("“I have not had a full crew in a year.” (our emphasis)", NOBODY),
        ("“I have not had a full crew in a year.” (Annual report, 2020)", NOBODY),
        ("“I have not had a full crew in a year.” (See Annex A)", NOBODY),
    ],
)
def test_whoever_signs_a_whole_paragraph_in_quotation_marks_said_it(line, said):
    document = read(line)
    assert quoted(document) == [said] and not any("crew" in text for text in own(document))


def test_who_is_named_with_an_age_below_words_without_marks_said_them():
    document = read("One passenger told us:\n\nI sold my car in May.\n\nDoreen, 81, Hawes\n\nWe hear this often.")
    assert quoted(document) == [("Doreen", "81, Hawes")]
    assert not any(block.kind is Kind.HEADING for block in document.blocks)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Our outreach lead, Lena Ford, explains: “People wait for a room.”", ("Lena Ford", "Our outreach lead")),
        ("The village’s baker, Lena Ford, explains: “People wait for a room.”", ("Lena Ford", "The village’s baker")),
        ("A consultant in public health (P12) said: “I drove as if blind.”", (None, "A consultant in public health")),
        ("The Computing Research Committee (CRC) wrote that law “must look carefully at all of it”.",
         ("Computing Research Committee", None)),
        ("Ibrahim (not his real name) told us: “My wife carries me to bed.”", ("Ibrahim", None)),
        ("Mrs B’s son describes what happened:|They rang at nine and I was at work.", (None, "Mrs B’s son")),
        ("This is Tom’s story:|I was at work when they rang.", NOBODY),
        # What must stay: a place or an occasion before a name is no role.
        ("The trial in Leeds, Ann Lee said: “Nobody has come to us.”", ("Ann Lee", None)),
    ],
)  # fmt: skip
def test_who_speaks_beside_other_words(line, said):
    assert quoted(read(line.replace("|", "\n\n"))) == [said]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Annex A: Letter from the Agency", (None, "the Agency")),
        ("A message from our youth worker", (None, "our youth worker")),
        ("Statement by Ann Lee, carer", ("Ann Lee", "carer")),
        ("Letter to the Minister", None),
        ("Statement of principles", None),
        ("Messages from our members", None),
    ],
)
def test_what_stands_under_the_heading_of_somebodys_letter_is_his(heading, said):
    document = read_page(f"<h2>About us</h2><p>{PROSE}</p><h2>{heading}</h2><p>We regret it. It will not be so.</p>")
    assert quoted(document) == ([said] if said else [])


def test_the_names_below_a_farewell_and_the_address_above_a_salutation_are_no_headings():
    letter = ["The Clerk", "House of Commons", "14 January 2022", "Dear Sir or Madam", "Inquiry into burnout", PROSE]
    document = structure(
        Metadata("ABC0001", "Evidence", "The Group"),
        read_text("\n\n".join([*letter, "Yours faithfully", "Margaret Thorne", "General Secretary", "Annex A", PROSE])),
    )
    assert [b.span.slice(document.text) for b in document.blocks if b.kind is Kind.HEADING] == ["Annex A"]
    assert [p.section for p in document.passages if p.text == PROSE] == [(), ("Annex A",)]


@pytest.mark.parametrize("mark", ["“{}” {}", '"{}" ({})', "“{}” – {}"])
def test_each_of_several_signed_quotations_in_one_paragraph_has_its_own_speaker(mark):
    signed = [("I was frightened at my work.", "Midwife, Stoke"), ("Nobody has eaten here since March.", "Nurse, Hull")]
    document = read(" ".join(mark.format(*each) for each in signed))
    assert quoted(document) == [(None, role) for _, role in signed] and own(document) == []


def test_a_signature_is_of_the_quotation_before_it_and_of_no_other():
    words = ["I was frightened at my work.", "Nobody has eaten here since March.", "I cried in the car for an hour."]
    document = read(f"“{words[0]}” – Ann Lee, nurse “{words[1]}” Band 6 midwife “{words[2]}”")
    assert quoted(document) == [("Ann Lee", "nurse"), (None, "Band 6 midwife"), (None, None)]
    assert own(document) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("The Minister, Jo Churchill MP, said “we put a ring around every home”.", ("Jo Churchill", "The Minister")),
        ("The Deputy Minister, Julie Morgan MS, wrote that “we have put a ring around every home”.",
         ("Julie Morgan", "The Deputy Minister")),
        ("Matt Hancock MP, then Secretary of State, said: “We put a ring around every home.”",
         ("Matt Hancock", "then Secretary of State")),
        ("Rt Hon Sir Peter ap Rhys KC, chair of the review, said: “We put a ring around every home.”",
         ("Peter ap Rhys", "chair of the review")),
        ("Health Secretary Matt Hancock said: “We put a ring around every home.”", ("Matt Hancock", None)),
        ("Éilís Ó Briain, our policy lead, said: “The duty stands on paper only.”",
         ("Éilís Ó Briain", "our policy lead")),
        ("Ms Dearbhla Ní Bhriain told us: “The duty stands on paper only.”", ("Dearbhla Ní Bhriain", None)),
    ],
)  # fmt: skip
def test_a_person_is_named_without_post_or_letters(line, said):
    assert quoted(read(line)) == [said]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("One carer, who looks after her husband, told us that “nobody asked whether I could”.", (None, "One carer")),
        ("Gareth, whose wife has MS, told us: “They sent her home at ten.”", ("Gareth", "whose wife has MS")),
        ("The nurse rang me once and said “we are doing our best, love”. She was right.", NOBODY),
        ("Nurses would tell us: “You have to wait until the spring.”", (None, "Nurses")),
        ("“I waited four hours for somebody to come,” one wrote.", (None, "one")),
        ("“I waited four hours for somebody to come,” another told our staff.", (None, "another")),
    ],
)
def test_somebody_is_described_without_what_is_told_of_them(line, said):
    assert quoted(read(line)) == [said]


@pytest.mark.parametrize(
    "line",
    [
        "Do not tell us that “carers are the backbone of this country” unless you mean to pay them.",
        "No one should say that “carers have chosen to do this”.",
    ],
)
def test_what_is_not_said_is_nobodys(line):
    document = read(line)
    assert (quoted(document), own(document)) == ([], [line])


def test_a_second_quotation_is_of_the_body_named_before_it():
    line = "Carers UK called it “a disaster in very slow motion” and Age Cymru “the front line that all forgot”."
    assert quoted(read(line)) == [("Carers UK", None), NOBODY]


@pytest.mark.parametrize("said", ["“It is not fair on him,” she said.", "She said: “It is not fair on him.”"])
def test_she_may_be_whoever_the_sentence_between_speaks_of(said):
    assert quoted(read(f"Ann Lee said: “I cook and clean and shop.” His sister Ffion agreed. {said}")) == [
        ("Ann Lee", None),
        NOBODY,
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("“He never goes out.”", [NOBODY]),
        ("The director disputed this: “Assessments never stopped.” We have looked.", [NOBODY]),
        ("In the words of one young carer: “School is my respite.”", [(None, "one young carer")]),
        ("“It broke me.” (Carer, Newport, 54)", [(None, "Carer, Newport, 54")]),
        ("Our motto is: “No one left behind.”", []),
        ("This was the “Big Society.” It was not.", []),
    ],
)
def test_a_short_sentence_in_quotation_marks_is_a_quotation(line, said):
    assert quoted(read(line)) == said


def test_a_quotation_keeps_the_marks_that_it_closes_itself():
    told = "I love my job. When I asked for shorter hours I was told, “You knew what you signed up for.”"
    document = read(f"A team leader said:\n\n{told}")
    said = [p for p in document.passages if p.voice is Voice.QUOTED]
    assert [s.span.slice(document.text) for s in said[0].sentences] == [
        "I love my job.",
        "When I asked for shorter hours I was told, “You knew what you signed up for.”",
    ]


def test_a_sentence_before_one_that_leads_to_a_quotation_can_be_found():
    said = "We closed the yard for eleven weeks and lost £310,000 in income."
    document = read(f"{said} As our director, Jo Lund, put it: “We had nothing in the bank by May and nobody to ask.”")
    assert said in own(document)
    assert all(passage.names is None for passage in document.passages)
