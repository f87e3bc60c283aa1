"""`evidence-bot expand`: drafts expansions with any OpenAI-compatible endpoint, for a person to read and commit.

This is the only place where a language model may run, long before anybody asks: what it drafts is searched, never
shown, and counts only once a person has moved it from the draft to expansions.jsonl.
"""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.document import Document, Passage, Span
from corpus.errors import Mendable
from corpus.expansions import Expansion, places, read_expansions, write_expansions

DRAFT = "expansions.draft.jsonl"
_TIMEOUT = 120  # seconds; a small model on a laptop takes some ten
_INSTRUCTIONS = """You write a library catalogue entry for one passage of a submission to a parliamentary inquiry, so
that people find it who ask in other words. Reply with one JSON object and nothing else:
{"statements": [2 to 4 plain sentences that say what the passage says in other everyday words: synonyms, acronyms both
ways, pronouns resolved, who, what, where, how much], "questions": [4 to 8 short questions that this very passage
answers, formal and casual]}. Add nothing that the passage does not say."""


class ExpandError(Mendable):
    """The endpoint cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model answers: the base address of an OpenAI-compatible API, the model's name, a key if one is needed."""

    url: str
    model: str
    key: str = ""

    def complete(self, prompt: str) -> str:
        """The model's reply to a prompt; ExpandError if there is none."""
        body = {
            "model": self.model,
            "temperature": 0.3,
            "messages": [{"role": "system", "content": _INSTRUCTIONS}, {"role": "user", "content": prompt}],
        }
        address = f"{self.url.rstrip('/')}/chat/completions"
        if not address.startswith(("http://", "https://")):
            raise ExpandError(f"{self.url}: not an http address")
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.key}"} if self.key else {})
        request = urllib.request.Request(address, json.dumps(body).encode(), headers)  # noqa: S310 (checked above)
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as reply:  # noqa: S310
                answered = json.load(reply)
            return str(answered["choices"][0]["message"]["content"])
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            raise ExpandError(f"{address}: does not answer ({error})") from error
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise ExpandError(f"{address}: the reply is not a chat completion ({error!r})") from error


def draft(document: Document, folder: Path, endpoint: Endpoint, tick: Callable[[int, int], None]) -> tuple[int, int]:
    """Draft what has no expansion yet, saving after each; returns how many were drafted and how many replies failed.

    It can be stopped and started again: passages in the draft or in expansions.jsonl are left alone.
    """
    path = folder / DRAFT
    done = read_expansions(path, document)
    known = {one.span for one in [*done, *read_expansions(folder / "expansions.jsonl", document)]}
    open_places = [span for span in places(document) if span not in known]
    failed = 0
    for number, span in enumerate(open_places, 1):
        expansion = parse(span, endpoint.complete(_prompt(document, span)))
        if expansion is None:
            failed += 1
        else:
            done.append(expansion)
            write_expansions(path, document, done)
        tick(number, len(open_places))
    return len(open_places) - failed, failed


def _prompt(document: Document, span: Span) -> str:
    passage = next((p for p in document.passages if p.span == span), None)
    if passage is None:
        return f"A question of the committee that the submission leaves unanswered:\n{span.slice(document.text)}"
    return "\n".join([*_context(document, passage), "Passage:", passage.text])


def _context(document: Document, passage: Passage) -> Sequence[str]:
    lines = [f"Submission: {document.metadata.title}", f"Section: {' / '.join(passage.section)}"]
    lines.append(
        f"Words of: {', '.join(filter(None, (passage.speaker, passage.speaker_role))) or 'a person not named'}"
    )
    lines += [
        f"Source note {number}: {document.note_by_number[number].span.slice(document.text)}" for number in passage.notes
    ]
    return lines


def parse(span: Span, reply: str) -> Expansion | None:
    """The expansion in a model's reply, None where the reply holds none."""
    found = re.search(r"\{.*\}", reply, re.S)
    try:
        row: Any = json.loads(found.group()) if found else None
    except ValueError:
        return None
    if not isinstance(row, dict):
        return None
    statements, questions = _texts(row.get("statements")), _texts(row.get("questions"))
    return Expansion(span, statements, questions) if statements or questions else None


def _texts(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else []
    return tuple(" ".join(item.split()) for item in items if isinstance(item, str) and item.strip())
