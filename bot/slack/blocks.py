"""From an Answer to Slack messages: the one place where quotes become blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from bot.answer import Answer, Outcome, Quote
from bot.citation import cite_plain, credit
from bot.committee import did_not_answer, example_questions
from bot.scope import searched_in
from bot.slack.buttons import answer_buttons, quote_buttons
from bot.slack.footnotes import asked_line, blocks_of, byline, footnote, mark
from bot.slack.kit import Json, escaped, part, quotation, rich, section, shorten, small
from bot.slack.limits import FALLBACK_TEXT
from bot.slack.pages import Group, pages, pieces
from bot.smalltalk import without_greeting
from corpus.document import Document, InquiryQuestion

# An answer is asked for more quotes than it shows: the rest wait behind "More quotes".
QUOTES_SHOWN = 3
QUOTES_ASKED = 8
NOT_FOUND = "Nothing in the written evidence that I hold answers that."
NOT_FOUND_THERE = "Nothing in the submissions that were searched answers that."
HELP = (
    "I answer with its exact words and footnotes, and say so when it holds no answer. Mention me in a channel, write "
    "to me directly, or use /evidence followed by a question for an answer that only you see; /evidence compare and a "
    "topic shows what each submitter says on it. /evidence settings changes how I answer in a channel. The shortcut "
    "“Check this quotation” on a message compares it with the source."
)
HELD_SHOWN = 10
NOT_AN_ANSWER = "Nearest passages. They do not answer the question."


class Message(TypedDict):
    """The arguments of chat.postMessage that carry content."""

    text: str
    blocks: list[Json]
    unfurl_links: bool
    unfurl_media: bool


def to_messages(answer: Answer, *, private: bool = False, lead: str = "") -> list[Message]:
    """The answer as messages in order, nearly always one; a `private` one offers to share it.

    `lead` is small print above it; a private answer stands alone, so that its question leads it.
    QuoteError, and nothing to send, where a quote does not lie in its passage.
    """
    lead = lead or (f"Your question: {answer.question}" if private else "")
    searched = f"Searched as: {answer.resolved_question}" if _was_resolved(answer) else ""
    small_print = [[small(line)] for line in (lead, searched, searched_in(answer.searched_in)) if line]
    shown = answer.quotes[:QUOTES_SHOWN] if answer.outcome is Outcome.QUOTED else ()
    if shown:
        body, text = quote_groups(shown), notification(shown[0])
    elif answer.outcome is Outcome.NOT_ANSWERED and answer.inquiry_question and answer.inquiry_document:
        body, text = _not_answered(answer.inquiry_document, answer.inquiry_question)
    else:
        text = NOT_FOUND_THERE if answer.searched_in else NOT_FOUND
        body = [[rich(section(part(text, bold=True)))]]
    return messages([*small_print, *body, answer_buttons(answer, shown, private=private)], text)


def help_message(documents: Sequence[Document]) -> Message:
    """What the bot is and how one asks it, with questions to begin with."""
    examples = example_questions(documents)
    held = "; ".join(f"{document.metadata.submitter} ({document.reference})" for document in documents[:HELD_SHOWN])
    more = f"; and {len(documents) - HELD_SHOWN} more" if len(documents) > HELD_SHOWN else ""
    lines = [
        [part("Ask me what the written evidence says. ", bold=True), part(HELP)],
        [part(f"I hold: {held}{more}.")],
        *([[part("For example:", bold=True)]] if examples else []),
        *([part(f"•  {example}")] for example in examples),
    ]
    return messages(blocks_of(lines), f"Ask me what the written evidence says. {HELP}")[0]


def messages(groups: Sequence[Group], text: str) -> list[Message]:
    """The groups on as many messages as they need; `text` is what a notification and a screen reader say."""
    made = pages(groups)
    texts = [text] + [f"The answer goes on ({n} of {len(made)})." for n in range(2, len(made) + 1)]
    return [
        Message(text=said, blocks=blocks, unfurl_links=False, unfurl_media=False)
        for said, blocks in zip(texts, made, strict=True)
    ]


def say(text: str) -> list[Message]:
    """A plain sentence."""
    return messages([[rich(section(text))]], escaped(text))


def quote_groups(
    quotes: Sequence[Quote], first: int = 1, *, shareable: bool = True, among_several: bool = False
) -> list[Group]:
    """Quotes with whose words they are and their buttons, then their footnotes, numbered from `first`.

    Quotes of several submissions, or `among_several`, name theirs at once.
    """
    numbered = list(enumerate(quotes, first))
    several = among_several or len({quote.document.reference for quote in quotes}) > 1
    groups = [
        group
        for number, quote in numbered
        for group in _quote(quote, number, shareable=shareable, among_several=several)
    ]
    footnotes = [group for number, quote in numbered for group in footnote(quote, number)]
    return [*groups, [{"type": "divider"}, *footnotes[0]], *footnotes[1:]]


def notification(quote: Quote) -> str:
    """The quote and its source as plain text; of a very long quote, only where it is."""
    said = escaped(cite_plain(quote))
    if len(said) <= FALLBACK_TEXT:
        return said
    source = f"{credit(quote.passage)}, written evidence {quote.document.reference}"
    return escaped(shorten(f"A long quotation from {source}. Its words are in the message.", FALLBACK_TEXT // 6))


def _quote(quote: Quote, number: int, *, shareable: bool, among_several: bool) -> list[Group]:
    *starts, last = pieces(quote.text)
    goes_on = section(part(f"{mark(number)} (the quotation goes on)", italic=True))
    line = byline(quote, number, among_several=among_several)
    whole = [rich(quotation(last), line), quote_buttons(quote, number, shareable=shareable)]
    return [*([rich(quotation(start), goes_on)] for start in starts), whole]


def _not_answered(document: Document, question: InquiryQuestion) -> tuple[list[Group], str]:
    submitter = document.metadata.submitter
    said = f"The committee asked this, and {submitter} {did_not_answer(document, question)}."
    where = ", ".join(
        filter(None, (f"{submitter}, written evidence {document.reference}", " › ".join(question.section)))
    )
    lines = [[part(said, bold=True)], asked_line(document, question), [part(f"{where}.")]]
    return blocks_of(lines), escaped(shorten(f"{said} {where}.", FALLBACK_TEXT // 6))


def _was_resolved(answer: Answer) -> bool:
    asked = without_greeting(answer.question)
    return bool(answer.resolved_question) and answer.resolved_question.split() != asked.split()
