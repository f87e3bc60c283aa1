"""`evidence-bot corpus`: what goes in is found again, what is refused leaves the others alone."""

import pytest
from click.testing import CliRunner
from renderings import SUBMISSION, TITLE, to_docx, to_html, to_pdf, to_text

from bot.cli import main
from corpus.submission import find_submissions, read_submission


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("EVIDENCE_BOT_CORPUS", str(tmp_path / "corpus"))
    return lambda *words, **rest: CliRunner().invoke(main, ["corpus", *map(str, words)], **rest)


@pytest.fixture
def pdf(tmp_path):
    file = tmp_path / "evidence.pdf"
    file.write_bytes(to_pdf(SUBMISSION))
    return file


def read_all(folder):
    return [read_submission(place) for place in find_submissions(folder)]


def test_a_file_that_names_itself_is_added_and_quotable(run, pdf, tmp_path):
    result = run("add", pdf)
    assert result.exit_code == 0, result.output
    assert "Added HLT0042, Harbour Lantern Trust" in result.output
    document = read_submission(tmp_path / "corpus" / "HLT0042")
    assert document.metadata.title == TITLE
    assert (tmp_path / "corpus" / "HLT0042" / "text.txt").read_text() == document.text
    assert (tmp_path / "corpus" / "HLT0042" / "source.pdf").read_bytes() == pdf.read_bytes()
    assert read_all(tmp_path / "corpus") == [document]


def test_text_is_its_own_canonical_text(run, tmp_path):
    (tmp_path / "a.txt").write_bytes(to_text(SUBMISSION))
    assert run("add", tmp_path / "a.txt").exit_code == 0
    assert sorted(p.name for p in (tmp_path / "corpus/HLT0042").iterdir()) == ["source.txt", "submission.toml"]


def test_options_go_before_what_the_file_says_and_fill_what_it_leaves_out(run, tmp_path):
    (tmp_path / "note.txt").write_text("We lend books to people who ask for them, and we always have done so here.\n")
    refused = run("add", tmp_path / "note.txt")
    assert refused.exit_code == 1
    assert "does not say its reference; give --reference" in refused.output
    given = ("--reference", "ABC0001", "--submitter", 'The "Books" Group', "--title", "Books")
    assert run("add", tmp_path / "note.txt", *given).exit_code == 0
    assert read_submission(tmp_path / "corpus/ABC0001").metadata.submitter == 'The "Books" Group'


def test_a_bad_file_leaves_the_others_of_the_folder_alone(run, tmp_path):
    folder = tmp_path / "received"
    folder.mkdir()
    (folder / "ABC0001.docx").write_bytes(to_docx(SUBMISSION[1:]))
    (folder / "ABC0002.html").write_bytes(
        to_html(SUBMISSION[1:], mark="<sup>{0}</sup>", note="<p><sup>{0}</sup> {1}</p>")
    )
    (folder / "ABC0003.pdf").write_bytes(b"%PDF-1.7 cut")
    result = run("add", folder, "--submitter", "Somebody")
    assert result.exit_code == 1
    assert "Not added: ABC0003.pdf: is a broken PDF" in result.output
    assert "2 of 3 files added." in result.output
    assert [d.reference for d in read_all(tmp_path / "corpus")] == ["ABC0001", "ABC0002"]


def test_a_file_below_a_folder_is_named_with_its_way(run, tmp_path):
    for name in ("one", "two"):
        (tmp_path / "received" / name).mkdir(parents=True)
        (tmp_path / "received" / name / "letter.txt").write_text("We lend books to all who ask for them.\n")
    told = run("add", tmp_path / "received").output
    assert "Not added: one/letter.txt: does not say its submitter; give --submitter\n" in told
    assert "Not added: two/letter.txt: does not say its submitter; give --submitter\n" in told


def test_what_a_file_does_not_hold_is_not_counted(run, tmp_path):
    (tmp_path / "note.txt").write_text("We lend books to people who ask for them, and we always have done so here.\n")
    given = ("--reference", "ABC0001", "--submitter", "Books", "--title", "Books")
    told = "Added ABC0001, Books: no questions of the inquiry, 1 passage, no notes, no quotations.\n"
    assert told in run("add", tmp_path / "note.txt", *given).output


