"""The imitation against a real Bolt app over Socket Mode: what a person does reaches it, what it does is seen."""

import asyncio
import re
import threading
import time

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from slack_story import Slack, quotes, reading, slack

from bot.playground import Pace

__all__ = ["slack"]


class EchoBot:
    """A small Bolt app on a thread of its own that answers in the ways that evidence-bot does."""

    def __init__(self, environment, *, ping_interval=0.2):
        self.environment, self.ping_interval = environment, ping_interval
        self.seen = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self):
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(self, *_):
        asyncio.run_coroutine_threadsafe(self._handler.close_async(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    async def _start(self):
        client = AsyncWebClient(token=self.environment["SLACK_BOT_TOKEN"], base_url=self.environment["SLACK_API_URL"])
        app = AsyncApp(client=client, signing_secret=self.environment["SLACK_SIGNING_SECRET"])
        self.register(app)
        self._handler = AsyncSocketModeHandler(
            app, self.environment["SLACK_APP_TOKEN"], ping_interval=self.ping_interval
        )
        await self._handler.connect_async()

    def register(self, app):
        @app.event("app_mention")
        async def mentioned(event, say):
            await say(text="An answer", blocks=answer(event["text"]), thread_ts=event.get("thread_ts", event["ts"]))

        @app.event("message")
        async def message(event, body, client):
            self.seen.append(event)
            if event.get("channel_type") == "im" and not event.get("subtype"):
                await client.chat_postMessage(channel=event["channel"], text=f"You said {event['text']}")

        @app.event(re.compile("reaction_|member_|file_shared"))
        async def heard(event):
            self.seen.append(event)

        @app.event("app_home_opened")
        async def opened(event, client):
            if event["tab"] == "messages":
                prompts = [{"title": "Ask", "message": "What is there?"}]
                await client.assistant_threads_setSuggestedPrompts(channel_id=event["channel"], prompts=prompts)
                return
            await client.views_publish(user_id=event["user"], view=home("Known submissions"))

        @app.command("/evidence")
        async def evidence(ack, command):
            await ack(text=f"Only you: {command['text']}", blocks=answer(command["text"]))

        @app.action("context")
        async def context(ack, body, client):
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=modal("In context"))

        @app.action("share")
        async def share(ack, respond):
            await ack()
            await respond(text="Shared", response_type="in_channel")

        @app.action("replace")
        async def replace(ack, respond):
            await ack()
            await respond(text="Replaced", replace_original=True)

        @app.action("vote")
        async def vote(ack, body, client):
            await ack()
            value = body["actions"][0]["value"]
            await client.chat_postEphemeral(
                channel=body["channel"]["id"], user=body["user"]["id"], text=f"Vote: {value}"
            )

        @app.view("form")
        async def submitted(ack, view):
            text = view["state"]["values"]["words"]["typed"]["value"]
            if text == "bad":
                await ack(response_action="errors", errors={"words": "Not that word"})
            elif text == "next":
                await ack(response_action="push", view=modal("Second"))
            elif text == "change":
                await ack(response_action="update", view=modal("Changed"))
            elif text == "all":
                await ack(response_action="clear")
            else:
                await ack()

        @app.options("speaker")
        async def speakers(ack, payload):
            await ack(options=[option(payload["value"].title())])

        @app.view("all_elements")
        async def everything(ack, body):
            await ack()
            self.seen.append(body)

        @app.shortcut("search_evidence")
        async def search(ack, body, client):
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=modal("Search"))

        @app.shortcut("check_quotation")
        async def check(ack, body, respond):
            await ack()
            await respond(text=f"Checked: {body['message']['text']}")


def button(label, action_id):
    return {"type": "button", "text": {"type": "plain_text", "text": label}, "action_id": action_id, "value": "1"}


def option(text):
    return {"text": {"type": "plain_text", "text": text}, "value": text.lower()}


def answer(words):
    quote = {"type": "rich_text_quote", "elements": [{"type": "text", "text": words}]}
    votes = {
        "type": "feedback_buttons",
        "action_id": "vote",
        "positive_button": {"text": {"type": "plain_text", "text": "Helpful"}, "value": "up"},
        "negative_button": {"text": {"type": "plain_text", "text": "Not helpful"}, "value": "down"},
    }
    return [
        {"type": "rich_text", "elements": [quote]},
        {
            "type": "actions",
            "elements": [button("In context", "context"), button("Share", "share"), button("Replace", "replace")],
        },
        {"type": "context_actions", "elements": [votes]},
    ]


def modal(title):
    words = {
        "type": "input",
        "block_id": "words",
        "label": {"type": "plain_text", "text": "Words"},
        "element": {"type": "plain_text_input", "action_id": "typed"},
    }
    return {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": title},
        "submit": {"type": "plain_text", "text": "Go"},
        "blocks": [words],
    }


