"""Drives the local imitation of Slack so that a test reads as a story.

    from slack_story import Slack, slack  # the fixture; `slack` must be imported to be found

    def test_a_mention_is_answered_in_its_thread(slack):
        with bot_process(slack.bot_environment()):       # yours; SLACK_API_URL and the tokens are in there
            slack.wait_connected()
            asked = slack.say("#general", "@evidence-bot who owns the buildings?")       # as Ada
            reply = slack.wait_reply(asked)
            assert quotes(reply) == ["..."]
            slack.click(reply, "In context")
            modal = slack.wait_view()
            slack.submit(modal, {"section": "Integration of services"})
            follow_up = slack.say("#general", "and who pays?", thread=asked, user="ben")
            slack.wait_reply(follow_up)
            slack.dm("hello"); slack.command("/evidence what ..."); slack.shortcut("Check this quotation", on=reply)
            home = slack.home()
            slack.faults.rate_limit("chat.postMessage", retry_after=1)
            assert [call.payload["channel"] for call in slack.calls("chat.postMessage")]

People are "ada" (administrator), "ben", "chloe" and "dev"; channels "#general", "#evidence", "#committee-team"
(private: Ada, Ben and the bot) and "#random" (the bot is not in it). Every wait has a timeout and fails with what
was seen instead. With `Slack(request_url=...)` everything goes over signed HTTP instead of Socket Mode.
"""

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import pytest

from bot.playground import Pace, Playground, forms, interactions, people
from bot.playground.entered import elements
from bot.playground.traffic import Entry
from bot.playground.views import View
from bot.playground.workspace import Json, Message

T = TypeVar("T")
PROXIES = {"http_proxy", "https_proxy", "all_proxy", "no_proxy", "ws_proxy", "wss_proxy"}


@dataclass(frozen=True)
class Asked:
    """A moment to wait from: a message, a command or a press of a button."""

    channel: str
    ts: str
    user: str
    thread_ts: str | None = None
    problem: str = ""


