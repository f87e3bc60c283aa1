"""What elements of a page are by their tag, class and looks: headings, quotations, items, notes, tables of data."""

from __future__ import annotations

import re
from collections.abc import Collection

from lxml.html import HtmlElement

from corpus.formats.html_lists import label_of
from corpus.reading import Style

INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q",
    "s", "samp", "small", "span", "strong", "strike", "sub", "sup", "time", "tt", "u", "var", "wbr", "acronym", "label",
}  # fmt: skip
_QUOTE = re.compile(
    r"(?:^|[\s_-])(?:block|mso|intense|pull)?-?quot(?:e|ation)s?(?:$|[\s_-])|MsoQuote|MsoIntenseQuote", re.I
)
_OUTLINE = re.compile(r"mso-outline-level\s*:\s*(\d)", re.I)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_NOTE = re.compile(r"(?:^|[\s_-])(?:Mso)?(?:foot|end)-?note(?:-?text)?(?:$|[\s_-])", re.I)
_NOT_A_HEADING = (".", ";", ",", ":", "?")
_HEADING_WORDS = 20
BELOW_ALL = 7  # level of a paragraph in bold where the page has real headings, which go to 6
_WIDEST = 100  # rows or columns that one cell may go over
_LAYOUT = 500  # characters in a cell from which a table only arranges the page


def style_of(element: HtmlElement, items: Collection[HtmlElement], outer: Style) -> tuple[Style, int]:
    """The style of an element inside one of style `outer`, and its level where it is a heading."""
    outline = _OUTLINE.search(element.get("style") or "")
    if re.fullmatch("h[1-6]", element.tag) or outline:
        return Style.HEADING, int(outline[1] if outline else element.tag[1])
    named = element.get("class") or ""
    if _NOTE.search(named):
        return Style.NOTE, 0
    if element.tag == "blockquote" or _QUOTE.search(named):
        return Style.QUOTATION, 0
    if outer is Style.QUOTATION:
        return outer, 0
    if element.tag == "li":
        return (Style.PARAGRAPH if label_of(element)[:1].isdigit() else Style.ITEM), 0
    if element in items:
        return Style.ITEM, 0
    if outer in (Style.ITEM, Style.NOTE):
        return outer, 0
    return (Style.HEADING, BELOW_ALL) if _is_bold_line(element) else (Style.UNKNOWN, 0)


def _is_bold_line(element: HtmlElement) -> bool:
    """Whether an element is a short line all in bold, which is how a heading looks that nobody marked as one."""
    words = element.text_content().strip()
    if (
        not words
        or len(words.split()) > _HEADING_WORDS
        or words.endswith(_NOT_A_HEADING)
        or _has_blocks_inside(element)
    ):
        return False
    bold = [e for e in element.iter() if e.tag in ("b", "strong") or _BOLD.search(str(e.get("style") or ""))]
    return any(inner.text_content().strip() == words for inner in bold) or (
        "".join(e.text_content() for e in bold if e.tag in ("b", "strong")).split() == words.split()
    )


def _has_blocks_inside(element: HtmlElement) -> bool:
    return any(isinstance(child.tag, str) and has_blocks(child) for child in element if child.tag != "br")


def has_blocks(element: HtmlElement) -> bool:
    """Whether blocks lie in an element, so that its words are no single block."""
    tags = (inner.tag for inner in element.iter() if isinstance(inner.tag, str))
    return any(tag not in INLINE and tag != "br" for tag in tags)


def is_data(element: HtmlElement) -> bool:
    """Whether a table holds data; one of long cells or of one column only arranges the page."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
    if max((len(row) for row in rows), default=0) < 2 or any(
        True for _ in element.iterdescendants("table", "h1", "h2", "h3")
    ):
        return False
    return all(len(cell.text_content()) < _LAYOUT for row in rows for cell in row)


def headers_of(element: HtmlElement) -> int:
    """How many rows at the top of a table head its columns."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
    marked = [row for head in element.iter("thead") for row in head.iter("tr")]
    if marked:
        return len(marked) if len(marked) < len(rows) else 1
    first = [bool(row) and all(is_header(cell) for cell in row) for row in rows]
    return next((at for at, header in enumerate(first) if not header), 1 if first else 0)


def spanned(cell: HtmlElement, direction: str) -> int:
    """Over how many rows or columns a cell goes."""
    written = (cell.get(direction) or "").strip()
    return min(int(written), _WIDEST) if written.isdecimal() and len(written) < 6 and int(written) else 1


def is_header(cell: HtmlElement) -> bool:
    """Whether a cell heads its column: by its tag, or all in bold."""
    words = cell.text_content().strip()
    return cell.tag == "th" or not words or any(b.text_content().strip() == words for b in cell.iter("b", "strong"))
