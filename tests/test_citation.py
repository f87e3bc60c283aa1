"""Each style of citation, for the submitter's own words and for those of a person it quotes."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from evidence import PSR0074, a_document, passage_by, quotes_of
from hypothesis import given
from hypothesis import strategies as st
from renderings import NUMBERED, SUBMISSION, to_pdf

from bot.answer import Quote
from bot.citation import STYLES, cite_bibtex, cite_markdown, credit, written_date
from bot.pinpoint import link_to, where_of
from corpus.formats.choose import read_source
from corpus.metadata import Metadata
from corpus.structure import structure

OWN = Quote(PSR0074.passages[5], PSR0074.passages[5].span, 0.5)
SPOKEN = Quote(passage_by("Kim Shutler"), passage_by("Kim Shutler").span, 0.5)
TO = "Written evidence to the House of Lords Public Services Committee"
INQUIRY = "Public services: lessons from coronavirus"
URL = "https://committees.parliament.uk/committee/430/public-services-committee/"
ROLE = "chief executive at the Cellar Trust and Chair of the Bradford VCS Assembly"


@pytest.mark.parametrize(
    ("style", "own", "spoken"),
    [
        ("Parliamentary", "Written evidence from Locality (PSR0074), para {n} (counted)",
         "Kim Shutler, quoted in written evidence from Locality (PSR0074), para 65 (counted)"),
        ("OSCOLA", f"Locality, {TO}, ‘{INQUIRY}’ (PSR0074, June 2020) para {{n}} (counted)",
         f"Kim Shutler, quoted in Locality, {TO}, ‘{INQUIRY}’ (PSR0074, June 2020) para 65 (counted)"),
        ("Harvard", f"Locality (2020) {TO} inquiry: {INQUIRY} (PSR0074), para. {{n}} (counted). Available at: {URL}.",
         f"Kim Shutler, quoted in Locality (2020) {TO} inquiry: {INQUIRY} (PSR0074), para. 65 (counted). "
         f"Available at: {URL}."),
        ("Plain text", f"“{OWN.text}” (Locality, written evidence PSR0074, paragraph {{n}} (counted))",
         f"“{SPOKEN.text}” (Kim Shutler, {ROLE}, quoted by Locality, written evidence PSR0074, "
         "paragraph 65 (counted))"),
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
    assert "  year = {2020},\n  month = {jun},\n  note = {PSR0074, para 65 (counted); words of Kim Shutler}," in entry
    assert entry.endswith("\n}") and entry.count("{") == entry.count("}")


def published(raw, name, url="https://lantern.example/HLT0042/pdf/"):
    """The passages of a file as it is read, published at an address."""
    metadata = Metadata("HLT0042", "Lantern", "Harbour Lantern Trust", date="2020-06", url=url)
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(raw)
        document = structure(metadata, read_source(Path(folder) / name))
    return [passage for passage in document.passages if passage.sentences]


@pytest.mark.parametrize(
    ("style", "cited"),
    [
        ("Parliamentary", "Written evidence from Harbour Lantern Trust (HLT0042), p 1, para 3"),
        ("OSCOLA", "Harbour Lantern Trust, Written evidence, (HLT0042, June 2020) p 1, para 3"),
        ("Harvard", "Harbour Lantern Trust (2020) Written evidence (HLT0042), p. 1, para. 3. "
                    "Available at: https://lantern.example/HLT0042/pdf/#page=1."),
        ("BibTeX", "  note = {HLT0042, p 1, para 3},\n  url = {https://lantern.example/HLT0042/pdf/#page=1},"),
        ("Markdown", r"[Written evidence \(HLT0042\)](<https://lantern.example/HLT0042/pdf/#page=1>), p 1, para 3"),
        ("Plain text", "(Harbour Lantern Trust, written evidence HLT0042, page 1, paragraph 3)"),
    ],
)  # fmt: skip
def test_each_style_cites_the_page_of_a_pdf_and_the_printed_paragraph(style, cited):
    passage = next(passage for passage in published(to_pdf(NUMBERED), "a.pdf") if passage.paragraph == 3)
    assert cited in STYLES[style](Quote(passage, passage.span, 0.5))


def test_a_counted_paragraph_gives_way_to_the_page_and_a_quote_may_run_over_two():
    passages = published(to_pdf(SUBMISSION, height=190), "a.pdf")
    across = next(p for p in passages if p.document.page_at(p.span.end - 1) == p.page + 1)
    cited = STYLES["Parliamentary"](Quote(across, across.span, 0.5))
    assert cited == f"Written evidence from Harbour Lantern Trust (HLT0042), pp {across.page}–{across.page + 1}"
    assert (
        where_of(across, across.span)
        == f"pages {across.page}–{across.page + 1}, paragraph {across.paragraph} (counted)"
    )


def test_a_link_leads_to_the_anchor_above_the_quote_and_never_out_of_its_fragment():
    page = b'<html><body><h2 id="sec 1">About</h2><p>We lend books to all who ask.</p></body></html>'
    [passage] = published(page, "a.html", url="https://lantern.example/HLT0042/html")
    assert link_to(passage.document, passage.span) == "https://lantern.example/HLT0042/html#sec%201"
    [passage] = published(page, "a.html", url="https://lantern.example/#given")
    assert link_to(passage.document, passage.span) == "https://lantern.example/#given"
    [passage] = published(page, "a.html", url="javascript:alert(1)")
    assert link_to(passage.document, passage.span) == ""


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
