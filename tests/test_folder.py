"""An index on disk is served whole and current, or not at all."""

import json
import shutil

import pytest

from bot.corpus_index import open_index, read_corpus
from corpus.submission import SHIPPED
from index.folder import StaleIndex, describe, load_index, read_weights


@pytest.fixture(scope="module")
def corpus():
    return read_corpus(SHIPPED)


@pytest.fixture
def saved(index, index_folder, tmp_path):
    shutil.copytree(index_folder, tmp_path / "index")
    return tmp_path / "index"


def load(folder, corpus, encoder):
    documents, expansions = corpus
    return load_index(folder, documents, describe(documents, expansions, encoder.identity, read_weights()), encoder)


def build_of(folder):
    return folder / (folder / "CURRENT").read_text()


def test_a_loaded_index_finds_what_the_built_one_finds(saved, corpus, encoder, index):
    question = "How much income did charities lose?"
    assert load(saved, corpus, encoder).search(question).score.tolist() == index.search(question).score.tolist()


@pytest.mark.parametrize(
    "name", ["vectors.faiss", "rows.npz", "vocabulary.json", "copies.json", "lexical/frequency.json"]
)
def test_a_flipped_byte_is_noticed(saved, corpus, encoder, name):
    path = build_of(saved) / name
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(StaleIndex, match="damaged"):
        load(saved, corpus, encoder)


def test_a_missing_file_or_manifest_is_noticed(saved, corpus, encoder):
    (build_of(saved) / "rows.npz").unlink()
    with pytest.raises(StaleIndex, match="no whole index"):
        load(saved, corpus, encoder)
    (build_of(saved) / "manifest.json").write_text("{")
    with pytest.raises(StaleIndex, match="cannot be read"):
        load(saved, corpus, encoder)


@pytest.mark.parametrize("name", ["format", "encoder", "weights", "documents"])
def test_an_index_of_something_else_is_refused(saved, corpus, encoder, name):
    path = build_of(saved) / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest[name] = "other"
    path.write_text(json.dumps(manifest))
    with pytest.raises(StaleIndex, match=f"built from other {name}"):
        load(saved, corpus, encoder)


def test_a_build_that_broke_off_leaves_the_old_index(saved, corpus, encoder):
    (saved / "build-unfinished").mkdir()
    (saved / "build-unfinished" / "rows.npz").write_bytes(b"half")
    assert load(saved, corpus, encoder).units


def test_a_damaged_index_is_built_anew(saved, corpus, encoder):
    documents, expansions = corpus
    old = build_of(saved)
    (old / "rows.npz").write_bytes(b"")
    said = []
    open_index(documents, expansions, encoder, saved, say=said.append)
    assert len(said) == 1 and "damaged" in said[0]
    assert build_of(saved) != old and not old.exists()
    assert load(saved, corpus, encoder).units
