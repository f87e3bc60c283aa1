"""Two hundred questions within ten seconds, against the real bot as a process."""

import time
from pathlib import Path

from bot_process import BotProcess, wait_until
from echo_bot import passage_text
from slack_story import Slack, quotes

from bot.playground.workspace import BOT_USER_ID, Channel

CHANNELS, EACH, SECONDS = 20, 10, 10.0


def test_200_questions_from_20_channels_are_acked_within_1_s_and_answered_once_and_in_order(tmp_path):
    with Slack() as slack:
        everybody = [*slack.world.workspace.people]
        for number in range(CHANNELS):
            channel = Channel(f"C0LOAD{number:03d}", f"load-{number}", "channel", everybody)
            slack.world.workspace.channels[channel.id] = channel
        with BotProcess(slack, tmp_path) as bot:
            threads = ask_all(slack)
            wait_until(lambda: sum(len(found(slack, t)) for t in threads) >= CHANNELS * EACH, 30, "all answers")
            for thread in threads:
                assert found(slack, thread) == [passage_text(number) for number in range(EACH)]
            acks = [d.seconds for d in slack.deliveries("app_mention")]
            assert len(acks) == CHANNELS * EACH and max(acks) < 1.0
            (command,) = slack.deliveries("/evidence")
            assert command.seconds < 1.0, "a slash command is acknowledged all the same"
            assert resident_megabytes(bot.process.pid) < 400


def ask_all(slack):
    began, threads = time.monotonic(), {}
    for number in range(EACH):
        if number == EACH // 2:
            slack.command("/evidence passage 3")
        for place in range(CHANNELS):
            text = f"<@{BOT_USER_ID}> passage {number}"
            said = slack.say(f"load-{place}", text, thread=threads.get(place))
            threads.setdefault(place, said)
            ahead = SECONDS * (number * CHANNELS + place) / (CHANNELS * EACH) - (time.monotonic() - began)
            time.sleep(max(0.0, ahead))
    return list(threads.values())


def found(slack, thread):
    messages = slack.world.workspace.channels[thread.channel].thread(thread.ts)
    return [quotes(m)[0] for m in messages if m.user == BOT_USER_ID]


def resident_megabytes(process):
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024
