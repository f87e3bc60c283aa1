"""Drafting expansions with a model behind an OpenAI-compatible endpoint: a small one of our own, over HTTP."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.expand import DRAFT, Endpoint, ExpandError, draft, parse
from corpus.document import Span
from corpus.errors import CorpusError
from corpus.expansions import places, read_expansions
from corpus.formats.plain import read_text
from corpus.metadata import Metadata
from corpus.structure import structure

TEXT = "A title\n\nAbout us\n\nWe run a library. It is open daily.\n\nWhat do you need?\n\nN/A\n"


@pytest.fixture
def document():
    return structure(Metadata("TST0001", "Test", "Tester"), read_text(TEXT))


@pytest.fixture
def endpoint():
    asked = []

    class Model(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            prompt = body["messages"][1]["content"]
            asked.append((self.path, self.headers["Authorization"], prompt))
            entry = {"statements": ["Books are lent."], "questions": ["Is it  open every day?"]}
            reply = "no idea" if "title" in prompt.casefold().split("passage:")[-1] else f"Sure: {json.dumps(entry)}"
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"choices": [{"message": {"content": reply}}]}).encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Endpoint(f"http://127.0.0.1:{server.server_port}/v1", "small", "key"), asked
    server.shutdown()


def test_a_draft_holds_an_entry_for_each_place_that_got_one(document, endpoint, tmp_path):
    model, asked = endpoint
    drafted, failed = draft(document, tmp_path, model, lambda *_: None)
    entries = read_expansions(tmp_path / DRAFT, document)
    assert (drafted, failed) == (len(places(document)) - 1, 1)
    assert {entry.questions for entry in entries} == {("Is it open every day?",)}
    assert asked[0][:2] == ("/v1/chat/completions", "Bearer key")
    assert any("What do you need?" in prompt for _, _, prompt in asked), "N/A questions are expanded too"


def test_a_draft_goes_on_where_it_was_stopped(document, endpoint, tmp_path):
    model, asked = endpoint
    draft(document, tmp_path, model, lambda *_: None)
    before = len(asked)
    assert draft(document, tmp_path, model, lambda *_: None) == (0, 1)
    assert len(asked) == before + 1


def test_an_endpoint_that_does_not_answer_is_told(document, tmp_path):
    with pytest.raises(ExpandError, match="does not answer"):
        draft(document, tmp_path, Endpoint("http://127.0.0.1:9/v1", "small"), lambda *_: None)
    with pytest.raises(ExpandError, match="not an http address"):
        draft(document, tmp_path, Endpoint("file:///etc", "small"), lambda *_: None)


@pytest.mark.parametrize("reply", ["", "[]", "{}", "{broken", '{"statements": [], "questions": [1]}'])
def test_a_reply_without_an_entry_is_none(reply):
    assert parse(Span(0, 1), reply) is None


def test_an_expansion_of_a_passage_that_changed_is_refused(document, endpoint, tmp_path):
    draft(document, tmp_path, endpoint[0], lambda *_: None)
    changed = structure(document.metadata, read_text(TEXT.replace("daily", "twice")))
    with pytest.raises(CorpusError, match="its passage has changed"):
        read_expansions(tmp_path / DRAFT, changed)
