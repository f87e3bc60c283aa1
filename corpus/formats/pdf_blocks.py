"""Printed lines put together again: paragraphs across lines, columns and pages, headings, block quotes, tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.formats.pdf_lines import PrintedLine
from corpus.formats.pdf_parting import BOLD, INDENT, LABEL, Setting, face_of, groups_of, setting_of
from corpus.formats.tables import table
from corpus.reading import Draft, Style

_BULLET = re.compile(r"[•·●○▪■–\uf0b7o]\s")
_HEADING_LINES = 3
_LARGER = 1.07


def drafts_of(lines: Sequence[PrintedLine]) -> list[Draft]:
    """The blocks of a text, in order; footnotes and furniture are already out."""
    if not lines:
        return []
    page = setting_of(lines)
    words = Counter(word for line in lines for word in re.findall(r"[\w-]+", line.text.casefold()))
    groups = list(_with_tables(list(groups_of(lines, page))))
    drafts: list[Draft] = []
    for group in groups:
        drafts += _table(group) if _is_table(group) else [_draft(group, page, words)]
    _levels(drafts, groups, page)
    _unquote(drafts)
    return drafts


def _with_tables(groups: Sequence[list[PrintedLine]]) -> Iterator[list[PrintedLine]]:
    """Groups of which every line has cells at the same places are put together as one table."""
    held: list[PrintedLine] = []
    for group in groups:
        if all(_is_row(line) for line in group) and (not held or _aligned(held[-1], group[0])):
            held += group
            continue
        if held:
            yield held
        held = group if all(_is_row(line) for line in group) else []
        if not held:
            yield group
    if held:
        yield held


def _is_row(line: PrintedLine) -> bool:
    label = LABEL.match(line.text)
    return len(line.cells) > 1 and not (label and len(line.cells) == 2 and label.end() >= len(line.cells[0][1]))


def _aligned(above: PrintedLine, below: PrintedLine) -> bool:
    close = sum(any(abs(x - y) < 3 * above.size for y, _ in below.cells) for x, _ in above.cells)
    return above.page == below.page and close >= min(len(above.cells), len(below.cells))


def _is_table(group: Sequence[PrintedLine]) -> bool:
    return len(group) > 1 and all(_is_row(line) for line in group)


def _table(group: Sequence[PrintedLine]) -> list[Draft]:
    bold = bool(BOLD.search(group[0].font)) and not BOLD.search(group[-1].font)
    drafts = table([[words for _, words in line.cells] for line in group], headed=bold)
    for draft, line in zip(drafts, group, strict=False):
        draft.pages = [(0, line.page)]
    return drafts


def _draft(group: Sequence[PrintedLine], page: Setting, words: Counter[str]) -> Draft:
    draft = Draft("", _style(group, page))
    for line in group:
        before = draft.text
        draft.text = joined(draft.text, line.text, words) if draft.text else line.text
        if not draft.pages or draft.pages[-1][1] != line.page:
            draft.pages.append((len(draft.text) - len(line.text) if before else 0, line.page))
    return draft


def joined(above: str, below: str, words: Counter[str]) -> str:
    """Two lines as one; a hyphen between them goes where the word is known without it or the file says so."""
    if above.endswith("\u00ad"):
        return above[:-1] + below
    head = re.search(r"(\w+)-$", above)
    tail = re.match(r"[^\W\d]+", below)
    if head and tail and below[0].islower():
        whole, hyphened = f"{head[1]}{tail[0]}".casefold(), f"{head[1]}-{tail[0]}".casefold()
        return above[:-1] + below if words[whole] > words[hyphened] else above + below
    return above + below if above.endswith(("-", "/", "—")) else f"{above} {below}"


def _style(group: Sequence[PrintedLine], page: Setting) -> Style:
    first = group[0]
    text = " ".join(line.text for line in group)
    if _BULLET.match(text):
        return Style.ITEM
    stands_out = first.size > _LARGER * page.size or (face_of(first, page) != "" and first.size > 0.9 * page.size)
    if stands_out and len(group) <= _HEADING_LINES and len(text.split()) <= 25 and not re.search(r"[.;,:]$", text):
        return Style.HEADING
    indent = min(line.left for line in group) - page.left.get(first.column, first.left)
    if first.size < 0.96 * page.size and indent > INDENT and not LABEL.match(text):
        return Style.QUOTATION
    return Style.UNKNOWN


def _levels(drafts: Sequence[Draft], groups: Sequence[Sequence[PrintedLine]], page: Setting) -> None:
    """Levels of headings: the larger the type the higher, bold above plain, italics lowest."""
    looks = {id(draft): _look(group[0]) for draft, group in _headings(drafts, groups)}
    ranks = {look: rank for rank, look in enumerate(sorted(set(looks.values()), reverse=True), 1)}
    for draft in drafts:
        if draft.style is Style.HEADING:
            draft.level = ranks[looks[id(draft)]]


def _unquote(drafts: Sequence[Draft]) -> None:
    """Small indented blocks are quotations only where a colon or quotation marks say so too."""
    above: Draft | None = None
    for draft in drafts:
        led = above is not None and (above.text.rstrip().endswith(":") or above.style is Style.QUOTATION)
        if draft.style is Style.QUOTATION and not led and draft.text[:1] not in '“"‘':
            draft.style = Style.UNKNOWN
        above = draft


def _headings(
    drafts: Sequence[Draft], groups: Sequence[Sequence[PrintedLine]]
) -> Iterator[tuple[Draft, Sequence[PrintedLine]]]:
    at = 0
    for group in groups:
        if drafts[at].style is Style.HEADING:
            yield drafts[at], group
        at += len(_table(group)) if _is_table(group) else 1


def _look(line: PrintedLine) -> tuple[float, bool, bool]:
    return round(line.size), bool(BOLD.search(line.font)), not re.search("ital|obl", line.font, re.I)
