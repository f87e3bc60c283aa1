"""Paragraph styles and numbering of a DOCX: what a style is based on, and the numbers that Word counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from corpus.formats.docx_package import W, value, whole
from corpus.formats.html_lists import counted
from corpus.reading import Style

_HEADING = re.compile(r"heading\s*(\d)", re.I)
_QUOTE = re.compile(r"\bquot(?:e|ation)\b|block\s?text", re.I)
_BULLETS = ("bullet", "none", "")
_KINDS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}


@dataclass(slots=True)
class _Look:
    """A style: its name, the one it is based on, its outline level (-1 for none), its list and depth."""

    name: str
    based_on: str
    outline: int
    number: tuple[str, str]
    bold: bool


@dataclass
class Styles:
    """The styles and lists of a document, and how far each list has counted."""

    looks: dict[str, _Look]
    levels: dict[str, dict[int, tuple[str, str, int]]]
    """For each list by its id the format, the text and the start of every level."""
    counters: dict[str, dict[int, int]] = field(default_factory=dict)

    def of(self, paragraph: etree._Element) -> tuple[Style, int]:
        """What the style of a paragraph says that it is, and its level where it is a heading."""
        own = value(paragraph, f"{W}pPr/{W}outlineLvl")
        if 0 <= whole(own, -1) < 9:
            return Style.HEADING, int(own) + 1
        for look in self._chain(paragraph):
            if (match := _HEADING.fullmatch(look.name.strip())) or 0 <= look.outline < 9:
                return Style.HEADING, int(match[1]) if match else look.outline + 1
            if look.name.lower() in ("title", "subtitle"):
                return Style.HEADING, 1
            if _QUOTE.search(look.name):
                return Style.QUOTATION, 0
        return Style.UNKNOWN, 0

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph belongs to a list of contents."""
        return any(re.match(r"(?:toc|table of figures)\b", look.name, re.I) for look in self._chain(paragraph)[:1])

    def is_bold(self, paragraph: etree._Element) -> bool:
        """Whether the style of a paragraph is bold."""
        return any(look.bold for look in self._chain(paragraph))

    def label(self, paragraph: etree._Element) -> tuple[str, bool]:
        """The number that Word prints before a paragraph, counted on, and whether the paragraph is in a list at all."""
        number, depth = self._list(paragraph)
        kinds = self.levels.get(number)
        if not kinds or depth not in kinds:
            return "", False
        counter = self.counters.setdefault(number, {})
        counter[depth] = counter.get(depth, kinds[depth][2] - 1) + 1
        for deeper in [level for level in counter if level > depth]:
            del counter[deeper]
        form, text, _ = kinds[depth]
        if form in _BULLETS:
            return "", True
        return re.sub(r"%(\d)", lambda match: self._count(number, int(match[1]) - 1), text), True

    def _count(self, number: str, level: int) -> str:
        form, _, start = self.levels[number].get(level, ("decimal", "", 1))
        return counted(self.counters[number].get(level, start), _KINDS.get(form, "1"))

    def _list(self, paragraph: etree._Element) -> tuple[str, int]:
        own = value(paragraph, f"{W}pPr/{W}numPr/{W}numId")
        depth = value(paragraph, f"{W}pPr/{W}numPr/{W}ilvl")
        if own:
            return own, whole(depth)
        for look in self._chain(paragraph):
            if look.number[0]:
                return look.number[0], whole(look.number[1])
        return "", 0

    def _chain(self, paragraph: etree._Element) -> list[_Look]:
        name = value(paragraph, f"{W}pPr/{W}pStyle")
        chain: list[_Look] = []
        while name in self.looks and len(chain) < 12:
            chain.append(self.looks[name])
            name = self.looks[name].based_on
        return chain


def read_styles(parts: dict[str, etree._Element]) -> Styles:
    """The styles and lists of a document."""
    looks = {}
    for style in parts["styles.xml"].iter(f"{W}style") if "styles.xml" in parts else ():
        outline = value(style, f"{W}pPr/{W}outlineLvl")
        looks[str(style.get(f"{W}styleId"))] = _Look(
            name=value(style, f"{W}name"),
            based_on=value(style, f"{W}basedOn"),
            outline=whole(outline, -1),
            number=(value(style, f"{W}pPr/{W}numPr/{W}numId"), value(style, f"{W}pPr/{W}numPr/{W}ilvl")),
            bold=is_on(style.find(f"{W}rPr/{W}b")),
        )
    return Styles(looks, _levels(parts["numbering.xml"]) if "numbering.xml" in parts else {})


def is_on(switch: etree._Element | None) -> bool:
    """Whether a switch such as bold is there and not set to off."""
    return switch is not None and switch.get(f"{W}val") not in ("0", "false", "off")


def _levels(numbering: etree._Element) -> dict[str, dict[int, tuple[str, str, int]]]:
    abstract = {str(each.get(f"{W}abstractNumId")): _kinds(each) for each in numbering.iter(f"{W}abstractNum")}
    found = {}
    for each in numbering.iter(f"{W}num"):
        kinds = dict(abstract.get(value(each, f"{W}abstractNumId"), {}))
        for override in each.iter(f"{W}lvlOverride"):
            level, start = whole(override.get(f"{W}ilvl")), value(override, f"{W}startOverride")
            if level in kinds and start.isdecimal():
                kinds[level] = (*kinds[level][:2], whole(start))
        found[str(each.get(f"{W}numId"))] = kinds
    return found


def _kinds(abstract: etree._Element) -> dict[int, tuple[str, str, int]]:
    return {
        whole(level.get(f"{W}ilvl")): (
            value(level, f"{W}numFmt"),
            value(level, f"{W}lvlText"),
            whole(value(level, f"{W}start"), 1),
        )
        for level in abstract.iter(f"{W}lvl")
    }
