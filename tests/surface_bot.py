"""The real bot in the test's own process, over an answerer that needs no model, beside the imitation of Slack."""

import asyncio
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from evidence import PSR0074
from slack_story import Slack

from bot.answer import Answer, Outcome, Quote
from bot.answering import Answerer
from bot.health import Metrics
from bot.scope import Submissions
from bot.settings import Settings
from bot.slack.app import Bot
from bot.slack.bolt import introduce, make_app
from bot.slack.services import Services
from bot.slack.web import make_client, make_session
from bot.state.store import open_store
from bot.turns import clean

MANIFEST = Path(__file__).parent.parent / "bot" / "slack" / "manifest.json"
LEAST_SHARED = 2


@pytest.fixture
def slack():
    with Slack(manifest=MANIFEST) as story:
        yield story


class WordAnswerer(Answerer):
    """Quotes the passages that share most long words with the question; two at least, or nothing is found."""

    documents = ()

    def __init__(self, *documents):
        self.documents = Submissions(documents or (PSR0074,))

    def at_once(self):
        return self

    def answer(self, question, history=(), *, scope=None, where=None, quotes=3):
        clean(question)
        if "fail" in question:
            raise RuntimeError("an internal secret")
        where = where or (lambda passage: True)
        visible = [d for d in self.documents if scope is None or d.reference in scope]
        for document in visible:
            for asked in document.questions:
                if not asked.answered and asked.span.slice(document.text) == question:
                    near = self._near(question, visible, where)[:3]
                    return Answer(question, Outcome.NOT_ANSWERED, 0.9, (), near, asked, document)
        found = self._near(question, visible, where)
        if not found or found[0].score < LEAST_SHARED:
            return Answer(question, Outcome.NOT_FOUND, 0.9, (), found[:3])
        return Answer(question, Outcome.QUOTED, 0.9, found[:quotes])

    def _near(self, question, documents, where):
        sought = words(question)
        passages = [p for d in documents for p in d.passages if p.sentences and where(p)]
        scored = [(len(sought & words(p.text)), -p.span.start, p) for p in passages]
        best = sorted((row for row in scored if row[0]), key=lambda row: row[:2], reverse=True)
        return tuple(Quote(p, p.span, score) for score, _, p in best)


def words(text):
    return set(re.findall(r"\w{5,}", text.casefold()))


class SurfaceBot:
    """The bot on a thread of its own."""

    def __init__(self, slack, folder, *documents, answerer=None, **settings):
        environment = slack.environment()
        self.settings = Settings(
            data=folder,
            slack_bot_token=environment["SLACK_BOT_TOKEN"],
            slack_app_token=environment["SLACK_APP_TOKEN"],
            slack_api_url=environment["SLACK_API_URL"],
            **settings,
        )
        self.slack, self.answerer = slack, answerer or WordAnswerer(*documents)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="bot", daemon=True)

    def __enter__(self):
        self._thread.start()
        self._work = asyncio.run_coroutine_threadsafe(self._run(), self._loop)
        self.slack.wait_connected()
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._told.set_result, "the test is over")
        self._work.result(15)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _run(self):
        self._told = self._loop.create_future()
        self.store = open_store("", self.settings.data)
        async with make_session() as session:
            client = make_client(self.settings, session)
            identity = await introduce(client)
            pool = ThreadPoolExecutor(2)
            self.services = Services(
                self.settings, self.answerer, self.store, client, Metrics(), pool, identity.bot_user_id
            )
            bot = Bot(self.services, make_app(client, identity, self.settings))
            await bot.run(asyncio.ensure_future(self._wait()))
            pool.shutdown(wait=False)
        self.store.close()

    async def _wait(self):
        return await self._told
