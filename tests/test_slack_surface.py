"""What people press, type and open in Slack, over a real Socket Mode connection to the imitation."""

import csv
import io

import pytest
from bot_process import wait_until
from evidence import PSR0074, a_document, passage_by
from slack_story import quotes, reading
from surface_bot import SurfaceBot, slack

from bot.slack import search_form
from bot.slack.place import read_places
from bot.slack.votes import CHANGED, THANKS
from bot.state.records import ChannelSettings

__all__ = ["slack"]

OPEN = "What does integrated health and social care decisions respond unfolding situation"
NOWHERE = "Xylophones?"
ARE_THERE_SKILLS = next(q for q in PSR0074.questions if not q.answered).span.slice(PSR0074.text)


@pytest.fixture
def bot(slack, tmp_path):
    with SurfaceBot(slack, tmp_path, administrators=frozenset({"U0ADA0001"})) as running:
        yield running


def verbatim(value):
    """The quotes, each checked to stand in the source."""
    found = quotes(value)
    assert all(quote in PSR0074.text for quote in found)
    return found


def places(message):
    """Where the quotes of a message stand, by what their buttons carry."""
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    values = [e["value"] for row in rows for e in row if e["action_id"] == "context"]
    return [place.span for value in values for place in read_places(value)]


def test_a_mention_is_answered_in_its_thread_with_quotes_from_the_source(slack, bot):
    asked = slack.say("#general", f"@evidence-bot {OPEN}")
    reply = slack.wait_reply(asked)
    assert verbatim(reply)[0] == passage_by("Arooj Shah").text
    assert reply.thread_ts == asked.ts
    assert "Arooj Shah, Cabinet Member" in reading(reply)


def test_in_context_shows_the_paragraphs_around_the_quote_and_turns_pages(slack, bot):
    reply = slack.wait_reply(slack.say("#general", f"@evidence-bot {OPEN}"))
    slack.click(reply, "In context")
    view = slack.wait_view(showing="The committee asked")
    quoted = passage_by("Arooj Shah")
    at = PSR0074.passages.index(quoted)
    assert verbatim(view) == [p.text for p in PSR0074.passages[at - 1 : at + 2]]
    bold = [e for b in view.body["blocks"] for e in elements(b) if e.get("style") == {"bold": True}]
    assert quoted.text in [e["text"] for e in bold]
    before = view.hash
    slack.click(view, "Later")
    slack._until(lambda: view.hash != before or None, 5, "the next page")
    assert verbatim(view) == [p.text for p in PSR0074.passages[at + 2 : at + 5]]
    slack.click(view, "Back to the quote")
    slack._until(lambda: quoted.text in reading(view) or None, 5, "the quote again")
    slack.click(view, "Earlier")
    slack._until(lambda: PSR0074.passages[at - 4].text in reading(view) or None, 5, "the page before")


def elements(block):
    return [part for element in block.get("elements", []) for part in element.get("elements", [])]


def test_cite_opens_on_top_of_the_context_with_every_style(slack, bot):
    reply = slack.wait_reply(slack.say("#general", f"@evidence-bot {OPEN}"))
    slack.click(reply, "In context")
    slack.click(slack.wait_view(showing="The committee asked"), "Cite")
    cited = reading(slack.wait_view(showing="BibTeX", depth=2))
    assert "Arooj Shah, quoted in written evidence from Locality (PSR0074), para 68" in cited
    assert "Contains Parliamentary information licensed under the Open Parliament Licence v3.0." in cited


def test_one_quote_is_shared_with_the_channel_with_its_source_and_without_a_mention(slack, bot):
    reply = slack.wait_reply(slack.say("#general", f"@evidence-bot {OPEN}"))
    slack.click(reply, "Share this quote", user="ben")
    shared = slack._until(lambda: _shared(slack, "dev"), 5, "the shared quote")
    assert verbatim(shared) == verbatim(reply)[:1]
    assert shared.thread_ts is None and "PSR0074" in reading(shared)
    assert '"user_id"' not in str(shared.blocks) and "<@" not in shared.text


def _shared(slack, user):
    return next((m for m in slack.messages("#general", user=user) if reading(m).startswith("Shared by ben")), None)


