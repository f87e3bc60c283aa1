"""What a button carries: places, never texts. A place is looked up again in the documents when it is pressed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from bot.answer import Copy, Quote
from bot.pinpoint import COPIES_NAMED
from bot.place import Place, place_of
from bot.slack.limits import BUTTON_VALUE
from corpus.document import Document, InquiryQuestion, Span

MOVED = (
    "The submission has changed since this answer was given, and the words are no longer at that place. "
    "Please ask again."
)


class PlaceError(Exception):
    """A place no longer fits its document; the message is a sentence for the person who pressed the button."""


def quote_place(quote: Quote) -> Place:
    """The place of a quote, with those of its first copies: a button carries no more than are named."""
    copies = (place_of(copy.document, copy.span) for copy in quote.also_at[:COPIES_NAMED])
    return place_of(quote.document, quote.span, tuple(copies))


def write_places(places: Iterable[Place], **more: object) -> str:
    """A button's value: as many of the places, in order, as Slack lets a button carry, and the fields of `more`."""
    kept = [_as_json(place) for place in places]
    while len(value := dump({**more, "p": kept})) > BUTTON_VALUE and kept:
        kept.pop()
    return value


def _as_json(place: Place) -> dict[str, Any]:
    """The place in as few characters as possible."""
    made: dict[str, Any] = {"d": place.document, "s": place.span.start, "e": place.span.end, "h": place.mark}
    return made | ({"a": [_as_json(copy) for copy in place.also_at]} if place.also_at else {})


def dump(value: dict[str, Any]) -> str:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def load(value: str) -> dict[str, Any]:
    """The fields of a button's value; PlaceError if it is not one of ours."""
    try:
        fields = json.loads(value)
    except json.JSONDecodeError as error:
        raise PlaceError(MOVED) from error
    if not isinstance(fields, dict):
        raise PlaceError(MOVED)
    return fields


def read_places(value: str) -> list[Place]:
    """The places in a button's value, one at least; PlaceError if it is not one of ours."""
    try:
        places = [_place(each) for each in load(value)["p"]]
    except (KeyError, TypeError, ValueError) as error:
        raise PlaceError(MOVED) from error
    if not places:
        raise PlaceError(MOVED)
    return places


def _place(fields: dict[str, Any]) -> Place:
    copies = tuple(_place(copy) for copy in fields.get("a", ()))
    return Place(str(fields["d"]), Span(int(fields["s"]), int(fields["e"])), str(fields["h"]), copies)


def find_quote(documents: Sequence[Document], place: Place) -> Quote:
    """The quote at a place; PlaceError if the documents no longer hold it."""
    document = find_document(documents, place)
    for passage in document.passages:
        if place.span in passage.span:
            return Quote(passage, place.span, 0.0, tuple(_copies(documents, place.also_at)))
    raise PlaceError(MOVED)


def _copies(documents: Sequence[Document], places: Iterable[Place]) -> Iterator[Copy]:
    """The copies that still stand in these documents; nothing is said of any other."""
    for place in places:
        with suppress(PlaceError):
            yield Copy(find_document(documents, place), place.span)


def find_question(documents: Sequence[Document], place: Place) -> tuple[Document, InquiryQuestion]:
    """The committee's question at a place; PlaceError if the documents no longer hold it."""
    document = find_document(documents, place)
    for question in document.questions:
        if question.span == place.span:
            return document, question
    raise PlaceError(MOVED)


def find_document(documents: Sequence[Document], place: Place) -> Document:
    """The document of a place whose words still stand there; PlaceError otherwise."""
    for document in documents:
        if document.reference == place.document:
            if place.stands_in(document):
                return document
            raise PlaceError(MOVED)
    raise PlaceError(f"The submission {place.document} is no longer among those that can be quoted here.")
