"""Bytes of a text file to text; an encoding that is not UTF-8 is detected and said."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from corpus.errors import CorpusError

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CALLED_WESTERN = {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}  # as browsers read these names
_WESTERN = {"iso8859_1", "latin_1", "iso8859_15", "cp1250", "cp1254", "cp1257", "cp1258"}


def decode(raw: bytes) -> tuple[str, str]:
    """The text with its line ends as newlines, and a remark on its encoding, empty for UTF-8."""
    for mark, encoding in _MARKS.items():
        if raw.startswith(mark):
            return _decoded(raw, encoding), ""
    try:
        return _plain(raw.decode("utf-8")), ""
    except UnicodeDecodeError:
        encoding = _detected(raw)
    return _decoded(raw, encoding), f"decoded as {encoding}, detected from its bytes: look at its accents and quotes"


def decode_as(raw: bytes, declared: str) -> tuple[str, str]:
    """The text in the encoding that the file declares, detected where it is not in that one."""
    name = "cp1252" if declared.lower() in _CALLED_WESTERN else declared
    try:
        return _plain(raw.decode(name)), ""
    except (LookupError, UnicodeDecodeError):
        return decode(raw)


def _detected(raw: bytes) -> str:
    """The likeliest encoding; British texts that are not Unicode are Windows-1252 where that reads them."""
    best = from_bytes(raw).best()
    name = best.encoding if best else ""
    if not name or name in _WESTERN:
        try:
            raw.decode("cp1252")
        except UnicodeDecodeError:
            return name or "latin_1"
        return "cp1252"
    return name


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return _plain(raw.decode(encoding))
    except UnicodeDecodeError as error:
        raise CorpusError(f"byte {error.start} is not {encoding}; save it as UTF-8 text and add that") from error


def _plain(text: str) -> str:
    if text.count("\0") > len(text) // 100:
        raise CorpusError("is not text; use PDF, DOCX, HTML, Markdown or text")
    return text.replace("\r\n", "\n").replace("\r", "\n")
