"""Finds quotations in what somebody wrote, and to whom the writer gives them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from corpus.clause_before import introduced
from corpus.document import Span
from corpus.saying import SAYING

_PAIRS = {"“": "”", "„": "“", '"': '"', "«": "»"}
_BAR = re.compile(r"(?:^[ \t]*>.*(?:\n|$))+", re.M)
_SINGLE = re.compile(r"(?<!\w)[‘'](?=\S)")
_BEFORE_NAME = r"^[\s,.;:()\[\]—–\-~•¹²³⁴⁵⁶⁷⁸⁹⁰]*"
_PERSON = r"([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,3})"
_SAID_BY = re.compile(rf"{_BEFORE_NAME}(?:{SAYING} {_PERSON}|{_PERSON} {SAYING}\b)")
# “…” (Ann Lee, director), “…” – Ann Lee
_CREDITED = re.compile(rf"^[\s.,;]*(?:\(|[—–]\s*|-\s+){_PERSON}\s*(?:[,.)\n]|$)")
# "“…”. Ann Lee wrote “": she speaks what comes.
_NEXT_SPOKEN_BY = re.compile(rf"^\s*[.;:!?]?\s+[A-Z][^.!?,()]*\b{SAYING}\b(?: that)?[\s:,]*[“„«\"‘]\s*$")
_QUOTES = re.compile(r"\b(?:quot|cit)(?:es|ed|ing)\b", re.I)
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in a text: the `span` of its words, and the person or body said to have spoken them."""

    span: Span
    claimed: str | None


def find_quotations(text: str, known: Iterable[str], headings: Collection[str] = ()) -> list[Quotation]:
    """The quotations in a text, in order; the whole text where nothing is set off as one.

    `known` are the names of speakers in the documents; `headings` are their headings and titles, which name nobody.
    """
    spans = [span for span in _set_off(text) if re.search(r"\w", span.slice(text))]
    if not spans:
        whole = Span(0, len(text)).shrink(text)
        return [Quotation(whole, None)] if re.search(r"\w", text) else []
    names = sorted(set(known), key=len, reverse=True)
    bounds = [0, *(span.end for span in spans)]
    nexts = [*(span.start for span in spans[1:]), len(text)]
    return [
        Quotation(span, _claimed(text[before : span.start], text[span.end : after], names, headings))
        for span, before, after in zip(spans, bounds, nexts, strict=False)
    ]


def _set_off(text: str) -> list[Span]:
    """The words inside quotation marks or behind a bar, without the marks."""
    barred = [Span(*match.span()) for match in _BAR.finditer(text)]
    if barred:
        return [_inside_bar(text, span) for span in barred]
    return list(_double(text)) or list(_single(text))


def without_bars(quotation: str) -> str:
    """The quotation without the bars at the start of its lines."""
    return re.sub(r"\n[ \t]*>[ \t]?", "\n", quotation)


def _inside_bar(text: str, span: Span) -> Span:
    return span.shrink(text, ' \t\n>“”"')


def _double(text: str) -> Iterator[Span]:
    at = 0
    while at < len(text):
        if (close := _PAIRS.get(text[at])) and not _is_inches(text, at):
            end = text.find(close, at + 1)
            if end < 0 and text[at] == "“":
                # Nobody closed it: it goes on to the end of the paragraph.
                end = match.start() if (match := _PARAGRAPH.search(text, at)) else len(text)
            if end > at:
                yield Span(at + 1, end)
                at = end
        at += 1


def _is_inches(text: str, at: int) -> bool:
    return text[at] == '"' and text[at - 1 : at].isalnum()


def _single(text: str) -> Iterator[Span]:
    at = 0
    while match := _SINGLE.search(text, at):
        ends = list(re.finditer(r"[’'](?!\w)", text[match.end() :]))
        # In "services’ ability" the mark is an apostrophe, unless no other mark follows.
        closing = [m for m in ends if not _is_possessive(text, match.end() + m.start())] or ends[-1:]
        if not closing:
            return
        end = match.end() + closing[0].start()
        yield Span(match.end(), end)
        at = end + 1


def _is_possessive(text: str, at: int) -> bool:
    return text[at - 1 : at] == "s" and re.match(r" [a-z]", text[at + 1 : at + 3]) is not None


def _ends_with(role: str, name: str) -> bool:
    """Whether words such as "Locality quotes Ann Lee as" end with a name; "one Locality member" is not Locality."""
    return re.search(rf"(?:^|\W){re.escape(name)}(?: as)?$", role) is not None


def _claimed(before: str, after: str, names: list[str], headings: Collection[str]) -> str | None:
    """The name in 'Ann Lee said “…”', '“…”, said Ann Lee' or '“…” (Ann Lee)'; None where the text names nobody."""
    before, after = _PARAGRAPH.split(before.rstrip(' "“‘\n>'))[-1], _PARAGRAPH.split(after.lstrip("”’\"'\n"))[0]
    if _NEXT_SPOKEN_BY.match(after):
        after = ""
    folded = after.casefold()
    for name in names:
        if name.casefold() in folded and re.match(rf"{_BEFORE_NAME}(?:{SAYING} )?{re.escape(name)}\b", after, re.I):
            return name
    if match := _SAID_BY.match(after):
        return match[1] or match[2]
    sentence = re.split(r"[.!?]\s+", before)[-1]
    if speaker := introduced(sentence):
        return speaker.name or next((name for name in names if _ends_with(speaker.role or "", name)), None)
    found = [(at, name) for name in names if (at := sentence.casefold().rfind(name.casefold())) >= 0]
    if not found:
        return _credited(after, headings)
    at, last = max(found)
    # "Locality quotes a member": the words are said to be of somebody else, who is not named.
    return None if _QUOTES.search(sentence, at) else last


def _credited(after: str, headings: Collection[str]) -> str | None:
    """The name of somebody unknown that stands behind a quotation; None where it is that of a title or section."""
    match = _CREDITED.match(after)
    if not match or any(match[1].casefold() in heading.casefold() for heading in headings):
        return None
    return str(match[1])