def test_a_quote_of_a_direct_message_is_shared_in_a_channel_of_ones_choice(slack, bot):
    reply = slack.wait_reply(slack.dm(OPEN, user="ben"))
    slack.click(reply, "Share this quote", user="ben")
    form = slack.wait_view(user="ben", showing="Share in which channel?")
    assert slack.submit(form, {"channel": "C0GENERAL"}, user="ben") == {}
    shared = slack._until(lambda: _shared(slack, "dev"), 5, "the shared quote")
    assert verbatim(shared) == verbatim(reply)[:1]


def test_more_quotes_go_on_where_the_answer_stopped_and_only_who_asks_sees_them(slack, bot):
    reply = slack.wait_reply(slack.say("#general", "@evidence-bot community organisations during the crisis"))
    more = slack.wait_reply(slack.click(reply, "More quotes"))
    assert len(verbatim(reply)) == 3 and 1 <= len(verbatim(more)) <= 5
    assert not set(places(more)) & set(places(reply))
    assert "⁴ " in reading(more) and more.only_for == "U0ADA0001" and more.thread_ts == reply.thread_ts


def test_nothing_found_says_so_counts_a_gap_and_keeps_near_passages_behind_a_button(slack, bot):
    asked = slack.command("/evidence Xylophones community?")
    reply = slack.wait_reply(asked)
    assert reply.text == "Nothing in the written evidence that I hold answers that." and quotes(reply) == []
    near = slack.wait_reply(slack.click(reply, "Show nearest passages"))
    assert reading(near).startswith("Nearest passages. They do not answer the question.") and verbatim(near)
    assert [gap.question for gap in bot.store.feedback.gaps()] == ["Xylophones community?"]


def test_a_mention_that_finds_nothing_is_a_gap_too(slack, bot):
    slack.wait_reply(slack.say("#general", f"@evidence-bot {NOWHERE}", user="ben"))
    # It is kept together with the turn, once the reply stands in Slack.
    wait_until(bot.store.feedback.gaps, 5, "the gap")
    assert [(gap.question, gap.user) for gap in bot.store.feedback.gaps()] == [(NOWHERE, "U0BEN0001")]


def test_a_question_answered_na_is_given_back_as_the_committees(slack, bot):
    reply = slack.wait_reply(slack.command(f"/evidence {ARE_THERE_SKILLS}"))
    assert "The committee asked this, and Locality answered “N/A”." in reading(reply)
    assert f"The committee asked: “{ARE_THERE_SKILLS}”" in reading(reply) and quotes(reply) == []
    shared = slack.wait_reply(slack.click(reply, "Share to channel"))
    assert "Locality answered “N/A”" in reading(shared) and shared.only_for is None


def test_a_vote_is_kept_with_question_outcome_and_places(slack, bot):
    reply = slack.wait_reply(slack.say("#general", f"@evidence-bot {OPEN}"))
    thanks = slack.wait_reply(slack.click(reply, "Not helpful", user="ben"))
    assert thanks.only_for == "U0BEN0001"
    changed = slack.wait_reply(slack.click(reply, "Helpful", user="ben"))
    assert (reading(thanks), reading(changed)) == (THANKS["down"], CHANGED)
    slack.click(reply, "Helpful", user="ben")
    slack.wait_reply(slack.click(reply, "Not helpful", user="chloe"))
    told = [said for said in slack.messages("#general", user="ben") if said.only_for == "U0BEN0001"]
    assert told == [thanks, changed], "the same vote again is acknowledged in silence"
    [vote, _] = bot.store.feedback.votes()
    assert (vote.value, vote.question, vote.outcome, vote.reply_ts) == ("up", OPEN, "quoted", reply.ts)
    assert [place.span.slice(PSR0074.text) for place in vote.places] == verbatim(reply)


def test_the_command_answers_only_its_user_who_can_share(slack, bot):
    private = slack.wait_reply(slack.command(f"/evidence {OPEN}", user="chloe"))
    assert private.only_for == "U0CHLOE01"
    shared = slack.wait_reply(slack.click(private, "Share to channel", user="chloe"))
    assert shared in slack.messages("#general", user="ben") and verbatim(shared) == verbatim(private)
    assert f"Shared by chloe. The question: {OPEN}" in reading(shared)


def test_the_command_shares_one_quote_in_a_channel_where_the_bot_is_no_member(slack, bot):
    private = slack.wait_reply(slack.command(f"/evidence {OPEN}", "#random"))
    shared = slack.wait_reply(slack.click(private, "Share this quote"))
    assert shared.only_for is None and verbatim(shared) == verbatim(private)[:1]


