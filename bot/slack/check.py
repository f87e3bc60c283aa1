"""The message shortcut "Check this quotation": each quotation in a message against the documents, in a modal."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.found import Found
from bot.pinpoint import where_of
from bot.place import place_of
from bot.slack import action_ids
from bot.slack.asker import keep_asker, read_asker
from bot.slack.kit import Json, actions, button, part, quotation, rich, section, shorten, small
from bot.slack.message_text import written_text
from bot.slack.modals import modal, notice
from bot.slack.pages import Group, pages
from bot.slack.place import write_places
from bot.slack.services import Services
from bot.verify import Check, Verdict, verify
from corpus.document import Document

TITLE = "Check this quotation"
# A window is read, not a report: what does not fit is counted.
CHECKS_TEXT = 20_000
CHECKS_BLOCKS = 90
STRETCH_SHOWN = 600
SAID = {
    Verdict.EXACT: "✅ Exact.",
    Verdict.ALTERED: "✏️ Altered: the wording differs from the source.",
    Verdict.MISATTRIBUTED: "👤 Misattributed: the words are in the source, but not as those of {claimed}.",
    Verdict.NOT_FOUND: "❌ Not found in the written evidence that I hold.",
}


def check_view(message: Json, documents: Sequence[Document]) -> Json:
    """The modal for a message as Slack gives it."""
    text = written_text(message)
    checks = verify(text, documents)
    if not checks:
        return notice(TITLE, "This message holds no words that could be checked.")
    made = pages([_check(check) for check in checks], text=CHECKS_TEXT, blocks=CHECKS_BLOCKS)
    shown = sum(block["type"] == "divider" for block in made[0])
    rest = [small(f"Shown: the first {shown} of {len(checks)} quotations.")] if len(made) > 1 else []
    return modal(TITLE, [*made[0], *rest])


def _check(check: Check) -> Group:
    verdict = SAID[check.verdict].format(claimed=check.claimed)
    lines: list[Json] = [section(part(f"“{shorten(check.quotation, STRETCH_SHOWN)}”", italic=True))]
    lines.append(section(part(verdict, bold=True)))
    blocks = [rich(*lines)]
    if check.verdict is not Verdict.EXACT and check.found:
        truth = [section(part("The true wording:")), quotation(part(check.found[0].text))]
        blocks.append(rich(*truth, section(part(f"{_where(check.found[0])}."))))
    elif check.found:
        blocks.append(rich(section(part(f"{_where(check.found[0])}."))))
    blocks += _changes(check) + _remarks(check) + _buttons(check)
    return [*blocks, {"type": "divider"}]


def _where(found: Found) -> str:
    first = found.passages[0] if found.passages else None
    place = where_of(first, found.span) if first else ""
    section_path = " › ".join(first.section) if first else ""
    source = f"written evidence {found.document.reference}"
    return "Words of " + ", ".join(filter(None, (found.credit, source, shorten(section_path, 300), place)))


def _changes(check: Check) -> list[Json]:
    """Word by word: struck through what the quotation leaves out, bold what it puts in."""
    parts: list[Json] = []
    for change in check.changes:
        text = shorten(change.text, STRETCH_SHOWN)
        if change.kind == "same":
            parts.append(part(text))
        elif change.kind == "left_out":
            words = text.rstrip()
            parts += [{**part(words), "style": {"strike": True}}, part(text[len(words) :])]
        else:
            before = parts[-1]["text"][-1:] if parts else " "
            parts += [part(" " if not before.isspace() else ""), part(text, bold=True), part(" ")]
    if not parts:
        return []
    legend = section(part("Struck through: in the source only. Bold: in the quotation only.", italic=True))
    return [rich(legend, section(*parts))]


def _remarks(check: Check) -> list[Json]:
    remarks = [f"{remark[:1].upper()}{remark[1:]}." for remark in check.remarks]
    if check.overlooked:
        remarks.append(f"Not counted as a difference: {', '.join(check.overlooked)}.")
    if len(check.found) > 1:
        others = [_place(found) for found in check.found[1:]]
        remarks.append(f"The same words also stand in {'; '.join(others)}.")
    return [small(" ".join(remarks))] if remarks else []


def _place(found: Found) -> str:
    first = found.passages[0] if found.passages else None
    place = where_of(first, found.span) if first else ""
    return ", ".join(filter(None, (found.document.reference, place)))


def _buttons(check: Check) -> list[Json]:
    if not check.found or not any(check.found[0].span in passage.span for passage in check.found[0].passages):
        return []
    value = write_places([place_of(check.found[0].document, check.found[0].span)])
    return [
        actions(
            button("In context", action_ids.CONTEXT, value, spoken="Show the true wording in context"),
            button("Cite", action_ids.CITE, value, spoken="Cite the true wording"),
        )
    ]


def register(app: AsyncApp, services: Services) -> None:
    """Listen for the shortcut."""

    @app.shortcut(action_ids.CHECK_SHORTCUT)
    async def checked(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        asker = read_asker(body)
        documents = await services.documents(asker.team, asker.channel)
        # The window opens at once: its trigger lasts three seconds, whatever the length of the message.
        opened = await client.views_open(trigger_id=body["trigger_id"], view=notice(TITLE, "Comparing…"))
        view = await asyncio.to_thread(check_view, body["message"], documents)
        await client.views_update(view_id=opened["view"]["id"], view=keep_asker(view, asker))
