"""A quotation is exact, altered, misattributed or not found; what is overlooked is said."""

import pytest
from evidence import PSR0074, a_document, passage_by
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching import _lacks_a_word
from bot.verify import MOST_PLACES, Verdict, check_to_json, verify
from bot.wording import wording
from corpus.document import Voice

MOUNTAINS = "With the red tape lifted, we have been able to move mountains"
BEAT = "Barely missing a beat, local community organisations have completely recalibrated the way they work"


def one(text, *documents):
    [check] = verify(text, documents or [PSR0074])
    return check


@pytest.mark.parametrize("passage", [p for p in PSR0074.passages if p.sentences], ids=lambda p: f"{p.span.start}")
def test_every_sentence_of_every_passage_is_exact_where_it_stands(passage):
    for sentence in passage.sentences:
        check = one(sentence.span.slice(PSR0074.text).join("«»"))
        assert check.verdict is Verdict.EXACT, (check.quotation, check.remarks)
        starts = [found.span.start for found in check.found]
        # Of words that stand in many places, such as "For example:", only the first places are told.
        assert len(starts) == MOST_PLACES or any(sentence.span.start <= at < sentence.span.end for at in starts)
        assert all(found.text == PSR0074.text[found.span.start : found.span.end] for found in check.found)


@pytest.mark.parametrize(
    ("written", "overlooked"),
    [
        ('"community organisations\' distinct role in public services as \'cogs of connection\'"',
         ("the kind of quotation marks",)),
        ("“Barely missing a beat,\nlocal   community\u00a0organisations have completely recalibrated”",
         ("line breaks and spaces",)),
        ("“Keep it Local councils. The Keep it Local councils are”", ("marks of the submission’s own notes",)),
        ("“the crisis has highlighted community organisations’ distinct role”", ()),
        ("“The crisis has highlighted community organisations’ distinct role”", ("a capital letter at the start",)),
        ("“and supporting those vulnerable to its impacts - cannot be underestimated.”",
         ("the kind of dashes",)),
    ],
)  # fmt: skip
def test_what_changes_no_word_is_overlooked_and_said(written, overlooked):
    check = one(written)
    assert (check.verdict, check.overlooked) == (Verdict.EXACT, overlooked)


@pytest.mark.parametrize("gap", ["...", "…", "[...]", "[…]", "(…)", ". . ."])
def test_a_gap_that_is_shown_is_fair_and_its_words_are_counted(gap):
    check = one(f"“Barely missing a beat {gap} they have been part of our frontline of defence”")
    assert check.verdict is Verdict.EXACT
    assert check.remarks == ("22 words are left out where it shows a gap",)
    assert check.found[0].text.startswith(BEAT) and check.found[0].text.endswith("frontline of defence")


def test_an_ellipsis_of_the_source_itself_is_no_gap():
    words = passage_by("Linda Dellow").text
    later = next(p.text for p in PSR0074.passages if "response…and speak" in p.text)
    assert one(words).verdict is Verdict.EXACT
    check = one(later)
    assert check.verdict is Verdict.EXACT and check.remarks == ()


def test_parts_in_the_wrong_order_or_of_two_sections_are_not_exact():
    # The Summary has these words, and a later section has them again.
    check = one("“part of our frontline of defence … Barely missing a beat”")
    assert (
        check.verdict is Verdict.ALTERED and check.remarks[-1] == "it joins paragraphs 3 and 22, of different sections"
    )
    assert one("“the council and NHS … With the red tape lifted”").verdict is not Verdict.EXACT


def test_a_stretch_that_was_copied_whole_is_exact_whoever_speaks_in_it():
    start = passage_by("Rishi Sunak").span.start
    stretch = " ".join(PSR0074.text[start - 30 : start + 60].split(" ")[1:-1])
    check = one(f"«{stretch}»")
    assert check.verdict is Verdict.EXACT and check.found[0].speakers == ("Locality", "Rishi Sunak")


def test_a_gap_that_joins_two_peoples_words_is_altered():
    check = one("“With the red tape lifted, we have been able to … an integrated health and social care”")
    assert check.verdict is Verdict.ALTERED
    assert check.remarks[-1].startswith("it joins the words of") and "Arooj Shah" in check.remarks[-1]


def changed(check):
    return [(change.kind, change.text.strip()) for change in check.changes if change.kind != "same"]


