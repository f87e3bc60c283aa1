"""An index follows its submissions: only what is new is encoded, what is gone is gone, what cannot be read is told."""

import shutil
import threading
from dataclasses import fields, replace
from unittest.mock import Mock

import numpy as np
import pytest
from evidence import CHAIN

from corpus.document import Block, Document, InquiryQuestion, Kind, Passage, Sentence, SourceNote, Span, Voice
from corpus.errors import CorpusError
from corpus.metadata import Correction, Metadata
from corpus.record import (
    metadata_record,
    passage_record,
    read_metadata_record,
    read_passage,
    read_structure,
    structure_record,
)
from corpus.submission import SHIPPED
from index.folder import StaleIndex, current_build
from index.lexical import Lexical
from index.merge import NEAREST
from index.nearest import load_nearest
from index.upkeep import Upkeep

KEEPERS = "A view\n\nLighthouses need keepers at night. The sea is rough in winter.\n\nThe harbour froze over.\n"


class Counting:
    """The real encoder's identity, vectors of no meaning, and a list of what it was asked to encode."""

    def __init__(self):
        self.identity = {"name": "counting", "dimension": 8}
        self.texts = []

    def knows(self, word):
        return True

    def encode(self, texts):
        self.texts += texts
        vectors = np.array([[hash((text, n)) % 97 + 1 for n in range(8)] for text in texts], np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def counting():
    return Counting()


def submit(corpus, reference, text=KEEPERS, folder=""):
    place = corpus / (folder or reference)
    place.mkdir(parents=True, exist_ok=True)
    meta = f'reference = "{reference}"\ntitle = "On the sea"\nsubmitter = "Trust {reference}"\n'
    (place / "submission.toml").write_text(meta)
    (place / "source.txt").write_text(text)


def build(tmp_path, counting, **more):
    upkeep = Upkeep(tmp_path / "corpus", tmp_path / "index", counting)
    return upkeep.build(**more), upkeep


def references(index):
    return [document.reference for document in index.documents]


def test_only_the_texts_of_a_changed_passage_are_encoded_again(tmp_path, counting):
    submit(tmp_path / "corpus", "A1")
    submit(tmp_path / "corpus", "B2", "Another\n\nNothing is said of ships.\n")
    build(tmp_path, counting)
    counting.texts.clear()
    submit(tmp_path / "corpus", "A1", KEEPERS.replace("froze over", "thawed"))
    index, _ = build(tmp_path, counting)
    assert counting.texts == ["A view: The harbour thawed.", "The harbour thawed."]
    assert [unit.passage.text for unit in index.units][-2:] == ["The harbour thawed.", "Nothing is said of ships."]


def test_a_submission_that_went_is_gone_and_nothing_is_encoded(tmp_path, counting):
    submit(tmp_path / "corpus", "A1")
    submit(tmp_path / "corpus", "B2", "Another\n\nNothing is said of ships.\n")
    build(tmp_path, counting)
    shutil.rmtree(tmp_path / "corpus" / "A1")
    counting.texts.clear()
    with pytest.raises(StaleIndex, match="other submissions"):
        Upkeep(tmp_path / "corpus", tmp_path / "index", counting).load()
    index, _ = build(tmp_path, counting)
    assert counting.texts == []
    assert references(index) == ["B2"]
    assert index.lexical.frequency("lighthous") == 0 < index.lexical.frequency("ship")
    assert len(list((tmp_path / "index" / "shards").iterdir())) == 1


def test_a_copied_corpus_is_known_again_by_its_contents(tmp_path, counting):
    submit(tmp_path / "corpus", "A1")
    build(tmp_path, counting)
    place = tmp_path / "corpus" / "A1" / "source.txt"
    place.write_text(place.read_text())
    assert references(Upkeep(tmp_path / "corpus", tmp_path / "index", counting).load()) == ["A1"]


def test_a_build_that_broke_off_goes_on_where_it_was(tmp_path, counting, monkeypatch):
    for number in range(4):
        submit(tmp_path / "corpus", f"A{number}", KEEPERS.replace("harbour", f"harbour of town {number}"))
    monkeypatch.setattr("index.build._TOGETHER", 1)
    encoded = counting.encode

    def fails(texts):
        if any("town 2" in text for text in texts):
            raise KeyboardInterrupt
        return encoded(texts)

    counting.encode = fails
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, counting)
    counting.encode = encoded
    counting.texts.clear()
    index, _ = build(tmp_path, counting)
    assert not any("town 0" in text or "town 1" in text for text in counting.texts)
    assert references(index) == ["A0", "A1", "A2", "A3"]