def home(text):
    return {"type": "home", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": text}}]}


def eventually(holds, seconds=5):
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
    assert holds()


@pytest.fixture
def bot(slack):
    with EchoBot(slack.environment()) as running:
        slack.wait_connected()
        yield running


def test_a_mention_arrives_as_app_mention_and_as_message_with_the_same_ts(slack, bot):
    asked = slack.say("#general", "@evidence-bot who owns <that> & this?")
    reply = slack.wait_reply(asked)
    assert quotes(reply) == ["<@U0EVIDENCE> who owns &lt;that&gt; &amp; this?"]
    assert reply.thread_ts == asked.ts
    slack.wait_acked()
    twins = [d.payload["event"] for d in slack.deliveries() if d.payload["event"]["ts"] == asked.ts]
    assert sorted(twin["type"] for twin in twins) == ["app_mention", "message"]
    assert len({d.payload["event_id"] for d in slack.deliveries()}) == len(slack.deliveries())


def test_the_bot_hears_its_own_messages_edits_deletions_and_reactions(slack, bot):
    mine = slack.dm("hello")
    echo = slack.wait_reply(mine)
    slack.edit(mine, "hello again")
    slack.react(echo, "thumbsup")
    slack.delete(mine)
    slack.wait_acked()
    names = [d.name for d in slack.deliveries()]
    assert names.count("message.im") == 4
    assert "reaction_added" in names
    own = [d.payload["event"] for d in slack.deliveries() if d.payload["event"].get("bot_id")]
    assert [event["ts"] for event in own] == [echo.ts]
    # Bolt acknowledges before its listener has run.
    eventually(lambda: len(bot.seen) == 4)
    assert sorted(str(event.get("subtype")) for event in bot.seen) == [
        "None", "None", "message_changed", "message_deleted",
    ]  # fmt: skip


def test_a_channel_without_the_bot_is_silent_until_it_is_invited(slack, bot):
    slack.say("#random", "@evidence-bot hello?")
    assert slack.deliveries() == []
    slack.invite("#random")
    slack.wait_reply(slack.say("#random", "@evidence-bot and now?"))


def test_a_button_opens_a_modal_and_its_answers_are_honoured(slack, bot):
    reply = slack.wait_reply(slack.say("#general", "@evidence-bot quote"))
    slack.click(reply, "In context")
    view = slack.wait_view(showing="In context")
    assert slack.submit(view) == {"errors": {"words": "Please complete this required field."}}
    assert slack.submit(view, {"words": "bad"}) == {"errors": {"words": "Not that word"}}
    assert slack.submit(view, {"typed": "change"}) == {}
    assert reading(slack.view()).startswith("Changed")
    slack.submit(view, {"typed": "next"})
    second = slack.wait_view(showing="Second", depth=2)
    assert second.previous_id == view.id
    slack.submit(second, {"typed": "fine"})
    assert slack.view() is view
    slack.submit(view, {"typed": "all"})
    assert slack.view() is None


def test_a_submission_carries_every_elements_value_in_slacks_form(slack, bot):
    two = {"options": [option("One"), option("Two")]}
    kinds = {"plain_text_input": {}, "static_select": two, "checkboxes": two, "radio_buttons": two, "datepicker": {},
             "multi_external_select": {"action_id": "speaker"}, "users_select": {}, "file_input": {},
             "conversations_select": {"response_url_enabled": True}}  # fmt: skip
    blocks = [{"type": "input", "block_id": kind, "optional": True, "label": {"type": "plain_text", "text": kind},
               "element": {"type": kind, "action_id": "it", **more}} for kind, more in kinds.items()]  # fmt: skip
    slack.shortcut("search_evidence")
    view = slack.wait_view(showing="Search")
    slack.world.views.update(view, modal("Search") | {"callback_id": "all_elements", "blocks": blocks})
    kim = slack.suggestions(view, "speaker", "kim")
    slack.submit(view, {
        "plain_text_input": "words", "static_select": "one", "checkboxes": ["two"], "datepicker": "2026-01-31",
        "multi_external_select": kim, "users_select": "U0BEN0001", "conversations_select": "C0EVIDENC",
        "file_input": [{"name": "letter.txt", "content": "RGVhcg=="}],
    })  # fmt: skip
    eventually(lambda: bot.seen)
    body = bot.seen[0]
    values = {name: next(iter(entry.values())) for name, entry in body["view"]["state"]["values"].items()}
    assert values["plain_text_input"] == {"type": "plain_text_input", "value": "words"}
    assert values["static_select"]["selected_option"] == option("One")
    assert values["checkboxes"]["selected_options"] == [option("Two")]
    assert values["radio_buttons"]["selected_option"] is None
    assert values["datepicker"]["selected_date"] == "2026-01-31"
    assert values["multi_external_select"]["selected_options"] == [option("Kim")]
    assert values["users_select"]["selected_user"] == "U0BEN0001"
    assert values["file_input"]["files"][0]["name"] == "letter.txt"
    assert [url["channel_id"] for url in body["response_urls"]] == ["C0EVIDENC"]


def test_response_urls_share_replace_and_run_out(slack, bot):
    asked = slack.command("/evidence who pays?")
    private = slack.wait_reply(asked)
    assert private.only_for == "U0ADA0001" and quotes(private) == ["who pays?"]
    assert private not in slack.messages("#general", user="ben")
    shared = slack.wait_reply(slack.click(private, "Share"))
    assert shared.text == "Shared" and shared in slack.messages("#general", user="ben")
    slack.click(private, "Replace")
    assert slack._until(lambda: private.text == "Replaced" or None, 5, "the replacement")


def test_feedback_shortcuts_home_and_prompts_work(slack, bot):
    reply = slack.wait_reply(slack.say("#general", "@evidence-bot quote"))
    assert slack.wait_reply(slack.click(reply, "Not helpful", user="ben")).text == "Vote: down"
    asked = slack.say("#evidence", "“Some words”")
    assert slack.wait_reply(slack.shortcut("Check this quotation", on=asked)).text == "Checked: “Some words”"
    slack.shortcut("Search the evidence", user="chloe")
    slack.wait_view(user="chloe", showing="Search")
    assert "Known submissions" in reading(slack.home())
    slack.open_agent()
    assert slack.wait_prompts()[0]["title"] == "Ask"


def test_an_event_that_is_not_acked_comes_again_with_its_number():
    with Slack(pace=Pace(ack=0.3, retry_after=(0.0, 0.1))) as slack, EchoBot(slack.environment()):
        slack.wait_connected()
        slack.faults.lose_acks(2)
        slack.say("#general", "twice lost")
        slack.wait_acked()
        tries = slack.deliveries("message.channels")
        assert [d.attempt for d in tries] == [0, 1, 2]
        assert len({d.payload["event_id"] for d in tries}) == 1


def test_an_acked_event_comes_again_when_a_duplicate_is_asked_for(slack, bot):
    slack.faults.duplicate()
    asked = slack.dm("once more")
    slack.wait_reply(asked, nth=1)


def test_what_was_said_without_a_bot_reaches_it_when_it_connects(slack):
    asked = slack.dm("anybody there?")
    with EchoBot(slack.environment()):
        assert slack.wait_reply(asked, timeout=5).text == "You said anybody there?"


@pytest.mark.parametrize("fault", ["refresh", "drop", "half_die"])
def test_the_bot_comes_back_after_a_lost_connection(fault):
    with Slack(pace=Pace(ack=0.5, retry_after=(0.0, 0.5, 0.5, 0.5))) as slack, EchoBot(slack.environment()):
        slack.wait_connected()
        getattr(slack, fault)()
        assert slack.wait_reply(slack.dm("still there?"), timeout=8).text == "You said still there?"
        assert len(slack.calls("apps.connections.open")) >= 2


def test_each_envelope_goes_to_one_of_several_connections(slack, bot):
    with EchoBot(slack.environment()):
        slack.wait_connected(2)
        for number in range(4):
            slack.wait_reply(slack.dm(f"message {number}"))
        slack.wait_acked()
        shares = [len(c.envelopes) for c in slack.playground.sockets.connections]
        assert sum(shares) == len(slack.deliveries()) and min(shares) >= 3
        replies = [m for m in slack.messages("D0ADA0001") if m.from_bot]
        assert len(replies) == 4


def test_a_slash_command_that_nobody_acks_shows_slacks_own_error():
    with Slack(pace=Pace(ack=0.2)) as slack:
        assert "dispatch_failed" in slack.command("/evidence anything").problem
        with EchoBot(slack.environment()):
            slack.wait_connected()
            slack.faults.lose_acks()
            assert "operation_timeout" in slack.command("/evidence anything").problem


def test_a_trigger_expires_after_three_seconds_and_works_once(slack):
    triggers = slack.world.triggers
    triggers._seconds = 0.05
    late = triggers.issue("U0ADA0001")
    time.sleep(0.1)
    used = triggers.issue("U0ADA0001")
    triggers.redeem(used)
    for trigger, error in ((late, "expired_trigger_id"), (used, "exchanged_trigger_id"), ("x", "invalid_trigger_id")):
        with pytest.raises(Exception, match=error):
            triggers.redeem(trigger)
