"""HTML as committees publish evidence: plain, exported from Word, or within a site's page.

Read with lxml, which reads DOCX too: in a report chapter of 125 kB it and selectolax found the same elements, both
within 2 ms, and lxml keeps the text behind an element with it. Nothing that a page refers to is loaded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from corpus import limits
from corpus.errors import CorpusError
from corpus.formats.decode import decode, decode_as
from corpus.formats.html_furniture import document_of
from corpus.formats.html_lists import count_items, label_of, take_out_bullets
from corpus.formats.html_looks import BELOW_ALL, INLINE, has_blocks, headers_of, is_data, spanned, style_of
from corpus.formats.html_notes import Footnotes, find_footnotes, led_to, without_label
from corpus.formats.marks import BREAK, raised, resolve_raised, without_unseen
from corpus.formats.tables import table
from corpus.reading import Draft, Reading, Style, assemble

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w:.-]+)", re.I)
_XML = re.compile(r"\A\s*<\?xml[^>]*\?>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(slots=True)
class _Walk:
    """The blocks found so far and the block being filled."""

    notes: Footnotes
    items: set[HtmlElement]
    drafts: list[Draft] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    style: Style = Style.UNKNOWN
    level: int = 0
    anchor: str = ""
    label: str = ""

    def close(self) -> None:
        """End the block being filled; the label of an item waits for the first words in it."""
        if not "".join(self.words).replace(BREAK, "").strip():
            self.words = []
            return
        self.words.insert(0, self.label and f"{self.label} ")
        self.label = ""
        for index, text in enumerate(re.split(rf"\s*{BREAK}\s*{BREAK}[\s{BREAK}]*", "".join(self.words))):
            plain = " ".join(without_unseen(text.replace(BREAK, " ")).split())
            if plain:
                self.drafts.append(Draft(plain, self.style, self.level, anchor="" if index else self.anchor))
                self.anchor = ""
        self.words = []


def read_html(raw: bytes) -> Reading:
    """The reading of a page; footnotes are what numbered links lead to, or what a raised number begins."""
    text, remark = _decoded(raw)
    parser = HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = document_fromstring(_CONTROL.sub(" ", _XML.sub("", text)), parser=parser)
    except (ValueError, SyntaxError) as error:
        raise CorpusError("is broken HTML; save it anew from a browser and add that") from error
    if _depth(root) > limits.DEPTH:
        raise CorpusError("has elements too deep in each other; save it anew from a browser and add that")
    said = _said(root)
    count_items(root)
    notes = find_footnotes(root)
    walk = _Walk(notes, take_out_bullets(root))
    page = document_of(root, [*notes.notes, *notes.marks])
    _children(page, walk)
    walk.close()
    footnotes = [_footnote(element, number, walk) for element, number in notes.notes.items()]
    drafts = resolve_raised(walk.drafts, footnotes)
    if not any(draft.style is Style.HEADING and draft.level < BELOW_ALL for draft in drafts):
        for draft in drafts:
            draft.level = 0
    return assemble([*drafts, *footnotes], said=said, remarks=[remark] if remark else [])


def _depth(root: HtmlElement) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _decoded(raw: bytes) -> tuple[str, str]:
    declared = _CHARSET.search(raw[:4096])
    return decode_as(raw, declared[1].decode("ascii")) if declared else decode(raw)


def _said(root: HtmlElement) -> dict[str, str]:
    """What the page says of itself in its head."""
    metas = {
        (meta.get("name") or meta.get("property") or "").lower(): meta.get("content") or ""
        for meta in root.iter("meta")
    }
    title = next((title.text_content() for title in root.iter("title")), "")
    found = {
        "title": metas.get("dc.title") or metas.get("dcterms.title") or title,
        "submitter": metas.get("author") or metas.get("dc.creator") or metas.get("dcterms.creator", ""),
        "date": metas.get("dc.date") or metas.get("dcterms.date") or metas.get("article:published_time", "")[:10],
    }
    return {key: " ".join(value.split()) for key, value in found.items() if value.strip()}


def _footnote(element: HtmlElement, number: int, walk: _Walk) -> Draft:
    """A note as a draft; where its links lead to is kept beside its words."""
    inner = _Walk(walk.notes, set())
    _inline(element, inner)
    words = " ".join(without_unseen("".join(inner.words).replace(BREAK, " ")).split())
    hrefs = [led_to((link.get("href") or "").strip()) for link in element.iter("a")]
    links = [href for href in hrefs if href.startswith(("http:", "https:"))]
    return Draft(without_label(words, number), note=number, links=links)


def _children(element: HtmlElement, walk: _Walk) -> None:
    """What an element holds: its own words as one block, the blocks in it on their own."""
    walk.words.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str) and child not in walk.notes.notes:
            if child.tag == "br" or (child.tag in INLINE and not has_blocks(child)):
                _inline_element(child, walk)
            else:
                walk.close()
                _block(child, walk)
        walk.words.append(child.tail or "")


def _block(element: HtmlElement, walk: _Walk) -> None:
    outer = walk.style, walk.level
    walk.anchor = element.get("id") or element.get("name") or walk.anchor
    if element.tag == "table" and is_data(element):
        walk.drafts += [Draft(_words(caption, walk).strip()) for caption in element.iter("caption")]
        walk.drafts += table(_grid(element, walk), headed=headers_of(element))
    else:
        if element.tag not in INLINE:
            walk.style, walk.level = style_of(element, walk.items, walk.style)
        walk.label = label_of(element) or walk.label
        _children(element, walk)
        walk.close()
        walk.label = "" if element.tag == "li" else walk.label
    walk.style, walk.level = outer


def _grid(element: HtmlElement, walk: _Walk) -> list[list[str]]:
    """The words of a table's cells, row by row; a cell over several rows stands in each, over several columns once."""
    rows: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}
    for row in element.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        texts: list[str] = []
        while cells or len(texts) in below:
            if len(texts) in below:
                left, text = below.pop(len(texts))
                if left > 1:
                    below[len(texts)] = left - 1, text
                texts.append(text)
                continue
            cell = cells.pop(0)
            text, rest = _words(cell, walk), spanned(cell, "colspan")
            if (down := spanned(cell, "rowspan")) > 1:
                below |= {len(texts) + at: (down - 1, "" if at else text) for at in range(rest)}
            texts += [text, *[""] * (rest - 1)]
        rows.append(texts)
    return rows


def _words(element: HtmlElement, walk: _Walk) -> str:
    inner = _Walk(walk.notes, set())
    _inline(element, inner)
    return without_unseen("".join(inner.words).replace(BREAK, " "))


def _inline(element: HtmlElement, walk: _Walk) -> None:
    walk.words.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str) and child not in walk.notes.notes:
            _inline_element(child, walk)
            walk.words.append("" if child.tag in INLINE else " ")
        walk.words.append(child.tail or "")


def _inline_element(child: HtmlElement, walk: _Walk) -> None:
    if child in walk.notes.backs:
        return
    if child in walk.notes.marks:
        walk.words.append(f"[{walk.notes.marks[child]}]")
    elif child.tag == "br":
        walk.words.append(BREAK)
    elif number := _raised_number(child, walk):
        walk.words.append(raised(number))
    else:
        if child.tag == "a" and not walk.anchor:
            walk.anchor = child.get("name") or child.get("id") or ""
        _inline(child, walk)


def _raised_number(element: HtmlElement, walk: _Walk) -> str:
    number = str(element.text_content()).strip(" \u00a0[]()")
    linked = any(inner in walk.notes.marks for inner in element.iter())
    return number if element.tag == "sup" and number.isdecimal() and len(number) < 4 and not linked else ""
