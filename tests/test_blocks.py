"""What an answer looks like in Slack, and that no quote changes on its way there."""

import json
from dataclasses import replace
from io import StringIO

import pytest
from evidence import PSR0074, a_document, passage_by, quotes_of, quoting
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from slack_story import quotes, reading

from bot.answer import Answer, Copy, Outcome, Quote, QuoteError
from bot.playground.limits import check_blocks, text_length
from bot.slack import limits
from bot.slack.blocks import to_messages
from bot.slack.kit import weight
from bot.slack.place import find_quote, load, read_places
from bot.terminal import show
from corpus.document import Span

HOSTILE = [
    "*bold* _italic_ ~struck~ `code` ```block```",
    "a < b && c > d &amp; &lt;b&gt;",
    "<!channel> <!here> <@U1> <#C1> <https://example.com|a link>",
    ":smile: :+1: :channel: @channel @here @everyone",
    "\u202eevil\u202c עברית العربية\u200f 12",
    "e\u0301a\u0308 \u0f40\u0f74\u0f56 \U0001f469\u200d\U0001f469\u200d\U0001f467 ❤\ufe0f",
    "> not a quote\n>>> nor this\n- [ ] list\n\ttab\u00a0nbsp  two spaces ",
    "\\ \" ' {} %s {0} \x0b \u2028 \u0085 null",
    "w" * 9000,
    ("word " * 1800).strip(),
    ("A sentence of many. " * 1500).strip(),
    "x" * 25_000,
]


def sent(answer):
    """The payloads as Slack receives them, each within its limits."""
    payloads = json.loads(json.dumps(to_messages(answer)))
    for payload in payloads:
        assert check_blocks(payload["blocks"], "message") == []
        assert weight(payload["blocks"]) == text_length(payload["blocks"]) <= limits.MESSAGE_TEXT
        assert len(payload["text"]) <= limits.FALLBACK_TEXT
        assert (payload["unfurl_links"], payload["unfurl_media"]) == (False, False)
    return payloads


def quoted(answer):
    return [text for payload in sent(answer) for text in quotes(payload["blocks"])]


@pytest.mark.parametrize("passage", PSR0074.passages, ids=lambda passage: f"{passage.span.start}")
def test_every_passage_arrives_as_it_stands_in_the_source(passage):
    quote = Quote(passage, passage.span, 0.5)
    assert quoted(quoting([quote])) == [PSR0074.text[passage.span.start : passage.span.end]]
    for sentence in passage.sentences:
        narrow = Quote(passage, sentence.span, 0.5)
        assert quoted(quoting([narrow])) == [PSR0074.text[sentence.span.start : sentence.span.end]]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_hostile_texts_arrive_as_they_stand(text):
    document = a_document(text, speaker=text[:300], url="https://example.org/?a=<b>&c", note=text)
    answer = quoting(quotes_of(document), question=text)
    assert "".join(quoted(answer)) == text
    payloads = sent(answer)
    assert "".join(reading(payload["blocks"]) for payload in payloads).count("Note 1 of the submission") == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=3), st.text())
def test_any_text_arrives_as_it_stands(texts, question):
    document = a_document(*texts)
    assert quoted(quoting(quotes_of(document), question=question)) == texts


@pytest.mark.parametrize("question", ["why " * 500, '"' * 2000, "\x00" * 2000, "\\" * 1999, "\U0001f600" * 2000])
def test_a_button_holds_as_much_of_a_long_question_as_it_can(question):
    answer = quoting(quotes_of(PSR0074)[10:18], question=question)
    for payload in [*sent(answer), *json.loads(json.dumps(to_messages(answer, private=True)))]:
        assert check_blocks(payload["blocks"], "message") == []
    votes = sent(answer)[0]["blocks"][-1]["elements"][0]
    kept = load(votes["positive_button"]["value"])
    assert question.startswith(kept["q"].rstrip("…")) and len(kept["q"]) > 100 and len(kept["p"]) == 3


