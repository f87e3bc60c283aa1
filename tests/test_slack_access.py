"""Who sees and does what in Slack: a channel shows only its submissions, and who may not ask may not press."""

import re

import pytest
from bot_process import wait_until
from evidence import PSR0074, a_document, passage_by
from slack_story import quotes, reading
from surface_bot import SurfaceBot, slack

from bot.slack import door, settings_modal, share
from bot.slack.replying import NOT_ALLOWED
from bot.state.records import ChannelSettings

__all__ = ["slack"]

ADA, BEN = "U0ADA0001", "U0BEN0001"
TEAM, GENERAL = "T0PLAYGND", "C0GENERAL"
OTHER = a_document(
    "The harbour has dredging contracts and community organisations.",
    "Integrated harbour decisions respond to dredging contracts.",
)
ONLY_OTHER = frozenset({"TST0001"})
OPEN = "What does integrated health and social care decisions respond unfolding situation"
MANY = "community organisations during the crisis"
UNANSWERED = next(q for q in PSR0074.questions if not q.answered).span.slice(PSR0074.text)
GONE = "The submission PSR0074 is no longer among those that can be quoted here."


@pytest.fixture
def start(slack, tmp_path):
    """Starts a bot that holds two submissions; a second one finds what the first one left."""
    return lambda **settings: SurfaceBot(slack, tmp_path, PSR0074, OTHER, **settings)


def narrow(bot, channel=GENERAL):
    bot.store.channels.set(TEAM, channel, ChannelSettings(ONLY_OTHER))


def hides(value):
    """Whether nothing of the submission PSR0074 is shown."""
    text = reading(value)
    shown = [sentence.span.slice(PSR0074.text) for p in PSR0074.passages for sentence in p.sentences]
    return "Locality" not in text and not any(words in text for words in shown if len(words) > 20)


def labels(message):
    return set(re.findall(r"'action_id': '(\w+)'", str(message.blocks)))


# What a channel may see


@pytest.mark.parametrize("question", [OPEN, MANY, UNANSWERED, "help"])
@pytest.mark.parametrize("limited", ["by the settings", "by the channel"])
def test_no_way_of_asking_shows_what_the_channel_may_not_see(slack, start, question, limited):
    submissions = {GENERAL: ONLY_OTHER} if limited == "by the settings" else {}
    with start(submissions=submissions) as bot:
        if not submissions:
            narrow(bot)
        assert hides(slack.wait_reply(slack.command(f"/evidence {question}")))
        asked = slack.say("#general", f"@evidence-bot {question}")
        reply = slack.wait_reply(asked)
        follow_up = slack.say("#general", f"@evidence-bot {question}", thread=reply)
        assert hides(reply) and hides(slack.wait_reply(follow_up, nth=0))
        for button in labels(reply) & {"show_nearest", "more_quotes", "context", "cite"}:
            slack.click(reply, button)
        assert all(hides(message) for message in slack.messages("#general") if message.from_bot)
        assert slack.view() is None or hides(slack.view())


def test_an_old_answer_shows_nothing_more_once_its_channel_was_narrowed(slack, start):
    with start() as bot:
        reply = slack.wait_reply(slack.say("#general", f"@evidence-bot {MANY}"))
        missed = slack.wait_reply(slack.command("/evidence Xylophones community?"))
        private = slack.wait_reply(slack.command(f"/evidence {OPEN}"))
        declined = slack.wait_reply(slack.command(f"/evidence {UNANSWERED}"))
        narrow(bot)
        pressed = [(reply, "Share this quote"), (reply, "More quotes"), (missed, "Show nearest passages")]
        pressed += [(private, "Share to channel"), (private, "Share this quote"), (declined, "Share to channel")]
        for message, label in pressed:
            told = slack.wait_reply(slack.click(message, label))
            assert (reading(told), told.only_for) == (GONE, ADA)
        for label in ("In context", "Cite"):
            slack.click(reply, label)
            view = slack.wait_view(showing=GONE)
            assert hides(view)
            slack.close(view)
        thanks = slack.wait_reply(slack.click(reply, "Helpful"))
        assert hides(thanks)


