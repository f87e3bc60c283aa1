"""Turns in a thread: what they take from it, and what is answered from the last answer."""

from dataclasses import replace
from functools import partial

import pytest
from small_corpus import CAMPAIGN, write_corpus

from bot.answer import Outcome
from bot.asking import in_thread, turn_of
from bot.conversation import share_of_thread
from bot.last_answer import About, about_last, quotes_at
from bot.leaning import leans
from bot.place import place_of
from bot.turns import Turn
from corpus.document import Span
from corpus.submission import read_submission


@pytest.mark.parametrize(
    ("turn", "about"),
    [
        ("who said that?", About.SAME),
        ("Where does that figure come from?", About.SAME),
        ("what’s the source?", About.SAME),
        ("what was the question they were answering?", About.SAME),
        ("what was the question?", About.SAME),
        ("give me the citation", About.SAME),
        ("is that in the summary too?", About.SAME),
        ("which section is it in?", About.SAME),
        ("show me more", About.MORE),
        ("any more on that?", About.MORE),
        ("the whole paragraph", About.WHOLE),
        ("ok, can you show me the full passage please?", About.WHOLE),
        ("what comes before?", About.BEFORE),
        ("and what's after that?", About.AFTER),
        ("who said mutual aid is great?", None),
        ("what is the source of funding?", None),
        ("what's his job?", None),
        ("where does the money come from?", None),
    ],
)
def test_a_turn_about_the_last_answer_is_told_from_a_new_question(turn, about):
    assert about_last(turn) is about


def test_who_said_that_is_answered_from_the_last_quote(answerer):
    asked = "Who was able to move mountains with the red tape lifted?"
    answer = in_thread(answerer, "who said that?", [asked])
    assert answer.outcome is Outcome.QUOTED
    assert answer.quotes[0].passage.speaker == "Kim Shutler"


def test_the_source_of_a_figure_is_the_note_on_its_sentence(answerer):
    answer = in_thread(answerer, "where does that figure come from?", ["How much income did charities lose at first?"])
    assert 19 in {note.number for note in answer.quotes[0].notes}


def test_the_whole_paragraph_holds_the_quote(answerer):
    asked = "How many people did Community Action Wirral's volunteering service register?"
    quote = answerer.answer(asked).quotes[0]
    whole = in_thread(answerer, "the whole paragraph", [asked]).quotes[0]
    assert quote.span in whole.span
    assert whole.text.startswith("The council mobilised existing networks")
    assert whole.text.endswith("remodel business plans.")


def test_before_and_after_stand_beside_the_quote(answerer):
    asked = "Where can residents search by postcode?"
    quote = answerer.answer(asked).quotes[0]
    before = in_thread(answerer, "what comes before?", [asked]).quotes[0]
    after = in_thread(answerer, "what comes after?", [asked]).quotes[0]
    assert before.span.end <= quote.span.start
    assert after.span.start >= quote.span.end


def test_show_me_more_never_repeats_a_quote(answerer):
    asked = "What does Locality say about mutual aid groups?"
    given = {quote.span for quote in answerer.answer(asked).quotes}
    more = in_thread(answerer, "show me more", [asked])
    assert more.outcome is Outcome.QUOTED
    assert not given & {quote.span for quote in more.quotes}
    again = in_thread(answerer, "show me more", [asked, "show me more"])
    assert not {q.span for q in more.quotes} & {q.span for q in again.quotes}


def test_anything_else_ends_where_nothing_else_answers(library):
    history, given = [], []
    for turn in ("What do they say about mobile phones?", *["Anything else?"] * 3):
        answer = library.answer(turn, history)
        given.append([quote.text for quote in answer.quotes])
        history.append(turn_of(answer))
    assert given == [["Mobile phones should be handed in at the desk of every reading room."], [], [], []]
    assert answer.outcome is Outcome.NOT_FOUND


@pytest.mark.parametrize("between", ["more", "Who said that?"])
def test_a_turn_about_the_answer_does_not_hide_the_question_before_it(library, between):
    asked = ["What do they say about mobile phones?", between]
    assert in_thread(library, "And the fares?", asked).resolved_question == f"{asked[0]} And the fares?"


@pytest.mark.parametrize("scope", [None, frozenset({"LIB0003", "FER0001"})])
def test_whether_it_is_said_elsewhere_is_answered_with_the_places_that_say_it(library, scope):
    first = library.answer(CAMPAIGN, scope=scope)
    quote = first.quotes[0]
    again = library.answer("Is that said anywhere else?", [turn_of(first)], scope=scope).quotes[0]
    assert again.text == quote.text == CAMPAIGN
    assert again.also_at == quote.also_at and len(quote.also_at) == (1 if scope else 3)


def test_what_moved_since_it_was_quoted_is_not_shown_as_a_cut_of_other_words(library):
    quote = library.answer("What do they say about mobile phones?").quotes[0]
    there, moved = quote.span, Span(quote.span.start + 5, quote.span.end + 5)
    at = partial(place_of, quote.document)
    assert [one.text for one in quotes_at(library.documents, [at(there)])] == [quote.text]
    assert quotes_at(library.documents, [at(moved), at(Span(there.start, there.end - 5))]) == []