def test_what_cannot_be_read_is_left_out_and_told(tmp_path, counting):
    submit(tmp_path / "corpus", "A1")
    submit(tmp_path / "corpus", "B2", "")
    index, upkeep = build(tmp_path, counting)
    assert references(index) == ["A1"]
    assert list(upkeep.refused) == ["B2"] and "empty" in upkeep.refused["B2"]
    again = Upkeep(tmp_path / "corpus", tmp_path / "index", counting)
    assert references(again.load()) == ["A1"] and "B2" in again.refused


@pytest.mark.parametrize("text", ["A view\n", "N/A\n", "---\n"])
def test_a_submission_without_a_sentence_is_left_out_and_told(tmp_path, counting, text):
    submit(tmp_path / "corpus", "A1")
    submit(tmp_path / "corpus", "B2", text)
    index, upkeep = build(tmp_path, counting)
    assert references(index) == ["A1"]
    assert upkeep.refused == {"B2": "B2: holds no sentence that could be quoted"}


def test_only_the_copies_of_a_sentence_itself_are_named_not_the_whole_chain(tmp_path, counting):
    for number, text in enumerate(CHAIN):
        submit(tmp_path / "corpus", f"A{number}", f"A view\n\n{text}\n")
    index, _ = build(tmp_path, counting)
    assert [index.units.copies(unit, 0) for unit in range(3)] == [((1, 0),), ((0, 0), (2, 0)), ((1, 0),)]


def test_of_a_campaigns_many_wordings_so_many_are_compared_and_the_same_words_are_always_known(
    tmp_path, counting, monkeypatch
):
    monkeypatch.setattr("corpus.clusters._COMPARED", 1)
    wordings = [CHAIN[0], CHAIN[0].replace("noisy", "busy"), CHAIN[0].replace("noisy", "windy"), CHAIN[0].upper()]
    for number, text in enumerate(wordings):
        submit(tmp_path / "corpus", f"A{number}", f"A view\n\n{text}\n")
    index, _ = build(tmp_path, counting)
    assert [index.units.copies(unit, 0) for unit in range(3)] == [((3, 0),), ((0, 0), (3, 0)), ((0, 0), (3, 0))]
    assert index.units.span(3, [0]).slice(index.units.submission(3).text) == wordings[3]


def test_who_waited_for_a_build_takes_it_and_does_not_build_again(tmp_path, counting):
    submit(tmp_path / "corpus", "A1")
    first, second = (Upkeep(tmp_path / "corpus", tmp_path / "index", counting) for _ in range(2))
    first.build()
    made = current_build(tmp_path / "index")
    assert references(second.build()) == ["A1"]
    assert current_build(tmp_path / "index") == made
    second.build(afresh=True)
    assert current_build(tmp_path / "index") != made


def test_who_waited_for_a_build_does_not_undo_what_came_meanwhile(tmp_path, counting):
    submit(tmp_path / "corpus", "A1")
    waited = Upkeep(tmp_path / "corpus", tmp_path / "index", counting)
    submit(tmp_path / "corpus", "B2", "Another\n\nNothing is said of ships.\n")
    build(tmp_path, counting)
    assert references(waited.build()) == ["A1", "B2"]
    assert references(Upkeep(tmp_path / "corpus", tmp_path / "index", counting).load()) == ["A1", "B2"]


