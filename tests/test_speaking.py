"""Who speaks in a question, told from whom it is only about. Names are as submitters write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.speaking import speakers_in
from bot.submitters import names_of
from corpus.document import Document
from corpus.metadata import Metadata

SUBMITTERS = {
    "PSR0074": "Locality", "PSR0081": "Shelter", "PSR0100": "The Trussell Trust", "LGA01": "Local Government "
    "Association (LGA)", "X-0001": "Crisis", "X0002": "Barnardo’s", "X0003": "Dr Maria Lopes",
    "X0004": "National Council for Voluntary Organisations", "X0005": "Harbour & Port Housing CIC", "X0006": "Shelter",
    "X0007": "Mind", "X0008": "Which?",
}  # fmt: skip
NAMES = names_of(Document(Metadata(r, "", submitter), "") for r, submitter in SUBMITTERS.items())
SHELTER = "PSR0081 X0006"


@pytest.mark.parametrize(
    ("question", "references", "plain"),
    [
        ("What did Locality say about procurement?", "PSR0074", "What did the submission say about procurement?"),
        ("what did locality say about procurement?", "PSR0074", "what did the submission say about procurement?"),
        ("what did the trussell trust say about food", "PSR0100", "what did the submission say about food"),
        ("What does Trussell Trust recommend?", "PSR0100", "What does the submission recommend?"),
        ("According to the Trussell Trust, how many?", "PSR0100", "how many?"),
        ("How many, according to Shelter?", SHELTER, "How many, ?"),
        ("In PSR0074, what is said about funding?", "PSR0074", "In the submission, what is said about funding?"),
        ("what is in psr 0074 about funding", "PSR0074", "what is in the submission about funding"),
        ("What does X-0001 say?", "X-0001", "What does the submission say?"),
        ("Locality’s evidence on procurement", "PSR0074", "the submission’s evidence on procurement"),
        ("What are locality's recommendations?", "PSR0074", "What are the submission's recommendations?"),
        ("What is Barnardo's position on children?", "X0002", "What is the submission position on children?"),
        ("what did barnardos think", "X0002", "what did the submission think"),
        ("Shelter on rough sleeping", SHELTER, "the submission on rough sleeping"),
        ("What did the LGA call for?", "LGA01", "What did the submission call for?"),
        ("What has the Local Government Association argued?", "LGA01", "What has the submission argued?"),
        ("what does NCVO want?", "X0004", "what does the submission want?"),
        ("What did Harbour and Port Housing say?", "X0005", "What did the submission say?"),
        ("What did Dr Lopes say?", "X0003", "What did the submission say?"),
        ("What did Maria Lopes say?", "X0003", "What did the submission say?"),
        ("What did Locality and its members report?", "PSR0074", "What did the submission and its members report?"),
        ("What else did Locality say?", "PSR0074", "What else did the submission say?"),
        ("What does Locality have to say on KPIs?", "PSR0074", "What does the submission have to say on KPIs?"),
        ("What changes is Locality calling for?", "PSR0074", "What changes is the submission calling for?"),
        ("quotes from Crisis on evictions", "X-0001", "quotes from the submission on evictions"),
        ("What Locality says about grants", "PSR0074", "What the submission says about grants"),
        # Two speakers, and one who speaks of another.
        ("What did Locality and Shelter say on rents?", f"PSR0074 {SHELTER}", "What did the submission say on rents?"),
        ("compare Locality and Crisis on rents", "PSR0074 X-0001", "compare the submission on rents"),
        ("What does Crisis say about Locality?", "X-0001", "What does the submission say about Locality?"),
        ("What did Crisis think of Locality's view?", "X-0001", "What did the submission think of Locality's view?"),
        # Of two submissions of one submitter the one that is named.
        ("What does Shelter say in PSR0081?", "PSR0081", "What does the submission say in the submission?"),
    ],
)  # fmt: skip
def test_whoever_speaks_is_searched_and_their_name_is_not_searched_for(question, references, plain):
    spoken = speakers_in(question, NAMES)
    assert spoken is not None
    assert (spoken.references, spoken.question) == (frozenset(references.split()), plain)


@pytest.mark.parametrize(
    "question",
    [
        "what do others say about Locality?",
        "Who mentions Locality?",
        "who mentions Locality's evidence?",
        "Does anyone besides PSR0074 mention grants?",
        "Do others agree with what Locality said?",
        "Who disagrees with Locality's view?",
        "Which organisations share Shelter's concerns?",
        "What do charities say about Locality's proposals?",
        "What do submitters other than Locality say about procurement?",
        "Apart from Locality, who calls for longer grants?",
        "How many people did Shelter house?",
        "what did Locality members say?",
        "What about Locality?",
        # Names that are words.
        "What happened in each locality during the crisis?",
        "What is the locality's response to the virus?",
        "people in crisis said what?",
        "what did the crisis do to funding?",
        "What do people have in mind when they say integration?",
        "Crisis on the wards: what did nurses say?",
        "Which says that grants are too short?",
        # An acronym is typed in capitals.
        "What did the lga say?",
    ],
)
def test_nobody_is_taken_for_the_speaker_where_the_question_does_not_say_so(question):
    assert speakers_in(question, NAMES) is None


@pytest.mark.parametrize(
    ("turn", "references"),
    [("And Shelter?", SHELTER), ("what about locality", "PSR0074"), ("ok, and the Trussell Trust then?", "PSR0100"),
     ("And Crisis and Mind?", "X-0001 X0007"), ("what about evictions?", "")],
)  # fmt: skip
def test_in_a_thread_a_name_alone_says_who_speaks(turn, references):
    assert speakers_in(turn, NAMES) is None
    spoken = speakers_in(turn, NAMES, in_thread=True)
    assert (spoken.references if spoken else frozenset()) == frozenset(references.split())


WORDS = ["Locality", "locality’s", "the LGA", "say", "about", "and", "PSR0074", "did", "?", "’s", "according to", ", ",
         "\ue000", "\n", "evidence", "İ"]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_any_words_are_read_without_a_crash_and_restrict_to_what_is_named(question):
    spoken = speakers_in(question, NAMES, in_thread=True)
    assert spoken is None or spoken.references <= {"PSR0074", "LGA01"}