def test_nothing_that_is_sent_is_parsed_by_slack():
    answer = quoting(quotes_of(a_document("<!channel> & <@U1>", note="<!here>")), question="<!everyone>")
    for payload in sent(answer):
        assert "mrkdwn" not in json.dumps(payload) and '"markdown"' not in json.dumps(payload)
        assert "<" not in payload["text"] and "&lt;!channel&gt; &amp; &lt;@U1&gt;" in payload["text"]


def test_a_quote_that_leaves_its_passage_is_never_sent():
    passage = PSR0074.passages[5]
    with pytest.raises(QuoteError):
        to_messages(quoting([Quote(passage, Span(passage.span.start, passage.span.end + 1), 0.5)]))


def test_a_quotation_of_a_person_is_never_given_as_the_submitters():
    passage = passage_by("Kim Shutler")
    text = reading(sent(quoting([Quote(passage, passage.span, 0.9)]))[0]["blocks"])
    assert (
        "¹ Kim Shutler, chief executive at the Cellar Trust and Chair of the Bradford VCS Assembly, quoted by Locality"
        in text
    )


def test_the_footnote_says_section_paragraph_question_and_the_submissions_own_note_with_its_link():
    passage = next(p for p in PSR0074.passages if p.notes == (26,))
    blocks = sent(quoting([Quote(passage, passage.span, 0.9)]))[0]["blocks"]
    text, note = reading(blocks), PSR0074.note_by_number[26]
    assert (
        f"¹ Locality, written evidence PSR0074, {' › '.join(passage.section)}, paragraph {passage.paragraph} (counted)."
        in text
    )
    asked = passage.question.span.slice(PSR0074.text)
    assert "The committee asked: “" in text and (asked in text or f"{asked[:40]}" in text)
    assert f"Note 26 of the submission: {note.span.slice(PSR0074.text)}" in text
    links = [part["url"] for part in parts(blocks) if part["type"] == "link"]
    assert set(note.urls) <= set(links)


def parts(value):
    if isinstance(value, list):
        return [part for item in value for part in parts(item)]
    if not isinstance(value, dict):
        return []
    return [value] if value.get("type") in ("text", "link") else [p for item in value.values() for p in parts(item)]


def test_a_long_question_of_the_committee_is_shortened_between_words_in_the_footnote_only():
    passage = next(p for p in PSR0074.passages if p.question and len(p.question.span.slice(PSR0074.text)) > 400)
    asked = passage.question.span.slice(PSR0074.text)
    line = next(x for x in reading(sent(quoting([Quote(passage, passage.span, 0.9)]))).split("\n") if "committee" in x)
    shown = line.removeprefix("The committee asked: “").removesuffix("…”")
    assert asked.startswith(shown) and asked[len(shown)] == " "


def test_the_row_of_a_table_is_shown_with_the_columns_of_its_table():
    document = a_document("Port\tBoats in 2020", "Rye\t4")
    row = replace(document.passages[1], header=document.passages[0].span)
    answer = quoting([Quote(row, row.span, 0.9)])
    assert "Columns of the table: Port | Boats in 2020" in reading(sent(answer)[0]["blocks"])
    said = StringIO()
    show(answer, Console(file=said, width=200))
    assert "columns of the table: Port | Boats in 2020" in said.getvalue()


def test_a_second_place_with_the_same_words_is_named():
    body = next(p for p in PSR0074.passages if p.section[:1] == ("Consultation Response",))
    summary = next(p for p in PSR0074.passages if p.section[:1] == ("Summary",))
    text = reading(sent(quoting([Quote(body, body.span, 0.9, also_at=(Copy(PSR0074, summary.span),))])))
    assert "paragraph 22 (counted); also in the Summary." in text


def test_the_notification_holds_the_first_quote_and_its_source():
    passage = passage_by("Arooj Shah")
    payload = sent(quoting([Quote(passage, passage.span, 0.9)]))[0]
    assert payload["text"].startswith(f"“{passage.text}” (Arooj Shah, Cabinet Member")
    assert payload["text"].endswith("written evidence PSR0074, paragraph 68 (counted))")