@pytest.mark.parametrize("text", ["/evidence", "/evidence help"])
def test_the_command_alone_says_how_to_ask(slack, bot, text):
    reply = slack.wait_reply(slack.command(text))
    assert "Ask me what the written evidence says." in reading(reply) and "Locality (PSR0074)" in reading(reply)


def test_a_failure_gives_one_sentence_with_a_reference_and_no_secret(slack, bot):
    reply = slack.wait_reply(slack.command("/evidence please fail"))
    assert "Something went wrong" in reading(reply) and "secret" not in reading(reply)


def test_a_button_that_fails_gives_one_sentence_with_a_reference_too(slack, bot):
    reply = slack.wait_reply(slack.say("#general", f"@evidence-bot {OPEN}"))
    bot.answerer.documents = None
    for label in ("In context", "Share this quote"):
        told = slack.wait_reply(slack.click(reply, label))
        assert told.only_for == "U0ADA0001" and told.text.startswith("Something went wrong")
        assert "TypeError" not in reading(told) and "NoneType" not in reading(told)
    slack.shortcut("Search the evidence")
    slack.submit(slack.wait_view(showing="What do you want to know?"), {"question": OPEN})
    slack.wait_view(showing="Something went wrong")


def test_a_long_question_is_refused_with_the_limit(slack, bot):
    assert "2,000 at most" in reading(slack.wait_reply(slack.command(f"/evidence {'why ' * 1000}")))


def test_who_may_not_ask_gets_neither_answer_nor_settings(slack, tmp_path):
    with SurfaceBot(slack, tmp_path, users=frozenset({"U0ADA0001"})):
        for text in (f"/evidence {OPEN}", "/evidence settings"):
            reply = slack.wait_reply(slack.command(text, user="ben"))
            assert reading(reply).startswith("You may not ask here.") and quotes(reply) == []
        assert slack.view(user="ben") is None


def test_settings_are_kept_for_the_channel_and_shown_again(slack, bot):
    slack.command("/evidence settings")
    view = slack.wait_view(showing="Who sees an answer")
    [option] = slack.suggestions(view, "settings_submissions", "local")
    assert option["value"] == "PSR0074"
    assert slack.submit(view, {"submissions": [option], "mention": "yes", "privacy": "private"}) == {}
    assert "Saved. Answers come from: PSR0074." in reading(slack.view())
    kept = bot.store.channels.get("T0PLAYGND", "C0GENERAL")
    assert kept == ChannelSettings(frozenset({"PSR0074"}), mention_only=True, private_first=True)
    slack.close(slack.view())
    slack.command("/evidence settings")
    again = slack.wait_view(showing="Who sees an answer")
    assert again.values == {} and "private" in str(again.body["blocks"][3]["element"]["initial_option"])


def test_an_answer_that_is_private_first_goes_to_the_one_who_asked(slack, bot):
    bot.store.channels.set("T0PLAYGND", "C0GENERAL", ChannelSettings(private_first=True))
    asked = slack.say("#general", f"@evidence-bot {OPEN}")
    reply = slack.wait_reply(asked)
    assert reply.only_for == "U0ADA0001"
    assert slack.wait_reply(slack.click(reply, "Share to channel")).only_for is None


def test_the_search_form_finds_only_what_passes_its_filters(slack, bot):
    slack.shortcut("Search the evidence", user="dev")
    form = slack.wait_view(user="dev", showing="What do you want to know?")
    speakers = slack.suggestions(form, "search_speaker", "jenni", user="dev")
    assert [option["value"] for option in speakers] == ["Jenni Jones"]
    assert "Integration of services" in [
        o["value"] for o in slack.suggestions(form, "search_section", "integ", user="dev")
    ]
    entered = {"question": "working relationship with the local authority council community", "speaker": speakers[0]}
    assert slack.submit(form, entered, user="dev") == {}
    found = slack.wait_view(user="dev", showing="Your question")
    assert verbatim(found) and {p.speaker for p in PSR0074.passages if p.text in verbatim(found)} == {"Jenni Jones"}
    slack.click(found, "In context", user="dev")
    slack.wait_view(user="dev", showing="The quote stands in bold", depth=2)


