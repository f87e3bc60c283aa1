import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.addressed import reads_as_question
from bot.slack.incoming import plain_text, read_event
from bot.state.records import Thread, Way

BOT = "U0BOT"

QUESTIONS = """
and how many people does that reach a week?
what's his job?
any drawbacks to it though?
who said that?
Where does that figure come from?
what's the source
show me more
more
More, please
show us more
the whole paragraph please
what comes before?
what was the question they were answering?
give me the citation
is that in the summary too?
how is that funded
And who pays?
So what did the council do?
why
does it say anything about housing
ok, and in Bradford?
what about rural areas?
which organisations took part?
can you show me the full paragraph?
could you tell me who runs it?
has that changed since 2017?
what did they say about the Community Ownership Fund?
are there figures for Hastings?
tell me more about that
search for social prescribing
Interesting! How long did it take?
do you have more on that?
When was that?
Evidence bot, what about housing?
hey @evidence-bot, who pays?
evidence-bot: show us more
""".strip().splitlines()

TALK = """
That is what I thought.
Thanks, very useful
great
lol
really?
ok?
right?
that's neat, right?
what a mess
What a shame!
how interesting
which is exactly my point
when I get home I'll look
shall we use this in the report?
should we ask the clerk?
can you send it to the clerk?
could you draft a paragraph?
what do you think?
do you agree?
did you see that?
Ben, what was the figure last year?
Ben: what about page 3?
hey Chloe, is this the one?
<@U0BEN0001> what do you think it means?
<@U0BEN0001> is that right?
<!here> any views?
<!subteam^S1> who knows this?
anyone know where the original is?
does anyone have the PDF?
let's discuss tomorrow
I don't think that is what it says
we could quote this
are we allowed to publish this?
is this for our meeting?
who wants to write this up, any takers?
how are you?
I was wondering what it says about housing
Not sure why.
do it
will do
can't open it
""".strip().splitlines()


@pytest.mark.parametrize("words", QUESTIONS)
def test_a_question_to_the_bot_reads_as_one(words):
    assert reads_as_question(words)


@pytest.mark.parametrize("words", TALK)
def test_people_among_themselves_do_not(words):
    assert not reads_as_question(words)


def test_a_long_contribution_is_not_a_question():
    assert not reads_as_question("This paragraph matters. " * 20 + "What is the source?")


@given(st.text(alphabet="ab ,.?!<@>'\nwhatreally", max_size=400))
@settings(max_examples=300, deadline=None)
def test_no_message_takes_long_to_judge(text):
    began = time.perf_counter()
    reads_as_question(text)
    assert time.perf_counter() - began < 0.1


def event(text, **more):
    inner = {"type": "message", "channel": "C1", "user": "U1", "ts": "2.0", "text": text, "team": "T1"} | more
    return {"team_id": "T1", "event_id": "Ev1", "event": inner}


def test_a_mention_and_its_twin_are_the_same_message():
    mention = read_event(event(f"<@{BOT}> who?", type="app_mention"), BOT)
    assert mention == read_event(event(f"<@{BOT}> who?"), BOT)
    assert (mention.way, mention.text, mention.thread) == (Way.MENTION, "who?", Thread("T1", "C1", "2.0"))


def test_an_event_without_its_id_or_time_stamp_is_known_by_what_else_it_has():
    first, second = (event(f"<@{BOT}> who?", ts=ts) | {"event_id": None} for ts in ("2.0", "3.0"))
    assert read_event(first, BOT).event_id == read_event(first, BOT).event_id
    assert read_event(first, BOT).event_id not in ("", read_event(second, BOT).event_id)
    late = read_event(event(f"<@{BOT}> who?", ts=None, event_ts="4.0"), BOT)
    assert (late.ts, late.thread.ts) == ("4.0", "4.0")
    assert read_event(event(f"<@{BOT}> who?", ts=None), BOT) is None, "there is no thread to answer in"


def test_a_message_in_a_thread_belongs_to_the_thread():
    found = read_event(event(f"<@{BOT}> who?", thread_ts="1.0"), BOT)
    assert (found.thread.ts, found.ts) == ("1.0", "2.0")


@pytest.mark.parametrize(
    "odd",
    [
        {"subtype": "message_changed"}, {"subtype": "message_deleted"}, {"subtype": "bot_message"},
        {"subtype": "channel_join"}, {"bot_id": "B1"}, {"user": BOT}, {"user": None}, {"user": "USLACKBOT"},
    ],
)  # fmt: skip
def test_what_no_person_says_is_nothing(odd):
    assert read_event(event(f"<@{BOT}> who?", **odd), BOT) is None


def test_a_question_outside_a_thread_without_a_mention_is_nothing():
    assert read_event(event("who owns it?"), BOT) is None
    assert read_event(event("who owns it?", thread_ts="1.0"), BOT).way is Way.FOLLOW_UP
    assert read_event(event("who owns it", channel="D1"), BOT).way is Way.DIRECT


def test_somebody_from_another_workspace_is_known_as_such():
    found = read_event(event(f"<@{BOT}> who?", user_team="T2"), BOT)
    assert (found.user_team, found.thread.team) == ("T2", "T1")


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        (f"<@{BOT}> who  owns\nit?", "who owns it?"),
        (f"hey <@{BOT}|evidence-bot>, who?", "hey , who?"),
        ("profit &lt; loss &amp;amp; more", "profit < loss &amp; more"),
        ("see <https://x.org/a|the page> and <#C1|general>", "see the page and general"),
        ("<mailto:a@b.org|a@b.org>", "a@b.org"),
        ("a\x00b\ud800c", "a b c"),
    ],
)
def test_a_question_is_what_the_person_typed(written, typed):
    assert plain_text(written, BOT) == typed


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.dictionaries(st.text(), inner, max_size=3)
)


@given(st.text(), st.dictionaries(st.sampled_from(["thread_ts", "channel", "team", "ts", "bot_id"]), json_values))
@settings(max_examples=500, deadline=None)
def test_no_event_of_slack_breaks_the_reading(text, more):
    found = read_event(event(text, **more), BOT)
    assert found is None or f"<@{BOT}>" not in found.text
