"""`/evidence compare TOPIC`: one quote of each submitter, and who says nothing on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from bot.answer import Outcome
from bot.compare import Position, of_outcome
from bot.pinpoint import named
from bot.place import place_of
from bot.slack import action_ids
from bot.slack.asker import Asker, read_asker
from bot.slack.blocks import Message, messages, notification, quote_groups, say
from bot.slack.failures import apology
from bot.slack.kit import Json, actions, button, part, rich, section, shorten, small
from bot.slack.limits import SECTION_TEXT
from bot.slack.modals import pressed
from bot.slack.pages import Group
from bot.slack.place import dump, find_quote, load, read_places, write_places
from bot.slack.services import Services
from bot.turns import QuestionError
from corpus.document import Document

SHOWN = 10
NO_TOPIC = "Name a topic: /evidence compare rent arrears"
NOBODY = "No submission that I hold says anything on that."
NOTHING, OPEN = "Nothing on it from", "Asked by the committee and not answered by"
# Of a button's 2,000 characters, those for the references of submitters that are only named.
REFERENCES_KEPT = 500
NAMED = 30


def comparison_messages(topic: str, positions: Sequence[Position], first: int = 0) -> list[Message]:
    """The comparison from the submitter with the number `first` on; who says nothing stands on its first page."""
    said = of_outcome(positions, Outcome.QUOTED)
    quotes = [position.quote for position in said[first : first + SHOWN] if position.quote]
    say = "says" if len(said) == 1 else "say"
    lead = f"Compared: {topic}. {len(said)} of {len(positions)} submitters {say} something on it."
    groups = [[small(lead)], *(quote_groups(quotes, first + 1, among_several=True) if quotes else [])]
    if not quotes:
        groups.append([rich(section(part(NOBODY, bold=True)))])
    if not first:
        groups += [
            _silent(label, [position.documents[0] for position in of_outcome(positions, outcome)])
            for label, outcome in ((OPEN, Outcome.NOT_ANSWERED), (NOTHING, Outcome.NOT_FOUND))
        ]
    groups.append(_buttons(topic, positions, first))
    return messages([group for group in groups if group], notification(quotes[0]) if quotes else NOBODY)


def _silent(label: str, documents: Sequence[Document], left: int = 0) -> Group:
    if not documents:
        return []
    names = [named(document.metadata) for document in documents[:NAMED]]
    left += len(documents) - len(names)
    line = f"{label}: {'; '.join(names)}{f'; and {left} more' if left else ''}."
    return [rich(section(part(shorten(line, SECTION_TEXT), italic=True)))]


def _buttons(topic: str, positions: Sequence[Position], first: int) -> Group:
    said = of_outcome(positions, Outcome.QUOTED)
    row = []
    if first + SHOWN < len(said):
        row.append(button("More submitters", action_ids.COMPARE_MORE, dump({"q": topic, "at": first + SHOWN})))
    quotes = [position.quote for position in said[first : first + SHOWN] if position.quote]
    if quotes:
        silent: dict[str, object] = {}
        for field, outcome in (("u", Outcome.NOT_ANSWERED), ("x", Outcome.NOT_FOUND)):
            found = [position.documents[0].reference for position in of_outcome(positions, outcome) if not first]
            silent[field], silent[field * 2] = _as_many_as_fit(found)
        places = (place_of(quote.document, quote.span) for quote in quotes)
        value = write_places(places, q=topic, n=first + 1, **silent)
        row.append(button("Share to channel", action_ids.SHARE_COMPARISON, value))
    return [actions(*row)] if row else []


def _as_many_as_fit(references: Sequence[str]) -> tuple[list[str], int]:
    """The first references that a button can carry, and how many are left."""
    kept = list(references[:NAMED])
    while len(dump({"x": kept})) > REFERENCES_KEPT:
        kept.pop()
    return kept, len(references) - len(kept)


def shared_comparison(documents: Sequence[Document], value: str, who: str) -> list[Message]:
    """A comparison for a channel, with its quotes as they stand now; PlaceError if one no longer does."""
    fields = load(value)
    quotes = [find_quote(documents, place) for place in read_places(value)]
    lead = small(f"Shared by {who}. Compared: {fields.get('q', '')}")
    groups = [[lead], *quote_groups(quotes, int(fields.get("n", 1)), among_several=True)]
    for label, field in ((OPEN, "u"), (NOTHING, "x")):
        groups.append(_silent(label, _held(documents, fields.get(field, ())), int(fields.get(field * 2, 0))))
    return messages([group for group in groups if group], notification(quotes[0]))


def _held(documents: Sequence[Document], references: Iterable[str]) -> list[Document]:
    by_reference = {document.reference: document for document in documents}
    return [by_reference[reference] for reference in references if reference in by_reference]


async def compare_privately(asker: Asker, topic: str, services: Services, first: int = 0) -> list[Message]:
    """The messages for the one who asked; never raises, and never says what went wrong inside."""
    if not topic:
        return say(NO_TOPIC)
    try:
        scope = await services.scope(asker.team, asker.channel)
        positions = await services.compare(topic, scope=scope)
        services.metrics.questions.labels("compared").inc()
        return comparison_messages(topic, positions, first)
    except QuestionError as error:
        return say(str(error))
    except Exception as error:
        return say(apology(error))


def register(app: AsyncApp, services: Services) -> None:
    """Listen for "More submitters"."""

    @app.action(action_ids.COMPARE_MORE)
    async def more(ack: AsyncAck, body: Json, respond: AsyncRespond) -> None:
        await ack()
        fields = load(pressed(body))
        topic, first = str(fields.get("q", "")), int(fields.get("at", 0))
        tell = partial(respond, response_type="ephemeral", replace_original=False)
        for message in await compare_privately(read_asker(body), topic, services, first):
            await tell(**message, thread_ts=body["container"].get("thread_ts"))