@pytest.mark.parametrize("left", [b"", b"PK\x03\x04 and no more"])
def test_a_damaged_shard_costs_its_own_vectors_and_no_submission_gets_anothers_words(tmp_path, counting, left):
    for reference in ("A1", "B2"):
        submit(tmp_path / "corpus", reference, KEEPERS.replace("harbour", f"harbour of {reference}"))
    build(tmp_path, counting)
    next((tmp_path / "index" / "shards").glob("A1@*")).write_bytes(left)
    for reference in ("A1", "B2"):
        submit(tmp_path / "corpus", reference, KEEPERS.replace("harbour", f"port of {reference}"))
    index, upkeep = build(tmp_path, counting)
    assert references(index) == ["A1", "B2"] and upkeep.refused == {}
    assert all(f"port of {document.reference}" in document.text for document in index.documents)


def test_a_reference_stays_with_the_submission_that_had_it(tmp_path, counting):
    submit(tmp_path / "corpus", "X1", folder="zeta")
    build(tmp_path, counting)
    submit(tmp_path / "corpus", "X1", "Another\n\nNothing is said of ships.\n", folder="alpha")
    index, upkeep = build(tmp_path, counting)
    assert references(index) == ["X1"] and "keepers" in index.documents[0].text
    assert "X1 is taken by another submission" in upkeep.refused["alpha"]


def test_a_build_that_goes_while_it_is_opened_is_stale(tmp_path, counting, monkeypatch):
    submit(tmp_path / "corpus", "A1")
    _, upkeep = build(tmp_path, counting)
    monkeypatch.setattr("index.folder.Store", lambda path: path.parent.joinpath("gone").open())
    with pytest.raises(StaleIndex, match="no whole index"):
        upkeep.load()


def test_a_reference_stands_for_one_submission(tmp_path, counting):
    submit(tmp_path / "corpus", "A1")
    submit(tmp_path / "corpus", "A1", folder="copy")
    index, upkeep = build(tmp_path, counting)
    assert references(index) == ["A1"]
    assert "A1 is taken by another submission" in upkeep.refused["copy"]


def test_no_usable_submission_is_an_error(tmp_path, counting):
    submit(tmp_path / "corpus", "B2", "")
    with pytest.raises(CorpusError, match="empty"):
        build(tmp_path, counting)


def test_progress_reaches_its_total(tmp_path, counting):
    for number in range(3):
        submit(tmp_path / "corpus", f"A{number}")
    done, totals = [], []
    upkeep = Upkeep(tmp_path / "corpus", tmp_path / "index", counting)
    upkeep.build(lambda total: totals.append(total) or done.append)
    assert totals == [3] and sum(done) == pytest.approx(3)


def test_documents_come_back_from_the_index_as_they_were_read(index, document):
    from corpus.submission import read_submission

    read = read_submission(SHIPPED / "PSR0074")
    for name in ("metadata", "text", "blocks", "questions", "notes", "passages", "pages", "anchors", "note_by_number"):
        assert getattr(document, name) == getattr(read, name), name
    assert document.passages[3].text == read.passages[3].text


def test_every_field_of_a_passage_and_of_its_submission_survives_its_record():
    question = InquiryQuestion(Span(0, 4), ("A",), False)
    metadata = Metadata("A1", *"tsichdlau", questions=("Why?",), corrections=(Correction(1, "x", "heading", 2),))
    document = Document(
        metadata, "Text and more.", (Block(Span(0, 4), Kind.HEADING, 1),), (question,),
        (SourceNote(1, Span(5, 8), ("https://a.example",)),), pages=((0, 1),), anchors=((0, "a"),),
    )  # fmt: skip
    passage = Passage(
        document, Span(5, 9), Voice.QUOTED, (Sentence(Span(5, 9), (1,)),), "Ada", "clerk", ("A",), question, "1.2",
        names=Span(1, 2), printed=True, header=Span(2, 3), part="Conclusions",
    )  # fmt: skip
    object.__setattr__(document, "passages", (passage,))
    for thing in (metadata, document, passage):
        assert all(getattr(thing, field.name) != field.default for field in fields(thing)), "a field is not tried"
    assert read_metadata_record(metadata_record(metadata)) == metadata
    again = read_structure(structure_record(document), metadata, document.text)
    assert again == replace(document, passages=())
    assert read_passage(passage_record(passage), document) == passage


