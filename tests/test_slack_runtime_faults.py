"""The real bot as a process, killed, cut off and refused: no question lost, none answered twice."""

import random
import signal
import subprocess
import time

import pytest
from bot_process import BotProcess, wait_until
from databases import KINDS, administer, database_url
from echo_bot import passage_text
from slack_story import Slack, quotes
from sqlalchemy import make_url, text

from bot.playground import Pace

ENVELOPE = '{"type": "events_api", "envelope_id": "E1", "payload": %s}'
EVENT = '{"type": "event_callback", "event": %s}'
PACE = Pace(ack=1.0, retry_after=(0.0, 1.0, 2.0, 3.0, 5.0))


@pytest.fixture
def slack():
    with Slack(pace=PACE) as slack:
        yield slack


@pytest.fixture
def bot(slack, tmp_path):
    with BotProcess(slack, tmp_path) as bot:
        yield bot


def answers(slack, asked):
    """The quotes that stand under a question now."""
    return [quotes(reply)[0] for reply in slack.replies(asked)]


def answered_once(slack, asked, number, timeout=15):
    wait_until(lambda: answers(slack, asked), timeout, f"an answer to {asked.text}")
    assert answers(slack, asked) == [passage_text(number)]


def marker(slack):
    """Ask something last, so that whatever was still under way is through."""
    slack.wait_reply(slack.dm("passage 1", user="dev"), timeout=15)


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_under_way_when_the_bot_is_killed_is_answered_once_after_a_restart(slack, tmp_path, kind):
    url = database_url(kind, tmp_path)
    with BotProcess(slack, tmp_path, EVIDENCE_BOT_STATE=url, SLOW_SECONDS="1") as bot:
        asked = slack.say("#general", "@evidence-bot slowly passage 5")
        slack.wait_acked()
        bot.kill()
        assert answers(slack, asked) == []
        bot.start()
        answered_once(slack, asked, 5)
        marker(slack)
        assert answers(slack, asked) == [passage_text(5)]


def test_a_database_that_is_away_for_a_while_delays_answers_and_loses_none(slack, tmp_path):
    url = database_url("postgresql", tmp_path)
    with BotProcess(slack, tmp_path, EVIDENCE_BOT_STATE=url, SLOW_SECONDS="1") as bot:
        under_way = slack.say("#general", "@evidence-bot slowly passage 2")
        slack.wait_acked()
        allow_connections(url, False)
        asked = slack.say("#general", "@evidence-bot passage 5")
        time.sleep(2)
        allow_connections(url, True)
        answered_once(slack, under_way, 2)
        answered_once(slack, asked, 5)
        marker(slack)
        assert [len(answers(slack, question)) for question in (under_way, asked)] == [1, 1]
        assert "passage 5" not in bot.log


def allow_connections(url, allowed):
    """Open a database to connections or close it, ending those that are there."""
    name = make_url(url).database
    with administer() as connection:
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {allowed}"))
        if not allowed:
            ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
            connection.execute(text(ending), {"name": name})


def test_a_reply_on_its_way_when_the_bot_is_killed_is_not_posted_again(slack, bot):
    slack.faults.slow("chat.postMessage", seconds=1.5)
    asked = slack.say("#general", "@evidence-bot passage 5")
    wait_until(lambda: slack.calls("chat.postMessage"), 5, "the post to begin")
    bot.kill()
    bot.start()
    answered_once(slack, asked, 5)
    time.sleep(4)
    assert answers(slack, asked) == [passage_text(5)]
    assert len(slack.calls("chat.postMessage")) == 1, "it was looked up, not posted again"


def test_a_reply_that_never_left_when_the_bot_was_killed_is_posted_after_the_restart(slack, bot):
    slack.faults.server_error("chat.postMessage", times=100)
    asked = slack.say("#general", "@evidence-bot passage 5")
    wait_until(lambda: slack.calls("chat.postMessage"), 5, "the post to begin")
    bot.kill()
    slack.faults.clear()
    bot.start()
    answered_once(slack, asked, 5)


def test_many_kills_at_random_moments_lose_nothing_and_double_nothing(slack, bot):
    moments, asked = random.Random(5), []
    for turn in range(8):
        slack.faults.slow("chat.postMessage", seconds=0.3, times=2)
        for number in (2 * turn, 2 * turn + 1):
            channel = moments.choice(["#general", "#evidence"])
            asked.append((slack.say(channel, f"@evidence-bot passage {number}"), number))
        time.sleep(moments.uniform(0, 0.6))
        bot.kill()
        bot.start()
    for question, number in asked:
        answered_once(slack, question, number, timeout=30)
    marker(slack)
    assert [len(answers(slack, question)) for question, _ in asked] == [1] * 16


