"""Raised numbers: marks of footnotes where such a note exists, else a unit's square or an exponent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.formats.html_lists import roman
from corpus.reading import Draft, Style

BREAK = "\ue002"
"""Stands for a forced line break while a block is put together."""

_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_POWER = re.compile(r"(?:\d\s?|\b)[kcm]?m$|[×x·*]\s?10$|^10$")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ROMAN = re.compile(r"\[([ivxl]{1,7})\]\s*(?=\S)")
_ROMAN_MARK = re.compile(r"\[([ivxl]{1,7})\]")
_RAISED = re.compile("\ue000(\\d{1,3})\ue001")
_STARTS = re.compile("[\\[(\ue000]?(\\d{1,3})[\\]).:\ue001]*\\s*(?=\\S)")
_HEADING = re.compile(r"(?:foot|end)?\s?notes?|references|sources", re.I)


def without_unseen(text: str) -> str:
    """The text without the marks that only say where a word may be divided."""
    return _UNSEEN.sub("", text)


def raised(number: str) -> str:
    """A raised number whose meaning is open until all notes are known."""
    return f"\ue000{number}\ue001"


def resolve_raised(drafts: Sequence[Draft], footnotes: list[Draft]) -> list[Draft]:
    """The drafts with raised numbers turned into marks of the notes there are; notes among them join `footnotes`.

    A note is a block that begins with a raised number, one that the format calls a footnote, or one of a
    numbered list to the end below the heading Notes.
    """
    rest = []
    _with_roman_notes(drafts)
    listed = _listed(drafts)
    for index, draft in enumerate(drafts):
        start = _STARTS.match(draft.text)
        if start and (draft.text[0] == "\ue000" or draft.style is Style.NOTE or index in listed):
            footnotes.append(Draft(draft.text[start.end() :], note=int(start[1]), links=draft.links, pages=draft.pages))
        else:
            draft.style = Style.UNKNOWN if draft.style is Style.NOTE else draft.style
            rest.append(draft)
    known = {note.note for note in footnotes}
    for draft in [*rest, *footnotes]:
        _resolve(draft, known)
    return rest


def _listed(drafts: Sequence[Draft]) -> range:
    """The blocks 1, 2, 3 ... to the end of the document below a heading that says notes, when numbers are raised."""
    if not any(_RAISED.search(draft.text) for draft in drafts):
        return range(0)
    for index in range(len(drafts) - 1, 0, -1):
        if _HEADING.fullmatch(drafts[index - 1].text.strip(" :")):
            below = [_STARTS.match(draft.text) for draft in drafts[index:]]
            counts = all(start and int(start[1]) == number for number, start in enumerate(below, 1))
            return range(index, len(drafts)) if counts else range(0)
    return range(0)


def _resolve(draft: Draft, known: set[int]) -> None:
    shift, at = 0, 0
    text = ""
    for match in _RAISED.finditer(draft.text):
        text += draft.text[at : match.start()]
        mark = _written(match[1], text, draft.text[match.end() : match.end() + 1], known)
        text, at = text + mark, match.end()
        grown = len(mark) - len(match.group())
        draft.pages = [(o + grown if o >= match.end() + shift else o, page) for o, page in draft.pages]
        shift += grown
    draft.text = text + draft.text[at:]


def _written(number: str, before: str, after: str, known: set[int]) -> str:
    """A raised number as a mark; above a unit or a ten, in a fraction, or at no word, as the raised signs it is."""
    apart = _POWER.search(before) or not before or before[-1].isspace() or after in ("/", "⁄")
    if int(number) in known and not _POWER.search(before):
        return f"[{number}]"
    return number.translate(_SUPERSCRIPTS) if apart else f"[{number}]"


def _with_roman_notes(drafts: Sequence[Draft]) -> None:
    """Writes `[i]`, `[ii]` ... as raised numbers where notes with these labels follow each other at the end."""
    starts = [(index, match[1]) for index, draft in enumerate(drafts) if (match := _ROMAN.match(draft.text))]
    wanted = [roman(number) for number in range(1, len(starts) + 1)]
    body = drafts[: starts[0][0]] if starts else []
    if [label for _, label in starts] != wanted or not any("[i]" in draft.text for draft in body):
        return
    numbers = {label: str(number) for number, label in enumerate(wanted, 1)}
    for draft in drafts:
        draft.text = _ROMAN_MARK.sub(lambda m: raised(numbers[m[1]]) if m[1] in numbers else m[0], draft.text)
