"""The model as it is served: the vectors of sentence-transformers, in less time, from files that are checked."""

import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from index.encoder import Reference, load_encoder
from index.export import CHECKED, export
from index.served import CannotServe, Served
from index.together import Together

ROOT = Path(__file__).parent.parent
HEAVY = {"torch", "transformers", "sentence_transformers", "sklearn", "scipy", "pandas", "openvino_telemetry"}
MODELS = {*HEAVY, "openvino", "tokenizers"}


@pytest.fixture(scope="module")
def reference():
    return load_encoder().model


@pytest.fixture
def exported(encoder, model_folder, tmp_path):
    encoder.load()
    shutil.copytree(model_folder, tmp_path / "model")
    (folder,) = (path for path in (tmp_path / "model").iterdir() if path.is_dir())
    return folder


def cosines(given, wanted):
    return (given * wanted).sum(axis=1)


def loaded_by(code, *arguments, **environment):
    """The modules that a process has imported after running the command."""
    probe = f"import sys\ntry:\n    {code}\nexcept SystemExit: pass\nprint('\\n', *sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", probe, *arguments], cwd=ROOT, capture_output=True, env=environment, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()
    return set(done.stdout.decode().splitlines()[-1].split())


def test_served_vectors_are_those_of_sentence_transformers(encoder, reference):
    assert isinstance(encoder.model, Served) and isinstance(reference, Reference)
    texts = [*CHECKED, *("word " * n for n in range(1, 300, 7))]
    wanted = reference.encode(texts)
    assert cosines(encoder.encode(texts), wanted).min() > 0.999
    assert cosines(np.concatenate([encoder.encode([text]) for text in texts]), wanted).min() > 0.999
    assert encoder.encode([]).shape == (0, 384)


def test_much_text_is_encoded_in_many_runs_and_stays_in_order(encoder):
    texts = [f"{number} {'ships ' * (number % 90)}" for number in range(600)]
    together = encoder.encode(texts)
    assert cosines(together[::50], np.concatenate([encoder.encode([text]) for text in texts[::50]])).min() > 0.999
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-3)


@pytest.mark.parametrize("name", ["model.bin", "model.xml", "tokenizer.json", "manifest.json"])
def test_a_damaged_export_is_noticed_and_made_again(exported, encoder, name):
    damaged = bytearray((exported / name).read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (exported / name).write_bytes(damaged)
    said = []
    again = load_encoder("", exported.parent, said.append)
    assert isinstance(again.model, Served)
    assert len(said) == 1 and said[0].startswith("Exporting the model: ")
    assert np.array_equal(again.encode(["quiet"]), encoder.encode(["quiet"]))
    assert load_encoder("", exported.parent, said.append).encode(["quiet"]).any() and len(said) == 1


def test_the_export_of_another_model_is_not_served(exported, encoder):
    manifest = json.loads((exported / "manifest.json").read_text())
    with pytest.raises(CannotServe, match="holds another model"):
        Served(exported, "another")
    (exported / "manifest.json").write_text(json.dumps({**manifest, "format": 0}))
    with pytest.raises(CannotServe, match="holds another model"):
        Served(exported, manifest["source"])


def test_the_first_run_is_over_before_two_threads_can_begin_one(exported):
    # Two first runs at once wait for each other in OpenVINO's Python layer: one build in a hundred never ended.
    served = Served(exported, json.loads((exported / "manifest.json").read_text())["source"])
    with served._request() as request:
        assert request.latency > 0


def test_a_model_whose_first_run_fails_is_not_served(exported, monkeypatch):
    source = json.loads((exported / "manifest.json").read_text())["source"]

    def fail(*_):
        raise RuntimeError("this processor lacks an instruction\nand more")

    monkeypatch.setattr(Served, "_inputs", fail)
    with pytest.raises(CannotServe, match=r"cannot run here \(this processor lacks an instruction\)$"):
        Served(exported, source)


def test_without_openvino_sentence_transformers_encodes_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "openvino", None)
    said = []
    encoder = load_encoder("", tmp_path / "model", said.append)
    assert isinstance(encoder.model, Reference)
    assert len(said) == 1 and said[0].startswith("sentence-transformers encodes, which is slower: OpenVINO cannot run")
    assert encoder.encode(["quiet"]).shape == (1, 384)


class Doubled(SentenceTransformer):
    """A model whose `encode` does more than its modules, as one with a prompt does."""

    def encode(self, texts, **how):
        return super().encode([f"query: {text}" for text in texts], **how)


def test_an_export_that_differs_from_the_model_is_not_written(reference, tmp_path):
    other = Doubled(modules=list(reference.model), device="cpu")
    with pytest.raises(CannotServe, match=r"differs from the model \(cosine"):
        export(other, tmp_path / "model" / "doubled", "doubled")
    assert [path.name for path in (tmp_path / "model").iterdir()] == ["export.lock"]


def test_a_model_by_folder_is_exported_again_when_it_changes(reference, tmp_path):
    mine, said = tmp_path / "mine", []
    reference.model.save(str(mine))
    for _ in range(2):
        assert isinstance(load_encoder(str(mine), tmp_path / "model", said.append).model, Served)
    assert len(said) == 1
    (mine / "README.md").write_text("changed")
    assert isinstance(load_encoder(str(mine), tmp_path / "model", said.append).model, Served)
    assert len(said) == 2 and "holds another model" in said[1]


