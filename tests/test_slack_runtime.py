"""The real bot as a process beside the local imitation of Slack: what it answers, where, and to whom."""

import contextlib
import json
import re
import socket
import time
import urllib.error
import urllib.request
from dataclasses import replace

import pytest
from bot_process import BotProcess, wait_until
from echo_bot import SECRET, passage_text
from slack_story import Slack, quotes, reading

from bot.playground import Pace, announce
from bot.playground.workspace import TEAM_ID
from bot.slack.listeners import BUSY
from bot.slack.replying import NOT_ALLOWED
from bot.state.records import ChannelSettings
from bot.state.store import open_store


@pytest.fixture
def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


REFERENCE = re.compile(r"\b[0-9A-F]{8}\b")


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """One imitation and one bot for the tests that leave both as they were."""
    with Slack() as slack, BotProcess(slack, tmp_path_factory.mktemp("bot")) as bot:
        yield slack, bot


@pytest.fixture
def slack(shared):
    shared[0].faults.clear()
    return shared[0]


def posts(slack, thread_ts):
    calls = [*slack.calls("chat.postMessage"), *slack.calls("chat.postEphemeral")]
    return [call for call in calls if call.payload.get("thread_ts") == thread_ts]


def settled(slack):
    """Wait until everything so far is acknowledged, and a question asked after it is answered."""
    slack.wait_acked()
    slack.wait_reply(slack.dm("passage 1", user="dev"))
    time.sleep(0.2)  # other threads are answered at the same time as the last one


def test_a_mention_gets_one_reply_in_its_thread_though_it_comes_as_two_events(slack):
    asked = slack.say("#general", "@evidence-bot what does passage 5 say?")
    reply = slack.wait_reply(asked)
    assert quotes(reply) == [passage_text(5)]
    assert reply.thread_ts == asked.ts
    settled(slack)
    kinds = [d.name for d in slack.deliveries() if (d.payload.get("event") or {}).get("ts") == asked.ts]
    assert sorted(kinds) == ["app_mention", "message.channels"]
    (post,) = posts(slack, asked.ts)
    assert (post.payload["unfurl_links"], post.payload["unfurl_media"]) in (
        (False, False),
        ("0", "0"),
        ("false", "false"),
    )
    assert not {"link_names", "parse"} & set(post.payload)


def test_a_direct_message_needs_no_mention_and_shows_that_work_is_under_way(slack):
    asked = slack.dm("what does passage 7 say?")
    assert quotes(slack.wait_reply(asked)) == [passage_text(7)]
    (status,) = [c for c in slack.calls("assistant.threads.setStatus") if c.payload["thread_ts"] == asked.ts]
    assert status.payload["status"]


def test_a_status_that_fails_does_not_matter(slack):
    slack.faults.error("assistant.threads.setStatus", "missing_scope")
    assert quotes(slack.wait_reply(slack.dm("passage 8"))) == [passage_text(8)]


def test_an_event_that_is_delivered_again_is_answered_once(slack):
    slack.faults.duplicate(4)
    slack.faults.lose_acks(2)
    asked = [slack.say("#evidence", f"@evidence-bot passage {number}") for number in (2, 3)]
    for question in asked:
        slack.wait_reply(question)
    settled(slack)
    assert [len(posts(slack, question.ts)) for question in asked] == [1, 1]


def test_edits_deletions_and_the_words_of_bots_are_not_answered(slack):
    asked = slack.say("#general", "@evidence-bot passage 4")
    slack.wait_reply(asked)
    slack.edit(asked, "@evidence-bot passage 6")
    gone = slack.say("#general", "nobody is asked here: passage 3?")
    slack.delete(gone)
    settled(slack)
    assert len(posts(slack, asked.ts)) == 1 and posts(slack, gone.ts) == []


def test_every_event_is_acknowledged_wanted_or_not(slack):
    message = slack.say("#general", "lunch?")
    slack.react(message, "eyes")
    slack.wait_acked()
    assert posts(slack, message.ts) == []


