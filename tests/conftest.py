"""The real corpus, the real model and the index of both, built once for all tests."""

import os
from pathlib import Path

import pytest
from small_corpus import write_corpus

from bot.answering import Answerer
from bot.corpus_index import load_answerer
from bot.outcome import load_models
from bot.settings import Settings
from corpus.document import Document
from corpus.submission import SHIPPED
from index.encoder import Encoder, load_encoder
from index.search import Index
from index.upkeep import Upkeep

_WIRE = (
    "test_playground",
    "test_encoder",
    "test_slack_runtime",
    "test_slack_surface",
    "test_state",
    "test_cli",
    "test_builds",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with processes, sockets, databases or a browser bear the mark `wire`, by the name of their file."""
    for item in items:
        if item.path.name.startswith(_WIRE):
            item.add_marker("wire")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI nothing is left out for want of a browser or a database."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    reasons = [str(report.longrepr) for report in reporter.stats.get("skipped", [])]
    lacking = [reason for reason in reasons if "cannot start" in reason or "is not tested" in reason]
    if lacking and os.environ.get("CI"):
        reporter.write_line(f"CI must not skip: {lacking[0]}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data") / "model"


@pytest.fixture(scope="session")
def encoder(model_folder: Path) -> Encoder:
    return load_encoder("", model_folder)


@pytest.fixture(scope="session")
def index_folder(encoder: Encoder, model_folder: Path) -> Path:
    """The folder of the index; the exported model lies beside it, as in the bot's data."""
    folder = model_folder.parent / "index"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def index(encoder: Encoder, index_folder: Path) -> Index:
    return Upkeep(SHIPPED, index_folder, encoder).build()


@pytest.fixture(scope="session")
def answerer(index: Index) -> Answerer:
    return Answerer(index, load_models())


@pytest.fixture(scope="session")
def document(answerer: Answerer) -> Document:
    return next(document for document in answerer.documents if document.reference == "PSR0074")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """The real answerer over six small submissions."""
    folder = tmp_path_factory.mktemp("library")
    return load_answerer(Settings(corpus=write_corpus(folder / "corpus"), data=folder / "data"), lambda _: None)
