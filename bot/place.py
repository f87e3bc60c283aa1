"""A place in a submission: what is remembered of a quote, never its text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.document import Document, Span


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a document; `mark` tells whether the same words still stand there. `also_at` are its copies."""

    document: str
    span: Span
    mark: str
    also_at: tuple[Place, ...] = ()

    def stands_in(self, document: Document) -> bool:
        """Whether the words that the place was made of are still there in a document of this reference."""
        return self.span.start < self.span.end and _mark(self.span.slice(document.text)) == self.mark


def place_of(document: Document, span: Span, also_at: tuple[Place, ...] = ()) -> Place:
    """The place of a span."""
    return Place(document.reference, span, _mark(span.slice(document.text)), also_at)


def still_standing(documents: Iterable[Document], places: Sequence[Place]) -> list[tuple[Document, Place]]:
    """Those places at which the same words still stand, each with its document."""
    wanted = {place.document for place in places}
    held = {document.reference: document for document in documents if document.reference in wanted}
    found = ((held.get(place.document), place) for place in places)
    return [(document, place) for document, place in found if document and place.stands_in(document)]


def _mark(text: str) -> str:
    # Eight hexadecimal digits find a shifted text; nobody gains anything by forging one.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
