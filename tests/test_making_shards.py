"""Shards are made beside the encoder: what is read meanwhile, how far ahead, and how it ends when it is broken off."""

import signal
import threading
import time

import numpy as np
import pytest
from evidence import a_document

from index.build import shards_of

WAIT = 20  # seconds until a test that waits for what never comes fails


@pytest.fixture(autouse=True)
def few_together(monkeypatch):
    """One submission at a time is encoded, one text at a time."""
    monkeypatch.setattr("index.build._TOGETHER", 1)
    monkeypatch.setattr("index.build._AT_ONCE", 1)


def submissions(count, read, texts=1):
    """So many submissions; `read` holds the numbers of those that were asked for."""
    for number in range(count):
        read.append(number)
        yield a_document(*(f"Text {part} of submission {number}." for part in range(texts))), {}, {}


def vectors(texts):
    return np.ones((len(texts), 8), np.float32)


def encoding_threads():
    return [thread for thread in threading.enumerate() if thread.name.startswith("encoding")]


def test_the_next_submission_is_read_while_the_encoder_works():
    read, second_read = [], threading.Event()

    def documents():
        for one in submissions(2, read):
            if len(read) == 2:
                second_read.set()
            yield one

    def encode(texts):
        assert second_read.wait(WAIT), "nothing is read while the encoder works"
        return vectors(texts)

    assert len(list(shards_of(documents(), encode))) == 2


def test_a_submission_is_finished_while_the_next_is_encoded():
    second_begun, first_taken = threading.Event(), threading.Event()

    def encode(texts):
        if "submission 1" in texts[0]:
            second_begun.set()
            assert first_taken.wait(WAIT), "nothing is finished while the encoder works"
        return vectors(texts)

    for _ in shards_of(submissions(2, []), encode):
        assert second_begun.wait(WAIT), "the encoder waits until all before is finished"
        first_taken.set()


def test_no_more_than_one_submission_is_read_ahead_of_who_takes_the_shards():
    read = []
    for taken, _ in enumerate(shards_of(submissions(6, read), vectors), 1):
        assert len(read) == min(taken + 1, 6)


def test_shards_come_in_the_order_of_the_submissions_with_the_vectors_of_their_texts():
    def encode(texts):
        return np.array([[float(text.split()[1]), float(text.split()[4][:-1])] for text in texts], np.float32)

    made = list(shards_of(submissions(4, [], texts=3), encode))
    assert [shard.arrays["vectors"].tolist() for shard in made] == [
        [[float(part), float(number)] for part in range(3)] for number in range(4)
    ]


def test_who_stops_taking_shards_leaves_no_thread_and_no_text_to_encode():
    encoded = []

    def encode(texts):
        encoded.extend(texts)
        return vectors(texts)

    shards = shards_of(submissions(9, [], texts=5), encode)
    next(shards)
    shards.close()
    assert encoding_threads() == []
    assert len(encoded) <= 10 and not any("submission 2" in text for text in encoded)


@pytest.mark.parametrize("where", ["reading", "encoding"])
def test_an_error_ends_it_and_leaves_no_thread(where):
    def documents():
        yield from submissions(3, [])
        if where == "reading":
            raise OSError("the disk is away")

    def encode(texts):
        if where == "encoding" and "submission 1" in texts[0]:
            raise OSError("the disk is away")
        return vectors(texts)

    made = []
    with pytest.raises(OSError, match="the disk is away"):
        made.extend(shards_of(documents(), encode))
    assert encoding_threads() == []


def test_who_breaks_off_waits_for_what_the_encoder_is_at_and_for_no_more():
    begun, told = [], threading.Event()

    def encode(texts):
        begun.extend(texts)
        if len(begun) == 2:
            assert told.wait(WAIT)
            signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
        time.sleep(0.02)  # the encoder is slower than who breaks off
        return vectors(texts)

    with pytest.raises(KeyboardInterrupt):
        list(shards_of(submissions(1, [], texts=50), encode, lambda _: told.set()))
    assert len(begun) < 50 and encoding_threads() == []
