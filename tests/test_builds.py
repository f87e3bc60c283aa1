"""Builds of the index: killed at any moment, and adopted by a bot that serves."""

import gc
import shutil
import subprocess
import sys
import time
import weakref
from pathlib import Path

import pytest

from bot.answer import Outcome
from bot.answering import Answerer
from bot.asking import ask, turn_of
from bot.following import _Follower, adopt, adopt_build, bring_up_to_date, follow
from bot.outcome import load_models
from bot.scope import Filters
from bot.settings import Settings
from corpus.submission import SHIPPED
from index.encoder import Encoder
from index.folder import current_build
from index.search import Index
from index.upkeep import Upkeep

ROOT = Path(__file__).parent.parent
KILLS = 50
SAVING = """
import os, random, signal, sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
from corpus.submission import SHIPPED
from index.folder import current_build, save_index
from index.encoder import load_encoder
from index.shard import load_shard
from index.upkeep import Upkeep
folder = Path({folder!r})
encoder = load_encoder()
upkeep = Upkeep(SHIPPED, folder, encoder)
units = len(upkeep.load().units)
shards = [load_shard(path) for path in (folder / "shards").iterdir()]
chance, builds, kills, began = random.Random(7), set(), 0, time.monotonic()
save_index(lambda: shards, folder, upkeep.description)
whole = time.monotonic() - began
while kills < {kills} or len(builds) < 6:  # on a busy machine many fall into one build
    kills += 1
    child = os.fork()
    while child == 0:
        save_index(lambda: shards, folder, upkeep.description)
    time.sleep(chance.uniform(0, 2 * whole))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert len(upkeep.load().units) == units
    builds.add(current_build(folder))
"""


@pytest.fixture
def saved(index, index_folder, tmp_path):
    shutil.copytree(index_folder, tmp_path / "data" / "index")
    return tmp_path / "data" / "index"


def test_a_build_killed_at_any_moment_leaves_a_whole_index(saved):
    code = SAVING.format(root=str(ROOT), folder=str(saved), kills=KILLS)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()


@pytest.fixture
def serving(saved, index, encoder, tmp_path):
    corpus = tmp_path / "corpus"
    shutil.copytree(SHIPPED, corpus)
    settings = Settings(corpus=corpus, data=saved.parent)
    return Answerer(index, load_models()), settings


def add_submission(corpus: Path) -> None:
    folder = corpus / "NEW0001"
    folder.mkdir()
    (folder / "submission.toml").write_text(
        'reference = "NEW0001"\ntitle = "New"\nsubmitter = "The Lighthouse Trust"\n'
    )
    (folder / "source.txt").write_text("A view\n\nLighthouses need keepers at night. The sea is rough in winter.\n")


def build(settings: Settings, encoder: Encoder) -> Index:
    return Upkeep(settings.corpus, settings.data / "index", encoder).build()


@pytest.fixture
def two_served(serving, encoder):
    """A bot that serves two submissions and follows their folder."""
    answerer, settings = serving
    add_submission(settings.corpus)
    answerer.adopt(build(settings, encoder))
    stop = follow(answerer, settings, every=0.05)
    yield answerer, settings
    stop.set()


def quoted(answerer: Answerer, question: str) -> str:
    return " ".join(quote.text for quote in ask(answerer, question).quotes)


