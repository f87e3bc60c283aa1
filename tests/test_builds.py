"""Builds of the index: killed at any moment, and adopted by a bot that serves."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.answering import Answerer
from bot.corpus_index import adopt_build, follow_builds, open_index, read_corpus
from bot.outcome import load_model
from bot.settings import Settings
from corpus.submission import SHIPPED
from index.folder import StaleIndex, current_build, describe, load_index, read_weights

ROOT = Path(__file__).parent.parent
STOPS, KILLS = 50, 5
SAVING = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from bot.corpus_index import read_corpus
from corpus.submission import SHIPPED
from index.folder import describe, load_index, read_weights, save_index
from index.encoder import Encoder
class NoModel:
    def get_embedding_dimension(self): return 384
documents, expansions = read_corpus(SHIPPED)
encoder = Encoder("all-MiniLM-L6-v2", NoModel())
description = describe(documents, expansions, encoder.identity, read_weights())
index = load_index(Path({folder!r}), documents, description, encoder)
print("ready", flush=True)
while True:
    save_index(index, Path({folder!r}), description)
"""


@pytest.fixture
def saved(index, index_folder, tmp_path):
    shutil.copytree(index_folder, tmp_path / "data" / "index")
    return tmp_path / "data" / "index"


def test_a_build_stopped_or_killed_at_any_moment_leaves_a_whole_index(saved, encoder):
    documents, expansions = read_corpus(SHIPPED)
    description = describe(documents, expansions, encoder.identity, read_weights())
    code = SAVING.format(root=str(ROOT), folder=str(saved))
    chance, builds = random.Random(7), set()
    for _ in range(KILLS):
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        assert process.stdout.readline() == b"ready\n"
        for _ in range(STOPS // KILLS):
            time.sleep(chance.uniform(0.001, 0.05))
            os.kill(process.pid, signal.SIGSTOP)
            builds.add(current_build(saved))
            try:
                assert load_index(saved, documents, description, encoder).units
            finally:
                os.kill(process.pid, signal.SIGCONT)
        process.kill()
        process.wait()
        assert load_index(saved, documents, description, encoder).units
    assert len(builds) > 5, "the moments must fall into different builds"


@pytest.fixture
def serving(saved, index, encoder, tmp_path):
    corpus = tmp_path / "corpus"
    shutil.copytree(SHIPPED, corpus, ignore=shutil.ignore_patterns("expansions.jsonl"))  # quicker to build
    settings = Settings(corpus=corpus, data=saved.parent)
    documents, _ = read_corpus(corpus)
    return Answerer(documents, index, load_model()), settings


def add_submission(corpus: Path) -> None:
    folder = corpus / "NEW0001"
    folder.mkdir()
    (folder / "submission.toml").write_text(
        'reference = "NEW0001"\ntitle = "New"\nsubmitter = "The Lighthouse Trust"\n'
    )
    (folder / "source.txt").write_text("A view\n\nLighthouses need keepers at night. The sea is rough in winter.\n")


def test_a_new_build_is_adopted_while_the_bot_serves(serving, encoder):
    answerer, settings = serving
    stop = follow_builds(answerer, settings, every=0.05)
    try:
        add_submission(settings.corpus)
        open_index(*read_corpus(settings.corpus), encoder, settings.data / "index")
        deadline = time.monotonic() + 20
        while len(answerer.documents) < 2 and time.monotonic() < deadline:
            assert answerer.answer("How much income did charities lose?").quotes
        answer = answerer.answer("Do lighthouses need keepers at night?")
    finally:
        stop.set()
    assert answer.quotes[0].text.startswith("Lighthouses need keepers at night.")
    assert answer.quotes[0].document.reference == "NEW0001"


def test_a_build_of_another_corpus_is_not_adopted(serving):
    answerer, settings = serving
    before = answerer.index
    add_submission(settings.corpus)
    assert not adopt_build(answerer, settings)
    assert answerer.index is before


def test_no_index_is_not_served(tmp_path, encoder):
    documents, expansions = read_corpus(SHIPPED)
    with pytest.raises(StaleIndex, match="no whole index"):
        load_index(tmp_path, documents, describe(documents, expansions, encoder.identity, read_weights()), encoder)
