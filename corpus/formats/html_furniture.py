"""What of a page is the document: its main element, without menus, banners, cookie notices and footers."""

from __future__ import annotations

import re
from collections.abc import Collection

from lxml.html import HtmlElement

_NEVER = {
    "script", "style", "noscript", "template", "form", "button", "select", "svg", "iframe", "object", "embed", "nav",
    "footer", "head", "del", "s", "strike", "input", "textarea", "audio", "video", "canvas", "map", "dialog", "menu",
}  # fmt: skip
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:site|page|common|global|main|top|bottom)?[-_]?(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?"
    r"|footer|masthead|banner|cookies?|cookie-\w+|skip(?:-?link)?|sidebar|share|sharing|social|credit|copyright|pagination"
    r"|pager|toolbar|search|toc|contents-list|related(?:-links)?|hiddenstructure|visually-hidden|sr-only)(?:$|[\s_-])",
    re.I,
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|text-decoration[\w-]*\s*:[^;]*line-through", re.I
)
_MOST = 0.5  # of the text: what holds more is the document, whatever it is called
_LINKS = 0.8  # of the text in links within the site: a list of links is a menu


def document_of(root: HtmlElement, keep: Collection[HtmlElement]) -> HtmlElement:
    """The element that holds the document and all of `keep`, with what is no part of the document taken out."""
    body = next(iter(root.iter("body")), root)
    for element in list(body.iter()):
        if isinstance(element.tag, str) and _is_never(element):
            _take_out(element)
    whole = len(body.text_content())
    held = {above for element in keep for above in (element, *element.iterancestors())}
    for element in list(body.iter()):
        if element is not body and element not in held and _is_furniture(element, whole):
            _take_out(element)
    return _main(body, keep)


def _is_never(element: HtmlElement) -> bool:
    hidden = (
        element.get("hidden") is not None
        or element.get("title") in ("header", "footer")
        or _HIDDEN.search(element.get("style") or "")
    )
    return element.tag in _NEVER or bool(hidden)


def _is_furniture(element: HtmlElement, whole: int) -> bool:
    if element.getparent() is None or element.tag in ("a", "p", "span", "sup", "body", "main", "article", "h1", "h2"):
        return False
    size = len(element.text_content())
    if size > _MOST * whole:
        return False
    if element.tag == "header":
        return not any(above.tag in ("main", "article", "section") for above in element.iterancestors())
    named = " ".join((element.get("id") or "", element.get("class") or "", element.get("role") or ""))
    return bool(_NAMES.search(named)) or (element.tag in ("ul", "ol", "div", "table") and _is_menu(element, size))


def _is_menu(element: HtmlElement, size: int) -> bool:
    links = [
        link for link in element.iter("a") if not (link.get("href") or "http").lower().startswith(("http", "mailto"))
    ]
    return len(links) > 1 and sum(len(link.text_content()) for link in links) >= _LINKS * max(size, 1)


def _main(body: HtmlElement, keep: Collection[HtmlElement]) -> HtmlElement:
    whole = len(body.text_content())
    for element in body.iter():
        if element.tag in ("main", "article") or element.get("role") == "main":
            inner = set(element.iter())
            if len(element.text_content()) > _MOST * whole and all(kept in inner for kept in keep):
                return element
    return body


def _take_out(element: HtmlElement) -> None:
    """The element goes, the text behind it stays."""
    if element.getparent() is not None:
        element.drop_tree()