def test_a_follow_up_in_our_thread_needs_no_mention(slack):
    asked = slack.say("#general", "@evidence-bot passage 5")
    slack.wait_reply(asked)
    follow_up = slack.say("#general", "and what about passage 6?", thread=asked, user="ben")
    reply = slack.wait_reply(follow_up)
    assert quotes(reply) == [passage_text(6)]
    assert "and what about passage 6? (after 1)" in reading(reply), "it was asked with the thread's history"


@pytest.mark.parametrize("words", ["That is what I thought.", "@ben what do you think?", "shall we use passage 6?"])
def test_people_who_talk_among_themselves_in_our_thread_are_left_alone(slack, words):
    asked = slack.say("#general", "@evidence-bot passage 5")
    slack.wait_reply(asked)
    slack.say("#general", words, thread=asked, user="chloe")
    settled(slack)
    assert len(posts(slack, asked.ts)) == 1


def test_a_question_in_a_thread_that_is_not_ours_is_left_alone(slack):
    start = slack.say("#general", "what does passage 5 say?")
    slack.say("#general", "and what about passage 6?", thread=start, user="ben")
    settled(slack)
    assert posts(slack, start.ts) == []


@contextlib.contextmanager
def undelivered(slack):
    """What is said inside stands in Slack and is not delivered; call what is given with a message to deliver it."""
    app = slack.world.app
    slack.world.app = replace(app, events=frozenset())

    def deliver(message):
        place = slack.world.workspace.channels[message.channel]
        slack._call(lambda: announce.message_posted(slack.world, place, message))
        slack.wait_acked()

    yield deliver
    slack.world.app = app


def test_a_follow_up_that_is_delivered_before_its_mention_is_answered_after_it(slack):
    with undelivered(slack) as deliver:
        start = slack.say("#general", "shall we look into it?")
        talk = slack.say("#general", "and what about passage 3?", thread=start, user="ben")
        asked = slack.say("#general", "@evidence-bot passage 5", thread=start)
        follow_up = slack.say("#general", "and what about passage 6?", thread=start, user="ben")
    for message in (talk, follow_up, asked):
        deliver(message)
    wait_until(lambda: len(slack.replies(start)) >= 2, 10, "two replies")
    settled(slack)
    assert [quotes(reply) for reply in slack.replies(start)] == [[passage_text(5)], [passage_text(6)]]
    assert "and what about passage 6? (after 1)" in reading(slack.replies(start)[1])


def test_a_direct_message_remembers_the_last_questions(slack):
    slack.wait_reply(slack.dm("passage 5", user="chloe"))
    reply = slack.wait_reply(slack.dm("and passage 6?", user="chloe"))
    assert "(after 1)" in reading(reply)
    reply = slack.wait_reply(slack.dm("Hey evidence-bot, what does passage 7 say?", user="chloe"))
    assert "(after" not in reading(reply), "a question of its own has nothing to do with those before it"
    reply = slack.wait_reply(slack.dm("what does passage 8 say?", user="chloe", thread=reply))
    assert "(after 1)" in reading(reply), "in a thread it goes on"


def test_a_thread_is_answered_in_order(slack):
    first = slack.say("#evidence", "@evidence-bot passage 1")
    numbers = [3, 9, 4, 8, 5, 7]
    for number in numbers:
        slack.say("#evidence", f"@evidence-bot passage {number}", thread=first)
    wait_until(lambda: len(posts(slack, first.ts)) == 7, 10, "seven replies")
    wait_until(lambda: all(call.outcome == "ok" for call in posts(slack, first.ts)), 5)
    thread = slack.playground.world.workspace.channels[first.channel].thread(first.ts)
    assert [quotes(m)[0] for m in thread if m.from_bot] == [passage_text(n) for n in [1, *numbers]]


def test_thanks_gets_a_reaction_and_no_message(slack):
    asked = slack.say("#general", "@evidence-bot passage 5")
    slack.wait_reply(asked)
    thanks = slack.say("#general", "@evidence-bot thanks!", thread=asked)
    wait_until(lambda: thanks.reactions, 5, "a reaction")
    settled(slack)
    assert len(posts(slack, asked.ts)) == 1


