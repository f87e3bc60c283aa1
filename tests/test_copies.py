"""Near-identical words of several submissions: one quote that names the others, within what may be seen."""

import io
from dataclasses import replace

from rich.console import Console
from small_corpus import CAMPAIGN

from bot.answer import Copy, Outcome, to_json
from bot.pinpoint import also_in
from bot.slack.blocks import to_messages
from bot.slack.place import find_quote, quote_place, read_places, write_places
from bot.slack.share import shared_quote
from bot.terminal import show


def quoted(library, *references):
    """The quote of the campaign's sentence where these submissions may be seen, the first of them quoted."""
    answer = library.answer(CAMPAIGN, scope=frozenset(references))
    return next(quote for quote in answer.quotes if quote.text == CAMPAIGN)


def test_a_campaigns_sentence_is_one_quote_that_names_the_other_submissions(library):
    quote = quoted(library, "LIB0003", "FER0001", "LIB0004")
    places = {copy.document.reference: copy for copy in quote.also_at}
    other = {"LIB0003": "FER0001", "FER0001": "LIB0003"}[quote.document.reference]
    assert list(places) == [other]
    assert places[other].span.slice(places[other].document.text) == CAMPAIGN
    whose = {
        "FER0001": "Barnaby’s (FER0001), paragraph 2 (counted)",
        "LIB0003": "Shelf (LIB0003), paragraph 2 (counted)",
    }
    assert also_in(quote) == whose[other]


def test_no_submission_outside_the_scope_is_named(library):
    everywhere = library.answer(CAMPAIGN, quotes=3)
    assert {copy.document.reference for quote in everywhere.quotes for copy in quote.also_at} >= {"LIB0001", "LIB0002"}
    assert quoted(library, "LIB0003").also_at == ()


def test_only_a_copy_in_another_submission_has_a_document_in_json(library):
    quote = quoted(library, "LIB0003", "FER0001")
    own = Copy(quote.document, quote.document.passages[0].span)
    answer = library.answer(CAMPAIGN, scope=frozenset({"LIB0003", "FER0001"}))
    places = to_json(replace(answer, quotes=(replace(quote, also_at=(own, *quote.also_at)),)))["quotes"][0]["also_at"]
    other = quote.also_at[0]
    assert places == [
        {"start": own.span.start, "end": own.span.end},
        {"document": other.document.reference, "start": other.span.start, "end": other.span.end},
    ]


def test_every_surface_names_three_places_and_counts_the_rest(library):
    quote = quoted(library, "LIB0003", "FER0001")
    copies = tuple(Copy(document, document.passages[0].span) for document in library.documents)
    answer = replace(library.answer(CAMPAIGN), outcome=Outcome.QUOTED, quotes=(replace(quote, also_at=copies),))
    said = also_in(answer.quotes[0])
    assert said.endswith("; and 3 more") and said.count("LIB000") + said.count("FER0001") == 2
    paper = io.StringIO()
    show(answer, Console(file=paper, width=1000))
    assert f"also in: {said}" in paper.getvalue()
    assert f"; also in {said}." in str(to_messages(answer)[0]["blocks"])


def test_a_button_brings_back_the_copies_that_may_still_be_seen_and_no_others(library):
    quote = quoted(library, "LIB0003", "FER0001")
    value = write_places([quote_place(quote)])
    assert find_quote(library.documents, read_places(value)[0]).also_at == quote.also_at
    alone = [quote.document]
    assert find_quote(alone, read_places(value)[0]).also_at == ()
    other = quote.also_at[0].document
    assert other.metadata.submitter not in str(shared_quote(alone, value, "Ada"))
    assert other.metadata.submitter in str(shared_quote(library.documents, value, "Ada"))


def test_a_thousand_copies_fit_into_a_button(library):
    quote = quoted(library, "LIB0003", "FER0001")
    many = replace(quote, also_at=quote.also_at * 1000)
    assert len(read_places(write_places([quote_place(many)]))) == 1
