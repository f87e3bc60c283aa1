"""Which format a file is, told by its content first and by its ending only where the content leaves it open."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from corpus import limits
from corpus.errors import CorpusError
from corpus.reading import Reading

ENDINGS = {".txt": "plain", ".text": "plain", ".md": "markdown", ".markdown": "markdown", ".html": "html",
           ".htm": "html", ".xhtml": "html", ".docx": "docx", ".docm": "docx", ".pdf": "pdf"}  # fmt: skip
SUFFIX = {"plain": ".txt", "markdown": ".md", "html": ".html", "docx": ".docx", "pdf": ".pdf"}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_SAYS_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_OTHER = {
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"{\\rtf": "an RTF document",
    b"\x1f\x8b": "a gzip archive", b"Rar!": "a RAR archive", b"7z\xbc\xaf": "a 7z archive",
    b"MZ": "a program", b"\x7fELF": "a program", b"%!PS": "a PostScript file", b"ID3": "a sound recording",
}  # fmt: skip


def read_source(path: Path) -> Reading:
    """The reading of a file as received; CorpusError says in one line why it cannot be used."""
    raw = read_bytes(path)
    try:
        reading = _reader(format_of(path.name, raw))(raw)
    except CorpusError as error:
        raise CorpusError(f"{path.name}: {error}") from error
    if not reading.text.strip():
        raise CorpusError(f"{path.name}: holds no text")
    if len(reading.text) > limits.CHARACTERS:
        raise CorpusError(
            f"{path.name}: has {len(reading.text):,} characters, more than {limits.CHARACTERS:,}; split it"
        )
    return reading


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that is neither empty nor too large; CorpusError else."""
    try:
        size = path.stat().st_size
        if size > limits.FILE_BYTES:
            raise CorpusError(
                f"{path.name}: has {size / 1e6:,.0f} MB, more than the {limits.FILE_BYTES / 1e6:,.0f} MB "
                "that a submission may have; split it, or take the pictures out"
            )
        raw = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror})") from error
    if not raw.strip(b"\0 \t\r\n\f\xef\xbb\xbf\xfe\xff"):
        raise CorpusError(f"{path.name}: is empty")
    return raw


def format_of(name: str, raw: bytes) -> str:
    """The format: plain, markdown, html, docx or pdf; CorpusError names what else a file is."""
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    if raw.startswith(b"PK\x03\x04"):
        return "docx"
    if raw.startswith(_OLD_OFFICE):
        raise CorpusError(_old_office(raw))
    for start, what in _OTHER.items():
        if raw.startswith(start):
            raise CorpusError(f"is {what}, not a submission; use PDF, DOCX, HTML, Markdown or text")
    if _HTML.match(raw[:4096]):
        return "html"
    claimed = ENDINGS.get(Path(name).suffix.lower(), "plain")
    if claimed in ("pdf", "docx"):
        raise CorpusError(f"ends in {Path(name).suffix} but holds no {claimed.upper()}: broken, or of another format")
    if b"\0" in raw[:4096] and not raw.startswith(_SAYS_UTF16) and raw[:4096].count(b"\0") * 3 < len(raw[:4096]):
        raise CorpusError("is not text; use PDF, DOCX, HTML, Markdown or text")
    return claimed


def _old_office(raw: bytes) -> str:
    if _ENCRYPTED_OFFICE in raw:
        return "is encrypted; remove its password and add it again"
    return "is of the old Word format; save it as DOCX and add that"


def _reader(name: str) -> Callable[[bytes], Reading]:
    """The reader of a format; each loads its own library, which the others do without."""
    if name == "pdf":
        from corpus.formats.pdf import read_pdf

        return read_pdf
    if name == "docx":
        from corpus.formats.docx import read_docx

        return read_docx
    if name == "html":
        from corpus.formats.html import read_html

        return read_html
    if name == "markdown":
        from corpus.formats.markdown import read_markdown

        return read_markdown
    from corpus.formats.plain import read_plain

    return read_plain