def test_an_open_window_shows_nothing_more_once_its_channel_was_narrowed(slack, start):
    with start() as bot:
        reply = slack.wait_reply(slack.say("#general", f"@evidence-bot {OPEN}"))
        slack.click(reply, "In context")
        view = slack.wait_view(showing="The committee asked")
        narrow(bot)
        slack.click(view, "Cite")
        cite = slack.wait_view(showing=GONE, depth=2)
        slack.close(cite)
        slack.click(view, "Later")
        assert hides(slack.wait_view(showing=GONE))


def test_a_window_shows_what_its_channel_may_see_even_if_direct_messages_may_not(slack, start):
    with start(submissions={"direct": ONLY_OTHER}):
        reply = slack.wait_reply(slack.say("#general", f"@evidence-bot {OPEN}"))
        slack.click(reply, "In context")
        view = slack.wait_view(showing="The committee asked")
        for label in ("Later", "Later", "Back to the quote"):
            before = view.hash
            slack.click(view, label)
            slack._until(lambda before=before: view.hash != before or None, 5, "the next page")
            assert quotes(view)
        slack.click(view, "Cite")
        assert "Arooj Shah" in reading(slack.wait_view(showing="BibTeX", depth=2))


def test_nothing_is_shared_into_a_channel_that_may_not_see_it(slack, start):
    with start(submissions={GENERAL: ONLY_OTHER}):
        reply = slack.wait_reply(slack.dm(OPEN, user="ben"))
        asked = slack.command(f"/evidence {UNANSWERED}", "D0BEN0001", user="ben")
        for message, label in ((reply, "Share this quote"), (slack.wait_reply(asked), "Share to channel")):
            slack.click(message, label, user="ben")
            form = slack.wait_view(user="ben", showing="Share in which channel?")
            refused = slack.submit(form, {"channel": GENERAL}, user="ben")
            assert refused == {"errors": {"channel": share.MAY_NOT_SEE}}
            assert not [message for message in slack.messages("#general") if message.from_bot]
            assert slack.submit(form, {"channel": "C0EVIDENC"}, user="ben") == {}
        shared = [m for m in slack.messages("#evidence") if reading(m).startswith("Shared by ben")]
        assert len(shared) == 2 and not any(map(hides, shared))


def test_nothing_is_shared_where_one_may_not_ask(slack, start):
    with start(channels=frozenset({"direct"})):
        reply = slack.wait_reply(slack.dm(OPEN, user="ben"))
        slack.click(reply, "Share this quote", user="ben")
        form = slack.wait_view(user="ben", showing="Share in which channel?")
        assert slack.submit(form, {"channel": GENERAL}, user="ben") == {"errors": {"channel": share.MAY_NOT_ASK}}
        assert not [message for message in slack.messages("#general") if message.from_bot]


def test_a_quotation_is_checked_against_what_its_channel_may_see(slack, start):
    with start() as bot:
        said = slack.say("#general", f"Somebody said “{passage_by('Arooj Shah').text.strip('“”')}”")
        slack.shortcut("Check this quotation", on=said)
        found = slack.wait_view(showing="Exact.")
        narrow(bot)
        slack.click(found, "In context")
        slack.wait_view(showing=GONE, depth=2)
        slack.close(slack.view(), everything=True)
        slack.shortcut("Check this quotation", on=said)
        assert "Arooj Shah" not in reading(slack.wait_view(showing="Not found in the written evidence"))