def test_thanks_in_a_direct_message_leaves_no_search_under_way(slack):
    thanks = slack.dm("Thanks, bot!", user="ben")
    wait_until(lambda: thanks.reactions, 5, "a reaction")
    assert slack.world.statuses.get((thanks.channel, thanks.ts)) is None


@pytest.mark.parametrize("words", ["@evidence-bot", "@evidence-bot help", "@evidence-bot hello"])
def test_a_mention_without_a_question_gets_help(slack, words):
    asked = slack.say("#general", words)
    assert "evidence" in reading(slack.wait_reply(asked))


def test_a_failure_is_one_sentence_with_a_reference_that_the_log_holds(shared, slack):
    reply = slack.wait_reply(slack.say("#general", "@evidence-bot please fail"))
    (reference,) = REFERENCE.findall(reading(reply))
    assert SECRET not in json.dumps(reply.as_json())
    lines = shared[1].log.splitlines()
    (line,) = [line for line in lines if reference in line]
    assert any(SECRET in later for later in lines[lines.index(line) :]), "the traceback stands below it"


def test_a_reply_that_slack_does_not_take_is_replaced_by_a_sentence_with_a_reference(shared, slack):
    slack.faults.error("chat.postMessage", "invalid_blocks")
    asked = slack.say("#general", "@evidence-bot passage 5")
    reply = slack.wait_reply(asked)
    assert REFERENCE.search(reading(reply)) and quotes(reply) == []


def test_a_question_that_nobody_can_be_told_the_answer_to_is_given_up(shared, slack):
    slack.faults.error("chat.postMessage", "is_archived")
    asked = slack.say("#general", "@evidence-bot passage 5")
    wait_until(lambda: "undeliverable" in shared[1].log, 5, "it to be given up")
    settled(slack)
    assert len(posts(slack, asked.ts)) == 1 and slack.replies(asked) == []


def test_a_question_is_given_up_where_slack_takes_not_even_the_sentence(shared, slack):
    slack.faults.error("chat.postMessage", "invalid_arguments", times=1000)
    asked = slack.say("#general", "@evidence-bot passage 5")
    wait_until(lambda: "error=invalid_arguments" in shared[1].log, 5, "it to be given up")
    slack.faults.clear()
    settled(slack)
    assert len(posts(slack, asked.ts)) == 2 and slack.replies(asked) == []


def test_logs_hold_no_text_of_a_question_and_no_token(shared, slack):
    slack.wait_reply(slack.dm("a most private matter: passage 5"))
    slack.faults.server_error("chat.postMessage", times=2)
    slack.wait_reply(slack.dm("another private matter: passage 5"))
    log = shared[1].log
    assert "asked" in log and "private matter" not in log
    assert all(token not in log for token in slack.environment().values() if not token.startswith("http"))


def test_a_token_is_blotted_out_of_a_log_line():
    from bot.logs import redact

    line = "token xoxb-1-2-abc and xapp-1-A-b; wss://x/?ticket=abc-def&app_id=1"
    assert redact(line) == "token xoxb-(hidden) and xapp-(hidden); wss://x/?ticket-(hidden)&app_id=1"


def own(tmp_path, slack, **settings):
    return BotProcess(slack, tmp_path, **settings)