@pytest.mark.parametrize(
    ("written", "differences"),
    [
        (BEAT.replace("completely ", ""), [("left_out", "completely")]),
        (BEAT.replace("local", "some local"), [("put_in", "some")]),
        (BEAT.replace("missing", "skipping"), [("left_out", "missing"), ("put_in", "skipping")]),
        (BEAT.replace("local", "Local"), [("left_out", "local"), ("put_in", "Local")]),
        (BEAT.replace(" a beat,", " a beat"), [("left_out", ",")]),
    ],
)
def test_an_altered_quotation_is_shown_word_by_word_with_the_true_wording(written, differences):
    check = one(f"“{written}”")
    assert check.verdict is Verdict.ALTERED
    assert changed(check) == differences
    truth = "".join(change.text for change in check.changes if change.kind != "put_in")
    assert truth == check.found[0].text and BEAT in truth


def test_sentences_joined_without_a_gap_are_altered():
    first = PSR0074.passages[4].sentences[0].span.slice(PSR0074.text)
    second = PSR0074.passages[6].sentences[0].span.slice(PSR0074.text)
    check = one(f"“{first} {second}”")
    assert check.verdict is Verdict.ALTERED
    assert [kind for kind, _ in changed(check)] == ["left_out"]


@pytest.mark.parametrize(
    ("text", "verdict", "claimed"),
    [
        (f"Kim Shutler said “{MOUNTAINS}”.", Verdict.EXACT, "Kim Shutler"),
        (f"“{MOUNTAINS},” said Kim Shutler.", Verdict.EXACT, "Kim Shutler"),
        (f"“{MOUNTAINS}” — Kim Shutler, the Cellar Trust", Verdict.EXACT, "Kim Shutler"),
        (f"> {MOUNTAINS}\n¹ Kim Shutler, chief executive, quoted by Locality", Verdict.EXACT, "Kim Shutler"),
        (f"In Locality’s evidence, Kim Shutler writes: “{MOUNTAINS}”", Verdict.EXACT, "Kim Shutler"),
        (f"Kim Shutler told Locality: “{MOUNTAINS}”", Verdict.EXACT, "Kim Shutler"),
        (f"Locality quotes a member: “{MOUNTAINS}”", Verdict.EXACT, None),
        (f"Locality quotes Kim Shutler as saying “{MOUNTAINS}”", Verdict.EXACT, "Kim Shutler"),
        (f"Arooj Shah is a councillor. Others say “{MOUNTAINS}”", Verdict.EXACT, None),
        (f"“{MOUNTAINS}”", Verdict.EXACT, None),
        (f"Locality said “{MOUNTAINS}”", Verdict.MISATTRIBUTED, "Locality"),
        (f"“{MOUNTAINS}” (Locality, PSR0074)", Verdict.MISATTRIBUTED, "Locality"),
        (f"As Cllr Arooj Shah put it, “{MOUNTAINS}”.", Verdict.MISATTRIBUTED, "Arooj Shah"),
        (f"Boris Johnson said: “{MOUNTAINS}”.", Verdict.MISATTRIBUTED, "Boris Johnson"),
        (f"“{MOUNTAINS},” said Boris Johnson.", Verdict.MISATTRIBUTED, "Boris Johnson"),
        (f"“{MOUNTAINS}” (Boris Johnson)", Verdict.MISATTRIBUTED, "Boris Johnson"),
        (f"“{MOUNTAINS}.” – Boris Johnson, Prime Minister", Verdict.MISATTRIBUTED, "Boris Johnson"),
        (f"“{MOUNTAINS}” (Consultation Response, paragraph 65)", Verdict.EXACT, None),
        (f"“{MOUNTAINS}” (Written Evidence)", Verdict.EXACT, None),
        (f"“{MOUNTAINS}” – Community Hubs are more than that.", Verdict.EXACT, None),
        (f"Kim Shutler said “{MOUNTAINS}” (Bradford Council).", Verdict.EXACT, "Kim Shutler"),
        (f"Kim Shutler said “{BEAT}”.", Verdict.MISATTRIBUTED, "Kim Shutler"),
        (f"Locality argues: ‘{BEAT}’.", Verdict.EXACT, "Locality"),
    ],
)
def test_true_words_of_another_speaker_are_misattributed_not_invented(text, verdict, claimed):
    check = one(text)
    assert (check.verdict, check.claimed) == (verdict, claimed)
    assert check.found[0].text == (MOUNTAINS if MOUNTAINS in text else BEAT)


def test_a_question_of_the_committee_is_never_the_submitters():
    asked = PSR0074.questions[0].span.slice(PSR0074.text)
    assert one(f"“{asked}”").found[0].as_json()["voice"] == Voice.INQUIRY.value
    assert one(f"Locality asks: “{asked}”").verdict is Verdict.MISATTRIBUTED
    assert one(f"The committee asked: “{asked}”").verdict is Verdict.EXACT