@pytest.mark.parametrize("cut", ["refresh", "drop", "half_die"])
def test_a_question_is_answered_within_10_s_whatever_happens_to_the_connection(slack, bot, cut):
    before = slack.dm("passage 2")
    slack.wait_reply(before)
    getattr(slack, cut)()
    began = time.monotonic()
    asked = slack.say("#general", "@evidence-bot passage 5")
    answered_once(slack, asked, 5, timeout=10)
    assert time.monotonic() - began < 10
    marker(slack)
    assert len(answers(slack, asked)) == 1


def test_nothing_is_lost_and_the_processor_rests_while_slack_is_away(slack, bot):
    slack.wait_reply(slack.dm("passage 1"))
    slack.faults.slow("chat.postMessage", seconds=0.5, times=3)
    asked = [slack.say("#general", f"@evidence-bot passage {number}") for number in (2, 3, 4)]
    slack.wait_acked()
    slack.go_down()
    asked += [slack.say("#evidence", f"@evidence-bot passage {number}") for number in (5, 6)]
    spent = bot.cpu_seconds()
    time.sleep(8)
    assert bot.cpu_seconds() - spent < 0.8, "a tenth of one processor"
    slack.come_back()
    for number, question in enumerate(asked, 2):
        answered_once(slack, question, number, timeout=10)
    marker(slack)
    assert [len(answers(slack, question)) for question in asked] == [1] * 5


def test_rate_limits_and_server_errors_delay_a_reply_and_nothing_else(slack, bot):
    slack.faults.rate_limit("chat.postMessage", retry_after=2)
    slack.faults.server_error("chat.postMessage", times=2)
    slack.faults.error("chat.postMessage", "internal_error")
    began = time.monotonic()
    asked = slack.say("#general", "@evidence-bot passage 5")
    answered_once(slack, asked, 5, timeout=30)
    assert time.monotonic() - began >= 2, "Retry-After was kept"
    marker(slack)
    assert answers(slack, asked) == [passage_text(5)]


def test_a_rate_limit_is_kept_though_its_body_is_broken(slack, bot):
    slack.faults.rate_limit("chat.postMessage", retry_after=3, body='{"ok": fal')
    asked = slack.say("#general", "@evidence-bot passage 5")
    refused, taken = slack.wait_calls("chat.postMessage", 2, timeout=15)
    assert taken.at - refused.at >= 3
    assert answers(slack, asked) == [passage_text(5)]
    assert not slack.calls("conversations.replies"), "nothing is in doubt: Slack did not take it"


def test_a_reply_that_slack_took_without_saying_so_is_not_posted_again(slack, bot):
    slack.faults.slow("chat.postMessage", seconds=11)  # longer than the bot waits for an answer
    asked = slack.say("#general", "@evidence-bot passage 5")
    answered_once(slack, asked, 5, timeout=20)
    time.sleep(5)
    assert answers(slack, asked) == [passage_text(5)]
    assert len(slack.calls("chat.postMessage")) == 1


def test_where_replies_cannot_be_looked_up_a_reply_in_doubt_is_posted(slack, bot):
    slack.faults.server_error("conversations.replies", status=405, times=1000)
    slack.faults.server_error("chat.postMessage")
    answered_once(slack, slack.say("#general", "@evidence-bot passage 5"), 5, timeout=10)


@pytest.mark.parametrize(
    "frame", ["[]", "null", *(ENVELOPE % payload for payload in ("null", *(EVENT % e for e in ("null", '"x"', "[1]"))))]
)
def test_a_frame_that_is_no_envelope_does_no_harm(slack, bot, frame):
    (connection,) = slack.playground.sockets.open_connections()
    slack._do(connection.socket.send_str(frame))
    answered_once(slack, slack.say("#general", "@evidence-bot passage 5"), 5, timeout=10)
    assert slack.playground.sockets.open_connections() == [connection]
    assert "Traceback" not in bot.log


def end_of(bot):
    status = bot.ended(10)
    (line,) = [line for line in bot.log.splitlines() if line.startswith("evidence-bot: ")]
    assert "Traceback" not in bot.log
    return status, line


@pytest.mark.parametrize(("kind", "variable"), [("bot", "SLACK_BOT_TOKEN"), ("app", "SLACK_APP_TOKEN")])
@pytest.mark.parametrize("error", ["invalid_auth", "token_revoked"])
def test_a_refused_token_is_one_line_and_exit_status_1(slack, tmp_path, kind, variable, error):
    slack.faults.refuse_token(kind, error=error)
    bot = BotProcess(slack, tmp_path).start(connected=False)
    status, line = end_of(bot)
    assert status == 1
    assert line.startswith(f"evidence-bot: {variable}: Slack refuses it ({error}); ")


