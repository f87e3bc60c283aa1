"""An administrator sends a file, sees its check, completes its details, and can ask it; nobody else can add any."""

import os
import time

import pytest
from renderings import NUMBERED, SUBMISSION, to_docx, to_pdf
from slack_story import quotes, reading
from small_corpus import SUBMISSIONS, write_corpus
from surface_bot import SurfaceBot, slack

from bot.corpus_index import load_answerer
from bot.held import KEPT_SECONDS, Held, Sender, drop_old
from bot.settings import Settings
from bot.slack.add import GONE, TAKEN, UNDER_WAY
from bot.slack.downloading import _is_slacks
from bot.slack.receiving import NOT_YOURS, received_in
from corpus import limits

__all__ = ["slack"]

ADA, DIRECT = "U0ADA0001", "D0ADA0001"
HARBOUR = to_docx(SUBMISSION)


@pytest.fixture
def start(slack, tmp_path, library):
    """Starts a bot over a small corpus with an index of its own; Ada is its administrator."""
    corpus = write_corpus(tmp_path / "corpus", ("LIB0002", "LIB0003", "FER0001"))
    settings = Settings(corpus=corpus, data=tmp_path / "data")
    answerer = load_answerer(settings, lambda _: None)

    def start(**more):
        chosen = {"administrators": frozenset({ADA}), "corpus": corpus, **more}
        return SurfaceBot(slack, settings.data, answerer=answerer, **chosen)

    return start


def send(slack, content=HARBOUR, name="harbour.docx", user="ada", text=""):
    """The bot's reply to a file in a direct message."""
    sent = slack.share_file(f"D0{user.upper()}0001" if user != "chloe" else "D0CHLOE01", name, content, text, user=user)
    return sent, slack.wait_reply(sent, timeout=30)


def downloads(slack):
    return [entry for entry in slack.world.traffic.entries if entry.kind == "file"]


def on_hold(bot):
    folder = received_in(bot.settings)
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def told(slack, sent, words, timeout=60):
    def probe():
        return next((r for r in slack.replies(sent) if words in reading(r)), None)

    return slack._until(probe, timeout, f"a reply with {words!r}")


def test_a_file_is_checked_completed_added_and_can_be_asked_while_others_ask(slack, start):
    with start() as bot:
        sent, reply = send(slack)
        text = reading(reply)
        assert "3 questions of the inquiry (1 not answered)" in text and "3 notes, 1 quotation." in text
        assert "Reference: HLT0042" in text and "Submitter: Harbour Lantern Trust" in text and "Date: not said" in text
        assert not (bot.settings.corpus / "HLT0042").exists(), "nothing is added before it is confirmed"
        slack.click(reply, "Check the details and add")
        form = slack.wait_view(showing="What stands here is what citations will say")
        assert slack.submit(form, {"title": " ", "date": "June 2020", "url": "ftp://x"})["errors"] == {
            "title": "Say what it is.", "date": "Write it as 2020, 2020-06 or 2020-06-30.",
            "url": "An address begins with https://.",
        }  # fmt: skip
        assert slack.submit(form, {"title": "Lanterns", "date": "2020-06", "url": ""}) == {}
        slack.wait_view(showing=UNDER_WAY)
        told(slack, sent, "Added Harbour Lantern Trust (HLT0042)")
        assert reading(slack.wait_reply(slack.dm("What about mobile phones?"), timeout=30)), "answers go on"
        told(slack, sent, "You can ask about HLT0042 now.")
        answer = slack.wait_reply(
            slack.dm("What did the Harbour Lantern Trust say about the reading group for parents?"), timeout=30
        )
        assert "Searched in: Harbour Lantern Trust (HLT0042)" in reading(answer)
        assert any("The reading group for parents was closed" in quote for quote in quotes(answer))
        assert on_hold(bot) == []
        _, reply = send(slack)
        assert reading(reply) == "harbour.docx: the same file is in the corpus already, as HLT0042."
        slack.click(told(slack, sent, "Check the details"), "Check the details and add")
        slack.wait_view(showing=GONE)