def wait_until(probe, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not probe() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert probe()


def test_what_was_removed_is_quoted_no_more_though_nothing_can_be_built(two_served, monkeypatch):
    answerer, settings = two_served

    def impossible(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr("bot.following.bring_up_to_date", impossible)
    assert "Lighthouses" in quoted(answerer, "Do lighthouses need keepers at night?")
    last = ask(answerer, "Do lighthouses need keepers at night?")
    shutil.rmtree(settings.corpus / "NEW0001")
    wait_until(lambda: len(answerer.documents) == 1)
    assert len(answerer.index.documents) == 2, "it must not hang on a build"
    assert "Lighthouses" not in quoted(answerer, "Do lighthouses need keepers at night?")
    assert answerer.answer("Do lighthouses need keepers at night?", scope=frozenset({"NEW0001"})).quotes == ()
    again = ask(answerer, "Whose words are these?", [turn_of(last)])
    assert all(quote.document.reference == "PSR0074" for quote in (*again.quotes, *again.nearest))
    assert ask(answerer, "How much income did charities lose?").quotes


def test_what_was_changed_is_quoted_as_it_is_now(two_served):
    answerer, settings = two_served
    source = settings.corpus / "NEW0001" / "source.txt"
    source.write_text(source.read_text().replace("at night", "by day"))
    wait_until(lambda: "by day" in quoted(answerer, "When do lighthouses need keepers?"))
    assert "at night" not in quoted(answerer, "When do lighthouses need keepers?")
    assert len(answerer.documents) == 2


def test_what_is_half_there_is_not_indexed_until_it_stands_still(serving):
    answerer, settings = serving
    follower = _Follower(answerer, settings)
    assert not follower.look() and not follower.look()
    add_submission(settings.corpus)
    assert not follower.look()
    (settings.corpus / "NEW0001" / "source.txt").write_text("Lighthouses need keepers.\n")
    assert not follower.look()
    assert follower.look()
    follower.build()
    assert not follower.look() and len(answerer.documents) == 2


def test_where_every_submission_went_nothing_is_quoted_until_one_comes(two_served):
    answerer, settings = two_served
    for place in settings.corpus.iterdir():
        shutil.rmtree(place)
    wait_until(lambda: not answerer.documents)
    assert ask(answerer, "How much income did charities lose?").outcome is Outcome.NOT_FOUND
    add_submission(settings.corpus)
    wait_until(lambda: "Lighthouses" in quoted(answerer, "Do lighthouses need keepers at night?"))


def test_a_new_build_is_adopted_while_the_bot_serves(serving, encoder):
    answerer, settings = serving
    stop = follow(answerer, settings, every=0.05)
    try:
        add_submission(settings.corpus)
        build(settings, encoder)
        deadline = time.monotonic() + 20
        while len(answerer.documents) < 2 and time.monotonic() < deadline:
            assert answerer.answer("How much income did charities lose?").quotes
        answer = answerer.answer("Do lighthouses need keepers at night?")
    finally:
        stop.set()
    assert answer.quotes[0].text.startswith("Lighthouses need keepers at night.")
    assert answer.quotes[0].document.reference == "NEW0001"


def test_a_build_that_cannot_be_read_does_not_end_the_adopting(serving, encoder, monkeypatch, caplog):
    answerer, settings = serving
    failed = []

    def once_failing(folder):
        if not failed:
            failed.append(True)
            raise OSError("the disk is away")
        return current_build(folder)

    monkeypatch.setattr("bot.following.current_build", once_failing)
    stop = follow(answerer, settings, every=0.05)
    try:
        add_submission(settings.corpus)
        build(settings, encoder)
        wait_until(lambda: len(answerer.documents) == 2)
    finally:
        stop.set()
    assert failed
    assert "cannot be followed" in caplog.text


def test_a_corpus_that_was_exchanged_is_let_go_of(serving, encoder):
    answerer, settings = serving
    add_submission(settings.corpus)
    answerer.adopt(build(settings, encoder))
    ask(answerer, "What does The Lighthouse Trust say about keepers?", filters=Filters(submission="NEW0001"))
    before = weakref.ref(answerer.index.store)
    shutil.rmtree(settings.corpus / "NEW0001")
    build(settings, encoder)
    assert adopt_build(answerer, settings)
    gc.collect()
    assert before() is None


def test_an_older_build_that_was_loaded_later_does_not_replace_a_newer_one(serving, encoder):
    answerer, settings = serving
    folder = settings.data / "index"
    older = build(settings, encoder)
    add_submission(settings.corpus)
    newer = build(settings, encoder)
    assert adopt(answerer, newer, folder)
    assert not adopt(answerer, older, folder)
    assert answerer.index is newer


def test_who_adds_a_submission_answers_from_it_though_a_newer_build_came_meanwhile(serving, encoder, monkeypatch):
    answerer, settings = serving

    def overtaken(*arguments):
        if not (settings.corpus / "NEW0001").exists():
            add_submission(settings.corpus)
            build(settings, encoder)
        return adopt(*arguments)

    monkeypatch.setattr("bot.following.adopt", overtaken)
    assert bring_up_to_date(answerer, settings) == {}
    assert answerer.index.build == current_build(settings.data / "index")
    assert len(answerer.documents) == 2


def test_a_build_of_another_corpus_is_not_adopted(serving):
    answerer, settings = serving
    before = answerer.index
    add_submission(settings.corpus)
    assert not adopt_build(answerer, settings)
    assert answerer.index is before
