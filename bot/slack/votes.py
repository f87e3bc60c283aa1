"""Votes: was this answer helpful? Kept with the question, the outcome and the places that were quoted."""

from __future__ import annotations

import asyncio
import time

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from bot.slack import action_ids
from bot.slack.asker import read_asker
from bot.slack.kit import Json
from bot.slack.place import load, read_places
from bot.slack.services import Services
from bot.state.records import Vote

THANKS = {"up": "Thank you. Your vote is kept.", "down": "Thank you. Those who look after the evidence will see it."}

CHANGED = "Your vote is changed."


def read_vote(body: Json) -> Vote:
    """The vote in a `block_actions` payload; PlaceError if its value is not one of ours."""
    value = body["actions"][0]["value"]
    fields, container, asker = load(value), body["container"], read_asker(body)
    return Vote(
        team=asker.team,
        channel=asker.channel,
        reply_ts=container["message_ts"],
        user=asker.user,
        value="down" if fields.get("v") == "down" else "up",
        question=str(fields.get("q", "")),
        outcome=str(fields.get("o", "")),
        places=tuple(read_places(value) if fields.get("p") else ()),
        at=time.time(),
    )


def register(app: AsyncApp, services: Services) -> None:
    """Listen for votes."""

    @app.action(action_ids.VOTE)
    async def voted(ack: AsyncAck, body: Json, respond: AsyncRespond) -> None:
        await ack()
        vote = read_vote(body)
        before = await asyncio.to_thread(services.store.feedback.vote, vote)
        if before == vote.value:
            return
        services.metrics.votes.labels(vote.value).inc()
        thread = body["container"].get("thread_ts")
        said = CHANGED if before else THANKS[vote.value]
        await respond(text=said, response_type="ephemeral", replace_original=False, thread_ts=thread)
