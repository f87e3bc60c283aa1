"""A file that cannot be used is refused with one clear line."""

import zipfile
from io import BytesIO

import pypdfium2
import pytest
from fpdf import FPDF
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from renderings import HTML_FLAVOURS, SUBMISSION, to_docx, to_html, to_markdown, to_pdf, to_text

from corpus import limits
from corpus.check import check
from corpus.errors import CorpusError
from corpus.formats.choose import read_source
from corpus.metadata import Metadata
from corpus.structure import structure


def scanned() -> bytes:
    paper = FPDF()
    for _ in range(3):
        paper.add_page()
        paper.rect(10, 10, 100, 100)
    return bytes(paper.output())


def encrypted_pdf() -> bytes:
    paper = FPDF()
    paper.set_encryption(owner_password="owner", user_password="user")
    paper.add_page()
    paper.set_font("Times", size=11)
    paper.write(6, "Secret evidence.")
    return bytes(paper.output())


def many_pages() -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(limits.PAGES + 1):
        document.new_page(200, 200)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def zip_bomb() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package, package.open("word/document.xml", "w") as part:
        for _ in range(limits.PART_BYTES // 1_000_000 + 1):
            part.write(b" " * 1_000_000)
    return file.getvalue()


def entities() -> bytes:
    bomb = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document>&e;</w:document>'
    return to_docx(SUBMISSION, extra={"word/document.xml": bomb})


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BAD = {
    "empty.txt": (lambda: b"", "is empty"),
    "blank.txt": (lambda: b" \r\n\t", "is empty"),
    "scan.pdf": (scanned, "a scan"),
    "locked.pdf": (encrypted_pdf, "is encrypted"),
    "cut.pdf": (lambda: to_pdf(SUBMISSION)[:200], "broken PDF"),
    "long.pdf": (many_pages, f"has {limits.PAGES + 1:,} pages, more than {limits.PAGES:,}"),
    "text.pdf": (lambda: to_text(SUBMISSION), "holds no PDF"),
    "cut.docx": (lambda: to_docx(SUBMISSION)[:900], "broken DOCX"),
    "bomb.docx": (zip_bomb, "unpacks to"),
    "entities.docx": (entities, "XML entities"),
    "other.docx": (lambda: to_docx([], extra={"word/document.xml": "<a"}), "broken DOCX"),
    "locked.docx": (lambda: OLD_WORD + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
    "old.doc": (lambda: OLD_WORD, "old Word format"),
    "picture.txt": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "is a picture"),
    "binary.txt": (lambda: bytes(range(256)) * 20, "is not text"),
    "deep.html": (lambda: b"<html><body>" + b"<div>" * 5000 + b"x", "too deep"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_one_line(name, tmp_path):
    make, message = BAD[name]
    file = tmp_path / name
    file.write_bytes(make())
    with pytest.raises(CorpusError) as refusal:
        read_source(file)
    assert message in str(refusal.value)
    assert str(refusal.value).startswith(name)
    assert "\n" not in str(refusal.value)


def test_a_file_over_the_limit_is_not_even_read(tmp_path):
    file = tmp_path / "huge.txt"
    with file.open("wb") as sparse:
        sparse.truncate(limits.FILE_BYTES * 2)
    with pytest.raises(CorpusError, match="has 200 MB, more than the 100 MB"):
        read_source(file)


def test_the_content_decides_not_the_ending(tmp_path):
    file = tmp_path / "evidence.txt"
    file.write_bytes(to_docx(SUBMISSION))
    assert "old port" in read_source(file).text


@pytest.mark.parametrize(("encoding", "remark"), [("utf-8-sig", ()), ("utf-16", ()), ("cp1252", ("cp1252",))])
def test_encodings_are_detected_and_said(encoding, remark, tmp_path):
    words = "The café’s owner said “we stay” – and paid £40 for it.\n\n" * 5
    file = tmp_path / "evidence.txt"
    file.write_bytes(words.encode(encoding))
    reading = read_source(file)
    assert reading.text == words
    assert [word in said for word, said in zip(remark, reading.remarks, strict=True)] == [True] * len(remark)


GOOD = {
    "a.docx": to_docx(SUBMISSION),
    "a.html": to_html(SUBMISSION, **HTML_FLAVOURS["word"]),
    "a.md": to_markdown(SUBMISSION),
    "a.pdf": to_pdf(SUBMISSION),
    "a.txt": to_text(SUBMISSION),
}
PLACE = st.floats(0, 1, exclude_max=True)


def unpacked(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(raw)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return file.getvalue()


@st.composite
def damaged(draw):
    """A good file with bytes changed, taken out or said twice; of a DOCX also the parts in it, or parts missing."""
    name = draw(st.sampled_from(sorted(GOOD)))
    raw = GOOD[name]
    parts = unpacked(raw) if name == "a.docx" and draw(st.booleans()) else {"": raw}
    for key in draw(st.lists(st.sampled_from(sorted(parts)), min_size=1, max_size=4)):
        part = parts.get(key, b"")
        at, after = (int(draw(PLACE) * len(part)) for _ in range(2))
        new = draw(st.sampled_from([b"", b"\x00", b"<", b'"-1"', part[after : after + 300]]) | st.binary(max_size=9))
        parts[key] = draw(
            st.sampled_from([part[:at] + new + part[at + len(new) :], part[:at] + new + part[max(at, after) :]])
        )
        if key and draw(st.integers(0, 5)) == 0:
            del parts[key]
    return name, parts[""] if "" in parts else packed(parts)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damaged())
def test_a_damaged_file_is_read_or_refused_with_one_line(tmp_path, file):
    name, raw = file
    (tmp_path / name).write_bytes(raw)
    try:
        check(structure(Metadata("ABC0001", "Evidence", "The Group"), read_source(tmp_path / name)))
    except CorpusError as refusal:
        assert str(refusal).startswith(name)
        assert "\n" not in str(refusal)
