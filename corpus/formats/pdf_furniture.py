"""What stands on the pages of a PDF but is no part of its text: running heads, page numbers, the contents list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from corpus.formats.pdf_lines import PrintedLine

_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.I)
_EDGE = 0.15  # of the page's height, at head and foot, in which running heads stand
_OFTEN = 3  # pages on which a line stands to be a running head
_NUMBERS = 4  # more numbers than this are no running head
_Shape = tuple[str, tuple[tuple[int, int], ...]]
_CONTENTS = re.compile(r"(?:table of )?contents(?: page)?", re.I)
_LEADER = re.compile(r"(?:\.\s?){4,}\s*(?:\d{1,4}|[ivxlc]{1,6})$|…+\s*\d{1,4}$")
_ENTRY = re.compile(r".*\S\s+\d{1,4}$")


def without_furniture(pages: Sequence[Sequence[PrintedLine]], heights: Sequence[float]) -> list[list[PrintedLine]]:
    """The lines of each page without running heads, page numbers and the list of contents."""
    edges = [
        {index: set(_shapes(line)) for index, line in enumerate(page) if _is_at_edge(line, height)}
        for page, height in zip(pages, heights, strict=True)
    ]
    often = Counter(shape for edge in edges for shape in set().union(*edge.values()))
    needed = _OFTEN if len(pages) > _OFTEN else 2
    running = {shape for shape, count in often.items() if count >= needed}
    kept = [
        [line for index, line in enumerate(page) if index not in edge or not _is_running(line, edge[index], running)]
        for page, edge in zip(pages, edges, strict=True)
    ]
    return _without_contents(kept)


def _is_at_edge(line: PrintedLine, height: float) -> bool:
    return line.base > (1 - _EDGE) * height or line.base < _EDGE * height


def _shapes(line: PrintedLine) -> Iterator[_Shape]:
    """What running heads share from page to page: words, and numbers that stay or go up with the pages."""
    numbers = [int(number) for number in re.findall(r"\d{1,9}", line.text)]
    words = " ".join(re.sub(r"[\d\W_]+", " ", line.text).split()).casefold()
    if words and len(numbers) <= _NUMBERS:
        for steady in product(*(((0, number), (1, number - line.page)) for number in numbers)):
            yield words, steady


def _is_running(line: PrintedLine, shapes: set[_Shape], running: set[_Shape]) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.text.strip()) or shapes & running)


def _without_contents(pages: Sequence[list[PrintedLine]]) -> list[list[PrintedLine]]:
    inside = False
    kept = []
    for page in pages:
        titles = [index for index, line in enumerate(page) if _CONTENTS.fullmatch(line.text.strip())]
        start = titles[0] if titles else 0
        entries = sum(_is_entry(line) for line in page[start:])
        inside = (bool(titles) or inside) and entries >= 0.6 * max(len(page) - start - 1, 1)
        rest = page[:start] if inside else page
        kept.append([line for line in rest if not _LEADER.search(line.text)])
    return kept


def _is_entry(line: PrintedLine) -> bool:
    return bool(_LEADER.search(line.text) or _ENTRY.fullmatch(line.text.strip()))
