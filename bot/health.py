"""Health on a local port: /healthz (alive), /readyz (can answer now), /metrics (Prometheus)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.settings import Address
from corpus.errors import Mendable

Check = Callable[[], Awaitable[str]]
"""Says what is wrong in a few words, "" if nothing."""
SECONDS = (0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300)


class HealthError(Mendable):
    """The address cannot be listened on; the message says which, for whoever runs the bot."""


class Metrics:
    """What is counted, in a registry of its own; every label has few values, none from a user."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self.questions = Counter(
            "evidence_bot_questions_total", "Questions done, by outcome", ["outcome"], registry=registry
        )
        self.votes = Counter("evidence_bot_votes_total", "Votes on answers", ["value"], registry=registry)
        self.think_seconds = Histogram(
            "evidence_bot_think_seconds", "From search to answer", registry=registry, buckets=SECONDS
        )
        self.reply_seconds = Histogram(
            "evidence_bot_reply_seconds", "From arrival to reply", registry=registry, buckets=SECONDS
        )
        self.waiting = Gauge("evidence_bot_questions_waiting", "Questions not answered yet", registry=registry)
        self.connections = Counter("evidence_bot_connections_total", "Socket connections opened", registry=registry)
        self.retries = Counter(
            "evidence_bot_post_retries_total", "Replies that had to be posted again", registry=registry
        )


class Health:
    """The small server of one bot; `alive` and `ready` are asked on each request."""

    def __init__(self, metrics: Metrics, *, alive: Check, ready: Check) -> None:
        self._metrics, self._alive, self._ready = metrics, alive, ready
        self._runner: web.AppRunner | None = None

    async def start(self, address: Address) -> None:
        """Listen at an address; HealthError if that cannot be."""
        app = web.Application()
        app.router.add_get("/healthz", self._answer(self._alive))
        app.router.add_get("/readyz", self._answer(self._ready))
        app.router.add_get("/metrics", self._give_metrics)
        self._runner = await listen(app, address, "EVIDENCE_BOT_HEALTH")

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner:
            await self._runner.cleanup()

    def _answer(self, check: Check) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def answer(_request: web.Request) -> web.Response:
            wrong = await check()
            return web.Response(text=(wrong or "ok") + "\n", status=503 if wrong else 200)

        return answer

    async def _give_metrics(self, _request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(self._metrics.registry), content_type="text/plain")


async def listen(app: web.Application, address: Address, variable: str) -> web.AppRunner:
    """Serve an application at an address; HealthError names the variable that chose it."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, *address).start()
    except OSError as error:
        await runner.cleanup()
        where = f"{address[0]}:{address[1]}"
        raise HealthError(f"{variable}: cannot listen on {where} ({error.strerror}); choose another") from error
    return runner
