"""DOCX: paragraphs with Word's styles, counted numbers, real footnotes and endnotes, tables.

Read with lxml from the package's parts: python-docx has no footnotes, mammoth drops the style of quotations and the
numbers that Word counts, docx2python those numbers where a style brings them. Macros, pictures, comments, deleted
text and links to other files are never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus.formats.docx_package import W, read_parts, value
from corpus.formats.docx_styles import Styles, is_on, read_styles
from corpus.formats.docx_tables import LAYOUT, cells_of, grid_of, rows_of
from corpus.formats.marks import raised, resolve_raised, without_unseen
from corpus.formats.tables import table
from corpus.reading import Draft, Reading, Style, assemble

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "submitter": "{http://purl.org/dc/elements/1.1/}creator",
}
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{W}drawing", f"{W}pict", f"{W}object",
            f"{W}txbxContent"}  # fmt: skip
_UNSEEN_BY = (f"{W}vanish", f"{W}strike", f"{W}dstrike")
_AROUND = {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}moveTo"}
_NOT_A_HEADING = (".", ";", ",", ":", "?")
_ASKED = re.compile(r"\(?Q(?:uestion)?\.?\s*\d", re.I)
_HEADING_WORDS = 20
_BELOW_ALL = 10  # level of a paragraph in bold; Word's own headings go to 9


@dataclass(slots=True)
class _Notes:
    """The notes met so far: the number of each by its kind and Word's id."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def mark(self, kind: str, identity: str) -> str:
        """The mark of a note, numbered in the order in which the text refers to them."""
        return f"[{self.numbers.setdefault((kind, identity), len(self.numbers) + 1)}]"


def read_docx(raw: bytes) -> Reading:
    """The reading of a Word document; footnotes and endnotes are numbered together as the text refers to them."""
    parts = read_parts(raw)
    styles, notes = read_styles(parts), _Notes()
    drafts: list[Draft] = []
    body = parts["document.xml"].find(f"{W}body")
    for block in _blocks(body) if body is not None else ():
        drafts += _table(block, notes) if block.tag == f"{W}tbl" else _paragraph(block, styles, notes)
    footnotes = [_footnote(parts, kind, identity, number) for (kind, identity), number in notes.numbers.items()]
    drafts = resolve_raised(drafts, footnotes)
    if not any(draft.style is Style.HEADING and draft.level < _BELOW_ALL for draft in drafts):
        for draft in drafts:
            draft.level = 0
    return assemble([*drafts, *footnotes], said=_said(parts))