def test_a_model_without_a_tokenizer_of_its_own_is_not_served_but_used(tmp_path):
    from sentence_transformers.sentence_transformer.modules import BoW

    SentenceTransformer(modules=[BoW(vocab=["ships", "sea", "harbour"])], device="cpu").save(str(tmp_path / "words"))
    said = []
    encoder = load_encoder(str(tmp_path / "words"), tmp_path / "model", said.append)
    assert isinstance(encoder.model, Reference) and encoder.encode(["ships at sea"]).shape == (1, 3)
    assert said[-1].startswith("sentence-transformers encodes, which is slower: it cannot be exported")


def test_callers_in_many_threads_get_their_own_vectors(encoder):
    texts = [f"Question {number} about {'ships ' * (number % 5)}" for number in range(64)]
    wanted = [encoder.encode([text])[0] for text in texts]
    given, start = {}, threading.Barrier(8)

    def ask(mine):
        start.wait()
        for number in mine:
            given[number] = encoder.encode([texts[number]])

    threads = [threading.Thread(target=ask, args=(range(one, 64, 8),)) for one in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cosines(np.concatenate([given[number] for number in range(64)]), np.array(wanted)).min() > 0.999


class Slow:
    """Encodes a text as its length, once it may; `runs` are the texts of each run. A text "bad" is an error."""

    def __init__(self):
        self.runs, self.may, self.began = [], threading.Semaphore(0), threading.Semaphore(0)

    def encode(self, texts):
        self.runs.append(list(texts))
        self.began.release()
        self.may.acquire()
        if "bad" in texts:
            raise ValueError("bad text")
        return np.array([[len(text)] for text in texts], np.float32)


def called(together, texts, results):
    def call():
        try:
            results[texts[0]] = together(texts).tolist()
        except ValueError as error:
            results[texts[0]] = str(error)

    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    return thread


def waiting(together, count):
    while len(together._waiting) < count:
        pass


def test_what_waits_together_is_encoded_together_and_nobody_waits_for_more():
    slow, results = Slow(), {}
    together = Together(slow.encode)
    threads = [called(together, ["a"], results)]
    slow.began.acquire()  # the first runs at once, alone
    for count, texts in enumerate((["bb", "ccc"], ["dddd"]), 1):
        threads.append(called(together, texts, results))
        waiting(together, count)
    slow.may.release()
    slow.began.acquire()
    threads[0].join(10)
    assert results == {"a": [[1.0]]}  # it does not wait for those that came after it
    slow.may.release()
    for thread in threads:
        thread.join(10)
    assert slow.runs == [["a"], ["bb", "ccc", "dddd"]]
    assert results == {"a": [[1.0]], "bb": [[2.0], [3.0]], "dddd": [[4.0]]}


def test_runs_go_on_beside_each_other_and_share_who_waits():
    slow, results = Slow(), {}
    together = Together(slow.encode, runs=2)
    threads = []
    for text in ("a", "bb"):
        threads.append(called(together, [text], results))
        slow.began.acquire()  # both run, neither waits for the other
    for count, text in enumerate(("ccc", "dddd", "eeeee", "ffffff"), 1):
        threads.append(called(together, [text], results))
        waiting(together, count)
    slow.may.release()
    slow.began.acquire()
    assert slow.runs == [["a"], ["bb"], ["ccc", "dddd"]]  # half of those who waited, for the other run comes too
    slow.may.release(9)
    for thread in threads:
        thread.join(10)
    assert results == {text: [[float(len(text))]] for text in ("a", "bb", "ccc", "dddd", "eeeee", "ffffff")}
    assert together._running == 0


def test_an_error_reaches_all_whose_texts_were_in_the_run_and_nobody_else():
    slow, results = Slow(), {}
    together = Together(slow.encode)
    threads = [called(together, ["a"], results)]
    slow.began.acquire()
    for count, texts in enumerate((["bb"], ["bad"]), 1):
        threads.append(called(together, texts, results))
        waiting(together, count)
    slow.may.release(3)
    for thread in threads:
        thread.join(10)
    assert results == {"a": [[1.0]], "bb": "bad text", "bad": "bad text"}
    assert together(["again"]).tolist() == [[5.0]]


def test_asking_loads_neither_torch_nor_sentence_transformers(index, index_folder, tmp_path):
    for name in ("index", "model"):
        (tmp_path / name).symlink_to(index_folder.parent / name)
    code = "from bot.cli import main; main(sys.argv[1:])"
    loaded = loaded_by(code, "ask", "--json", "What is said about zoological funding?", EVIDENCE_BOT_DATA=str(tmp_path))
    assert "openvino" in loaded
    assert not loaded & {*HEAVY, "faiss"}  # PSR0074 is weighed whole


@pytest.mark.parametrize("command", [["--help"], ["corpus", "list"], ["verify", "“With the red tape lifted”"]])
def test_what_needs_no_model_loads_none(command):
    assert not loaded_by("from bot.cli import main; main(sys.argv[1:])", *command) & MODELS


def test_neither_exporting_nor_serving_loads_what_reports_use(tmp_path):
    (tmp_path / "openvino_telemetry").mkdir()
    (tmp_path / "openvino_telemetry" / "__init__.py").write_text(f"open({str(tmp_path / 'loaded')!r}, 'w')\n")
    code = "import index.encoder as i, pathlib; i.load_encoder('', pathlib.Path(sys.argv[1])).load()"
    for _ in range(2):
        assert "openvino" in loaded_by(code, str(tmp_path / "model"), PYTHONPATH=str(tmp_path))
    assert not (tmp_path / "loaded").exists()