def test_who_is_no_administrator_is_told_in_one_line_and_nothing_is_fetched(slack, start):
    with start() as bot:
        _, reply = send(slack, user="ben")
        assert reading(reply) == NOT_YOURS and downloads(slack) == [] and on_hold(bot) == []
        _, reply = send(slack, user="ben", text="What about mobile phones?")
        assert NOT_YOURS in str(slack.messages("D0BEN0001", user="ben"))
        slack._until(lambda: [m for m in slack.messages("D0BEN0001", user="ben") if quotes(m)] or None, 30, "an answer")
        assert downloads(slack) == []
    with start(administrators=frozenset()) as bot:
        assert reading(send(slack)[1]) == NOT_YOURS and downloads(slack) == []


def test_nobody_else_presses_an_administrators_buttons(slack, start):
    with start() as bot:
        _, reply = send(slack)
        held = on_hold(bot)
        # She is no administrator any more.
        object.__setattr__(bot.services.settings, "administrators", frozenset({"U0OTHER01"}))
        slack.click(reply, "Check the details and add")
        slack.wait_view(showing=NOT_YOURS)
        assert reading(slack.wait_reply(slack.click(reply, "Discard"))) == NOT_YOURS
        assert on_hold(bot) == held


def test_a_file_that_is_discarded_or_forgotten_is_deleted(slack, start, tmp_path):
    with start() as bot:
        _, reply = send(slack)
        assert len(on_hold(bot)) == 1
        assert "the file is deleted" in reading(slack.wait_reply(slack.click(reply, "Discard")))
        assert on_hold(bot) == []
        assert reading(slack.wait_reply(slack.click(reply, "Discard"))) == GONE
    fresh = Held(tmp_path / "received" / "F1", "a.txt", Sender("U", "D", "1")).save()
    stale = Held(tmp_path / "received" / "F2", "b.txt", Sender("U", "D", "1")).save()
    assert fresh.place.stat().st_mode & 0o777 == 0o700, "nobody else on the machine reads it or what is known of it"
    os.utime(stale.place, (time.time() - KEPT_SECONDS - 60,) * 2)
    drop_old(tmp_path / "received")
    assert fresh.place.exists() and not stale.place.exists()


def test_the_same_file_sent_twice_waits_once(slack, start):
    with start() as bot:
        send(slack)
        _, reply = send(slack, name="copy.docx")
        assert "copy.docx: the same file was sent before and waits for your word" in reading(reply)
        assert len(on_hold(bot)) == 1


def test_a_new_file_of_a_submission_takes_its_place_after_a_second_word(slack, start):
    with start() as bot:
        sent, reply = send(slack, to_pdf(NUMBERED), "again.pdf")
        slack.click(reply, "Check the details and add")
        form = slack.wait_view(showing="What stands here")
        given = {"reference": "LIB0003", "submitter": "Anybody", "title": "Anything"}
        assert slack.submit(form, given) == {}
        word = slack.wait_view(showing="Shelf (LIB0003) is in the corpus already. Shall again.pdf become its source?")
        assert (bot.settings.corpus / "LIB0003" / "source.txt").exists()
        assert slack.submit(word) == {}
        told(slack, sent, "Replaced the source of Shelf (LIB0003)")
        told(slack, sent, "You can ask about LIB0003 now.")
        assert [path.name for path in (bot.settings.corpus / "LIB0003").glob("source.*")] == ["source.pdf"]
        answer = slack.wait_reply(slack.dm("What did Shelf say about the reading room?"), timeout=30)
        assert any("let the reading room" in quote for quote in quotes(answer))


