"""Every modal and the Home tab within Slack's limits, whatever the documents hold."""

import json

import pytest
from evidence import PSR0074, a_document, quotes_of
from slack_story import quotes, reading
from test_blocks import HOSTILE

from bot.answer import Answer, Outcome
from bot.committee import LOOKED_INTO
from bot.place import place_of
from bot.playground.entered import elements
from bot.playground.limits import refuse_bad_view
from bot.slack.check import check_view
from bot.slack.cite import LONGEST_CITED, TOO_LONG, cite_view
from bot.slack.context import context_view
from bot.slack.filters import options
from bot.slack.gaps import by_week
from bot.slack.home import home_view
from bot.slack.limits import VIEW_BYTES
from bot.slack.message_text import written_text
from bot.slack.place import dump, quote_place, write_places
from bot.slack.reading import reading_view
from bot.slack.search_form import results_view
from bot.slack.settings_modal import settings_view, submission_options
from bot.state.records import ChannelSettings, Gap


def shown(view):
    """The view as Slack receives it, within its limits."""
    received = json.loads(json.dumps(view))
    refuse_bad_view(received)
    assert len(json.dumps(received).encode()) <= VIEW_BYTES
    return received


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_hostile_documents_are_shown_as_they_stand(text):
    document = a_document("Before.", text, "After.", speaker=text[:200], url="https://example.org/<b>", note=text)
    quote = quotes_of(document)[1]
    value = write_places([quote_place(quote)])
    assert text in quotes(shown(context_view([document], value)))
    cited = reading(shown(cite_view([document], value)))
    assert (f"“{text}”" if len(text) < LONGEST_CITED - 500 else TOO_LONG) in cited
    shown(home_view([document]))
    results = Answer(text, Outcome.QUOTED, 0.9, (quote,))
    assert "".join(quotes(shown(results_view(results)))) == text
    shown(check_view({"text": f"“{text}” " * 3}, [document]))
    shown(settings_view(ChannelSettings(frozenset({"TST0001"})), [document], "C1"))


@pytest.mark.parametrize("passage", PSR0074.passages, ids=lambda passage: f"{passage.span.start}")
def test_every_passage_is_shown_whole_in_its_context(passage):
    quote = next(q for q in quotes_of(PSR0074) if q.passage == passage)
    view = shown(context_view([PSR0074], write_places([quote_place(quote)])))
    assert PSR0074.text[passage.span.start : passage.span.end] in quotes(view)
    assert all(text in PSR0074.text for text in quotes(view))


@pytest.mark.parametrize("question", [q for q in PSR0074.questions if q.answered], ids=lambda q: f"{q.span.start}")
def test_every_answer_to_the_committee_is_read_whole_page_by_page(question):
    place, read = place_of(PSR0074, question.span), []
    for page in range(10):
        view = shown(reading_view([PSR0074], write_places([place], at=page)))
        if quotes(view) and quotes(view)[0] in read:
            break
        read += quotes(view)
    assert read == [p.text for p in PSR0074.passages if p.question == question]


def test_a_window_names_the_submission_whose_words_it_shows():
    document = a_document("Words of nobody in particular.")
    [quote] = quotes_of(document)
    assert "Test – written evidence (TST0001)." in reading(context_view([document], write_places([quote_place(quote)])))
    assert "(PSR0074) (PSR0074)" not in reading(
        context_view([PSR0074], write_places([quote_place(quotes_of(PSR0074)[0])]))
    )


def test_home_reads_no_more_than_the_first_submissions_whole():
    class Unread:
        metadata = a_document("x").metadata
        reference = "TST0001"

        @property
        def questions(self):
            raise AssertionError("read")

    assert reading(home_view([*[PSR0074] * LOOKED_INTO, *[Unread()] * 1000]))


def test_home_holds_many_submissions_and_questions_on_pages():
    many = [a_document(f"Text {n}.") for n in range(35)]
    view = shown(home_view([PSR0074, *many], dump({"list": 10})))
    assert "Earlier submissions" in reading(view) and "More submissions" in reading(view)
    weeks = by_week([Gap("T", "C", "U", "why? " * 400, n * 604_800.0) for n in range(60)], [])
    home = shown(home_view([PSR0074], "", weeks))
    assert "Gaps, for administrators" in reading(home)
    named = [
        (e["text"]["text"], e["accessibility_label"]) for _, e in elements(home["blocks"]) if "accessibility_label" in e
    ]
    assert {label for label, _ in named} == {"Ask this", "Read the answer", "Read the reply", "Export as CSV"}
    assert [pair for pair in named if pair[0].lower() not in pair[1].lower()] == [], "one says what one sees"
    assert reading(shown(home_view([], "")))
    assert reading(shown(home_view([PSR0074], "not ours")))


def test_lists_are_cut_to_a_hundred_and_found_by_typing():
    names = [f"Section {n} {'long ' * 40}" for n in range(300)]
    assert len(options(names, "")) == 100 and len(options(names, "Section 299")) == 1
    assert all(len(o["text"]["text"]) <= 75 and len(o["value"]) <= 150 for o in options(names, ""))
    assert [option["value"] for option in submission_options([PSR0074], "locality")] == ["PSR0074"]
    assert submission_options([PSR0074], "zebra") == []


def test_a_text_of_many_quotations_is_checked_as_far_as_a_window_holds():
    text = " ".join(f"“{p.text[:60]}”" for p in PSR0074.passages)
    view = shown(check_view({"text": text}, [PSR0074]))
    assert "Shown: the first" in reading(view)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"text": "a &lt;b&gt; &amp;amp; <https://x.org|a link> <@U1|ann>"}, "a <b> &amp; a link ann"),
        ({"text": "fallback", "blocks": [
            {"type": "rich_text", "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "He said:"}]},
                {"type": "rich_text_quote", "elements": [{"type": "text", "text": "one\ntwo"}]},
            ]}]}, "He said:\n> one\n> two\n"),
        ({}, ""),
    ],
)  # fmt: skip
def test_a_message_is_read_as_its_writer_saw_it(message, text):
    assert written_text(message) == text
