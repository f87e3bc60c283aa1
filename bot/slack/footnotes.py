"""What stands beneath quotes: whose words they are, and footnotes that say where they stand."""

from __future__ import annotations

from bot.answer import Quote
from bot.citation import credit
from bot.pinpoint import also_in, columns_of, link_to, where_of
from bot.slack.kit import Json, linked, part, rich, section, shorten
from bot.slack.pages import LONGEST_PIECE, Group, pieces
from corpus.document import Document, InquiryQuestion, Passage, SourceNote

Line = list[Json]
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# A question of the committee is context for a footnote, not its subject; the modal shows it in full.
QUESTION_SHOWN = 150
SECTION_SHOWN = 300
# of headings; of more only the outermost and the innermost
DEEPEST_SHOWN = 3


def mark(number: int) -> str:
    """The footnote mark: superscript, for the submission numbers its own notes [1], [2]."""
    return str(number).translate(_SUPERSCRIPT)


def byline(quote: Quote, number: int, *, among_several: bool = False) -> Json:
    """The line beneath a quote: its mark and whose words it is, with the reference `among_several` submissions."""
    reference = f" ({quote.document.reference})" if among_several else ""
    who = shorten(credit(quote.passage), SECTION_SHOWN) + reference
    return section(part(f"{mark(number)} "), part(who, bold=True))


def footnote(quote: Quote, number: int) -> list[Group]:
    """The footnote of a quote as groups of blocks, nearly always one."""
    lines = [_where(quote, number)]
    if columns := columns_of(quote.passage):
        lines.append([part("Columns of the table: ", italic=True), part(shorten(columns, SECTION_SHOWN))])
    if question := quote.passage.question:
        lines.append(_asked(quote.document, question, QUESTION_SHOWN))
    lines += [_note(quote.document, note) for note in quote.notes]
    return blocks_of(lines)


def asked_line(document: Document, question: InquiryQuestion) -> list[Json]:
    """The whole question, in one run of text, with whose it is."""
    return _asked(document, question)


def blocks_of(lines: list[Line]) -> list[Group]:
    """Lines as rich text, one block for as many as a message can hold."""
    groups: list[list[Line]] = [[]]
    held = 0  # characters in the last group
    for line in [piece for each in lines for piece in _pieces(each)]:
        if groups[-1] and held + _length(line) > LONGEST_PIECE:
            groups.append([])
            held = 0
        groups[-1].append(line)
        held += _length(line)
    return [[rich(section(*_joined(group)))] for group in groups if group]


def _pieces(line: Line) -> list[Line]:
    if _length(line) <= LONGEST_PIECE:
        return [line]
    return [[{**each, "text": piece}] for each in line for piece in pieces(each["text"])]


def _length(line: Line) -> int:
    return sum(len(each["text"]) for each in line)


def _joined(lines: list[Line]) -> Line:
    first, *rest = lines
    return [*first, *(each for line in rest for each in [part("\n"), *line])]


def _where(quote: Quote, number: int) -> Line:
    meta = quote.document.metadata
    link = link_to(quote.document, quote.span)
    parts = [part(f"{mark(number)} {meta.submitter}, written evidence "), part(meta.reference, url=link)]
    place = ", ".join(filter(None, (_section(quote.passage), where_of(quote.passage, quote.span))))
    also = f"; also in {shorten(copies, SECTION_SHOWN)}" if (copies := also_in(quote)) else ""
    return [*parts, part(f", {place}{also}." if place else f"{also}.")]


def _section(passage: Passage) -> str:
    titles = passage.section
    if len(titles) > DEEPEST_SHOWN:
        titles = (*titles[:1], "…", *titles[-1:])
    return shorten(" › ".join(titles), SECTION_SHOWN)


def _asked(document: Document, question: InquiryQuestion, most: int | None = None) -> Line:
    asked = question.span.slice(document.text)
    shown = asked if most is None else shorten(asked, most)
    return [part("The committee asked: ", italic=True), part("“"), part(shown), part("”")]


def _note(document: Document, note: SourceNote) -> Line:
    label = part(f"Note {note.number} of the submission: ", italic=True)
    return [label, *linked(note.span.slice(document.text), note.urls)]