def test_a_submission_that_may_not_be_seen_is_neither_named_nor_replaced(slack, start):
    hidden = (SUBMISSIONS["FER0001"][0], "FER0001")
    with start(submissions={"direct": frozenset({"LIB0002"})}) as bot:
        _, reply = send(slack, (bot.settings.corpus / "FER0001" / "source.txt").read_bytes(), "ferries.txt")
        assert reading(reply) == "ferries.txt: the same file is in the corpus already."
        text = (bot.settings.corpus / "FER0001" / "source.txt").read_text() + "\n\nA line of its own at the end.\n"
        _, reply = send(slack, text.encode(), "ferries2.txt")
        assert not any(name in reading(reply) for name in hidden) and "LIB0002 too." in reading(reply)
        slack.click(reply, "Check the details and add")
        form = slack.wait_view(showing="What stands here")
        given = {"reference": "FER0001", "submitter": "X", "title": "Y"}
        assert slack.submit(form, given)["errors"] == {"reference": TAKEN}
        slack.submit(form, given | {"reference": "NEW0001"})
        slack._until(
            lambda: [m for m in slack.messages(DIRECT) if "which is not here" in reading(m)] or None, 60, "its limits"
        )


@pytest.mark.parametrize(
    ("content", "name", "line"),
    [
        (
            b"\x89PNG\r\n....",
            "scan.png",
            "scan.png: is a picture, not a submission; use PDF, DOCX, HTML, Markdown or text",
        ),
        (b"%PDF-1.4 broken", "a.pdf", "a.pdf: "),
        (b" \n ", "empty.txt", "empty.txt: is empty"),
    ],
)
def test_a_bad_file_is_told_in_the_line_of_the_command_and_deleted(slack, start, content, name, line):
    with start() as bot:
        _, reply = send(slack, content, name)
        assert reading(reply).startswith(f"Not added: {line}") and "\n" not in reading(reply)
        assert on_hold(bot) == []


def test_what_is_too_large_or_held_elsewhere_is_not_fetched(slack, start, monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 1000)
    with start() as bot:
        assert "more than the 0 MB that a submission may have" in reading(send(slack)[1])
        assert downloads(slack) == [] and on_hold(bot) == []
    api = "http://127.0.0.1:8910/api/"
    for url in ("https://files.slack.com/x", "https://slack.com/x", "http://127.0.0.1:8910/files-pri/x"):
        assert _is_slacks(url, api)
    for url in ("", "http://files.slack.com/x", "https://slack.com.example/x", "https://evil.example/slack.com",
                "https://xslack.com/", "http://127.0.0.1:8911/x", "https://slack.com@evil.example/"):  # fmt: skip
        assert not _is_slacks(url, api)


def test_without_the_scope_to_read_files_it_says_which_is_missing(slack, start):
    with start() as bot:
        object.__setattr__(slack.world.app, "scopes", slack.world.app.scopes - {"files:read"})
        assert "does the app have the scope files:read?" in reading(send(slack)[1])
        assert on_hold(bot) == []


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_fetched(slack, start, tmp_path):
    with start(corpus=tmp_path / "not there"):
        _, reply = send(slack)
        assert "not there: cannot be written; EVIDENCE_BOT_CORPUS may name another folder" in reading(reply)
        assert downloads(slack) == []


def test_what_was_added_before_a_crash_is_told_after_it(slack, start):
    with start() as bot:
        sent, _ = send(slack)
        held = received_in(bot.settings) / on_hold(bot)[0]
        folder = bot.settings.corpus
    one = Held(held, "harbour.docx", Sender(ADA, DIRECT, sent.ts), added="LIB0003")
    one.save()
    with start() as bot:
        told(slack, sent, "You can ask about LIB0003 now.")
        slack._until(lambda: not held.exists() or None, 10, "the file to be deleted")
    assert folder.exists()


def test_nothing_of_a_file_reaches_the_log_but_how_many_came(slack, start, caplog):
    caplog.set_level("DEBUG", logger="bot")
    with start(log_texts=True) as bot:
        _, reply = send(slack, text="a secret remark")
        slack.wait_reply(slack.click(reply, "Discard"))
        assert on_hold(bot) == []
    logged = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "files received" in logged
    assert not any(word in logged for word in ("harbour.docx", "secret remark", "files-pri", "Lantern"))