def test_three_quotes_are_shown_and_the_rest_wait_behind_a_button():
    quotes_given = quotes_of(PSR0074)[10:18]
    blocks = sent(quoting(quotes_given))[0]["blocks"]
    assert quotes(blocks) == [quote.text for quote in quotes_given[:3]]
    more = button(blocks, "More quotes")
    found = [find_quote([PSR0074], place).text for place in read_places(more["value"])]
    assert found == [quote.text for quote in quotes_given[3:]]


def button(blocks, label):
    rows = [block["elements"] for block in blocks if block["type"] == "actions"]
    return next(element for row in rows for element in row if element["text"]["text"] == label)


def test_buttons_carry_places_and_say_what_they_do():
    quote = quotes_of(PSR0074)[10]
    blocks = sent(quoting([quote]))[0]["blocks"]
    for label, spoken in (
        ("In context", "Show quote 1 in context"),
        ("Cite", "Cite quote 1"),
        ("Share this quote", "Share this quote in the channel: quote 1"),
    ):
        found = button(blocks, label)
        assert found["accessibility_label"] == spoken
        assert quote.text not in found["value"]
        assert [place.span for place in read_places(found["value"])] == [quote.span]


def test_an_answer_offers_votes():
    last = sent(quoting(quotes_of(PSR0074)[10:11]))[0]["blocks"][-1]
    assert last["type"] == "context_actions"
    assert [element["type"] for element in last["elements"]] == ["feedback_buttons"]


def test_a_private_answer_offers_to_share_it():
    answer = quoting(quotes_of(PSR0074)[10:12])
    assert button(to_messages(answer, private=True)[0]["blocks"], "Share to channel")
    with pytest.raises(StopIteration):
        button(to_messages(answer)[0]["blocks"], "Share to channel")


def test_how_a_question_was_understood_stands_in_small_print():
    quote = quotes_of(PSR0074)[10]
    resolved = "Who pays <for> *this*?"
    first = sent(quoting([quote], question="Who pays?", resolved_question=resolved))[0]["blocks"][0]
    text = {"type": "plain_text", "text": f"Searched as: {resolved}", "emoji": False}
    assert first == {"type": "context", "elements": [text]}
    for asked in ("Who  pays? ", "Hi, Who pays?"):
        same = sent(quoting([quote], question=asked, resolved_question="Who pays?"))[0]
        assert "Searched as" not in reading(same["blocks"])


@pytest.mark.parametrize("question", [q for q in PSR0074.questions if not q.answered], ids=lambda q: f"{q.span.start}")
def test_not_answered_quotes_the_question_as_the_committees_and_nothing_as_evidence(question):
    nearest = quotes_of(PSR0074)[:3]
    answer = Answer("Q", Outcome.NOT_ANSWERED, 0.9, (), nearest, question, PSR0074)
    blocks = sent(answer)[0]["blocks"]
    text = reading(blocks)
    assert quotes(blocks) == []
    assert "The committee asked this, and Locality answered “N/A”." in text
    assert f"The committee asked: “{question.span.slice(PSR0074.text)}”" in text
    assert button(blocks, "Show nearest passages")


def test_not_found_says_so_and_shows_no_passage_by_itself():
    answer = Answer("Q", Outcome.NOT_FOUND, 0.9, (), quotes_of(PSR0074)[10:13])
    payload = sent(answer)[0]
    assert payload["text"] == "Nothing in the written evidence that I hold answers that."
    assert quotes(payload["blocks"]) == []
    found = [
        find_quote([PSR0074], place)
        for place in read_places(button(payload["blocks"], "Show nearest passages")["value"])
    ]
    assert [quote.text for quote in found] == [quote.text for quote in quotes_of(PSR0074)[10:13]]


def test_an_answer_too_long_for_a_message_goes_on_in_the_next():
    document = a_document(*(("A sentence. " * 700).strip() for _ in range(3)))
    payloads = sent(quoting(quotes_of(document)))
    assert len(payloads) >= 3
    assert "".join(quoted(quoting(quotes_of(document)))) == "".join(p.text for p in document.passages)
