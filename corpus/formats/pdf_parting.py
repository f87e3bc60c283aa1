"""Where one block of a PDF ends and the next begins: by distance, indent, font, labels and the ends of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.formats.pdf_lines import PrintedLine

LABEL = re.compile(
    r"(?:\d{1,3}\.|\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}\)|\(\d{1,3}\)|\(?[a-z]\)|\(?[ivx]{1,5}[.)]|Q(?:uestion)?\s?\d{1,3}[.:)]?|[a-z]\.|[•·●○▪■–\uf0b7o])\s+(?=\S)"
)
_ENDS = re.compile(r"[.!?:;][”’\"')\]]*(?:\ue000\d+\ue001|\[\d+\])*$")
_STOPS = re.compile(r"[.!?][”’\"')\]]*(?:\ue000\d+\ue001|\[\d+\])*$")
BOLD = re.compile(r"bold|black|heavy|semibold|demi|medium", re.I)
_GAP = 1.3  # of the usual distance of lines: a wider one parts paragraphs
_LONGEST = 8  # lines of a question that is an inquiry's
_FULL = 0.8  # of the width of a column: a line that is longer may have been broken where a narrower text ends
INDENT = 8.0  # points


@dataclass(slots=True)
class Setting:
    """How the text is set: its size and font, the distance of its lines, its margins by column."""

    size: float
    font: str
    leading: float
    left: dict[int, float] = field(default_factory=dict)
    right: dict[int, float] = field(default_factory=dict)


def setting_of(lines: Sequence[PrintedLine]) -> Setting:
    """How most of the lines are set."""
    size = _commonest([(round(line.size, 1), len(line.text)) for line in lines])
    body = [line for line in lines if round(line.size, 1) == size] or list(lines)
    font = Counter(line.font for line in body for _ in range(len(line.text))).most_common(1)[0][0]
    page = Setting(size, font, 1.2 * size)
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


def groups_of(lines: Sequence[PrintedLine], page: Setting) -> Iterator[list[PrintedLine]]:
    """The lines of each block, in order."""
    group = [lines[0]]
    for line in lines[1:]:
        if _parts(group, line, page):
            yield group
            group = []
        group.append(line)
    yield group


def _parts(group: Sequence[PrintedLine], line: PrintedLine, page: Setting) -> bool:
    """Whether a line begins a new block."""
    last = group[-1]
    below = line.apart and last.page == line.page and last.column == line.column
    if last.ruled or line.ruled or below or _is_asked(group, line):
        return True
    if _is_mid_sentence(last, line, page):
        return False
    if face_of(last, page) != face_of(line, page) or abs(last.size - line.size) > 0.06 * page.size:
        return True
    if _is_labelled(line, group, page):
        return True
    if last.page == line.page and last.column == line.column:
        gap = last.base - line.base
        if _has_room(group, line, page):
            return True
        return gap > _GAP * max(page.leading * line.size / page.size, line.size) or _steps_out(group, line, page)
    return _ends_before_break(group, line, page)


def _is_asked(group: Sequence[PrintedLine], line: PrintedLine) -> bool:
    """Whether a block that is labelled and has asked its question is followed by something else."""
    if not group[-1].text.endswith("?") or not line.text[:1].isupper() or not LABEL.match(group[0].text):
        return False
    return (
        not re.search(r"[.!]\s", LABEL.sub("", " ".join(row.text for row in group), count=1)) and len(group) < _LONGEST
    )


def _has_room(group: Sequence[PrintedLine], line: PrintedLine, page: Setting) -> bool:
    """Whether a line that ends a sentence had room for the next word, so that somebody broke it off on purpose."""
    last, first = group[-1], group[0]
    if not _STOPS.search(last.text) or line.text[:1].islower():
        return False
    set_in = first.left > page.left.get(first.column, first.left) + INDENT and not LABEL.match(first.text)
    widest = max(row.right for row in (*group, line))
    right = widest if set_in else max(widest, page.right.get(last.column, widest))
    left = page.left.get(last.column, last.left)
    word = line.text.split(maxsplit=1)[0]
    width = (line.right - line.left) * (len(word) + 1) / max(len(line.text), 1)
    return last.right + width < right and last.right - left < _FULL * (right - left)


def _is_mid_sentence(last: PrintedLine, line: PrintedLine, page: Setting) -> bool:
    """Whether a line goes on with a sentence in the same size, though its face may be another."""
    if _ENDS.search(last.text) or not line.text[:1].islower() or LABEL.match(line.text) or last.size != line.size:
        return False
    if last.page != line.page or last.column != line.column:
        return True
    near = abs(line.left - last.left) < INDENT and not _is_short(last, page)
    return near and 0 < last.base - line.base <= _GAP * max(page.leading, line.size)


def face_of(line: PrintedLine, page: Setting) -> str:
    """How a line's font differs from the text's: not at all, by being bold, or altogether."""
    if BOLD.search(line.font) and not BOLD.search(page.font):
        return "bold"
    return "" if line.font.split("-")[0].split(",")[0] == page.font.split("-")[0].split(",")[0] else line.font


def _is_labelled(line: PrintedLine, group: Sequence[PrintedLine], page: Setting) -> bool:
    """Whether a number or bullet begins the line, and not by chance: it hangs, or the line above it had ended."""
    if not LABEL.match(line.text):
        return False
    last = group[-1]
    short = last.right < page.right.get(last.column, last.right) - 2 * line.size
    return bool(_ENDS.search(last.text)) or short or line.left < last.left - 2 or len(line.cells) > 1


def _steps_out(group: Sequence[PrintedLine], line: PrintedLine, page: Setting) -> bool:
    """Whether the indent changes where a paragraph has ended; the second line of a hanging paragraph does not count."""
    last = group[-1]
    if abs(line.left - last.left) < INDENT:
        return (
            _is_short(last, page)
            and bool(_ENDS.search(last.text))
            and len(group) > 1
            and group[0].left > last.left + INDENT
        )
    if len(group) == 1 and (LABEL.match(last.text) or line.left < last.left):
        return not LABEL.match(last.text) and _is_short(last, page)
    return bool(_ENDS.search(last.text)) or _is_short(last, page)


def _is_short(line: PrintedLine, page: Setting) -> bool:
    return line.right < page.right.get(line.column, line.right) - 4 * line.size


def _ends_before_break(group: Sequence[PrintedLine], line: PrintedLine, page: Setting) -> bool:
    """Whether a block ends with a column or page: its last line is complete, and the next begins like a new one."""
    last = group[-1]
    if not _ENDS.search(last.text):
        return face_of(line, page) != "" or (_is_short(last, page) and line.text[:1].isupper() and len(group) == 1)
    if line.text[:1].islower():
        return False
    offset = line.left - page.left.get(line.column, line.left)
    before = last.left - page.left.get(last.column, last.left)
    hangs = bool(LABEL.match(group[0].text)) and abs(offset - before) < INDENT
    return _is_short(last, page) or not (hangs or _is_numbered(group[0]))


def _is_numbered(line: PrintedLine) -> bool:
    return re.match(r"\d", line.text) is not None
