"""Where a quote stands, as a reader looks it up: submission, page, paragraph, copies, the link to the very place."""

from __future__ import annotations

import re
from urllib.parse import quote as percent_encoded

from bot.answer import Copy, Quote
from corpus.document import Document, Kind, Passage, Span
from corpus.metadata import Metadata
from corpus.sentences import MARKER

_IN_FRAGMENT = "-._~!$&()*+,;=:@/?"  # RFC 3986, section 3.5
COPIES_NAMED = 3
_PDF = re.compile(r"(?:\.|/)pdf/?$", re.I)


def page_of(document: Document, span: Span, one: str = "page", several: str = "pages") -> str:
    """The page or pages of a span, such as 'pages 3–4'; "" where the source has no pages."""
    first, last = document.page_at(span.start), document.page_at(span.end - 1)
    if first is None:
        return ""
    return f"{one} {first}" if last == first else f"{several} {first}–{last}"


def paragraph_of(passage: Passage, word: str = "paragraph") -> str:
    """The paragraph, such as 'paragraph 12' or 'paragraph 12 of ‘Conclusions’' where the submission has another 12.

    One that the submission does not print is marked as counted.
    """
    if passage.paragraph is None:
        return ""
    part = f" of ‘{passage.part}’" if passage.part else ""
    return f"{word} {passage.paragraph}{part if passage.printed else ' (counted)'}"


def where_of(passage: Passage, span: Span) -> str:
    """Page and paragraph of a span of a passage, all that is known."""
    return ", ".join(filter(None, (page_of(passage.document, span), paragraph_of(passage))))


def link_to(document: Document, span: Span) -> str:
    """The web address of the submission, with the page of a PDF or the nearest anchor above; "" where none is known."""
    url = document.metadata.url
    if not url.startswith(("https://", "http://")):
        return ""
    page, anchor = document.page_at(span.start), document.anchor_at(span.start)
    is_pdf = page is not None and _PDF.search(url.partition("?")[0])
    place = f"page={page}" if is_pdf else percent_encoded(anchor or "", safe=_IN_FRAGMENT)
    return f"{url}#{place}" if place and "#" not in url else url


def named(meta: Metadata) -> str:
    """A submission by its submitter and reference: 'Locality (PSR0074)'."""
    return f"{meta.submitter} ({meta.reference})"


def titled(meta: Metadata) -> str:
    """A submission by its title, with its reference where the title does not say it."""
    return meta.title if meta.reference in meta.title else f"{meta.title} ({meta.reference})"


def also_in(quote: Quote) -> str:
    """Where else the words stand: 'the Summary; Shelter (PSR0081), paragraph 4; and 12 more'; "" for nowhere."""
    firsts = {copy.document.reference: copy for copy in reversed(quote.also_at)}
    own = [copy for copy in quote.also_at if copy.document.reference == quote.document.reference]
    headings = dict.fromkeys(_heading_above(copy) for copy in own)
    others = [copy for reference, copy in sorted(firsts.items()) if reference != quote.document.reference]
    places = [*headings, *map(_elsewhere, others[: max(0, COPIES_NAMED - len(headings))])]
    left = len(headings) + len(others) - len(places)
    return "; ".join([*places, *([f"and {left} more"] if left else [])])


def _elsewhere(copy: Copy) -> str:
    passage = copy.passage
    place = where_of(passage, copy.span) if passage else ""
    return ", ".join(filter(None, (named(copy.document.metadata), place)))


def _heading_above(copy: Copy) -> str:
    """The outermost heading above a copy: 'the Summary'."""
    document = copy.document
    above = [block.span for block in document.blocks if block.kind is Kind.HEADING and block.level == 1]
    titles = [span.slice(document.text) for span in above if span.start < copy.span.start]
    return f"the {MARKER.sub('', titles[-1]).strip()}" if titles else "another place"


def columns_of(passage: Passage) -> str:
    """The columns of the table whose row a passage is: 'Year | Grant'; "" for any other passage."""
    return " | ".join(passage.header.slice(passage.document.text).split("\t")) if passage.header else ""
