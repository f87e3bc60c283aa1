"""The buttons beneath a quote and beneath an answer. Each carries places and says what it does."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answer import Answer, Outcome, Quote
from bot.place import Place, place_of
from bot.slack import action_ids
from bot.slack.kit import Json, actions, button, plain, shorten
from bot.slack.pages import Group
from bot.slack.place import dump, quote_place, write_places

# characters of a question, as JSON, that a button carries beside places, of the 2,000 that it may
QUESTION_KEPT = 1000


def quote_buttons(quote: Quote, number: int, *, shareable: bool) -> Json:
    """What can be done with one quote."""
    value, label = write_places([quote_place(quote)]), f"quote {number}"
    row = [
        button("In context", action_ids.CONTEXT, value, spoken=f"Show {label} in context"),
        button("Cite", action_ids.CITE, value, spoken=f"Cite {label}"),
    ]
    if shareable:
        spoken = f"Share this quote in the channel: {label}"
        row.append(button("Share this quote", action_ids.SHARE_QUOTE, value, spoken=spoken))
    return actions(*row)


def answer_buttons(answer: Answer, shown: Sequence[Quote], *, private: bool) -> Group:
    """What can be done with a whole answer of which `shown` are visible, and Slack's own feedback buttons."""
    places = [quote_place(quote) for quote in shown]
    if answer.outcome is Outcome.NOT_ANSWERED and answer.inquiry_question and answer.inquiry_document:
        places = [place_of(answer.inquiry_document, answer.inquiry_question.span)]
    row, rest = [], answer.quotes[len(shown) :]
    if shown and rest:
        value = write_places(map(quote_place, rest), n=len(shown) + 1)
        row.append(button("More quotes", action_ids.MORE_QUOTES, value))
    if not shown and answer.nearest:
        value = write_places(map(quote_place, answer.nearest))
        row.append(button("Show nearest passages", action_ids.SHOW_NEAREST, value))
    if private and places:
        value = write_places(places, o=answer.outcome.value, q=_kept(answer.question))
        row.append(button("Share to channel", action_ids.SHARE_ANSWER, value))
    return [*([actions(*row)] if row else []), _votes(answer, places)]


def _votes(answer: Answer, places: Sequence[Place]) -> Json:
    kept = _kept(answer.question)
    up, down = (write_places(places, v=vote, o=answer.outcome.value, q=kept) for vote in ("up", "down"))
    buttons = {
        "type": "feedback_buttons",
        "action_id": action_ids.VOTE,
        "positive_button": _vote("Helpful", "This answer is helpful", up),
        "negative_button": _vote("Not helpful", "This answer is not helpful", down),
    }
    return {"type": "context_actions", "elements": [buttons]}


def _kept(question: str) -> str:
    """The question, or its first words where a button cannot carry it."""
    kept = shorten(question, QUESTION_KEPT)
    while len(dump({"q": kept})) > QUESTION_KEPT:
        kept = shorten(kept, len(kept) * 3 // 4)
    return kept


def _vote(label: str, spoken: str, value: str) -> Json:
    return {"text": plain(label), "value": value, "accessibility_label": spoken}
