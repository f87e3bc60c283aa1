"""How a quote is cited: parliamentary style, OSCOLA, Harvard, BibTeX, Markdown and plain text."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.answer import Quote
from bot.pinpoint import link_to, page_of, paragraph_of
from corpus.document import Document, Passage, Voice
from corpus.metadata import Metadata

NOT_NAMED = "a person who is not named"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_SHORT, _DOTTED, _WHOLE = ("p", "pp", "para"), ("p.", "pp.", "para."), ("page", "pages", "paragraph")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&:@])")


def credit(passage: Passage) -> str:
    """Whose words they are, as one reads it beneath a quote."""
    submitter = passage.document.metadata.submitter
    if passage.voice is Voice.INQUIRY:
        return credit_of_question(passage.document)
    if passage.voice is Voice.SUBMITTER:
        return submitter
    who = ", ".join(filter(None, (passage.speaker, passage.speaker_role)))
    return f"{who or NOT_NAMED}, quoted by {submitter}"


def credit_of_question(document: Document) -> str:
    """Beneath a question of the committee."""
    return f"the committee’s question, not the words of {document.metadata.submitter}"


def cite_parliament(quote: Quote) -> str:
    """As the footnotes of select committee reports do."""
    meta = quote.document.metadata
    by = _by(quote)
    return f"{by}{'written' if by else 'Written'} evidence from {meta.submitter} ({meta.reference}){_pinpoint(quote)}"


def cite_oscola(quote: Quote) -> str:
    """OSCOLA, fourth edition; it prints no rule for written evidence, so its pattern for reports is followed."""
    meta = quote.document.metadata
    detail = ", ".join(filter(None, (meta.reference, written_date(meta.date))))
    title = f"‘{meta.inquiry}’ " if meta.inquiry else ""
    return f"{_by(quote)}{meta.submitter}, Written evidence{_to(meta)}, {title}({detail}){_pinpoint(quote, before=' ')}"


def cite_harvard(quote: Quote) -> str:
    """Harvard, author and date, as in Cite Them Right."""
    meta = quote.document.metadata
    inquiry = f" inquiry: {meta.inquiry}" if meta.inquiry else ""
    link = link_to(quote.document, quote.span) or meta.url
    where = f" Available at: {link}." if link else ""
    said = f"Written evidence{_to(meta)}{inquiry} ({meta.reference}){_pinpoint(quote, _DOTTED)}"
    return f"{_by(quote)}{meta.submitter} ({meta.date[:4] or 'no date'}) {said}.{where}"


def cite_bibtex(quote: Quote) -> str:
    """A BibTeX entry; the place and the person quoted are in its note."""
    meta = quote.document.metadata
    month = written_date(meta.date).split(" ")[-2:-1]
    place = f"{meta.reference}{_pinpoint(quote)}"
    note = f"{place}; words of {speaker}" if (speaker := _speaker(quote)) else place
    fields = {
        "author": f"{{{_tex(meta.submitter)}}}",
        "title": f"{{{_tex(meta.title)}}}",
        "howpublished": _tex(f"Written evidence{_to(meta)}{f', {meta.inquiry}' if meta.inquiry else ''}"),
        "year": meta.date[:4],
        "month": month[0][:3].lower() if month else "",
        "note": _tex(note),
        "url": link_to(quote.document, quote.span) or meta.url,
    }
    rows = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    key = re.sub(r"[^A-Za-z0-9]", "", meta.reference)
    return "\n".join([f"@misc{{{key},", *rows, "}"])


def cite_markdown(quote: Quote) -> str:
    """The quote as a Markdown block quotation with its reference; escaped so that it reads as in the source."""
    meta = quote.document.metadata
    words = "\n".join(f"> {_markdown(line)}" for line in quote.text.split("\n"))
    source = f"Written evidence ({meta.reference})"
    link = link_to(quote.document, quote.span)
    linked = f"[{_markdown(source)}](<{link}>)" if link else _markdown(source)
    return f"{words}\n>\n> — {_markdown(credit(quote.passage))}, {linked}{_markdown(_pinpoint(quote))}"


def cite_plain(quote: Quote) -> str:
    """The quote in quotation marks and its reference."""
    meta = quote.document.metadata
    source = f"{credit(quote.passage)}, written evidence {meta.reference}{_pinpoint(quote, _WHOLE)}"
    return f"“{quote.text}” ({source})"


STYLES: dict[str, Callable[[Quote], str]] = {
    "Parliamentary": cite_parliament,
    "OSCOLA": cite_oscola,
    "Harvard": cite_harvard,
    "BibTeX": cite_bibtex,
    "Markdown": cite_markdown,
    "Plain text": cite_plain,
}


def written_date(date: str) -> str:
    """2020-06-30 as '30 June 2020', 2020-06 as 'June 2020'; any other date as it stands."""
    match = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?", date)
    if match is None:
        return date
    year, month, day = match.groups()
    return " ".join(filter(None, (day and str(int(day)), month and _MONTHS[int(month) - 1], year)))


def _speaker(quote: Quote) -> str:
    passage = quote.passage
    if passage.voice is not Voice.QUOTED:
        return ""
    return passage.speaker or passage.speaker_role or NOT_NAMED


def _by(quote: Quote) -> str:
    speaker = _speaker(quote)
    return f"{speaker}, quoted in " if speaker else ""


def _to(meta: Metadata) -> str:
    committee = " ".join(filter(None, (meta.house, meta.committee)))
    return f" to the {committee}" if committee else ""


def _pinpoint(quote: Quote, words: tuple[str, str, str] = _SHORT, before: str = ", ") -> str:
    """Page and paragraph; a paragraph that was only counted gives way to the page, which anybody can look up."""
    one, several, paragraph = words
    page = page_of(quote.document, quote.span, one, several)
    number = "" if page and not quote.passage.printed else paragraph_of(quote.passage, paragraph)
    where = ", ".join(filter(None, (page, number)))
    return f"{before}{where}" if where else ""


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)


def _markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