def test_the_search_form_offers_and_finds_what_direct_messages_may_see(slack, start):
    with start(submissions={"direct": ONLY_OTHER}):
        slack.shortcut("Search the evidence")
        form = slack.wait_view(showing="What do you want to know?")
        assert [o["value"] for o in slack.suggestions(form, "search_submission", "")] == ["TST0001"]
        assert [o["value"] for o in slack.suggestions(form, "search_speaker", "")] == ["Tester"]
        assert slack.suggestions(form, "search_section", "") == []
        hidden = {"text": {"type": "plain_text", "text": "Locality (PSR0074)"}, "value": "PSR0074"}
        slack.submit(form, {"question": OPEN, "submission": hidden})
        assert hides(slack.wait_view(showing="Nothing that passes these filters"))
        slack.close(slack.view())
        slack.shortcut("Search the evidence")
        slack.submit(slack.wait_view(showing="What do you want to know?"), {"question": OPEN})
        found = slack.wait_view(showing="Your question")
        assert hides(found) and quotes(found) == [OTHER.passages[1].text]


def test_home_and_its_windows_show_what_direct_messages_may_see(slack, start):
    with start():
        wide = slack.home(user="ben")
    with start(submissions={"direct": ONLY_OTHER}):
        slack.click(wide, "Read the answer", user="ben", nth=1)
        view = slack.wait_view(user="ben", showing=GONE)
        assert hides(view)
        slack.close(view, user="ben")
        slack.click(wide, "Ask this", user="ben")
        view = slack.wait_view(user="ben", showing="Your question")
        assert not any(quote in PSR0074.text for quote in quotes(view))
        slack.close(view, user="ben")
        home = slack.home(user="ben")
        assert "TST0001" in reading(home) and hides(home)
        slack.open_agent(user="ben")
        assert [prompt["message"] for prompt in slack.wait_prompts(user="ben")] == ["help"]


def test_a_channel_chooses_among_what_it_may_see(slack, start):
    with start(submissions={GENERAL: ONLY_OTHER}) as bot:
        slack.command("/evidence settings")
        view = slack.wait_view(showing="Who sees an answer")
        [option] = slack.suggestions(view, "settings_submissions", "")
        assert option["value"] == "TST0001"
        hidden = {"text": {"type": "plain_text", "text": "Locality (PSR0074)"}, "value": "PSR0074"}
        entered = {"submissions": [option, hidden], "mention": "no", "privacy": "public"}
        assert slack.submit(view, entered) == {"errors": {"submissions": settings_modal.NOT_OFFERED}}
        assert bot.store.channels.get(TEAM, GENERAL) == ChannelSettings()


# Who may ask, and so press


def test_who_may_not_ask_may_press_nothing_on_a_message(slack, start):
    with start(users=frozenset({ADA})) as bot:
        reply = slack.wait_reply(slack.say("#general", f"@evidence-bot {MANY}"))
        before = len(slack.messages("#general", user="dev"))
        for label in ("In context", "Cite", "Share this quote", "More quotes", "Helpful", "Not helpful"):
            told = slack.wait_reply(slack.click(reply, label, user="ben"))
            assert (reading(told), told.only_for) == (NOT_ALLOWED, BEN)
        assert slack.view(user="ben") is None and bot.store.feedback.votes() == []
        assert len(slack.messages("#general", user="dev")) == before
        assert slack.wait_reply(slack.click(reply, "Helpful")).text != NOT_ALLOWED


def test_who_may_not_ask_gets_no_window_and_no_home(slack, start):
    with start(users=frozenset({ADA})):
        said = slack.say("#general", f"“{passage_by('Arooj Shah').text}”")
        for shortcut in ({"name": "Search the evidence"}, {"name": "Check this quotation", "on": said}):
            asked = slack.shortcut(**shortcut, user="ben")
            told = slack.view(user="ben") or slack.wait_reply(asked)
            assert reading(told).removeprefix(f"{door.TITLE}\n").startswith(NOT_ALLOWED)
        home = slack.home(user="ben")
        assert NOT_ALLOWED in reading(home) and hides(home) and "TST0001" not in reading(home)
        slack.open_agent(user="ben")
        slack.wait_acked()
        assert not slack.world.prompts


