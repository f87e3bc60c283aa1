"""Each style of citation, for the submitter's own words and for those of a person it quotes."""

import re

import pytest
from evidence import PSR0074, a_document, passage_by, quotes_of
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Quote
from bot.citation import STYLES, cite_bibtex, cite_markdown, credit, written_date

OWN = Quote(PSR0074.passages[5], PSR0074.passages[5].span, 0.5)
SPOKEN = Quote(passage_by("Kim Shutler"), passage_by("Kim Shutler").span, 0.5)
TO = "Written evidence to the House of Lords Public Services Committee"
INQUIRY = "Public services: lessons from coronavirus"
URL = "https://committees.parliament.uk/committee/430/public-services-committee/"
ROLE = "chief executive at the Cellar Trust and Chair of the Bradford VCS Assembly"


@pytest.mark.parametrize(
    ("style", "own", "spoken"),
    [
        ("Parliamentary", "Written evidence from Locality (PSR0074), para {n}",
         "Kim Shutler, quoted in written evidence from Locality (PSR0074), para 65"),
        ("OSCOLA", f"Locality, {TO}, ‘{INQUIRY}’ (PSR0074, June 2020) para {{n}}",
         f"Kim Shutler, quoted in Locality, {TO}, ‘{INQUIRY}’ (PSR0074, June 2020) para 65"),
        ("Harvard", f"Locality (2020) {TO} inquiry: {INQUIRY} (PSR0074), para. {{n}}. Available at: {URL}.",
         f"Kim Shutler, quoted in Locality (2020) {TO} inquiry: {INQUIRY} (PSR0074), para. 65. Available at: {URL}."),
        ("Plain text", f"“{OWN.text}” (Locality, written evidence PSR0074, paragraph {{n}})",
         f"“{SPOKEN.text}” (Kim Shutler, {ROLE}, quoted by Locality, written evidence PSR0074, paragraph 65)"),
    ],
)  # fmt: skip
def test_each_style_says_who_where_and_which_paragraph(style, own, spoken):
    assert STYLES[style](OWN) == own.replace("{n}", str(OWN.passage.paragraph))
    assert STYLES[style](SPOKEN) == spoken


def test_bibtex_is_an_entry_with_the_speaker_in_its_note():
    entry = cite_bibtex(SPOKEN)
    assert entry.startswith(
        "@misc{PSR0074,\n  author = {{Locality}},\n  title = {{Locality – written evidence (PSR0074)}},"
    )
    assert "  year = {2020},\n  month = {jun},\n  note = {PSR0074, para 65; words of Kim Shutler}," in entry
    assert entry.endswith("\n}") and entry.count("{") == entry.count("}")


@given(st.text(alphabet=st.characters(exclude_characters="\n"), min_size=1).filter(str.strip))
def test_a_markdown_quotation_reads_as_the_source(text):
    [quote] = quotes_of(a_document(text))
    words = cite_markdown(quote).split("\n>\n> — ")[0].removeprefix("> ")
    assert re.sub(r"\\([\\`*_{}\[\]<>()#+\-.!|~&:@])", r"\1", words) == text
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`<\[]", words)


@pytest.mark.parametrize(
    ("date", "words"),
    [("2020-06", "June 2020"), ("2020-06-03", "3 June 2020"), ("2020", "2020"), ("", ""), ("undated", "undated")],
)
def test_dates_are_written_as_british_prose_does(date, words):
    assert written_date(date) == words


def test_nobody_quoted_is_given_as_the_submitter_and_the_unnamed_keep_their_role():
    credits = {credit(passage) for passage in PSR0074.passages}
    assert {c for c in credits if not c.endswith("quoted by Locality")} == {"Locality"}
    assert "Council staff, quoted by Locality" in credits