@pytest.mark.parametrize(
    ("between", "claimed"),
    [
        (". Locality wrote ", "Kim Shutler"),
        (" Locality wrote ", "Kim Shutler"),
        (". Locality then added that ", "Kim Shutler"),
        ("; Andy McCartan says: ", "Kim Shutler"),
        (". (Locality) It adds ", "Locality"),
        (", Locality wrote, ", "Locality"),
    ],
)
def test_who_speaks_the_next_quotation_has_not_spoken_this_one(between, claimed):
    first, _ = verify(f"Kim Shutler said “{MOUNTAINS}”{between}“{BEAT}”.", [PSR0074])
    assert first.claimed == claimed


def test_words_of_two_places_are_of_whom_the_text_names():
    check = one("Jenni Jones: “During this crisis we’ve been able to work with a really open, honest”")
    assert check.verdict is Verdict.EXACT and {speaker for f in check.found for speaker in f.speakers} == {
        "Jenni Jones"
    }


@pytest.mark.parametrize(
    "text",
    [
        "“The cat sat on the mat and then it went to Parliament to give evidence”",
        "“Community organisations are useless and should never again be given any public money”",
        "“There has been a lot to admire”",
        "“qwertyuiop”",
    ],
)
def test_invented_words_are_not_found(text):
    check = one(text)
    assert check.verdict is Verdict.NOT_FOUND and check.found == ()


def test_each_quotation_of_a_text_is_checked_in_order_and_the_whole_text_where_there_is_none():
    text = f"He wrote “{MOUNTAINS}” and then “pigs can fly over the whole of Westminster”."
    assert [check.verdict for check in verify(text, [PSR0074])] == [Verdict.EXACT, Verdict.NOT_FOUND]
    assert all(text[check.span.start : check.span.end] == check.quotation for check in verify(text, [PSR0074]))
    assert one(BEAT).verdict is Verdict.EXACT


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("He wrote ‘the communities’ own ways of’ and ‘more’.", ["the communities’ own ways of", "more"]),
        ('a 5" pipe and "cogs of connection"', ["cogs of connection"]),
        ("She said “cogs of connection\n\nMore.", ["cogs of connection"]),
        ("„Eins“ «zwei» “three”", ["Eins", "zwei", "three"]),
        ("> “one\n> two”\nthanks\n> three", ["one\n> two", "three"]),
    ],
)
def test_quotations_are_found_however_they_are_set_off(text, quotations):
    assert [check.quotation for check in verify(text, [])] == quotations


def test_a_quotation_behind_a_bar_may_break_its_lines():
    check = one("> Mutual aid has been incredibly\n> quick and agile, acting as first responders")
    assert (check.verdict, check.overlooked) == (Verdict.EXACT, ("line breaks and spaces",))


@pytest.mark.parametrize("text", ["", " \n", "“”", "...", "“…”"])
def test_a_text_without_words_gives_no_check(text):
    assert verify(text, [PSR0074]) == []


def test_without_documents_nothing_is_found():
    assert [check.verdict for check in verify(f"“{BEAT}”", [])] == [Verdict.NOT_FOUND]


def test_the_json_says_where_and_whose():
    made = check_to_json(one(f"“{MOUNTAINS}”"))
    assert made["verdict"] == "exact" and made["found"][0]["speakers"] == ["Kim Shutler"]
    place = made["found"][0]
    assert PSR0074.text[place["start"] : place["end"]] == place["text"] == MOUNTAINS
    assert place["credit"].endswith("quoted by Locality") and place["paragraph"] == 65


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_checked_without_an_error(text):
    for check in verify(text, [PSR0074, a_document("Eins zwei drei vier fünf sechs.")]):
        assert text[check.span.start : check.span.end] == check.quotation


@given(st.text(st.sampled_from("aAfFiIkKsS1.' \nﬁﬀﬄſßKİıÅŉ²１é\u0301’")))
def test_no_submission_is_passed_over_for_the_spelling_of_its_words(text):
    assert not _lacks_a_word(text, [wording(text).joined])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(PSR0074.text) - 400), st.integers(40, 300))
def test_any_stretch_of_whole_words_is_exact(start, length):
    words = PSR0074.text[start : start + length].split(" ")[1:-1]
    stretch = " ".join(words).strip()
    quoted = f"«{stretch}»"
    if any(character.isalnum() for character in stretch) and "…" not in stretch and "..." not in stretch:
        assert one(quoted).verdict is Verdict.EXACT


def test_words_changed_at_an_end_stand_beside_the_sources_own():
    (check,) = verify("“With the red tape lifted, we have been able to move hills”", [PSR0074])
    assert check.verdict is Verdict.ALTERED
    assert check.found[0].text == "With the red tape lifted, we have been able to move mountains"
    (check,) = verify("“Since the red tape lifted, we have been able to move mountains”", [PSR0074])
    assert check.found[0].text == "With the red tape lifted, we have been able to move mountains"