def test_windows_that_stood_open_take_nothing_from_who_may_no_longer_ask(slack, start):
    with start():
        reply = slack.wait_reply(slack.say("#general", f"@evidence-bot {OPEN}", user="ben"))
        home = slack.home(user="ben")
        slack.click(reply, "In context", user="ben")
        context = slack.wait_view(user="ben", showing="The committee asked")
        slack.shortcut("Search the evidence", user="chloe")
        search = slack.wait_view(user="chloe", showing="What do you want to know?")
        slack.command("/evidence settings", user="dev")
        settings = slack.wait_view(user="dev", showing="Who sees an answer")
    with start(users=frozenset({ADA})) as bot:
        for label in ("Later", "Cite"):
            slack.click(context, label, user="ben")
            notice = slack.wait_view(user="ben", showing=NOT_ALLOWED, depth=2)
            slack.close(notice, user="ben")
        for label in ("Read the answer", "Ask this"):
            slack.click(home, label, user="ben")
            slack.close(slack.wait_view(user="ben", showing=NOT_ALLOWED), user="ben")
        for element in ("search_submission", "search_speaker", "search_section"):
            assert slack.suggestions(search, element, "", user="chloe") == []
        slack.submit(search, {"question": OPEN}, user="chloe")
        assert hides(slack.wait_view(user="chloe", showing=NOT_ALLOWED))
        assert slack.suggestions(settings, "settings_submissions", "", user="dev") == []
        slack.submit(settings, {"mention": "yes", "privacy": "private"}, user="dev")
        slack.wait_view(user="dev", showing=NOT_ALLOWED)
        assert bot.store.channels.get(TEAM, GENERAL) == ChannelSettings()


def test_a_form_to_share_is_refused_to_who_may_no_longer_ask(slack, start):
    with start():
        reply = slack.wait_reply(slack.dm(OPEN, user="ben"))
        slack.click(reply, "Share this quote", user="ben")
        form = slack.wait_view(user="ben", showing="Share in which channel?")
    with start(users=frozenset({ADA})):
        slack.submit(form, {"channel": GENERAL}, user="ben")
        slack.wait_view(user="ben", showing=NOT_ALLOWED)
        assert not [message for message in slack.messages("#general") if message.from_bot]


def test_a_channel_in_which_nobody_may_ask_takes_no_press(slack, start):
    with start():
        reply = slack.wait_reply(slack.say("#general", f"@evidence-bot {OPEN}"))
        slack.click(reply, "In context")
        view = slack.wait_view(showing="The committee asked")
    with start(channels=frozenset({"C0EVIDENC", "direct"})):
        assert reading(slack.wait_reply(slack.click(reply, "Share this quote"))) == NOT_ALLOWED
        slack.click(view, "Cite")
        slack.wait_view(showing=NOT_ALLOWED, depth=2)
        assert hides(slack.home()) is False, "direct messages are open"


def test_an_administrator_who_may_not_ask_still_sees_the_gaps(slack, start):
    with start(channels=frozenset({GENERAL}), administrators=frozenset({ADA})) as bot:
        slack.wait_reply(slack.command("/evidence Xylophones?"))
        wait_until(bot.store.feedback.gaps, 5, "the gap")
        home = slack.home()
        assert NOT_ALLOWED in reading(home) and "Xylophones? (not found)" in reading(home) and hides(home)
        slack.click(home, "Export as CSV")
        assert slack._until(lambda: [f for m in slack.messages("D0ADA0001") for f in m.files] or None, 10, "the file")


# Who may change settings


def test_where_there_are_administrators_others_only_read_the_settings(slack, start):
    with start(administrators=frozenset({ADA})) as bot:
        bot.store.channels.set(TEAM, GENERAL, ChannelSettings(ONLY_OTHER, private_first=True))
        slack.command("/evidence settings", user="ben")
        view = slack.wait_view(user="ben", showing=settings_modal.NOT_YOURS)
        assert "Answers come from: TST0001." in reading(view) and "First only the person who asked" in reading(view)
        assert all(block["type"] != "input" for block in view.body["blocks"])
        slack.command("/evidence settings", "D0BEN0001", user="ben")
        own = slack._until(lambda: slack.view(user="ben") if _is_form(slack.view(user="ben")) else None, 5, "a form")
        assert slack.submit(own, {"mention": "no", "privacy": "public"}, user="ben") == {}
        slack.command("/evidence settings")
        assert slack.submit(slack.wait_view(showing="Follow-up"), {"mention": "yes", "privacy": "public"}) == {}
        assert bot.store.channels.get(TEAM, GENERAL).mention_only


