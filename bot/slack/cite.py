"""The modal "Cite": the reference of a quote in every style, ready to copy."""

from __future__ import annotations

from collections.abc import Sequence

from slack_bolt.async_app import AsyncApp

from bot.citation import STYLES
from bot.pinpoint import paragraph_of
from bot.slack import action_ids
from bot.slack.kit import Json, part, rich, section, small, verbatim
from bot.slack.modals import listen, modal, notice
from bot.slack.place import PlaceError, find_quote, read_places
from bot.slack.services import Services
from corpus.document import Document

TITLE = "Cite this quote"
LONGEST_CITED = 10_000
COUNTED = "The submission prints no paragraph number here: (counted) is the number of the paragraph from its start."
TOO_LONG = "The quote is too long to be repeated here: take its words from the message."


def cite_view(documents: Sequence[Document], value: str) -> Json:
    """The modal for a button's value."""
    try:
        quote = find_quote(documents, read_places(value)[0])
        cited = {style: cite(quote) for style, cite in STYLES.items()}
        # Two styles repeat the quote; a very long one would burst the window.
        cited = {style: text if len(text) <= LONGEST_CITED else TOO_LONG for style, text in cited.items()}
    except PlaceError as error:
        return notice(TITLE, str(error))
    blocks = [rich(section(part(style, bold=True)), verbatim(text)) for style, text in cited.items()]
    meta = quote.document.metadata
    licence = meta.attribution or meta.licence
    remarks = [*([COUNTED] if "(counted)" in paragraph_of(quote.passage) else []), *([licence] if licence else [])]
    return modal(TITLE, [*blocks, *map(small, remarks)])


def register(app: AsyncApp, services: Services) -> None:
    """Listen for "Cite"."""
    listen(app, services, cite_view, opened_by=action_ids.CITE)
