"""App Home as blocks: the submissions, the committee's questions with their answers, examples, gaps."""

from __future__ import annotations

from collections.abc import Sequence

from bot.citation import written_date
from bot.committee import example_questions
from bot.place import place_of
from bot.slack import action_ids
from bot.slack.gaps import Week, gap_blocks
from bot.slack.kit import Json, actions, button, part, plain, rich, section, shorten, small
from bot.slack.limits import HEADER_TEXT, SECTION_TEXT
from bot.slack.place import PlaceError, dump, load, write_places
from corpus.document import Document, InquiryQuestion

SUBMISSIONS_SHOWN, QUESTIONS_SHOWN = 10, 25
HOW = (
    "Ask me about these submissions: mention me in a channel, write to me under Messages, or use /evidence. "
    "I answer with their exact words and footnotes."
)


def home_view(documents: Sequence[Document], value: str = "", weeks: Sequence[Week] | None = None) -> Json:
    """The Home tab. `value` is that of the button pressed on it; `weeks` are for administrators only."""
    fields = _fields(value)
    first = _from(fields, "list", len(documents))
    chosen = next((d for d in documents if d.reference == fields.get("doc")), next(iter(documents[first:]), None))
    blocks = [*_head(HOW), *_examples(documents), {"type": "divider"}, *_submissions(documents, first)]
    if chosen:
        blocks += [{"type": "divider"}, *_questions(chosen, _from(fields, "at", len(chosen.questions)), first)]
    return {"type": "home", "blocks": [*blocks, *_gaps(weeks)]}


def closed_home(text: str, weeks: Sequence[Week] | None = None) -> Json:
    """The Home tab of somebody who may not ask: why, and for administrators the gaps."""
    return {"type": "home", "blocks": [*_head(text), *_gaps(weeks)]}


def _head(text: str) -> list[Json]:
    return [{"type": "header", "text": plain(shorten("Written evidence", HEADER_TEXT))}, rich(section(text))]


def _gaps(weeks: Sequence[Week] | None) -> list[Json]:
    return [] if weeks is None else [{"type": "divider"}, *gap_blocks(weeks, action_ids.EXPORT_GAPS)]


def _fields(value: str) -> dict[str, object]:
    try:
        return load(value) if value else {}
    except PlaceError:
        return {}


def _from(fields: dict[str, object], name: str, count: int) -> int:
    at = fields.get(name, 0)
    return at if isinstance(at, int) and 0 <= at < count else 0


def _examples(documents: Sequence[Document]) -> list[Json]:
    """Each with a button that asks it; one block a question, for an action_id is unique within its block."""
    blocks = [rich(section(part("Questions to begin with", bold=True)))]
    for example in example_questions(documents):
        ask = button("Ask this", action_ids.ASK_EXAMPLE, dump({"q": example}), spoken=f"Ask this: {example}")
        blocks.append({"type": "section", "text": plain(example), "accessory": ask})
    return blocks if len(blocks) > 1 else []


def _submissions(documents: Sequence[Document], first: int) -> list[Json]:
    blocks = [rich(section(part(f"Submissions: {len(documents)}", bold=True)))]
    for document in documents[first : first + SUBMISSIONS_SHOWN]:
        blocks.append(rich(section(*_about(document))))
        if len(documents) > 1:
            value = dump({"doc": document.reference, "list": first})
            blocks.append(actions(button("Show its questions", action_ids.HOME_PAGE, value)))
    row = []
    if first > 0:
        value = dump({"list": max(0, first - SUBMISSIONS_SHOWN)})
        row.append(button("Earlier submissions", f"{action_ids.HOME_PAGE}_earlier", value))
    if first + SUBMISSIONS_SHOWN < len(documents):
        value = dump({"list": first + SUBMISSIONS_SHOWN})
        row.append(button("More submissions", f"{action_ids.HOME_PAGE}_later", value))
    return [*blocks, *([actions(*row)] if row else [])]


def _about(document: Document) -> list[Json]:
    meta = document.metadata
    link = meta.url if meta.url.startswith(("https://", "http://")) else ""
    committee = " ".join(filter(None, (meta.house, meta.committee)))
    facts = (f"Submitted by {meta.submitter}", meta.reference, written_date(meta.date), committee, meta.inquiry)
    lines = [part(meta.title, bold=True, url=link), part(f"\n{' · '.join(filter(None, facts))}")]
    return [*lines, part(f"\n{meta.licence}")] if meta.licence else lines


def _questions(document: Document, first: int, listed: int) -> list[Json]:
    title = f"What the committee asked, and whether {document.metadata.submitter} answered"
    blocks = [rich(section(part(title, bold=True)))]
    if not document.questions:
        return [*blocks, small("This submission repeats no questions of the committee.")]
    shown = document.questions[first : first + QUESTIONS_SHOWN]
    blocks += [_question(document, question) for question in shown]
    row = []
    for label, at, which in (
        ("Earlier questions", first - QUESTIONS_SHOWN, "before"),
        ("More questions", first + QUESTIONS_SHOWN, "after"),
    ):
        if 0 <= at < len(document.questions):
            value = dump({"doc": document.reference, "at": at, "list": listed})
            row.append(button(label, f"{action_ids.HOME_PAGE}_{which}", value))
    return [*blocks, *([actions(*row)] if row else [])]


def _question(document: Document, question: InquiryQuestion) -> Json:
    asked = question.span.slice(document.text)
    status, label = ("Answered", "Read the answer") if question.answered else ("Not answered", "Read the reply")
    text = f"{shorten(asked, SECTION_TEXT - 20)}\n{status}"
    value = write_places([place_of(document, question.span)])
    read = button(label, action_ids.READ_ANSWER, value, spoken=f"{label} to: {asked}")
    return {"type": "section", "text": plain(text), "accessory": read}