def _is_form(view):
    return view is not None and any(block["type"] == "input" for block in view.body["blocks"])


def test_a_form_that_stood_open_changes_nothing_when_administrators_are_set(slack, start):
    with start():
        slack.command("/evidence settings", user="ben")
        form = slack.wait_view(user="ben", showing="Who sees an answer")
    with start(administrators=frozenset({ADA})) as bot:
        slack.submit(form, {"mention": "yes", "privacy": "public"}, user="ben")
        slack.wait_view(user="ben", showing=settings_modal.NOT_YOURS)
        assert bot.store.channels.get(TEAM, GENERAL) == ChannelSettings()


# Several submissions: whose words are searched


def test_the_form_narrows_to_submitter_and_date_and_names_no_hidden_submission(slack, start):
    with start(submissions={"direct": ONLY_OTHER}):
        slack.shortcut("Search the evidence")
        form = slack.wait_view(showing="What do you want to know?")
        offered = [option["value"] for option in slack.suggestions(form, "search_submitter", "")]
        assert offered == ["Tester"]
        locality = {"text": {"type": "plain_text", "text": "Locality"}, "value": "Locality"}
        entered = {"question": OPEN, "submitter": locality}
        assert slack.submit(form, entered) == {}
        assert hides(slack.wait_view(showing="Nothing that passes these filters answers that."))
    with start():
        slack.shortcut("Search the evidence")
        form = slack.wait_view(showing="What do you want to know?")
        refused = slack.submit(form, {"question": OPEN, "since": "last year"})
        assert list(refused["errors"]) == ["since"] and "'last year' is no date" in refused["errors"]["since"]
        assert slack.submit(form, {"question": OPEN, "since": "2020-06-15"}) == {}
        found = slack.wait_view(showing="Searched in: Locality (PSR0074)")
        assert quotes(found) and set(quotes(found)) <= {p.text for p in PSR0074.passages}


def test_a_mention_that_names_a_submitter_searches_its_submission_and_says_so(slack, start):
    with start():
        told = "Searched in: Tester (TST0001)"
        reply = slack.wait_reply(slack.say("#general", f"@evidence-bot What did the Tester say about {OPEN}"))
        assert told in reading(reply) and hides(reply) and quotes(reply)
        follow = slack.say("#general", "@evidence-bot and what about harbour dredging contracts?", thread=reply)
        assert told in reading(slack.wait_reply(follow))
        apart = slack.say("#general", f"@evidence-bot {OPEN}", thread=reply)
        assert "Searched in" not in reading(slack.wait_reply(apart))


def test_a_comparison_is_private_shared_on_request_and_keeps_to_what_the_channel_may_see(slack, start):
    topic = "decisions community organisations dredging contracts"
    with start() as bot:
        reply = slack.wait_reply(slack.command(f"/evidence compare {topic}"))
        assert reply.only_for == ADA
        assert "2 of 2 submitters say something on it." in reading(reply)
        assert re.search(r"^¹ .+ \((PSR0074|TST0001)\)$", reading(reply), re.M)
        shared = slack.wait_reply(slack.click(reply, "Share to channel"))
        assert shared.only_for is None and set(quotes(shared)) == set(quotes(reply))
        narrow(bot)
        assert reading(slack.wait_reply(slack.click(reply, "Share to channel"))) == GONE
        narrowed = slack.wait_reply(slack.command(f"/evidence compare {topic}"))
        assert hides(narrowed) and "1 of 1 submitters" in reading(narrowed)
        assert "Name a topic" in reading(slack.wait_reply(slack.command("/evidence compare")))
