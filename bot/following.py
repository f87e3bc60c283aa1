"""Keeps a bot that serves true to its folder of submissions: what went or changed is quoted no more, then indexed."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from bot.answering import Answerer
from bot.settings import Settings
from corpus.errors import CorpusError, Mendable
from index.folder import StaleIndex, current_build
from index.search import Index, Scope
from index.upkeep import Upkeep

log = logging.getLogger(__name__)
# A look takes 0.04 s for 1,000 submissions; that much of a processor at most, however many there are.
_SHARE_OF_TIME = 0.05
_ADOPTING = threading.Lock()  # what an adoption rests on stays true until it is done


def follow(answerer: Answerer, settings: Settings, *, every: float = 2.0) -> threading.Event:
    """Have the answerer follow its corpus and each new build while it serves; set the event returned to end that."""
    stop, follower = threading.Event(), _Follower(answerer, settings)

    def run() -> None:
        wait = every
        while not stop.wait(wait):
            began = time.monotonic()
            wait = every
            try:
                changed = follower.look()
                wait = max(every, (time.monotonic() - began) / _SHARE_OF_TIME)
                if changed:
                    follower.build()
            except Mendable as reason:
                log.warning("the submissions cannot be indexed: %s", reason)
            except Exception:  # whatever it is, it is looked again
                log.exception("the submissions cannot be followed")

    threading.Thread(target=run, daemon=True, name="following").start()
    return stop


class _Follower:
    """What was seen of the corpus so far."""

    def __init__(self, answerer: Answerer, settings: Settings) -> None:
        self._answerer, self._settings = answerer, settings
        self._seen: Mapping[str, str] = {}
        self._tried: Mapping[str, str] = {}

    def look(self) -> bool:
        """Adopt a new build and let go of what went or changed; whether the corpus waits for a build of our own.

        It waits once it stood still from one look to the next: a folder may be half copied.
        """
        folder, answerer = self._settings.data / "index", self._answerer
        if current_build(folder) not in ("", answerer.index.build):
            adopt_build(answerer, self._settings)
        index = answerer.index
        try:
            upkeep = Upkeep(self._settings.corpus, folder, index.encoder)
        except CorpusError:  # there is none left
            limit(answerer, index, frozenset())
            return False
        limit(answerer, index, upkeep.unchanged(index))
        now = upkeep.description["submissions"]
        still, self._seen = now == self._seen, now
        return still and now != self._tried and not upkeep.settled

    def build(self) -> None:
        """Index the corpus as it is now; a Mendable says what is in the way, which is tried again when it changes."""
        self._tried = self._seen
        for reason in bring_up_to_date(self._answerer, self._settings).values():
            log.warning("left out: %s", reason)


def adopt_build(answerer: Answerer, settings: Settings) -> bool:
    """Adopt the current build if it is whole and of the corpus as it is now; otherwise the old one goes on serving."""
    folder = settings.data / "index"
    try:
        index = Upkeep(settings.corpus, folder, answerer.index.encoder).load()
    except (Mendable, StaleIndex) as reason:
        log.warning("a new build of the index cannot be served yet: %s", reason)
        return False
    if not adopt(answerer, index, folder):
        return False
    log.info("serving a new build of the index", extra={"submissions": len(index.documents)})
    return True


def bring_up_to_date(answerer: Answerer, settings: Settings) -> Mapping[str, str]:
    """Index what is new and answer from it; the submissions that cannot be used, each with the reason in a line.

    Answers go on meanwhile. A Mendable says what is in the way.
    """
    folder = settings.data / "index"
    upkeep = Upkeep(settings.corpus, folder, answerer.index.encoder)
    while not adopt(answerer, upkeep.build(), folder):
        pass  # a newer build came while this one was loaded
    return upkeep.refused


def adopt(answerer: Answerer, index: Index, folder: Path) -> bool:
    """Answer from this index from now on.

    False where another build became the current one in `folder` while this one was loaded: the old one goes on serving.
    """
    with _ADOPTING:
        if index.build != current_build(folder):
            return False
        answerer.adopt(index)
        return True


def limit(answerer: Answerer, index: Index, references: Scope) -> None:
    """Answer from these submissions of the index alone, unless another index was adopted meanwhile."""
    with _ADOPTING:
        if answerer.index is index and answerer.limited_to != references:
            answerer.limit(references)
