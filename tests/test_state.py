import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from databases import KINDS, database_url
from sqlalchemy import update

from bot.place import Place, place_of, still_standing
from bot.state.records import ChannelSettings, Gap, Message, PastTurn, Thread, Vote, Way
from bot.state.store import open_store
from bot.state.tables import TURNS, StateError
from bot.turns import Turn
from corpus.document import Span

THREAD = Thread("T1", "C1", "100.000000")
PLACES = (Place("PSR0074", Span(10, 20), "0a1b2c3d"), Place("PSR0080", Span(0, 7), "4e5f6a7b"))


@pytest.fixture(params=KINDS)
def state_url(request, tmp_path):
    return database_url(request.param, tmp_path)


@pytest.fixture
def store(state_url, tmp_path):
    store = open_store(state_url, tmp_path)
    yield store
    store.close()


def message(event="Ev1", ts="100.000000", thread=THREAD, way=Way.MENTION, text="who owns the buildings?", user="U1"):
    return Message(event, thread, ts, user, "T1", way, text)


def turn(question="who owns the buildings?", thread=THREAD, at=None, user="U1", outcome="quoted", reply_ts="101.0"):
    return PastTurn(thread, user, question, outcome, PLACES, reply_ts, time.time() if at is None else at)


def vote(value="up", user="U2", at=1e9, reply_ts="101.0"):
    return Vote("T1", "C1", reply_ts, user, value, "q", "quoted", PLACES, at)


def test_a_message_is_kept_once_however_it_comes(store):
    assert store.inbox.receive(message()) == 1
    assert store.inbox.receive(message()) is None, "the same event again"
    assert store.inbox.receive(message(event="Ev2")) is None, "its twin: another event about the same message"
    assert store.inbox.receive(message(event="Ev3", ts="100.000001")) == 2
    assert store.inbox.waiting() == 2


def test_a_message_is_kept_once_when_it_comes_on_several_threads_at_once(store):
    start = threading.Barrier(8)

    def receive(number):
        start.wait()
        return store.inbox.receive(message(event=f"Ev{number}"))

    with ThreadPoolExecutor(8) as pool:
        positions = list(pool.map(receive, range(8)))
    assert sorted(positions, key=str) == [1] + [None] * 7


def test_what_was_received_is_there_after_opening_again(state_url, tmp_path):
    first = open_store(state_url, tmp_path)
    first.inbox.receive(message())
    first.close()
    again = open_store(state_url, tmp_path)
    assert again.inbox.next(()).message == message()
    assert again.inbox.receive(message(event="Ev9")) is None
    again.close()


def test_the_oldest_message_of_a_free_lane_comes_next(store):
    other = Thread("T1", "C2", "100.000002")
    store.inbox.receive(message(event="Ev2", ts="100.000002", thread=other))
    store.inbox.receive(message(event="Ev1", ts="100.000001"))
    store.inbox.receive(message(event="Ev3", ts="100.000003"))
    first = store.inbox.next(())
    assert first.message.event_id == "Ev1"
    assert store.inbox.next({first.message.lane}).message.event_id == "Ev2"
    assert store.inbox.next({first.message.lane, "T1/C2/100.000002"}) is None


def test_all_of_a_direct_message_is_one_lane_and_each_thread_of_a_channel_its_own():
    one, two = (Thread("T1", "D1", ts) for ts in ("1.0", "2.0"))
    assert message(thread=one, way=Way.DIRECT).lane == message(thread=two, way=Way.DIRECT).lane
    assert message(thread=one).lane != message(thread=two).lane


def test_a_reply_is_in_doubt_from_the_intention_until_it_is_known_to_be_posted(store):
    store.inbox.receive(message())
    number = store.inbox.next(()).id
    assert not store.inbox.next(()).in_doubt
    store.inbox.intend(number)
    assert store.inbox.next(()).in_doubt
    store.inbox.sent(number, 1, "101.0")
    after = store.inbox.next(())
    assert (after.in_doubt, after.replies, after.reply_ts) == (False, 1, "101.0")