class Slack:
    """The imitation on a thread of its own; every method may be called from a plain test."""

    def __init__(
        self, *, port: int = 0, manifest: Json | Path | None = None,
        request_url: str | None = None, pace: Pace | None = None,
    ) -> None:  # fmt: skip
        self.playground = Playground(port=port, manifest=manifest, request_url=request_url, pace=pace)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="playground", daemon=True)

    def __enter__(self) -> "Slack":
        self._thread.start()
        self._do(self.playground.start())
        self.world, self.faults = self.playground.world, self.playground.faults
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._do(self.playground.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    # The bot process

    def environment(self) -> dict[str, str]:
        """Return the tokens and SLACK_API_URL."""
        return self.playground.environment()

    def bot_environment(self, **more: str) -> dict[str, str]:
        """Return a whole environment for a bot process: ours without proxies and other Slack settings."""
        ours = {name: value for name, value in os.environ.items()
                if name.lower() not in PROXIES and not name.startswith("SLACK_")}  # fmt: skip
        return ours | self.environment() | more

    def wait_connected(self, connections: int = 1, *, timeout: float = 30) -> None:
        """Wait until the bot holds so many socket connections."""
        sockets = self.playground.sockets
        assert sockets is not None, "over signed HTTP there are no connections"
        self._until(lambda: len(sockets.open_connections()) >= connections or None, timeout, "the bot to connect")

    # What people do

    def say(self, channel: str, text: str, *, user: str = "ada", thread: Any = None) -> Message:
        """Write in a channel; `thread` is a message to reply to."""
        thread_ts = (thread.thread_ts or thread.ts) if thread is not None else None
        return self._do(people.say(self.world, user=user, channel=channel, text=text, thread=thread_ts))

    def dm(self, text: str, *, user: str = "ada", thread: Any = None) -> Message:
        """Write to the bot directly."""
        return self.say(self._direct(user), text, user=user, thread=thread)

    def edit(self, message: Message, text: str) -> Message:
        """Change a message as the person who wrote it."""
        return self._do(people.edit(self.world, user=message.user, channel=message.channel, ts=message.ts, text=text))

    def delete(self, message: Message) -> None:
        """Delete a message as the person who wrote it."""
        self._do(people.delete(self.world, user=message.user, channel=message.channel, ts=message.ts))

    def react(self, message: Message, name: str, *, user: str = "ada") -> None:
        """Add a reaction, or take it back."""
        self._do(people.toggle_reaction(self.world, user=user, channel=message.channel, ts=message.ts, name=name))

    def share_file(self, channel: str, name: str, content: bytes, text: str = "", *, user: str = "ada") -> Message:
        """Share a file."""
        import base64

        encoded = base64.b64encode(content).decode()
        return self._do(
            people.share_file(self.world, user=user, channel=channel, name=name, content=encoded, text=text)
        )

    def invite(self, channel: str, *, user: str = "ada") -> None:
        """Invite the bot to a channel."""
        self._do(people.invite(self.world, user=user, channel=channel))

    def command(self, text: str, channel: str = "#general", *, user: str = "ada") -> Asked:
        """Use a slash command; `problem` says what Slack would show when it failed."""
        asked = self._now(channel, user)
        result = self._do(interactions.command(self.world, user=user, channel=channel, text=text))
        return Asked(asked.channel, asked.ts, asked.user, problem=result.get("problem", ""))

    def shortcut(self, name: str, *, on: Message | None = None, user: str = "ada") -> Asked:
        """Take a global shortcut, or a message shortcut on a message."""
        asked = self._now(on.channel if on else "#general", user)
        where = {"channel": on.channel, "ts": on.ts} if on else {}
        result = self._do(interactions.shortcut(self.world, user=user, name=name, **where))
        return Asked(asked.channel, asked.ts, asked.user, problem=result.get("problem", ""))

    def click(self, where: Message | View, label: str, *, user: str = "ada", nth: int = 0) -> Asked:
        """Press a button of a message or a view by its label, or by its action_id."""
        blocks = where.blocks if isinstance(where, Message) else where.body["blocks"]
        found = [(b, e, v) for b, e in elements(blocks) for name, v in _labels(e) if name == label]
        assert len(found) > nth, f"no button {label!r} among {[n for _, e in elements(blocks) for n, _ in _labels(e)]}"
        block, element, value = found[nth]
        return self._press(where, block, element, value, user)

    def choose(self, where: Message | View, action: str, value: Any, *, user: str = "ada") -> Asked:
        """Choose or type a value in the element with this action_id or in the block with this block_id."""
        blocks = where.blocks if isinstance(where, Message) else where.body["blocks"]
        found = [(b, e) for b, e in elements(blocks) if action in (e["action_id"], b["block_id"])]
        assert found, f"no element {action!r} among {[e['action_id'] for _, e in elements(blocks)]}"
        return self._press(where, *found[0], value, user)

    def submit(self, view: View, values: Json | None = None, *, user: str = "ada") -> Json:
        """Submit a modal; returns {} or `errors` by block_id or a `problem`."""
        return self._do(forms.submit(self.world, user=user, view=view.id, values=values))

    def suggestions(self, view: View, action: str, query: str, *, user: str = "ada") -> list[Json]:
        """Type into an external select and return the options that the bot offers."""
        work = interactions.suggest(self.world, user=user, block="", action=action, query=query, view=view.id)
        return list(self._do(work)["options"])

    def close(self, view: View, *, everything: bool = False, user: str = "ada") -> None:
        """Close a modal, or its whole stack."""
        self._do(forms.close(self.world, user=user, view=view.id, everything=everything))

    def home(self, *, user: str = "ada", timeout: float = 10) -> View:
        """Open the Home tab and return it once the bot has published it."""
        before = self.world.views.homes.get(self._id(user))
        before_hash = before.hash if before else ""
        self._do(people.open_tab(self.world, user=user, tab="home"))
        return self.wait_home(user=user, unlike=before_hash, timeout=timeout)

    def wait_home(self, *, user: str = "ada", unlike: str = "", timeout: float = 10) -> View:
        """Wait until the person's Home has another hash than `unlike`."""
        homes, me = self.world.views.homes, self._id(user)

        def probe() -> View | None:
            home = homes.get(me)
            return home if home and home.hash != unlike else None

        return self._until(probe, timeout, f"{user}'s Home")

    def open_agent(self, *, user: str = "ada") -> None:
        """Open the bot's Messages tab, where suggested prompts show."""
        self._do(people.open_tab(self.world, user=user, tab="messages"))

    def wait_prompts(self, *, user: str = "ada", timeout: float = 10) -> list[Json]:
        """Wait for the suggested prompts of a person's agent pane."""
        channel = self._direct(user)
        told = self._until(lambda: self.world.prompts.get(channel), timeout, "suggested prompts")
        return list(told["prompts"])

    # What people see

    def wait_reply(self, to: Message | Asked, *, nth: int = 0, timeout: float = 10) -> Message:
        """Wait for the bot's answer: same channel, later, in the thread of `to` or ephemeral to its writer."""
        return self._until(lambda: _at(self.replies(to), nth), timeout, f"reply {nth} to {to}")

    def replies(self, to: Message | Asked) -> list[Message]:
        """Return what the bot has written since `to`, where its writer looks for an answer."""
        channel = self.world.workspace.channels[to.channel]
        thread = {to.thread_ts} if to.thread_ts else {None, to.ts}
        return [m for m in list(channel.messages.values())
                if m.from_bot and float(m.ts) > float(to.ts) and m.only_for in (None, to.user)
                and (m.thread_ts in thread or isinstance(to, Asked))]  # fmt: skip

    def wait_view(self, *, user: str = "ada", showing: str = "", depth: int = 1, timeout: float = 10) -> View:
        """Wait for an open modal, at least `depth` deep, that shows a text; the topmost one is returned."""
        stacks, me = self.world.views.stacks, self._id(user)

        def probe() -> View | None:
            stack = stacks.get(me, [])
            return stack[-1] if len(stack) >= depth and showing in reading(stack[-1].body) else None

        return self._until(probe, timeout, f"a modal showing {showing!r}")

    def view(self, *, user: str = "ada") -> View | None:
        """Return the topmost open modal, if any."""
        stack = self.world.views.stacks.get(self._id(user), [])
        return stack[-1] if stack else None

    def messages(self, channel: str, *, user: str = "ada") -> list[Message]:
        """Return what a person sees in a channel, oldest first, threads included."""
        place = self.world.workspace.channel(channel)
        assert place is not None, f"no channel {channel}"
        return [m for m in list(place.messages.values()) if m.only_for in (None, self._id(user))]

    def calls(self, method: str = "*") -> list[Entry]:
        """Return the bot's Web API calls of a method, with payload, answer, outcome and seconds."""
        return [e for e in list(self.world.traffic.entries) if e.kind == "call" and method in ("*", e.name)]

    def wait_calls(self, method: str, count: int = 1, *, timeout: float = 10) -> list[Entry]:
        """Wait until the bot has made so many calls of a method that were answered."""

        def probe() -> list[Entry] | None:
            answered = [call for call in self.calls(method) if call.seconds is not None]
            return answered if len(answered) >= count else None

        return self._until(probe, timeout, f"{count} calls of {method}")

    def deliveries(self, name: str = "*") -> list[Entry]:
        """Return the deliveries to the bot, each attempt on its own, by event or interaction name."""
        kinds = ("events_api", "interactive", "slash_commands")
        return [e for e in list(self.world.traffic.entries) if e.kind in kinds and name in ("*", e.name)]

    def wait_acked(self, *, timeout: float = 10) -> None:
        """Wait until every event so far is acknowledged."""
        deliveries = self.world.courier.deliveries
        self._until(lambda: all(d.acked for d in list(deliveries)) or None, timeout, "all acknowledgements")

    # Faults of the connection; those of the Web API are in `self.faults`

    def refresh(self, *, warning_seconds: float = 0.2) -> None:
        """Announce and end every connection, as Slack does every few hours."""
        assert self.playground.sockets is not None
        self._do(self.playground.sockets.refresh(warning_seconds=warning_seconds))

    def disable_link(self) -> None:
        """End every connection as when the app is removed; pair it with `faults.refuse_token`."""
        assert self.playground.sockets is not None
        self._do(self.playground.sockets.disable_link())

    def drop(self) -> None:
        """Cut every connection without a word."""
        self._call(self.playground.sockets.drop if self.playground.sockets else lambda: None)

    def half_die(self) -> None:
        """Leave every connection open but deaf and mute."""
        self._call(self.playground.sockets.half_die if self.playground.sockets else lambda: None)

    def go_down(self) -> None:
        """Cut everything and refuse new calls and connections until `come_back`."""
        self.faults.down()
        self.drop()

    def come_back(self) -> None:
        """Take calls and connections again."""
        self.faults.up()

    # Inside

    def _press(self, where: Message | View, block: Json, element: Json, value: Any, user: str) -> Asked:
        asked = self._now(where.channel if isinstance(where, Message) else self._direct(user), user)
        place = {"channel": where.channel, "ts": where.ts} if isinstance(where, Message) else {"view": where.id}
        work = interactions.press(
            self.world, user=user, block=block["block_id"], action=element["action_id"], value=value, **place
        )
        problem = self._do(work).get("problem", "")
        return Asked(asked.channel, asked.ts, asked.user, problem=problem)

    def _now(self, channel: str, user: str) -> Asked:
        place = self.world.workspace.channel(channel)
        assert place is not None, f"no channel {channel}"
        return Asked(place.id, self.world.workspace.new_ts(), self._id(user))

    def _direct(self, user: str) -> str:
        return self.world.workspace.direct(self._id(user)).id

    def _id(self, user: str) -> str:
        return people.person_named(self.world, user).id

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def _call(self, function: Callable[[], None]) -> None:
        async def work() -> None:
            function()

        self._do(work())

    def _until(self, probe: Callable[[], T | None], timeout: float, what: str) -> T:
        work = self.world.news.until(probe, timeout)
        found = asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout + 5)
        if found is None:
            raise AssertionError(f"waited {timeout} s for {what}; the last exchanges were\n{self._recent()}")
        return found

    def _recent(self) -> str:
        last = list(self.world.traffic.entries)[-15:]
        return "\n".join(f"  {e.number} {e.kind} {e.name} -> {e.outcome or 'under way'}" for e in last)


