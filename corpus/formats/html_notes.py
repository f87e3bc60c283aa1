"""Footnotes of a page: which links are marks, which elements are the notes that they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from urllib.parse import parse_qs, urlsplit

from lxml.html import HtmlElement

_LABEL = re.compile(r"\W*(?:\d{1,3}|[ivxl]{1,6}|[a-z]|[*†‡§¶]+)\W*", re.I)
_NAMED_NOTE = re.compile(
    r"_?(?:ftn|edn|fn|en|foot-?note|end-?note|note|cite_note)[-_:.]?(?:text|body)?[-_:.]?\w{0,8}", re.I
)
_NAMED_MARK = re.compile(r".*(?:ref|mark|back|source|anchor)[-_:.]?\w{0,8}", re.I)
_BLOCKS = {"p", "li", "div", "aside", "td", "dd", "section", "blockquote"}
_HOLDERS = {"div", "li", "aside", "tr", "dd", "section"}
_BACK = re.compile(r"\W*(?:back|return|top|up)?(?: to (?:the )?(?:text|top|reference|article))?\W*", re.I)
_BY_WAY = re.compile(r"https?://www\.google\.\w+(?:\.\w+)?/url\?", re.I)
_LEADING = re.compile(r"[\s.\])\ufeff^:–-]+")


@dataclass(frozen=True, slots=True)
class Footnotes:
    """The notes of a page by their number, the links that are marks with theirs, and the links that lead back."""

    notes: dict[HtmlElement, int]
    marks: dict[HtmlElement, int]
    backs: frozenset[HtmlElement]


def find_footnotes(root: HtmlElement) -> Footnotes:
    """The footnotes to which links with a number, a letter or a sign as their text lead."""
    named = _named(root)
    order = {element: index for index, element in enumerate(root.iter())}
    leads = {link: named[target] for link, target in _links(root) if target in named}
    backs = {link for link, target in leads.items() if order[target] < order[link]}
    marks = {link: target for link, target in leads.items() if link not in backs and _is_mark(link, target, leads)}
    targets = set(marks.values())
    elements = {target: _whole_note(target, targets, set(marks)) for target in targets}
    ordered = sorted(set(elements.values()), key=lambda element: order[element])
    first = {elements[target]: link for link, target in reversed(marks.items())}
    numbers = _numbers({element: _text(first[element]) for element in ordered})
    backs |= {link for link, _ in _links(root) if _BACK.fullmatch(_text(link))}
    inside = {back for back in backs if any(above in numbers for above in back.iterancestors())}
    return Footnotes(numbers, {link: numbers[elements[t]] for link, t in marks.items()}, frozenset(inside))


def _named(root: HtmlElement) -> dict[str, HtmlElement]:
    found: dict[str, HtmlElement] = {}
    for element in root.iter():
        for key in ("id", "name"):
            if (name := element.get(key)) and isinstance(element.tag, str):
                found.setdefault(name, element)
    return found


def _links(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    for link in root.iter("a"):
        href = (link.get("href") or "").strip()
        if "#" in href and not href.lower().startswith(("mailto:", "javascript:")):
            yield link, href.split("#", 1)[1]


def _is_mark(link: HtmlElement, target: HtmlElement, leads: dict[HtmlElement, HtmlElement]) -> bool:
    """A short label whose target is named as a note, or lies in what links back to the mark or what holds it."""
    if not _LABEL.fullmatch(_text(link)) and link.get("role") != "doc-noteref":
        return False
    own = {link, *(above for _, above in zip(range(2), link.iterancestors(), strict=False))}
    around = _block(target)
    if any(leads.get(back) in own for back in around.iter("a")):
        return True
    name = target.get("id") or target.get("name") or ""
    return _NAMED_NOTE.fullmatch(name) is not None and not _NAMED_MARK.fullmatch(name)


def _block(element: HtmlElement) -> HtmlElement:
    while element.tag not in _BLOCKS and element.getparent() is not None:
        element = element.getparent()
    return element


def _whole_note(target: HtmlElement, targets: set[HtmlElement], marks: set[HtmlElement]) -> HtmlElement:
    """The largest element around a target that holds this note and nothing else."""
    element = _block(target)
    while (above := element.getparent()) is not None and above.tag in _HOLDERS:
        inner = set(above.iter())
        if len(inner & targets) > 1 or inner & marks or len(_text(above)) > 2 * len(_text(element)) + 200:
            break
        element = above
    return element


def _numbers(labels: dict[HtmlElement, str]) -> dict[HtmlElement, int]:
    """The printed numbers where they are numbers and all differ, else the notes counted in their order."""
    printed = [re.sub(r"\W", "", label) for label in labels.values()]
    if all(label.isdecimal() for label in printed) and len(set(printed)) == len(printed):
        return {element: int(label) for element, label in zip(labels, printed, strict=True)}
    taken = {int(label) for label in printed if label.isdecimal() and printed.count(label) == 1}
    if len(taken) < sum(label.isdecimal() for label in printed):
        return {element: number for number, element in enumerate(labels, 1)}
    free = (number for number in count(max(taken, default=0) + 1) if number not in taken)
    return {e: int(label) if label.isdecimal() else next(free) for e, label in zip(labels, printed, strict=True)}


def without_label(text: str, number: int) -> str:
    """A note's words without the label that it repeats before them."""
    text = re.sub(rf"^\W*{number}(?=\W)", "", text)
    return _LEADING.sub("", text, count=1) if _LEADING.match(text) else text


def led_to(address: str) -> str:
    """Where a link leads that goes by way of a search engine, as documents written in a browser have them."""
    parts = urlsplit(address) if _BY_WAY.match(address) else None
    return next(iter(parse_qs(parts.query).get("q", [])), address) if parts else address


def _text(element: HtmlElement) -> str:
    return "".join(element.itertext()).strip()
