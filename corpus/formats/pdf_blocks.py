"""Printed lines put together again: paragraphs across lines, columns and pages, headings, block quotes, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial, reduce

from corpus.formats.pdf_cells import are_aligned, is_row, with_whole_cells
from corpus.formats.pdf_lines import PrintedLine
from corpus.formats.pdf_parting import BOLD, INDENT, LABEL, Setting, face_of, groups_of, setting_of
from corpus.formats.pdf_words import Words, joined
from corpus.formats.tables import table
from corpus.reading import Draft, Style

_BULLET = re.compile(r"[•·●○▪■–\uf0b7o]\s")
_HEADING_LINES = 3
_LARGER = 1.07


def drafts_of(lines: Sequence[PrintedLine], words: Words) -> list[Draft]:
    """The blocks of a text, in order; footnotes and furniture are already out."""
    if not lines:
        return []
    page = setting_of([line for line in lines if not line.ruled] or lines)
    groups = list(_with_tables(list(groups_of(list(with_whole_cells(lines)), page))))
    blocks = [(group, _table(group, words) if _is_table(group) else [_draft(group, page, words)]) for group in groups]
    _levels([(group[0], drafts[0]) for group, drafts in blocks if drafts and drafts[0].style is Style.HEADING])
    drafts = [draft for _, own in blocks for draft in own]
    _unquote(drafts)
    return drafts


def _with_tables(groups: Sequence[list[PrintedLine]]) -> Iterator[list[PrintedLine]]:
    """Groups of which every line has cells at the same places are put together as one table, a ruled one over pages."""
    held: list[PrintedLine] = []
    for group in groups:
        if all(is_row(line) for line in group) and (not held or are_aligned(held[-1], group[0])):
            held += group
            continue
        if held:
            yield held
        held = group if all(is_row(line) for line in group) else []
        if not held:
            yield group
    if held:
        yield held


def _is_table(group: Sequence[PrintedLine]) -> bool:
    return (len(group) > 1 or group[0].ruled) and all(is_row(line) for line in group)


def _table(group: Sequence[PrintedLine], words: Words) -> list[Draft]:
    """The rows of a table; its first row is left out where a later page repeats it."""
    bold = bool(BOLD.search(group[0].font)) and not BOLD.search(group[-1].font)
    rows = [[reduce(partial(joined, words=words), text.split("\n")) for _, text in line.cells] for line in group]
    kept = [at for at, row in enumerate(rows) if not at or row != rows[0] or group[at].page == group[at - 1].page]
    drafts = table([rows[at] for at in kept], headed=int(bold))
    for draft in drafts:
        own = set(draft.text.split("\t"))
        draft.pages = [(0, next((group[at].page for at in kept if own & set(rows[at])), group[0].page))]
    return drafts


def _draft(group: Sequence[PrintedLine], page: Setting, words: Words) -> Draft:
    draft = Draft("", _style(group, page))
    for line in group:
        before = draft.text
        draft.text = joined(draft.text, line.text, words) if draft.text else line.text
        if not draft.pages or draft.pages[-1][1] != line.page:
            draft.pages.append((len(draft.text) - len(line.text) if before else 0, line.page))
    return draft


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


def _levels(headings: Sequence[tuple[PrintedLine, Draft]]) -> None:
    """Levels of headings: the larger the type the higher, bold above plain, italics lowest."""
    ranks = {look: rank for rank, look in enumerate(sorted({_look(line) for line, _ in headings}, reverse=True), 1)}
    for line, draft in headings:
        draft.level = ranks[_look(line)]


def _unquote(drafts: Sequence[Draft]) -> None:
    """Small indented blocks are quotations only where a colon or quotation marks say so too."""
    above: Draft | None = None
    for draft in drafts:
        led = above is not None and (above.text.rstrip().endswith(":") or above.style is Style.QUOTATION)
        if draft.style is Style.QUOTATION and not led and draft.text[:1] not in '“"‘':
            draft.style = Style.UNKNOWN
        above = draft


def _look(line: PrintedLine) -> tuple[float, bool, bool]:
    return round(line.size), bool(BOLD.search(line.font)), not re.search("ital|obl", line.font, re.I)