def reading(value: Any) -> str:
    """Return all text that a person reads in blocks, a view or a message, one piece a line."""
    if isinstance(value, Message):
        return reading(value.blocks) or value.text
    if isinstance(value, View):
        return reading(value.body)
    if isinstance(value, list):
        return "\n".join(filter(None, map(reading, value)))
    if not isinstance(value, dict):
        return ""
    if value.get("type") in QUOTED:
        return "".join(part.get("text", "") for part in value["elements"])
    own = value.get("text")
    rest = [reading(part) for name, part in value.items() if name != "text" or isinstance(own, dict)]
    return "\n".join(filter(None, [own if isinstance(own, str) else "", *rest]))


QUOTED = ("rich_text_section", "rich_text_quote", "rich_text_preformatted")


def quotes(value: Any) -> list[str]:
    """Return the texts of all rich_text_quote elements in blocks, a view or a message, in order."""
    if isinstance(value, Message | View):
        return quotes(value.blocks if isinstance(value, Message) else value.body)
    if isinstance(value, list):
        return [text for item in value for text in quotes(item)]
    if not isinstance(value, dict):
        return []
    if value.get("type") == "rich_text_quote":
        return ["".join(part.get("text", "") for part in value["elements"])]
    return [text for part in value.values() for text in quotes(part)]


def _labels(element: Json) -> list[tuple[str, Any]]:
    names: list[tuple[str, Any]] = [(element.get("action_id", ""), None)]
    if element["type"] == "feedback_buttons":
        for which in ("positive", "negative"):
            button = element[f"{which}_button"]
            names += [(button["text"]["text"], which), (button.get("accessibility_label", ""), which)]
    if element["type"] == "overflow":
        names += [(option["text"]["text"], option["value"]) for option in element["options"]]
    if element["type"] in ("button", "icon_button"):
        # One entry for each button even where its accessibility label repeats the text.
        names = [(name, None) for name in dict.fromkeys(
            (element["action_id"], element["text"]["text"], element.get("accessibility_label", "")))]  # fmt: skip
    return [(name, value) for name, value in names if name]


def _at(things: list[T], index: int) -> T | None:
    return things[index] if len(things) > index else None


@pytest.fixture
def slack() -> Iterator[Slack]:
    """A fresh imitation on a free port."""
    with Slack() as story:
        yield story
