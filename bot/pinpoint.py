"""Where a quote stands, as a reader looks it up: page, paragraph, and the link to the very place."""

from __future__ import annotations

import re
from urllib.parse import quote as percent_encoded

from corpus.document import Document, Passage, Span

_IN_FRAGMENT = "-._~!$&()*+,;=:@/?"  # RFC 3986, section 3.5
_PDF = re.compile(r"(?:\.|/)pdf/?$", re.I)


def page_of(document: Document, span: Span, one: str = "page", several: str = "pages") -> str:
    """The page or pages of a span, such as 'pages 3–4'; "" where the source has no pages."""
    first, last = document.page_at(span.start), document.page_at(span.end - 1)
    if first is None:
        return ""
    return f"{one} {first}" if last == first else f"{several} {first}–{last}"


def paragraph_of(passage: Passage, word: str = "paragraph") -> str:
    """The paragraph, such as 'paragraph 12'; one that the submission does not print is marked as counted."""
    if passage.paragraph is None:
        return ""
    return f"{word} {passage.paragraph}{'' if passage.printed else ' (counted)'}"


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
