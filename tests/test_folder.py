"""An index on disk is served whole and current, or not at all."""

import json
import shutil

import pytest

from corpus.submission import SHIPPED
from index.folder import StaleIndex, load_index
from index.upkeep import Upkeep


@pytest.fixture
def saved(index, index_folder, tmp_path):
    shutil.copytree(index_folder, tmp_path / "index")
    return tmp_path / "index"


def build_of(folder):
    return folder / (folder / "CURRENT").read_text()


def test_a_loaded_index_finds_what_the_built_one_finds(saved, encoder, index):
    question = "How much income did charities lose?"
    loaded = Upkeep(SHIPPED, saved, encoder).load()
    assert loaded.search(question).score.tolist() == index.search(question).score.tolist()


@pytest.mark.parametrize("name", ["vectors.npy", "texts.sqlite", "nearest.faiss", "posting_weight.npy", "cluster.npy"])
def test_a_flipped_byte_is_noticed(saved, encoder, name):
    path = build_of(saved) / name
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(StaleIndex, match="damaged"):
        Upkeep(SHIPPED, saved, encoder).load()


def test_a_missing_file_or_manifest_is_noticed(saved, encoder):
    upkeep = Upkeep(SHIPPED, saved, encoder)
    (build_of(saved) / "role.npy").unlink()
    with pytest.raises(StaleIndex, match="no whole index"):
        upkeep.load()
    (build_of(saved) / "manifest.json").write_text("{")
    with pytest.raises(StaleIndex, match="cannot be read"):
        Upkeep(SHIPPED, saved, encoder).load()


@pytest.mark.parametrize("name", ["format", "encoder", "rules", "weights", "submissions"])
def test_an_index_of_something_else_is_refused(saved, encoder, name):
    path = build_of(saved) / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest[name] = "other"
    path.write_text(json.dumps(manifest))
    with pytest.raises(StaleIndex, match=f"built from other {name}"):
        Upkeep(SHIPPED, saved, encoder).load()


def test_there_is_no_index_in_an_empty_folder(tmp_path, encoder):
    upkeep = Upkeep(SHIPPED, tmp_path, encoder)
    with pytest.raises(StaleIndex, match="no whole index"):
        load_index(tmp_path, upkeep.description, encoder)


def test_a_build_that_broke_off_leaves_the_old_index(saved, encoder):
    (saved / "build-unfinished").mkdir()
    (saved / "build-unfinished" / "role.npy").write_bytes(b"half")
    assert Upkeep(SHIPPED, saved, encoder).load().units.passage_count


def test_a_damaged_index_is_built_anew(saved, encoder):
    old = build_of(saved)
    (old / "role.npy").write_bytes(b"")
    upkeep = Upkeep(SHIPPED, saved, encoder)
    with pytest.raises(StaleIndex, match="damaged"):
        upkeep.load()
    assert upkeep.build().units.passage_count
    assert build_of(saved) != old and not old.exists()