def test_bm25_is_that_of_a_well_known_library(index):
    bm25s = pytest.importorskip("bm25s")
    from corpus.submission import read_expanded
    from index.rows import rows_of, units_of
    from index.shard import _bags

    document, expansions = read_expanded(SHIPPED / "PSR0074")
    units = units_of(document)
    bags = _bags(units, list(rows_of(units, expansions)))
    model = bm25s.BM25(k1=1.2, b=0.75, method="lucene")
    model.index([list(bag.elements()) for bag in bags], show_progress=False)
    words = ["procur", "council", "4300000000"]
    assert np.allclose(index.lexical.scores(words), model.get_scores(words), atol=1e-5)


def test_the_best_of_many_units_are_those_of_all(monkeypatch, index):
    words = ["procur", "council", "servic"]
    scores = index.lexical.scores(words)
    whole = set(index.lexical.best(scores, words, 10).tolist())
    monkeypatch.setattr("index.lexical._SORTED_WHOLE", 0)
    assert set(index.lexical.best(scores, words, 10).tolist()) == whole and len(whole) == 10


def test_the_notes_of_sentences_are_counted_without_reading_them(index):
    counted = {
        (unit, at): len(sentence.notes)
        for unit, one in enumerate(index.units)
        for at, sentence in enumerate(one.passage.sentences if one.passage else ())
    }
    assert {place: index.units.notes(place[0], [place[1]]) for place in counted} == counted
    assert max(counted.values()) > 1


def test_a_large_corpus_is_weighed_by_its_candidates(monkeypatch, index, index_folder):
    question = "How much income did charities lose?"
    index = replace(index, nearest=load_nearest(index_folder / current_build(index_folder) / NEAREST))
    whole = index.search(question)
    monkeypatch.setattr("index.search.WEIGHED_WHOLE", 0)
    monkeypatch.setattr("index.search._NEAREST", 60)
    monkeypatch.setattr("index.search._LEXICAL", 10)
    few = index.search(question)
    some, every = few.candidates, whole.candidates
    assert len(some) < len(every)
    assert few.order()[:5].tolist() == whole.order()[:5].tolist()
    assert all(np.isclose(few.score[some.at(unit)], whole.score[every.at(unit)]) for unit in some.units)
    for links in (index.units.names, index.units.question):
        assert {int(unit) for unit in links[some.units] if unit >= 0} <= set(some.units.tolist())
    own = index.search(question, frozenset({"PSR0074"}))
    assert own.order()[:5].tolist() == whole.order()[:5].tolist()
    assert len(index.search(question, frozenset({"none"})).candidates) == 0


def test_words_are_searched_for_while_a_question_is_encoded_and_find_the_same(monkeypatch, index):
    question = "How much income did charities lose in 2020?"
    threads = []
    scores = Lexical.scores
    monkeypatch.setattr(Lexical, "scores", lambda *of: threads.append(threading.current_thread()) or scores(*of))
    after = index.search(question)
    monkeypatch.setattr("index.search._SEARCHED_AFTER", 0)
    beside = index.search(question)
    assert threads[0] is threading.current_thread() is not threads[1]
    assert np.array_equal(beside.score, after.score) and np.array_equal(beside.lexical, after.lexical)


def test_an_error_in_the_search_for_words_reaches_who_asks(monkeypatch, index):
    monkeypatch.setattr("index.search._SEARCHED_AFTER", 0)
    monkeypatch.setattr(Lexical, "scores", Mock(side_effect=OSError("the disk is gone")))
    with pytest.raises(OSError, match="the disk is gone"):
        index.search("How much income did charities lose?")
