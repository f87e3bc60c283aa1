"""An answer as a person reads it in the terminal, and the chat there."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from bot.answer import Answer, Outcome, Quote, QuoteError
from bot.answering import Answerer
from bot.asking import ask, turn_of
from bot.citation import credit
from bot.committee import example_questions
from bot.compare import Position, compare, of_outcome
from bot.pinpoint import also_in, columns_of, link_to, named, where_of
from bot.scope import EVERYTHING, Filters, searched_in
from bot.smalltalk import small_talk, without_greeting
from bot.turns import QuestionError, Turn
from bot.verify import Check
from bot.wording import Change

TITLES_SHOWN = 3
_ENDS = ("quit", "exit")
_QUOTE_FAILED = "A quote did not match its source and is not shown; run `evidence-bot index --rebuild`."


def console() -> Console:
    """Standard output: wrapped for a person, one line a paragraph for a pipe."""
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def show(answer: Answer, console: Console) -> None:
    """Print an answer: quotes first, then the footnotes that say whose words they are and what they rest on."""
    if answer.resolved_question and answer.resolved_question != without_greeting(answer.question):
        console.print(Text(f"searched as: {answer.resolved_question}", "dim"))
    if line := searched_in(answer.searched_in):
        console.print(Text(line, "dim"))
    if answer.outcome is Outcome.QUOTED:
        for number, quote in enumerate(answer.quotes, 1):
            console.print(Text.assemble((f"“{_exact(quote.text)}”", "bold"), (f" [{number}]", "cyan")))
        for number, quote in enumerate(answer.quotes, 1):
            console.print(_footnote(quote, number))
        return
    if answer.outcome is Outcome.NOT_ANSWERED and answer.inquiry_question and answer.inquiry_document:
        document = answer.inquiry_document
        asked = _one_line(answer.inquiry_question.span.slice(document.text))
        console.print(Text(f"The committee asked this, and {named(document.metadata)} did not answer it.", "yellow"))
        console.print(Text.assemble("The committee’s question: ", (f"“{asked}”", "italic")))
    else:
        where = "the submissions searched" if answer.searched_in else "the corpus"
        console.print(f"Nothing in {where} answers this.", style="yellow")
    if answer.nearest:
        console.print(Text("Nearest passages, which do not answer:", "dim"))
        for quote in answer.nearest:
            console.print(Text(f"  “{_exact(quote.text)}” ({_source(quote)})", "dim"))


def show_comparison(positions: Sequence[Position], console: Console) -> None:
    """Print one quote of each submitter, the footnotes, and who says nothing on the topic."""
    said = [(position.submitter, position.quote) for position in positions if position.quote]
    for number, (submitter, quote) in enumerate(said, 1):
        words = (f"“{_exact(quote.text)}”", "bold")
        console.print(Text.assemble(f"{submitter} ({quote.document.reference}): ", words, (f" [{number}]", "cyan")))
    for number, (_, quote) in enumerate(said, 1):
        console.print(_footnote(quote, number))
    if not said:
        console.print("No submission says anything on that.", style="yellow")
    for label, outcome in (
        ("Asked by the committee and not answered by", Outcome.NOT_ANSWERED),
        ("Nothing on it from", Outcome.NOT_FOUND),
    ):
        if names := [named(position.documents[0].metadata) for position in of_outcome(positions, outcome)]:
            console.print(Text(f"{label}: {'; '.join(names)}.", "dim"))


def _footnote(quote: Quote, number: int) -> Text:
    note = Text.assemble((f"[{number}] ", "cyan"), _source(quote))
    if (link := link_to(quote.document, quote.span)) != quote.document.metadata.url:
        note.append(f"\n    {link}", "dim")
    if columns := columns_of(quote.passage):
        note.append(f"\n    columns of the table: {columns}", "dim")
    if copies := also_in(quote):
        note.append(f"\n    also in: {copies}", "dim")
    for source in quote.notes:
        note.append(f"\n    note {source.number} of the submission: ", "green")
        note.append(_one_line(source.span.slice(quote.document.text)))
    if quote.passage.question:
        asked = _one_line(quote.passage.question.span.slice(quote.document.text))
        note.append(f"\n    the committee asked: {asked}", "dim")
    return note


def _source(quote: Quote) -> str:
    place = where_of(quote.passage, quote.span)
    where = (credit(quote.passage), quote.document.reference, " › ".join(quote.passage.section), place)
    return ", ".join(filter(None, where))


def _exact(text: str) -> str:
    """A quote in one line: nothing but its line breaks becomes blanks."""
    return text.replace("\n", " ")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def describe(check: Check) -> str:
    """What became of one quotation, in a few lines."""
    lines = [f"{check.verdict.value.replace('_', ' ')}: “{_one_line(check.quotation)}”"]
    if check.found:
        place = check.found[0]
        where = f"{place.document.reference}, characters {place.span.start}-{place.span.end}"
        lines.append(f"  {where}, {place.credit}:")
        lines.append(f"  “{_one_line(place.text)}”")
    if check.changes:
        lines.append("  " + " ".join(_change(change) for change in check.changes))
    lines += [f"  {remark}" for remark in (*check.overlooked, *check.remarks)]
    return "\n".join(lines)


def _change(change: Change) -> str:
    marks = {"same": "{}", "left_out": "[-{}-]", "put_in": "{{+{}+}}"}  # as wdiff prints them
    return marks[change.kind].format(_one_line(change.text))


def chat(answerer: Answerer, console: Console, filters: Filters = EVERYTHING) -> None:
    """Answer what is typed, as one thread, until an empty line, `quit`, `exit` or the end of input."""
    turns: Sequence[Turn] = ()
    documents = answerer.documents.within(None, filters)
    titles = ", ".join(document.metadata.title for document in documents)
    held = titles if len(documents) <= TITLES_SHOWN else f"{len(documents):,} submissions"
    console.print(f"Ask about {held}. An empty line ends the chat.", markup=False)
    while (question := _typed(console)) and question.casefold() not in _ENDS:
        turns = _reply(answerer, console, question, turns, filters)


def _typed(console: Console) -> str:
    try:
        return input("> ").strip()
    except (EOFError, KeyboardInterrupt):
        console.print()
        return ""


def _compared(typed: str) -> str:
    """The topic where a comparison is asked for, "" else; QuestionError where it names none."""
    command, _, topic = typed.partition(" ")
    if command.casefold() != "compare":
        return ""
    if not topic.strip():
        raise QuestionError("Name a topic: compare rent arrears")
    return topic.strip()


def _reply(
    answerer: Answerer, console: Console, question: str, turns: Sequence[Turn], filters: Filters
) -> Sequence[Turn]:
    if kind := small_talk(question):
        if kind != "thanks":
            console.print("Ask what a submission says; the answer is its exact words. For example:")
            console.print("\n".join(f"  {example}" for example in example_questions(answerer.documents)))
        return turns
    try:
        if topic := _compared(question):
            show_comparison(compare(answerer, topic, filters=filters), console)
            return turns
        answer = ask(answerer, question, turns, filters=filters)
        show(answer, console)
    except QuestionError as error:
        console.print(str(error), style="yellow")
        return turns
    except QuoteError:
        console.print(_QUOTE_FAILED, style="red")
        return turns
    return [*turns, turn_of(answer)]
