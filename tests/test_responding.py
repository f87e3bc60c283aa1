"""A reply that Slack does not take is tried again or told, never lost in silence."""

import asyncio

import aiohttp
import pytest
from slack_sdk.webhook import WebhookResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack import responding
from bot.slack.responding import ReplyLostError, Respond

REFUSED = (None, aiohttp.ClientConnectorError(None, ConnectionRefusedError()))


@pytest.fixture
def slack(monkeypatch):
    """Slack's answers to come, each a status or a status with headers; and the bodies that were sent."""
    answers, sent = [], []

    async def send(self, body, headers=None):
        sent.append(body["text"])
        status, more = answers.pop(0) if isinstance(answers[0], tuple) else (answers.pop(0), {})
        if status is None:
            raise more
        return WebhookResponse(url=self.url, status_code=status, body="said no", headers=more)

    monkeypatch.setattr(AsyncWebhookClient, "send_dict", send)
    monkeypatch.setattr(responding, "WAITS", (0.0, 0.0))
    return answers, sent


def reply(text):
    return asyncio.run(Respond(response_url="https://slack.test/reply")(text))


@pytest.mark.parametrize(
    "answers",
    [[200], [500, 200], [(429, {"Retry-After": "0"}), 503, 200], [(429, {"Retry-After": "soon"}), 200], [REFUSED, 200]],
)
def test_a_busy_or_failing_slack_is_asked_again(slack, answers):
    slack[0].extend(answers)
    assert reply("hello").status_code == 200
    assert slack[1] == ["hello"] * len(answers)


@pytest.mark.parametrize("answers", [[404], [400], [500, 404], [500, 500, 429]])
def test_a_reply_that_is_not_taken_is_an_error(slack, answers):
    slack[0].extend(answers)
    with pytest.raises(ReplyLostError, match=f"{answers[-1]} to a reply: said no"):
        reply("hello")
    assert len(slack[1]) == len(answers)
