"""What a question asks for by its form, and whether a quote states something of that kind."""

import pytest

from bot import question_forms as form
from bot.features import FEATURES, features, unanswered_unit
from bot.searching import find


@pytest.mark.parametrize(
    ("question", "figure", "money"),
    [
        ("How much did the repairs cost?", True, True),
        ("how much money was lost", True, True),
        ("And how much each?", True, True),
        ("how much?", True, True),
        ("How much of the demand was met?", True, False),
        ("How much did trust matter?", False, False),
        ("How much has changed since the spring?", False, False),
        ("What share of them closed?", True, False),
        ("What was their budget?", False, True),
        ("Who kept the lighthouse?", False, False),
    ],
)
def test_a_figure_or_a_sum_is_asked_for(question, figure, money):
    assert form.asks_figure(question) is figure
    assert form.asks_money(question) is money


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("What proportion of ships sank?", True),
        ("which percentage was lost?", True),
        ("how big a share of the catch is it", True),
        ("what % came back", True),
        ("Do ships share a harbour?", False),
        ("How many ships sank?", False),
    ],
)
def test_a_share_is_asked_for(question, asks):
    assert form.asks_share(question) is asks


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("It was 80% of the catch.", True),
        ("Over 12 per cent sank[3].", True),
        ("One in ten ships sank.", True),
        ("Nearly two-thirds of them came back.", True),
        ("Most captains stayed.", True),
        ("The £750m are a proportion of it, which they need most in winter.", False),
        ("Over 700 ships[12] sank.", False),
    ],
)
def test_what_states_a_share(text, stated):
    assert form.has_share(text) is stated


def test_a_number_that_is_no_share_lacks_the_figure_asked_for(index):
    question = "What proportion of community organisations expect to close?"
    conversed, found = find(index, question)
    best = next(found)
    assert form.has_figure(best.quote.text) and not form.has_share(best.quote.text)
    assert features(index, conversed.evidence, best, None)[FEATURES.index("lacks_figure")] == 1


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("How many ships sank?", "ships sank"),
        ("roughly how many of the other local groups took part", "local groups"),
        ("How much did it cost?", ""),
    ],
)
def test_what_is_to_be_counted(question, things):
    assert form.counted(question) == things


@pytest.mark.parametrize(
    ("text", "things", "stated"),
    [
        ("Over 700 volunteers registered.", "volunteers", True),
        ("Some 1,200 newly trained volunteers registered.", "volunteers signed", True),
        ("Nine councils joined.", "councils", True),
        ("Over 700 volunteers registered.", "councils", False),
        ("Volunteers[12] registered in all 9 places.", "volunteers", False),
        ("We rely on[3] volunteers.", "volunteers", False),
    ],
)
def test_a_number_counts_only_for_the_things_that_are_asked_for(text, things, stated):
    assert form.has_count(text, things) is stated


@pytest.mark.parametrize(
    ("question", "asks"),
    [("When does the paper come out?", True), ("over how many years?", True), ("Who wrote it?", False)],
)
def test_a_time_is_asked_for(question, asks):
    assert form.asks_when(question) is asks


@pytest.mark.parametrize(
    ("text", "has"),
    [("It took two days.", True), ("In May it opened.", True), ("It took £500m.", False), ("It was done[20].", False)],
)
def test_a_time_is_stated(text, has):
    assert form.has_date(text) is has


def seen(index, question):
    conversed, found = find(index, question)
    evidence = conversed.evidence
    return dict(zip(FEATURES, features(index, evidence, next(found, None), unanswered_unit(evidence)), strict=True))


def test_what_the_best_quote_lacks_of_what_is_asked_for_is_seen(index):
    has = seen(index, "How many people does the network support every week?")
    assert has["asks_count"] == 1 and has["lacks_count"] == 0 and has["lacks_figure"] == 0
    lacks = seen(index, "How many lighthouses does the network in Iceland support every week?")
    assert lacks["lacks_count"] == 1 and lacks["lacks_name"] == 1
    assert (
        has["detail"] > 0 and has["topic_coverage"] == 0 < seen(index, "Anything about the network?")["topic_coverage"]
    )


def test_without_a_quote_only_the_form_is_seen(index):
    evidence = find(index, "When?")[0].evidence
    assert {name for name, value in zip(FEATURES, features(index, evidence, None, None), strict=True) if value} == {
        "asks_when"
    }
