"""Numbers of ordered lists, which a page does not hold as text, and the lists that Word writes as paragraphs."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_IGNORED = re.compile(r"mso-list\s*:\s*Ignore", re.I)
_SYMBOLS = re.compile(r"\b(?:symbol|wingdings|webdings|zapf ?dingbats|courier new)\b", re.I)
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def label_of(item: HtmlElement) -> str:
    """What a browser prints before an item of an ordered list, once they are counted; empty for other elements."""
    parent = item.getparent()
    if item.tag != "li" or parent is None or parent.tag != "ol":
        return ""
    return f"{counted(int(item.get('value') or 1), parent.get('type') or '1')}."


def count_items(root: HtmlElement) -> None:
    """Writes its number on each item of the ordered lists."""
    for ordered in root.iter("ol"):
        number = _whole(ordered.get("start"), 1) - 1
        for item in ordered:
            if item.tag == "li":
                number = _whole(item.get("value"), number + 1)
                item.set("value", str(number))


def _whole(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 7 else otherwise


def counted(number: int, kind: str) -> str:
    """A number as a list counts: 1, a, A, i or I."""
    if kind in ("a", "A"):
        letters = chr(ord("a") + (number - 1) % 26)
    elif kind in ("i", "I"):
        letters = roman(number)
    else:
        return str(number)
    return letters.upper() if kind.isupper() else letters


def roman(number: int) -> str:
    """A number below 50 in small Roman letters."""
    digits = ""
    for value, letters in _ROMAN:
        digits += letters * (number // value)
        number %= value
    return digits


def take_out_bullets(root: HtmlElement) -> set[HtmlElement]:
    """The paragraphs that Word meant as items of a list; their bullets, letters of a symbol font, are taken out."""
    items = set()
    for label in list(root.iter("span", "font")):
        if (_IGNORED.search(label.get("style") or "") or _is_symbol(label)) and not _is_number(label.text_content()):
            items |= set(label.iterancestors("p", "li", "h1", "h2", "h3"))
            label.drop_tree()
    return items


def _is_symbol(label: HtmlElement) -> bool:
    """Whether a letter of a symbol font begins a paragraph, as the bullets do that Word writes out."""
    font = f"{label.get('style') or ''} {label.get('face') or ''}"
    paragraph = next(label.iterancestors("p", "li", "div"), None)
    sign = label.text_content().strip()
    if not _SYMBOLS.search(font) or not 0 < len(sign) < 3 or paragraph is None:
        return False
    return bool(paragraph.text_content().strip().startswith(sign))


def _is_number(label: str) -> bool:
    return re.fullmatch(r"\(?(?:[\d.]+|[a-np-z]|[ivxl]+)[.)]*", label.strip(), re.I) is not None