@pytest.mark.parametrize(
    ("variable", "value"), [("SLACK_BOT_TOKEN", "xapp-1"), ("SLACK_APP_TOKEN", "xoxb-1"), ("SLACK_APP_TOKEN", "")]
)
def test_a_token_of_another_kind_or_none_is_one_line_and_exit_status_1(slack, tmp_path, variable, value):
    bot = BotProcess(slack, tmp_path, **{variable: value}).start(connected=False)
    status, line = end_of(bot)
    assert status == 1 and line.startswith(f"evidence-bot: {variable} ")
    assert slack.calls() == []


def test_a_token_that_is_revoked_later_ends_the_bot_and_keeps_the_question(slack, tmp_path):
    bot = BotProcess(slack, tmp_path).start()
    slack.faults.refuse_token("bot")
    asked = slack.say("#general", "@evidence-bot passage 5")
    status, line = end_of(bot)
    assert status == 1 and line.startswith("evidence-bot: SLACK_BOT_TOKEN: Slack refuses it (token_revoked); ")
    slack.faults.clear()
    with bot:
        answered_once(slack, asked, 5)


def test_an_app_token_that_is_revoked_later_ends_the_bot(slack, tmp_path):
    bot = BotProcess(slack, tmp_path).start()
    slack.faults.refuse_token("app")
    slack.drop()
    status, line = end_of(bot)
    assert status == 1 and line.startswith("evidence-bot: SLACK_APP_TOKEN: ")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_bot_told_to_stop_finishes_what_is_under_way(slack, tmp_path, number):
    with BotProcess(slack, tmp_path, SLOW_SECONDS="2") as bot:
        asked = slack.say("#general", "@evidence-bot slowly passage 5")
        slack.wait_acked()
        time.sleep(0.3)
        seconds, status = bot.stop(number)
        assert seconds < 10 and status == 0
        assert answers(slack, asked) == [passage_text(5)]


def test_a_bot_told_to_stop_leaves_within_10_s_and_answers_the_rest_after_its_next_start(slack, tmp_path):
    with BotProcess(slack, tmp_path, SLOW_SECONDS="30") as bot:
        asked = slack.say("#general", "@evidence-bot slowly passage 5")
        slack.wait_acked()
        time.sleep(0.3)
        seconds, status = bot.stop()
        assert seconds < 10 and status == 0
        bot.settings["SLOW_SECONDS"] = "0"
        bot.start()
        answered_once(slack, asked, 5)


def test_a_bot_with_nothing_to_do_leaves_at_once(slack, bot):
    slack.wait_reply(slack.dm("passage 1"))
    seconds, status = bot.stop()
    assert seconds < 3 and status == 0
    assert "ERROR" not in bot.log and "Traceback" not in bot.log


def test_a_slash_command_under_way_when_the_bot_is_told_to_stop_is_answered(slack, tmp_path):
    with BotProcess(slack, tmp_path, SLOW_SECONDS="2") as bot:
        asked = slack.command("/evidence slowly passage 5")
        time.sleep(0.3)
        seconds, status = bot.stop()
        assert seconds < 10 and status == 0
        assert quotes(slack.wait_reply(asked)) == [passage_text(5)]


def test_a_bot_told_to_stop_while_slack_is_away_leaves_within_10_s(slack, bot):
    asked = slack.say("#general", "@evidence-bot passage 5")
    answered_once(slack, asked, 5)
    slack.go_down()
    time.sleep(0.5)
    seconds, status = bot.stop()
    assert seconds < 10 and status == 0


def test_a_second_bot_on_the_same_state_is_refused_and_the_first_goes_on(slack, bot, tmp_path):
    second = BotProcess(slack, tmp_path).start(connected=False)
    with pytest.raises(subprocess.TimeoutExpired):
        second.ended(5)  # it waits a while, in case the first is about to leave
    assert second.ended(20) == 1
    assert "another evidence-bot uses this state" in bot.log
    answered_once(slack, slack.dm("passage 5"), 5)


def test_a_state_file_that_is_none_is_one_line_and_exit_status_1(slack, tmp_path):
    (tmp_path / "state.db").write_bytes(b"this is no database, and long enough to be looked at " * 100)
    bot = BotProcess(slack, tmp_path).start(connected=False)
    status, line = end_of(bot)
    assert status == 1 and "state.db: cannot be opened" in line
