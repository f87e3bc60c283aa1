"""The parts of a DOCX, opened with care: sizes are looked at before unpacking, entities and macros never run."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from lxml import etree

from corpus import limits
from corpus.errors import CorpusError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BROKEN = "is a broken DOCX; save it anew in Word and add that"


def read_parts(raw: bytes) -> dict[str, etree._Element]:
    """The XML parts that a reader needs, by their name without folder; CorpusError where they cannot be had."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as package:
            _check(package)
            parts = {info.filename: package.read(info) for info in package.infolist() if _is_needed(info.filename)}
    # What zipfile and zlib raise for bytes that are no sound archive.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise CorpusError(_BROKEN) from error
    except RuntimeError as error:
        raise CorpusError("is encrypted; remove its password and add it again") from error
    if "word/document.xml" not in parts:
        raise CorpusError("is a ZIP archive without a Word document in it; unpack it, or save the document as DOCX")
    return {name.rsplit("/", 1)[-1]: _parsed(part) for name, part in parts.items()}


def _is_needed(name: str) -> bool:
    return name == "docProps/core.xml" or name in {
        f"word/{part}.xml" for part in ("document", "footnotes", "endnotes", "numbering", "styles")
    } | {"word/_rels/document.xml.rels", "word/_rels/footnotes.xml.rels", "word/_rels/endnotes.xml.rels"}


def _check(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    size = sum(info.file_size for info in parts)
    if len(parts) > limits.PARTS:
        raise CorpusError(f"has {len(parts):,} parts, more than {limits.PARTS:,}; it is no ordinary DOCX")
    largest = max((info.file_size for info in parts if _is_needed(info.filename)), default=0)
    if size > limits.UNPACKED_BYTES or largest > limits.PART_BYTES:
        raise CorpusError(
            f"unpacks to {size / 1e6:,.0f} MB, more than the {limits.UNPACKED_BYTES / 1e6:,.0f} MB "
            f"(or {limits.PART_BYTES / 1e6:,.0f} MB a part) that a DOCX may hold; take the pictures out, or split it"
        )
    if any(info.flag_bits & 1 for info in parts):
        raise CorpusError("is encrypted; remove its password and add it again")


def _parsed(part: bytes) -> etree._Element:
    if b"<!DOCTYPE" in part[:4096] or b"<!ENTITY" in part:
        raise CorpusError("declares XML entities, which Word does not write; save it anew in Word and add that")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(part.replace(_STRICT, _USUAL), parser)
    except etree.XMLSyntaxError as error:
        raise CorpusError(_BROKEN) from error


def value(element: etree._Element | None, path: str, attribute: str = "val") -> str:
    """An attribute of the element at a path below another; empty where there is none."""
    found = element.find(path) if element is not None else None
    return str(found.get(f"{W}{attribute}") or "") if found is not None else ""


def whole(written: str | None, otherwise: int = 0) -> int:
    """A whole number as an attribute holds it; `otherwise` where it is none."""
    return int(written) if written and written.isdecimal() and len(written) < 7 else otherwise
