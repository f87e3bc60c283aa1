"""Printed lines put together again: paragraphs across lines, columns and pages, headings, block quotes, tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.formats.pdf_lines import PrintedLine
from corpus.formats.tables import table
from corpus.reading import Draft, Style

_LABEL = re.compile(
    r"(?:\d{1,3}\.|\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}\)|\(\d{1,3}\)|\(?[a-z]\)|\(?[ivx]{1,5}[.)]|Q(?:uestion)?\s?\d{1,3}[.:)]?|[•·●○▪■–\uf0b7o])\s+(?=\S)"
)
_BULLET = re.compile(r"[•·●○▪■–\uf0b7o]\s")
_ENDS = re.compile(r"[.!?:;][”’\"')\]]*(?:\ue000\d+\ue001|\[\d+\])*$")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi|medium", re.I)
_HEADING_LINES = 3
_GAP = 1.3  # of the usual distance of lines: a wider one parts paragraphs
_INDENT = 8.0  # points
_LARGER = 1.07


@dataclass(slots=True)
class _Page:
    """How the text is set: its size and font, the distance of its lines, its margins by column."""

    size: float
    font: str
    leading: float
    left: dict[int, float] = field(default_factory=dict)
    right: dict[int, float] = field(default_factory=dict)


def drafts_of(lines: Sequence[PrintedLine]) -> list[Draft]:
    """The blocks of a text, in order; footnotes and furniture are already out."""
    if not lines:
        return []
    page = _page(lines)
    words = Counter(word for line in lines for word in re.findall(r"[\w-]+", line.text.casefold()))
    groups = list(_with_tables(list(_groups(lines, page))))
    drafts: list[Draft] = []
    for group in groups:
        drafts += _table(group) if _is_table(group) else [_draft(group, page, words)]
    _levels(drafts, groups, page)
    _unquote(drafts)
    return drafts


def _page(lines: Sequence[PrintedLine]) -> _Page:
    size = _commonest([(round(line.size, 1), len(line.text)) for line in lines])
    body = [line for line in lines if round(line.size, 1) == size] or list(lines)
    font = Counter(line.font for line in body for _ in range(len(line.text))).most_common(1)[0][0]
    page = _Page(size, font, 1.2 * size)
    for column in {line.column for line in body}:
        own = [line for line in body if line.column == column]
        page.left[column] = _commonest([(round(line.left), len(line.text)) for line in own])
        page.right[column] = sorted(line.right for line in own)[int(0.95 * (len(own) - 1))]
    steps = [
        (round(a.base - b.base), 1)
        for a, b in pairwise(body)
        if a.page == b.page and a.column == b.column and 0 < a.base - b.base < 3 * size and not _is_short(a, page)
    ]
    page.leading = _commonest(steps) if steps else page.leading
    return page


def _commonest(weighed: Sequence[tuple[float, int]]) -> float:
    counts: Counter[float] = Counter()
    for value, weight in weighed:
        counts[value] += weight
    return counts.most_common(1)[0][0]


def _groups(lines: Sequence[PrintedLine], page: _Page) -> Iterator[list[PrintedLine]]:
    group = [lines[0]]
    for line in lines[1:]:
        if _parts(group, line, page):
            yield group
            group = []
        group.append(line)
    yield group


def _parts(group: Sequence[PrintedLine], line: PrintedLine, page: _Page) -> bool:
    """Whether a line begins a new block."""
    last = group[-1]
    if _face(last, page) != _face(line, page) or abs(last.size - line.size) > 0.06 * page.size:
        return True
    if _is_labelled(line, group, page):
        return True
    if last.page == line.page and last.column == line.column:
        gap = last.base - line.base
        return gap > _GAP * max(page.leading * line.size / page.size, line.size) or _steps_out(group, line, page)
    return _ends_before_break(group, line, page)


def _face(line: PrintedLine, page: _Page) -> str:
    """How a line's font differs from the text's: not at all, by being bold, or altogether."""
    if _BOLD.search(line.font) and not _BOLD.search(page.font):
        return "bold"
    return "" if line.font.split("-")[0].split(",")[0] == page.font.split("-")[0].split(",")[0] else line.font


def _is_labelled(line: PrintedLine, group: Sequence[PrintedLine], page: _Page) -> bool:
    """Whether a number or bullet begins the line, and not by chance: it hangs, or the line above it had ended."""
    if not _LABEL.match(line.text):
        return False
    last = group[-1]
    short = last.right < page.right.get(last.column, last.right) - 2 * line.size
    return bool(_ENDS.search(last.text)) or short or line.left < last.left - 2 or len(line.cells) > 1


def _steps_out(group: Sequence[PrintedLine], line: PrintedLine, page: _Page) -> bool:
    """Whether the indent changes where a paragraph has ended; the second line of a hanging paragraph does not count."""
    last = group[-1]
    if abs(line.left - last.left) < _INDENT:
        return (
            _is_short(last, page)
            and bool(_ENDS.search(last.text))
            and len(group) > 1
            and group[0].left > last.left + _INDENT
        )
    if len(group) == 1 and (_LABEL.match(last.text) or line.left < last.left):
        return not _LABEL.match(last.text) and _is_short(last, page)
    return bool(_ENDS.search(last.text)) or _is_short(last, page)


def _is_short(line: PrintedLine, page: _Page) -> bool:
    return line.right < page.right.get(line.column, line.right) - 4 * line.size


def _ends_before_break(group: Sequence[PrintedLine], line: PrintedLine, page: _Page) -> bool:
    """Whether a block ends with a column or page: its last line is complete, and the next begins like a new one."""
    last = group[-1]
    if not _ENDS.search(last.text):
        return _face(line, page) != "" or (_is_short(last, page) and line.text[:1].isupper() and len(group) == 1)
    if line.text[:1].islower():
        return False
    offset = line.left - page.left.get(line.column, line.left)
    before = last.left - page.left.get(last.column, last.left)
    hangs = bool(_LABEL.match(group[0].text)) and abs(offset - before) < _INDENT
    return _is_short(last, page) or not (hangs or _is_numbered(group[0]))


def _is_numbered(line: PrintedLine) -> bool:
    return re.match(r"\d", line.text) is not None


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
    label = _LABEL.match(line.text)
    return len(line.cells) > 1 and not (label and len(line.cells) == 2 and label.end() >= len(line.cells[0][1]))


def _aligned(above: PrintedLine, below: PrintedLine) -> bool:
    close = sum(any(abs(x - y) < 3 * above.size for y, _ in below.cells) for x, _ in above.cells)
    return above.page == below.page and close >= min(len(above.cells), len(below.cells))


def _is_table(group: Sequence[PrintedLine]) -> bool:
    return len(group) > 1 and all(_is_row(line) for line in group)


def _table(group: Sequence[PrintedLine]) -> list[Draft]:
    bold = bool(_BOLD.search(group[0].font)) and not _BOLD.search(group[-1].font)
    drafts = table([[words for _, words in line.cells] for line in group], headed=bold)
    for draft, line in zip(drafts, group, strict=False):
        draft.pages = [(0, line.page)]
    return drafts


def _draft(group: Sequence[PrintedLine], page: _Page, words: Counter[str]) -> Draft:
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


def _style(group: Sequence[PrintedLine], page: _Page) -> Style:
    first = group[0]
    text = " ".join(line.text for line in group)
    if _BULLET.match(text):
        return Style.ITEM
    stands_out = first.size > _LARGER * page.size or (_face(first, page) != "" and first.size > 0.9 * page.size)
    if stands_out and len(group) <= _HEADING_LINES and len(text.split()) <= 25 and not re.search(r"[.;,:]$", text):
        return Style.HEADING
    indent = min(line.left for line in group) - page.left.get(first.column, first.left)
    if first.size < 0.96 * page.size and indent > _INDENT and not _LABEL.match(text):
        return Style.QUOTATION
    return Style.UNKNOWN


def _levels(drafts: Sequence[Draft], groups: Sequence[Sequence[PrintedLine]], page: _Page) -> None:
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
    return round(line.size), bool(_BOLD.search(line.font)), not re.search("ital|obl", line.font, re.I)
