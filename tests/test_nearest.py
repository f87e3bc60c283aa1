"""The nearest vectors: exact in a small corpus, nearly so in a large one, within given rows, from any thread."""

from concurrent.futures import ThreadPoolExecutor

import faiss
import numpy as np
import pytest

from index.nearest import build_nearest, kind_for, load_nearest, nearest, save_nearest

DIMENSION = 32


def vectors(count, seed=0):
    """Unit vectors in clusters, as those of texts are: float32 [count, DIMENSION]."""
    random = np.random.default_rng(seed)
    topics = np.random.default_rng(7).standard_normal((200, DIMENSION))
    drawn = topics[random.integers(0, len(topics), count)] + 0.7 * random.standard_normal((count, DIMENSION))
    return (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)


def built(rows):
    return build_nearest(lambda: np.array_split(rows, 7), len(rows), DIMENSION)


def recall(found, rows, queries, among=None):
    """The share of the 10 truly nearest that are among the rows found."""
    scores = queries @ rows.T
    if among is not None:
        scores[:, ~among] = -2
    truly = np.argsort(-scores, axis=1)[:, :10]
    return np.mean([len(set(one) & set(two)) / 10 for one, two in zip(found, truly, strict=True)])


@pytest.fixture(scope="module")
def large():
    rows = vectors(60_000)
    return built(rows), rows


def test_a_small_corpus_is_searched_exactly():
    rows, queries = vectors(3_000), vectors(20, seed=1)
    found = nearest(built(rows), queries, 50)
    assert np.array_equal(found, np.argsort(-(queries @ rows.T), axis=1, kind="stable")[:, :50])


def test_a_large_corpus_is_quantised_and_found_nearly_as_exactly(large):
    index, rows = large
    queries = vectors(100, seed=1)
    assert kind_for(len(rows), DIMENSION).factory != "Flat"
    assert recall(nearest(index, queries, 256), rows, queries) >= 0.98


def test_only_admitted_rows_are_found_however_few_they_are(large):
    index, rows = large
    queries = vectors(50, seed=1)
    for every in (3, 300):
        among = np.arange(len(rows)) % every == 0
        found = nearest(index, queries, 100, among)
        assert (found >= 0).all()
        assert among[found].all()
        assert recall(found, rows, queries, among) >= 0.98


def test_a_corpus_smaller_than_what_is_asked_gives_what_it_has():
    found = nearest(built(vectors(5)), vectors(2, seed=1), 8)
    assert [sorted(row) for row in found] == [[-1, -1, -1, 0, 1, 2, 3, 4]] * 2
    admitted = np.array([False, True, False, False, True])
    assert {*nearest(built(vectors(5)), vectors(1, seed=1), 4, admitted)[0]} == {1, 4, -1}


def test_what_is_loaded_finds_what_was_saved(large, tmp_path):
    for index in (large[0], built(vectors(500))):
        save_nearest(index, tmp_path / "nearest")
        queries = vectors(10, seed=2)
        assert np.array_equal(nearest(load_nearest(tmp_path / "nearest"), queries, 20), nearest(index, queries, 20))


def test_vectors_that_are_missing_are_noticed():
    with pytest.raises(ValueError, match="4 vectors came where 5 were announced"):
        build_nearest(lambda: [vectors(4)], 5, DIMENSION)


def test_the_same_rows_train_the_same_index(large):
    index, rows = large
    queries = vectors(10, seed=3)
    chunked = build_nearest(lambda: np.array_split(rows, 3), len(rows), DIMENSION)
    assert np.array_equal(nearest(chunked, queries, 50), nearest(index, queries, 50))


def test_many_threads_search_at_once_and_keep_their_number_of_threads(large):
    index, _ = large
    queries = vectors(40, seed=4)

    def search(query):
        faiss.omp_set_num_threads(3)
        return nearest(index, query[None], 20)[0], faiss.omp_get_max_threads()

    with ThreadPoolExecutor(8) as pool:
        found, threads = zip(*pool.map(search, queries), strict=True)
    assert np.array_equal(np.stack(found), nearest(index, queries, 20))
    assert set(threads) == {3}
