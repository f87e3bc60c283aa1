"""Words, numbers, spelling, sentences and copies: what the search and the quotes are made of."""

import numpy as np
import pytest
from evidence import CHAIN

from corpus.clusters import clusters, find_copies
from corpus.copies import alike, signature
from corpus.document import Span
from corpus.formats.plain import read_text
from corpus.metadata import Metadata
from corpus.sentences import split_sentences
from corpus.structure import structure
from index.spelling import mend
from index.tokens import tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("£4.3bn", "4.3 billion pounds"),
        ("£750m", "£0.75bn"),
        ("750 million", "750,000,000"),
        ("85%", "85 per cent"),
        ("two days", "2 days"),
        ("Sandercock’s", "sandercock"),
        ("volunteering", "Volunteers"),
    ],
)
def test_two_spellings_are_one_token(one, other):
    assert tokens(one)[0] == tokens(other)[0]


@pytest.mark.parametrize(("one", "other"), [("£4.3bn", "£4.3m"), ("85", "85%"), ("9%", "95%"), ("3 main", "3m")])
def test_different_figures_stay_different(one, other):
    assert tokens(one)[0] != tokens(other)[0]


def test_question_words_are_no_tokens():
    assert tokens("What does the submission say about mutual aid?") == tokens("submission mutual aid")


class Names:
    words = ("sandercock", "mccartan", "through", "badly")

    def has_word(self, word):
        return word in self.words

    def words_like(self, word, shortest, longest):
        return [one for one in self.words if one[0] == word[0] and shortest <= len(one) <= longest]


@pytest.mark.parametrize(
    ("asked", "searched"),
    [
        ("Quote from Steve Sandercok?", "Quote from Steve Sandercock?"),
        ("andy mccarten on KPIs", "andy mccartan on KPIs"),
        ("anything on furlough", "anything on furlough"),
        ("do they put it baldly", "do they put it baldly"),
    ],
)
def test_names_are_mended_and_real_words_left(encoder, asked, searched):
    assert mend(asked, Names(), encoder.knows) == searched


@pytest.mark.parametrize(
    "sentences",
    [
        ["Demand rose.[17]", "It fell again."],
        ["They said it was “significant.”[8]", "In fact it was."],
        ["Cllr. Jones and Dr. Smith paid £4.3bn.", "The rest is on p. 5 of the report."],
        ["See para. 4.2 of HL Paper 15.", "“Was it so?” they asked.", "It was."],
        ["We work with the NHS, e.g. in Leeds … and elsewhere."],
    ],
)
def test_sentences_are_whole_and_marks_stay_outside(sentences):
    text = " ".join(sentences)
    found = [span.slice(text) for span in split_sentences(text, Span(0, len(text)))]
    assert found == [sentence.split("[")[0] for sentence in sentences]


LAMP = "The trust told the committee that {} of the lamps on the northern coast {} lit by volunteers in winter."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("40", "were"), ("60", "were")),
        (("£3m", "were"), ("£5m", "were")),
        (("two", "were"), ("ten", "were")),
        (("sixty", "were"), ("forty", "were")),
        (("most", "were"), ("most", "were not")),
        (("most", "weren’t"), ("most", "were")),
        (("more", "were"), ("fewer", "were")),
        (("a reduction", "was"), ("an increase", "was")),
        (("a usable lot", "was"), ("an unusable lot", "was")),
    ],
)
def test_another_figure_a_denial_and_an_opposite_make_another_statement(one, other):
    assert alike(LAMP.format(*one), LAMP.format(*one).upper())
    assert not alike(LAMP.format(*one), LAMP.format(*other))


def test_the_ends_of_a_chain_of_copies_are_not_copies_of_each_other():
    found = clusters(np.array([signature(text) for text in CHAIN]), CHAIN.__getitem__)
    assert found.cluster.tolist() == [0, 0, 0]
    text = "A title\n\n" + "\n\n".join(CHAIN)
    document = structure(Metadata("TST0001", "Test", "Tester"), read_text(text))
    first, second, third = (i for i, p in enumerate(document.passages) if p.text in CHAIN)
    copies = find_copies(document.passages)
    assert [copies[place, 0] for place in (first, second, third)] == [
        ((second, 0),), ((first, 0), (third, 0)), ((second, 0),)
    ]  # fmt: skip


def test_copies_are_alike_in_words_and_figures():
    text = (
        "A title\n\nSome observed that help came far too late for the volunteers.\n\n"
        "Many observed that help came far too late for the volunteers.\n\n"
        "Over 700 people registered with the local service.\n\nOver 900 people registered with the local service.\n"
    )
    document = structure(Metadata("TST0001", "Test", "Tester"), read_text(text))
    places = {p.sentences[0].span.slice(document.text)[:4]: i for i, p in enumerate(document.passages) if p.sentences}
    copies = find_copies(document.passages)
    assert copies[places["Some"], 0] == ((places["Many"], 0),)
    assert not any("Over" in document.passages[unit].text for unit, _ in copies)
