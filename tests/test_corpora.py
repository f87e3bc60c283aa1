"""Made-up evidence: the same for a seed, of any size, its places in order; and the encoder that is made for it."""

from itertools import islice
from zlib import crc32

import numpy as np
import pytest

from benchmarks.corpora import documents, questions
from benchmarks.pooled import PooledEncoder
from corpus.sentences import split_sentences
from index.rows import in_context, rows_of, units_of
from index.tokens import tokens


class WordCounts:
    """A small real encoder: each word has a direction of its own, a text has the sum of its words'."""

    identity = {"name": "word counts", "dimension": 256}  # noqa: RUF012

    def knows(self, word):
        return word == "rent"

    def encode(self, texts):
        rows = np.zeros((len(texts), 256), np.float32)
        for number, text in enumerate(texts):
            for word in text.lower().split():
                rows[number, crc32(word.strip(".,:?").encode()) % 256] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def pooled(tmp_path_factory):
    return PooledEncoder(WordCounts(), tmp_path_factory.mktemp("pool"))


def test_a_seed_gives_the_same_evidence_and_a_larger_corpus_begins_with_the_smaller():
    few, many, other = (list(documents(count, seed)) for count, seed in ((150, 1), (300, 1), (150, 2)))
    assert [document.text for document in few[:2]] == [document.text for document in many[:2]]
    assert few[0].passages == many[0].passages
    assert few[0].text != other[0].text
    assert [len(document.passages) for document in few] == [60, 60, 30]
    assert next(documents(10**9)).reference == "SYN00000"


def test_every_place_is_where_it_should_be():
    for document in documents(300):
        for passage in document.passages:
            assert passage.document is document
            assert passage.section[0] in document.text[: passage.span.start]
            assert [sentence.span for sentence in passage.sentences] == split_sentences(document.text, passage.span)
            assert set(passage.notes) <= set(document.note_by_number)
        for question in document.questions:
            assert question.span.slice(document.text).endswith("?")
        for note in document.notes:
            assert note.span.slice(document.text).endswith(note.urls[0])
    assert not all(question.answered for document in documents(3000) for question in document.questions)


def test_a_question_is_about_its_passage():
    by_reference = {document.reference: document for document in documents(300)}
    for asked in questions(100, 300):
        passage = by_reference[asked.reference].passages[asked.passage]
        said, wanted = set(tokens(passage.text)), tokens(asked.question)
        assert sum(word in said for word in wanted) >= len(wanted) / 3
    assert list(questions(5, 300)) == list(questions(5, 300)) != list(questions(5, 300, seed=1))


def test_everything_that_an_index_encodes_is_in_the_pool_and_no_question_is(pooled):
    texts = [row.text for document in documents(600) for row in rows_of(units_of(document), {})]
    assert pooled.means(texts)[1].all()
    asked = [one.question for one in questions(300, 600)]
    assert not pooled.means(asked)[1].any()
    assert np.array_equal(pooled.encode(asked), WordCounts().encode(asked))


def test_pooled_vectors_are_near_the_true_ones_and_depend_on_the_text_alone(pooled, tmp_path):
    texts = [in_context(passage) for document in islice(documents(600), 3, 5) for passage in document.passages]
    vectors, truth = pooled.encode(texts), WordCounts().encode(texts)
    assert np.sum(vectors * truth, axis=1).mean() > 0.7
    assert (np.argmax(vectors @ truth.T, axis=1) == np.arange(len(texts))).mean() > 0.8
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(pooled.encode(texts[5:7]), vectors[5:7], atol=1e-6)
    assert pooled.identity == {"name": "word counts", "dimension": 256, "pool": 0}
    assert pooled.knows("rent") and not pooled.knows("toll")