@pytest.mark.parametrize("turn", ["Who said that?", "The whole paragraph", "What comes before that?"])
def test_other_words_at_the_place_of_a_quote_are_not_shown_for_it(library, tmp_path, turn):
    quote = library.answer("What do they say about mobile phones?").quotes[0]
    place = place_of(quote.document, quote.span)
    source = write_corpus(tmp_path, ["LIB0002"]) / "LIB0002" / "source.txt"
    assert quotes_at([read_submission(source.parent)], [place]), "nothing has changed yet"
    source.write_text(source.read_text("utf-8").replace("be handed in at", "never be seen at"), "utf-8")
    assert quotes_at([read_submission(source.parent)], [place]) == []
    stale = Turn("What do they say about mobile phones?", (replace(place, mark="00000000"),))
    assert library.answer(turn, [stale]).confidence < 1, "it is searched for, not taken from the place"


def test_a_place_whose_words_have_changed_hides_nothing_from_more(library):
    first = library.answer("What do they say about mobile phones?")
    turn = turn_of(first)
    changed = replace(turn, places=tuple(replace(place, mark="00000000") for place in turn.places))
    assert first.quotes[0].text not in [one.text for one in library.answer("And who else?", [turn]).quotes]
    assert first.quotes[0].text in [one.text for one in library.answer("And who else?", [changed]).quotes]


def test_a_follow_up_takes_what_it_lacks_from_the_thread(answerer):
    alone = answerer.answer("what's his job?")
    asked = "What did Andy McCartan say about KPIs?"
    answer = in_thread(answerer, "what's his job?", [asked])
    assert "Andy McCartan, Commissioned Services Manager at Wirral Council" in answer.quotes[0].text
    assert answer.resolved_question == f"{asked} what's his job?"
    assert alone.quotes[:1] != answer.quotes[:1]


def test_a_new_topic_is_not_dragged_back(answerer):
    thread = ["How many volunteers signed up in Wirral?", "who organised that?"]
    answer = in_thread(answerer, "right, unrelated: do they want councils to have more say over tax?", thread)
    assert "re-design the tax system" in answer.quotes[0].text
    assert answer.resolved_question == answer.question


def test_anyone_else_is_somebody_who_was_not_quoted_yet(answerer):
    thread = ["Have we got anything from Asher Craig?", "that's Bristol City Council, right?"]
    answer = in_thread(answerer, "anyone else from there quoted?", thread)
    assert answer.quotes[0].passage.speaker == "Steve Sandercock"


@pytest.mark.parametrize(
    "turn",
    [
        "and the £500m?",
        "what did she say?",
        "any drawbacks to it though?",
        "why",
        "what did he mean by that?",
        "when was that published?",
        "is there a source for that?",
        "what about rural areas?",
        "can you give me the other one",
        "did those schools reopen?",
        "which of these is the biggest?",
        "what does the union say to that?",
        "were they consulted?",
        "in what year?",
        "how long did it last",
        "did the trust say the same?",
        "had they been getting on badly before?",
        "anything similar from charities?",
        "so who paid for it?",
        "How many?",
        "Who pays?",
        "When was that?",
        "Who else?",
    ],
)
def test_turns_that_lean_on_the_thread(turn):
    assert leans(turn)


@pytest.mark.parametrize(
    "turn",
    [
        "What does the union say about sick pay?",
        "Is it true that schools were closed for six months?",
        "Who was it that told the committee that ventilators ran out?",
        "What do they say about housing benefit?",
        "Which hospitals had to cancel operations?",
        "is there anything in there on broadband?",
        "What did the trust say about its staff?",
        "does it mention food banks",
        "what did the mayor say when she visited the food hub in Leeds",
        "Has this submission anything on asylum seekers?",
        "do departments talk to each other, according to the union?",
        "Which pilots that were run in Manchester involved other organisations?",
        "Where is Ada Park based and what's her role?",
        "and what about people who live in Wales but see a doctor in England, do their councils pay for travel?",
        "Who wrote Middlemarch?",
        "ferry prices",
        "Who does Kim Shutler work for?",
        "Why did councils share no data?",
        "What is the capital of France?",
    ],
)
def test_turns_that_stand_alone(turn):
    assert not leans(turn)


def test_a_question_that_stands_alone_is_answered_as_it_would_be_outside_the_thread(answerer):
    thread = ["What did the Wirral hub actually hand out?"]
    for question in ("Did they say anything on BAME communities?", "Which inquiry was this evidence sent in to?"):
        alone, after = answerer.answer(question), in_thread(answerer, question, thread)
        assert after.outcome is alone.outcome
        assert [quote.span for quote in after.quotes[:1]] == [quote.span for quote in alone.quotes[:1]]
        assert after.resolved_question == question


@pytest.mark.parametrize("turn", ["moving on: what about social infrastructure?", "different topic: data sharing"])
def test_turns_that_change_the_subject(turn):
    assert share_of_thread(turn) == 0