def _blocks(body: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in order, also those in content controls; what stands in a text box follows its paragraph.

    A table of one cell, or of long cells, only arranges its paragraphs.
    """
    for child in body:
        if child.tag == f"{W}p":
            yield child
            yield from _boxed(child)
        elif child.tag == f"{W}tbl":
            cells = [cell for row in rows_of(child) for cell in cells_of(row)]
            if len(cells) == 1 or any(len("".join(cell.itertext(f"{W}t"))) >= LAYOUT for cell in cells):
                for cell in cells:
                    yield from _blocks(cell)
            else:
                yield child
        elif child.tag in _AROUND:
            yield from _blocks(child)


def _boxed(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The blocks in the text boxes of a paragraph, each once: Word keeps an older form of every box beside it."""
    for box in paragraph.iter(f"{W}txbxContent"):
        above = {etree.QName(each).localname for each in box.iterancestors()}
        if "Fallback" not in above and not any(each.tag == box.tag for each in box.iterancestors()):
            yield from _blocks(box)


def _paragraph(block: etree._Element, styles: Styles, notes: _Notes) -> list[Draft]:
    words = " ".join(without_unseen("".join(_words(block, notes))).split())
    if styles.is_contents(block) or not words:
        return []
    style, level = styles.of(block)
    label, listed = styles.label(block)
    if style is Style.UNKNOWN and _is_bold_line(block, words, styles):
        style, level = Style.HEADING, _BELOW_ALL
    elif style is Style.UNKNOWN and listed:
        numbered = Style.PARAGRAPH if label[:1].isdigit() else Style.ITEM
        style = Style.QUESTION if _ASKED.match(label) else numbered
    return [Draft(f"{label} {words}" if label else words, style, level)]


def _is_bold_line(block: etree._Element, words: str, styles: Styles) -> bool:
    """Whether a paragraph is a short line all in bold, as headings look that nobody marked as such."""
    if len(words.split()) > _HEADING_WORDS or words.endswith(_NOT_A_HEADING):
        return False
    runs = [run for run in block.iter(f"{W}r") if "".join(run.itertext(f"{W}t")).strip()]
    bold = [run.find(f"{W}rPr/{W}b") for run in runs]
    return bool(runs) and all(is_on(b) if b is not None else styles.is_bold(block) for b in bold)


def _words(element: etree._Element, notes: _Notes) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in (f"{W}tab", f"{W}br", f"{W}cr"):
            yield " "
        elif child.tag in (f"{W}noBreakHyphen", f"{W}softHyphen"):
            yield "-" if child.tag == f"{W}noBreakHyphen" else ""
        elif child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            yield notes.mark(child.tag[len(W) : -len("Reference")], str(child.get(f"{W}id")))
        elif child.tag == f"{W}r" and _is_unseen(child):
            continue
        elif child.tag == f"{W}r" and (number := _raised_number(child)):
            yield raised(number)
        else:
            yield from _words(child, notes)


def _is_unseen(run: etree._Element) -> bool:
    """Whether a run is hidden or struck out."""
    return any(is_on(run.find(f"{W}rPr/{tag}")) for tag in _UNSEEN_BY)


def _raised_number(run: etree._Element) -> str:
    """A number typed as superscript: a footnote made by hand."""
    text = "".join(run.itertext(f"{W}t")).strip()
    high = value(run, f"{W}rPr/{W}vertAlign") == "superscript"
    return text if high and text.isdecimal() and len(text) < 4 else ""


def _table(block: etree._Element, notes: _Notes) -> list[Draft]:
    rows = rows_of(block)
    texts = grid_of(rows, lambda cell: " ".join("".join(_words(p, notes)) for p in cell.iter(f"{W}p")))
    marked = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    headed = next((at for at, header in enumerate(marked) if not header), 1) if rows else 0
    return table([[without_unseen(text) for text in row] for row in texts], headed=headed or int(_is_bold(rows[:1])))


def _is_bold(rows: list[etree._Element]) -> bool:
    runs = [run for row in rows for run in row.iter(f"{W}r") if "".join(run.itertext(f"{W}t")).strip()]
    return bool(runs) and all(is_on(run.find(f"{W}rPr/{W}b")) for run in runs)


def _footnote(parts: dict[str, etree._Element], kind: str, identity: str, number: int) -> Draft:
    """A footnote or endnote with the addresses behind its links."""
    part, links = parts.get(f"{kind}s.xml"), []
    note = next((n for n in part.iter(f"{W}{kind}") if n.get(f"{W}id") == identity), None) if part is not None else None
    if note is None:
        return Draft("", note=number)
    relations = parts.get(f"{kind}s.xml.rels")
    targets = {each.get("Id"): each.get("Target") for each in relations} if relations is not None else {}
    for link in note.iter(f"{W}hyperlink"):
        target = str(targets.get(link.get(f"{_R}id")) or "")
        links += [target] if target.startswith(("http:", "https:")) else []
    text = " ".join("".join(_words(paragraph, _Notes())) for paragraph in note.iter(f"{W}p"))
    return Draft(" ".join(without_unseen(text).split()), note=number, links=links)


def _said(parts: dict[str, etree._Element]) -> dict[str, str]:
    core = parts.get("core.xml")
    found = {key: (core.findtext(path) or "").strip() for key, path in _CORE.items()} if core is not None else {}
    return {key: text for key, text in found.items() if text}