def get(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except urllib.error.URLError:
        return 0, "nobody listens"


def test_health_says_alive_ready_and_how_much(tmp_path, free_port):
    with Slack() as slack, own(tmp_path, slack, EVIDENCE_BOT_HEALTH=str(free_port)):
        wait_until(lambda: get(free_port, "/readyz")[0] == 200, 10, "readiness")
        slack.wait_reply(slack.dm("passage 5"))
        slack.wait_reply(slack.dm("something else"))
        assert get(free_port, "/healthz") == (200, "ok\n")
        wait_until(lambda: 'outcome="not_found"} 1.0' in get(free_port, "/metrics")[1], 5, "two outcomes")
        metrics = get(free_port, "/metrics")[1]
        assert 'evidence_bot_questions_total{outcome="quoted"} 1.0' in metrics
        assert "evidence_bot_connections_total 1.0" in metrics
        assert "evidence_bot_reply_seconds_count 2.0" in metrics
        slack.go_down()
        assert wait_until(lambda: get(free_port, "/readyz")[0] == 503, 10, "unreadiness")
        assert get(free_port, "/readyz")[1] == "not connected to Slack\n"
        assert get(free_port, "/healthz")[0] == 200


def test_logs_are_json_and_hold_texts_when_asked_for(tmp_path):
    with Slack() as slack, own(tmp_path, slack, EVIDENCE_BOT_LOG_FORMAT="json", EVIDENCE_BOT_LOG_TEXTS="yes") as bot:
        slack.wait_reply(slack.dm("what does passage 5 say?"))
        lines = [json.loads(line) for line in bot.log.splitlines()]
        (asked,) = [line for line in lines if line["message"] == "asked"]
        assert asked["text"] == "what does passage 5 say?"


def test_only_those_who_may_ask_are_answered(tmp_path):
    rules = {"EVIDENCE_BOT_USERS": "U0ADA0001", "EVIDENCE_BOT_CHANNELS": "C0GENERAL, direct"}
    with Slack() as slack, own(tmp_path, slack, **rules):
        assert quotes(slack.wait_reply(slack.say("#general", "@evidence-bot passage 5"))) == [passage_text(5)]
        assert quotes(slack.wait_reply(slack.dm("passage 5"))) == [passage_text(5)]
        for asked in (slack.say("#evidence", "@evidence-bot passage 5"),
                      slack.say("#general", "@evidence-bot passage 5", user="ben"),
                      slack.dm("passage 5", user="ben")):  # fmt: skip
            reply = slack.wait_reply(asked)
            assert reading(reply) == NOT_ALLOWED
            assert reply.only_for == (None if asked.channel.startswith("D") else asked.user)


def test_another_workspaces_people_may_not_ask_where_workspaces_are_listed(tmp_path):
    with Slack() as slack, own(tmp_path, slack, EVIDENCE_BOT_TEAMS="T0ELSEWHERE"):
        assert reading(slack.wait_reply(slack.dm("passage 5"))) == NOT_ALLOWED


def test_a_channel_sees_only_the_submissions_that_it_may_see(tmp_path):
    with Slack() as slack, own(tmp_path, slack, EVIDENCE_BOT_SUBMISSIONS="C0GENERAL=PSR0074, *=PSR0001"):
        assert quotes(slack.wait_reply(slack.say("#general", "@evidence-bot passage 5"))) == [passage_text(5)]
        asked = slack.say("#evidence", "@evidence-bot passage 5")
        assert quotes(slack.wait_reply(asked)) == []
        follow_up = slack.say("#evidence", "@evidence-bot and passage 6?", thread=asked)
        assert quotes(slack.wait_reply(follow_up)) == []
        assert quotes(slack.wait_reply(slack.dm("passage 5"))) == []


def test_other_settings_of_slack_and_proxies_in_the_environment_do_no_harm(tmp_path):
    odd = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "x", "SLACK_VERIFICATION_TOKEN": "y"}
    odd |= dict.fromkeys(("HTTPS_PROXY", "http_proxy", "ALL_PROXY"), "http://127.0.0.1:9")
    with Slack() as slack, own(tmp_path, slack, **odd):
        assert quotes(slack.wait_reply(slack.dm("passage 5"))) == [passage_text(5)]


def test_a_full_queue_tells_the_position_and_answers_all_the_same(tmp_path):
    full = {"EVIDENCE_BOT_QUEUE": "2", "EVIDENCE_BOT_WORKERS": "1", "SLOW_SECONDS": "0.5"}
    with Slack() as slack, own(tmp_path, slack, **full):
        asked = [slack.say("#general", f"@evidence-bot slowly passage {n}") for n in range(1, 5)]
        last = slack.wait_reply(asked[3])
        assert last.text == BUSY.format(position=4) and last.only_for == asked[3].user
        for number, question in enumerate(asked, 1):
            answered = [m for m in slack.replies(question) if m.only_for is None] or [
                slack.wait_reply(question, nth=int(number > 2))
            ]
            assert quotes(answered[0]) == [passage_text(number)]