def test_a_finished_question_waits_no_more_and_leaves_a_turn(store):
    store.inbox.receive(message())
    store.finish(store.inbox.next(()).id, turn())
    assert store.inbox.waiting() == 0 and store.inbox.next(()) is None
    assert store.turns.earlier(THREAD) == (Turn("who owns the buildings?", PLACES),)
    assert store.inbox.receive(message(event="Ev7")) is None, "it is still known"


def test_a_question_that_found_nothing_is_a_gap(store):
    store.inbox.receive(message())
    store.finish(store.inbox.next(()).id, turn(outcome="not_found", at=5.0))
    assert store.feedback.gaps() == [Gap("T1", "C1", "U1", "who owns the buildings?", 5.0)]


def test_turns_come_back_in_order_with_their_places(store):
    for number in range(3):
        store.turns.add(turn(f"q{number}", reply_ts=f"10{number}.0"))
    assert [past.question for past in store.turns.earlier(THREAD)] == ["q0", "q1", "q2"]
    assert store.turns.earlier(Thread("T1", "C1", "999.0")) == ()
    assert {past.places for past in store.turns.earlier(THREAD)} == {PLACES}


def test_places_that_an_earlier_version_kept_without_a_mark_stand_nowhere(store, library):
    library = library.documents
    store.turns.add(turn())
    place = place_of(library[0], library[0].passages[-1].span)
    with store._engine.begin() as database:
        database.execute(update(TURNS).values(places=[[place.document, place.span.start, place.span.end]]))
    (past,) = store.turns.earlier(THREAD)
    assert past.places == (replace(place, mark=""),)
    assert still_standing(library, [place]) and not still_standing(library, past.places)


def test_a_direct_message_remembers_the_last_hour_whatever_the_thread(store):
    store.turns.add(turn("long ago", thread=Thread("T1", "D1", "1.0"), at=time.time() - 4000))
    store.turns.add(turn("just now", thread=Thread("T1", "D1", "2.0")))
    assert [past.question for past in store.turns.recent("T1", "D1")] == ["just now"]


def test_a_person_has_one_vote_on_a_reply(store):
    store.feedback.vote(vote("up"))
    store.feedback.vote(vote("down", at=2e9))
    store.feedback.vote(vote("up", user="U3"))
    assert [(kept.user, kept.value) for kept in store.feedback.votes()] == [("U3", "up"), ("U2", "down")]
    assert store.feedback.votes(since=1.5e9) == [vote("down", at=2e9)]


def test_channel_settings_are_the_defaults_until_somebody_sets_them(store):
    assert store.channels.get("T1", "C1") == ChannelSettings()
    chosen = ChannelSettings(frozenset({"PSR0074"}), mention_only=True, private_first=True)
    store.channels.set("T1", "C1", chosen)
    assert store.channels.get("T1", "C1") == chosen
    assert store.channels.get("T1", "C2") == ChannelSettings()
    store.channels.set("T1", "C1", ChannelSettings())
    assert store.channels.get("T1", "C1") == ChannelSettings()


def fill(store):
    elsewhere = Thread("T1", "C1", "200.000000")
    for number, (thread, user) in enumerate([(THREAD, "U1"), (THREAD, "U2"), (elsewhere, "U1")]):
        store.inbox.receive(message(f"Ev{number}", f"30{number}.0", thread, user=user))
        found = replace(turn(f"q{number}", thread, user=user, outcome="not_found"), reply_ts=f"40{number}.0")
        store.finish(store.inbox.next(()).id, found)
        store.feedback.vote(vote(user=user, reply_ts=f"40{number}.0"))


def kept(store):
    questions = [past.question for t in (THREAD, Thread("T1", "C1", "200.000000")) for past in store.turns.earlier(t)]
    return questions, [gap.question for gap in store.feedback.gaps()], [v.reply_ts for v in store.feedback.votes()]


def test_forgetting_a_person_leaves_the_others(store):
    fill(store)
    store.forget(user="U1")
    assert kept(store) == (["q1"], ["q1"], ["401.0"])


def test_forgetting_a_thread_leaves_the_others(store):
    fill(store)
    store.forget(thread=THREAD)
    assert kept(store) == (["q2"], ["q2"], ["402.0"])