def test_the_same_reference_is_not_added_twice(run, pdf):
    run("add", pdf)
    result = run("add", pdf)
    assert result.exit_code == 1
    assert "is there already" in result.output


@pytest.mark.parametrize("reference", ["../up", "a/b", "", "."])
def test_a_reference_is_never_a_path(run, pdf, reference):
    assert run("add", pdf, f"--reference={reference or '..'}").exit_code == 1


def test_list_show_and_check_say_what_was_found(run, pdf):
    run("add", pdf)
    assert "Harbour Lantern Trust" in run("list").output
    shown = run("show", "HLT0042").output
    assert "Funding of community libraries" in shown
    assert "(4 counted, page 1)" in shown
    checked = run("check", "HLT0042")
    assert checked.exit_code == 0, checked.output
    assert "3 questions of the inquiry (1 not answered)" in checked.output
    assert "12 passages (2 rows of tables), 3 notes, 1 quotation.\n" in checked.output


def test_a_submission_is_one_line_of_a_list_that_is_piped(run, tmp_path):
    file = tmp_path / "long.md"
    file.write_text("Sea trout matter.\n")
    run("add", file, "--reference", "LNG0001", "--submitter", "Angling Trust", "--title", "Sea trout " * 30)
    rows = run("list").output.splitlines()
    assert len(rows) == 2
    assert "Sea trout " * 29 in rows[1]


def test_check_names_what_is_open_and_fails(run, tmp_path):
    text = to_text(SUBMISSION).decode().replace("average,[3]", "average,[7]")
    (tmp_path / "a.txt").write_text(text)
    run("add", tmp_path / "a.txt")
    result = run("check", "HLT0042")
    assert result.exit_code == 1
    assert "Notes that no sentence carries: 3." in result.output
    assert "Marks without a note: 7." in result.output


def test_check_names_other_submissions_that_say_the_same(run, pdf, tmp_path):
    run("add", pdf)
    (tmp_path / "b.docx").write_bytes(to_docx(SUBMISSION))
    run("add", tmp_path / "b.docx", "--reference", "HLT0043")
    assert "stand in HLT0043 too." in run("check", "HLT0042").output


def test_update_exchanges_the_source(run, pdf, tmp_path):
    run("add", pdf)
    assert run("update").output == "HLT0042: unchanged.\n"
    (tmp_path / "new.docx").write_bytes(to_docx(SUBMISSION))
    assert run("update", "HLT0042", tmp_path / "new.docx").stdout == "HLT0042: read anew.\n"
    place = tmp_path / "corpus/HLT0042"
    assert sorted(p.name for p in place.iterdir()) == ["reading.json", "source.docx", "submission.toml", "text.txt"]
    assert read_submission(place).metadata.title == TITLE


def test_a_source_without_a_sentence_takes_no_others_place(run, pdf, tmp_path):
    run("add", pdf)
    (tmp_path / "new.txt").write_text("N/A\n")
    done = run("update", "HLT0042", tmp_path / "new.txt")
    assert done.exit_code == 1 and "new.txt: holds no sentence that could be quoted" in done.output
    assert read_submission(tmp_path / "corpus/HLT0042").metadata.title == TITLE


def test_a_text_that_was_edited_is_noticed(run, pdf, tmp_path):
    run("add", pdf)
    text = tmp_path / "corpus/HLT0042/text.txt"
    text.write_text(text.read_text().replace("library", "brewery"))
    assert "was changed; run `evidence-bot corpus update HLT0042`" in run("show", "HLT0042").output
    assert run("update", "HLT0042").stdout == "HLT0042: read anew.\n"
    assert "library" in text.read_text()


def test_remove_asks_and_takes_all_away(run, pdf, tmp_path):
    run("add", pdf)
    assert run("remove", "HLT0042", input="n\n").exit_code == 1
    assert (tmp_path / "corpus/HLT0042").exists()
    done = run("remove", "HLT0042", "--yes")
    assert (done.exit_code, done.stdout) == (0, "Removed HLT0042.\n")
    assert done.stderr == "A bot that serves quotes it no more within seconds.\n"
    assert list((tmp_path / "corpus").iterdir()) == []
    assert "no such submission" in run("show", "HLT0042").output