def test_over_signed_http_a_mention_is_answered_and_bad_signatures_are_refused(tmp_path, free_port):
    address = f"http://127.0.0.1:{free_port}/slack/events"
    with Slack(request_url=address, pace=Pace(retry_after=(0.0, 0.5, 0.5))) as slack:
        bot = own(tmp_path, slack, EVIDENCE_BOT_HTTP=str(free_port))
        with bot:
            wait_until(lambda: get(free_port, "/slack/events")[0] == 405, 15, "the bot to listen")
            assert quotes(slack.wait_reply(slack.say("#general", "@evidence-bot passage 5"))) == [passage_text(5)]
            body = json.dumps({"type": "event_callback", "event": {"type": "message", "text": "passage 6"}}).encode()
            for headers in ({}, {"X-Slack-Signature": "v0=" + "0" * 64, "X-Slack-Request-Timestamp": "1"}):
                request = urllib.request.Request(address, body, {"Content-Type": "application/json", **headers})
                with pytest.raises(urllib.error.HTTPError) as refused:
                    urllib.request.urlopen(request, timeout=5)
                assert refused.value.code == 401


def settle_channel(folder, channel, **chosen):
    store = open_store("", folder)
    store.channels.set(TEAM_ID, channel, ChannelSettings(**chosen))
    store.close()


def test_a_channel_can_want_a_mention_for_every_question(tmp_path):
    with Slack() as slack, own(tmp_path, slack):
        settle_channel(tmp_path, "C0GENERAL", mention_only=True)
        asked = slack.say("#general", "@evidence-bot passage 5")
        slack.wait_reply(asked)
        slack.say("#general", "and what about passage 6?", thread=asked)
        settled(slack)
        assert len(posts(slack, asked.ts)) == 1
        again = slack.say("#general", "@evidence-bot and passage 6?", thread=asked)
        assert quotes(slack.wait_reply(again)) == [passage_text(6)]


def test_a_channel_can_want_answers_that_only_the_one_who_asked_sees(tmp_path):
    with Slack() as slack, own(tmp_path, slack):
        settle_channel(tmp_path, "C0GENERAL", private_first=True)
        asked = slack.say("#general", "@evidence-bot passage 5", user="ben")
        reply = slack.wait_reply(asked)
        assert quotes(reply) == [passage_text(5)] and reply.only_for == asked.user
        other = slack.say("#general", "@evidence-bot passage 6", user="ada", thread=asked)
        assert "after" not in reading(slack.wait_reply(other))  # what Ben was told is not Ada's to lean on
        again = slack.say("#general", "@evidence-bot passage 7", user="ben", thread=asked)
        assert "(after 1)" in reading(slack.wait_reply(again))


def test_a_channel_can_narrow_what_it_sees_and_not_widen_it(tmp_path):
    with Slack() as slack, own(tmp_path, slack, EVIDENCE_BOT_SUBMISSIONS="C0EVIDENC=PSR0001"):
        settle_channel(tmp_path, "C0GENERAL", submissions=frozenset({"PSR0001"}))
        settle_channel(tmp_path, "C0EVIDENC", submissions=frozenset({"PSR0074"}))
        for channel in ("#general", "#evidence"):
            assert quotes(slack.wait_reply(slack.say(channel, "@evidence-bot passage 5"))) == []


def test_a_bot_that_starts_while_slack_is_away_answers_when_it_is_back(tmp_path):
    with Slack() as slack:
        slack.go_down()
        bot = own(tmp_path, slack).start(connected=False)
        asked = slack.say("#general", "@evidence-bot passage 5")
        time.sleep(3)
        slack.come_back()
        with contextlib.ExitStack() as ending:
            ending.push(bot)
            assert quotes(slack.wait_reply(asked, timeout=10)) == [passage_text(5)]