def test_forgetting_all_leaves_the_settings_of_channels_and_no_waiting_question(store):
    fill(store)
    store.channels.set("T1", "C1", ChannelSettings(mention_only=True))
    store.inbox.receive(message("Ev9", "900.0"))
    store.forget()
    assert kept(store) == ([], [], [])
    assert store.inbox.next(()) is None
    assert store.channels.get("T1", "C1").mention_only
    assert store.inbox.receive(message("Ev9", "900.0")) is None, "a late delivery is still known"


def test_what_is_too_old_is_deleted_and_what_waits_stays(store):
    store.turns.add(turn("old", at=time.time() - 31 * 86400))
    store.turns.add(turn("new", at=time.time() - 29 * 86400))
    store.feedback.vote(vote(at=time.time() - 31 * 86400))
    store.feedback.add_gap(Gap("T1", "C1", "U1", "old", time.time() - 31 * 86400))
    store.inbox.receive(message())
    assert store.purge(30) == 3
    assert [past.question for past in store.turns.earlier(THREAD)] == ["new"]
    assert store.feedback.votes() == [] and store.feedback.gaps() == []
    assert store.inbox.waiting() == 1


def test_only_one_bot_holds_a_state_at_a_time(state_url, tmp_path):
    first, second = open_store(state_url, tmp_path), open_store(state_url, tmp_path)
    with first.claimed(), pytest.raises(StateError, match="another evidence-bot uses this state"):
        second.claimed(wait=0.1).__enter__()
    with second.claimed(wait=0.1):
        pass
    first.close()
    second.close()


def test_texts_of_people_stand_in_no_error_of_the_database(store):
    with pytest.raises(Exception) as caught:
        store.turns.add(replace(turn("a secret question"), outcome=object()))
    assert "a secret question" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["nonsense", "oracle://x", "postgresql://nobody@127.0.0.1:1/none", "sqlite:////no/such/x.db"]
)
def test_a_database_that_cannot_be_used_is_one_clear_line(url, tmp_path):
    with pytest.raises(StateError) as caught:
        open_store(url, tmp_path)
    assert "\n" not in str(caught.value) and "EVIDENCE_BOT_STATE" in str(caught.value)


@pytest.mark.parametrize("there", [True, False])
def test_nobody_else_on_the_machine_reads_a_state_file(tmp_path, there):
    database = tmp_path / "playground.db"
    names = [database.name, *(f"{database.name}{ending}" for ending in ("-wal", "-shm"))]
    for name in names if there else ():
        (tmp_path / name).touch(0o644)
        (tmp_path / name).chmod(0o644)
    store = open_store(f"sqlite:///{database}", tmp_path)
    store.turns.add(turn())
    assert {name: (tmp_path / name).stat().st_mode & 0o777 for name in names} == dict.fromkeys(names, 0o600)
    store.close()


def test_the_state_is_sqlite_in_wal_mode_in_the_data_folder_by_default(tmp_path):
    open_store("", tmp_path / "data").close()
    assert (tmp_path / "data" / "state.db").stat().st_mode & 0o777 == 0o600, "others on the machine may not read it"
    connection = sqlite3.connect(tmp_path / "data" / "state.db")
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_what_is_forgotten_while_it_is_answered_stays_forgotten(store):
    store.inbox.receive(message())
    number = store.inbox.next(()).id
    store.inbox.intend(number)
    store.forget()
    store.inbox.sent(number, 1, "101.0")
    assert store.inbox.next(()) is None and store.inbox.waiting() == 0
    store.finish(number, turn(outcome="not_found"))
    store.inbox.give_up(number)
    assert kept(store) == ([], [], [])


def test_where_answers_are_private_a_thread_has_only_ones_own_turns(store):
    for number, user in enumerate(("U1", "U2", "U1")):
        store.turns.add(turn(f"q{number}", user=user, reply_ts=f"10{number}.0"))
    assert [past.question for past in store.turns.earlier(THREAD, "U1")] == ["q0", "q2"]
    assert store.turns.earlier(THREAD, "U9") == ()
