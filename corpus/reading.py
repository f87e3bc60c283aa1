"""What a reader of any format hands on: the canonical text and what the format knows of its lines.

Footnote marks stand in the canonical text as `[n]` and footnotes as lines `[n] text` at its end, so that one set
of rules serves all formats. What a format knows of a line goes before what the rules would guess from its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.document import Span


class Style(StrEnum):
    """What a format says of a line; UNKNOWN leaves it to the rules."""

    UNKNOWN = ""
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUESTION = "question"
    ITEM = "item"
    QUOTATION = "quotation"
    HEADER = "header row"
    ROW = "row"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph of the canonical text. `header` is the header row of the table whose row it is."""

    span: Span
    style: Style = Style.UNKNOWN
    level: int = 0
    header: Span | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The canonical text of a source. `pages` and `anchors` say at which offset each begins, ascending.

    `links` are addresses behind words of footnotes, each with the offset of its footnote.

    `said` is what the source says of itself (title, submitter, date), `remarks` what whoever adds it should know.
    """

    text: str
    lines: tuple[Line, ...]
    pages: tuple[tuple[int, int], ...] = ()
    anchors: tuple[tuple[int, str], ...] = ()
    links: tuple[tuple[int, str], ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """A block on its way into a canonical text; `note` is the number of the footnote that it is, else 0.

    `pages` holds (offset in `text`, page) wherever a page begins in it; cells of a table row are parted by tabs.
    """

    text: str
    style: Style = Style.UNKNOWN
    level: int = 0
    note: int = 0
    anchor: str = ""
    links: list[str] = field(default_factory=list)
    pages: list[tuple[int, int]] = field(default_factory=list)


_CLOSE_TO = (Style.ITEM, Style.ROW, Style.HEADER, Style.NOTE)


def assemble(drafts: Sequence[Draft], *, said: Mapping[str, str] | None = None, remarks: Sequence[str] = ()) -> Reading:
    """The reading that the blocks make in their order, footnotes last and by number."""
    body = [draft for draft in drafts if not draft.note and draft.text.strip()]
    notes = sorted((draft for draft in drafts if draft.note), key=lambda draft: draft.note)
    for note in notes:
        note.text, note.style = f"[{note.note}] {note.text}", Style.NOTE
    pieces: list[str] = []
    lines: list[Line] = []
    pages: list[tuple[int, int]] = []
    anchors: list[tuple[int, str]] = []
    links: list[tuple[int, str]] = []
    at, header = 0, None
    for before, draft in _with_before([*body, *notes]):
        gap = _gap(before, draft)
        span = Span(at + len(gap), at + len(gap) + len(draft.text))
        pieces += [gap, draft.text]
        header = span if draft.style is Style.HEADER else header if draft.style is Style.ROW else None
        lines.append(Line(span, draft.style, draft.level, header if draft.style is Style.ROW else None))
        pages += [(span.start + offset, page) for offset, page in draft.pages]
        links += [(span.start, link) for link in draft.links if draft.note]
        if draft.anchor:
            anchors.append((span.start, draft.anchor))
        at = span.end
    return Reading(
        text="".join([*pieces, "\n"]),
        lines=tuple(lines),
        pages=_changes(pages),
        anchors=tuple(anchors),
        links=tuple(links),
        said=said or {},
        remarks=tuple(remarks),
    )


def _with_before(drafts: Sequence[Draft]) -> Iterator[tuple[Draft | None, Draft]]:
    for index, draft in enumerate(drafts):
        yield (drafts[index - 1] if index else None), draft


def _gap(before: Draft | None, draft: Draft) -> str:
    if before is None:
        return ""
    return "\n" if before.style in _CLOSE_TO and draft.style in _CLOSE_TO and draft.style != Style.HEADER else "\n\n"


def _changes(pages: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The offsets at which the page becomes another one."""
    kept: list[tuple[int, int]] = []
    for offset, page in pages:
        if not kept or kept[-1][1] != page:
            kept.append((offset, page))
    return tuple(kept)


def is_styled(lines: Sequence[Line]) -> bool:
    """Whether the format marks headings: below the first line that is none, so not only the title."""
    headings = [line.style is Style.HEADING for line in lines]
    return any(headings) and (all(headings) or any(headings[headings.index(False) :]))


def whole_lines(text: str) -> tuple[Line, ...]:
    """The lines of a text of which no format knows anything."""
    lines, start = [], 0
    for line in text.split("\n"):
        span = Span(start, start + len(line)).shrink(text)
        if span.start < span.end:
            lines.append(Line(span))
        start += len(line) + 1
    return tuple(lines)