def test_a_search_whose_filters_admit_nothing_says_so(slack, bot):
    slack.shortcut("Search the evidence")
    form = slack.wait_view(showing="What do you want to know?")
    slack.submit(form, {"question": "coronavirus procurement guidance flexibility", "voice": "quoted"})
    slack.wait_view(showing="Nothing that passes these filters answers that.")


def test_a_slow_search_says_that_it_is_under_way(slack, bot, monkeypatch):
    monkeypatch.setattr(search_form, "PATIENCE_SECONDS", 0.0)
    slack.shortcut("Search the evidence")
    slack.submit(slack.wait_view(showing="What do you want to know?"), {"question": OPEN})
    assert verbatim(slack.wait_view(showing="Your question"))


def test_a_message_is_checked_against_the_source(slack, bot):
    words = passage_by("Arooj Shah").text.strip("“”")
    said = slack.say("#evidence", f"Kim Shutler said “{words}”")
    slack.shortcut("Check this quotation", on=said)
    view = slack.wait_view(showing="Misattributed")
    assert "not as those of Kim Shutler" in reading(view) and "Arooj Shah" in reading(view)
    slack.click(view, "In context")
    slack.wait_view(showing="The quote stands in bold", depth=2)


def test_the_bots_own_reply_is_found_exact(slack, bot):
    reply = slack.wait_reply(slack.say("#general", f"@evidence-bot {OPEN}"))
    slack.shortcut("Check this quotation", on=reply)
    view = slack.wait_view(showing="Exact.")
    assert "Altered" not in reading(view) and "Not found" not in reading(view) and "Misattributed" not in reading(view)


def test_home_shows_submissions_and_questions_and_reads_an_answer(slack, bot):
    home = slack.home(user="ben")
    text = reading(home)
    assert (
        "Locality – written evidence (PSR0074)" in text
        and "June 2020" in text
        and "Open Parliament Licence v3.0" in text
    )
    assert (
        sum(line == "Answered" for line in text.split("\n")) == 16
        and sum(line == "Not answered" for line in text.split("\n")) == 5
    )
    assert "Gaps" not in text
    slack.click(home, "Read the answer", user="ben", nth=1)
    view = slack.wait_view(user="ben", showing="The committee asked")
    answer = [p.text for p in PSR0074.passages if p.question == PSR0074.questions[1]]
    assert verbatim(view) == answer[: len(verbatim(view))]
    slack.close(view, user="ben")
    slack.click(home, "Read the reply", user="ben")
    assert "Locality answered “N/A”." in reading(slack.wait_view(user="ben", showing="N/A"))


def test_an_example_on_home_is_answered_in_a_window(slack, bot):
    home = slack.home(user="ben")
    slack.click(home, "Ask this", user="ben")
    assert verbatim(slack.wait_view(user="ben", showing="Your question"))


def test_administrators_see_gaps_and_get_them_as_csv(slack, bot):
    slack.wait_reply(slack.command(f"/evidence {NOWHERE}", user="ben"))
    home = slack.home(user="ada")
    assert f"{NOWHERE} (not found)" in reading(home)
    slack.click(home, "Export as CSV")
    files = slack._until(lambda: [f for m in slack.messages("D0ADA0001") for f in m.files] or None, 10, "the file")
    content = slack.world.contents[files[0]["id"]].decode()
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [(row["kind"], row["question"], row["times"]) for row in rows] == [("not found", NOWHERE, "1")]


def test_the_agent_pane_suggests_questions(slack, bot):
    slack.open_agent()
    told = slack.wait_prompts()
    asked = {" ".join(q.span.slice(PSR0074.text).split()) for q in PSR0074.questions if q.answered}
    assert {prompt["message"] for prompt in told[:-1]} <= asked and told[-1]["message"] == "help"


def test_a_place_that_no_longer_fits_gives_a_plain_sentence(slack, bot):
    reply = slack.wait_reply(slack.say("#general", f"@evidence-bot {OPEN}"))
    changed = a_document("Other words.")
    bot.answerer.documents = (changed,)
    slack.click(reply, "In context")
    slack.wait_view(showing="The submission PSR0074 is no longer among those that can be quoted here.")
    told = slack.wait_reply(slack.click(reply, "Share this quote"))
    assert told.only_for == "U0ADA0001" and "no longer among those" in told.text
