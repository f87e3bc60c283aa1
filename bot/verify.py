"""Checks quotations against the documents: exact, altered, misattributed or not found. Loads no model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.found import COMMITTEE, Found, found_at, spoke
from bot.matching import GAP, find_chains, overlooked, split_at_gaps, words_between
from bot.quotations import Quotation, find_quotations, without_bars
from bot.wording import LEAST_AGREEMENT, Change, changes, nearest, wording
from corpus.document import Document, Span
from corpus.sentences import split_sentences

MOST_PLACES = 5


class Verdict(StrEnum):
    """What became of a quotation."""

    EXACT = "exact"
    ALTERED = "altered"
    MISATTRIBUTED = "misattributed"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Check:
    """The verdict on one quotation of a text, at `span` of it; `claimed` is who spoke it, as the text says.

    `found` holds the place, then copies of it. `changes` go with `altered`. `overlooked` names differences that
    do not count; `remarks` are what a reader should know besides.
    """

    quotation: str
    span: Span
    verdict: Verdict
    claimed: str | None = None
    found: tuple[Found, ...] = ()
    changes: tuple[Change, ...] = ()
    overlooked: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def verify(text: str, documents: Sequence[Document]) -> list[Check]:
    """A check for each quotation in a text, in order; where it holds none, for the whole text."""
    known = {COMMITTEE, *(document.metadata.submitter for document in documents)}
    known |= {passage.speaker for document in documents for passage in document.passages if passage.speaker}
    headings = {heading for document in documents for passage in document.passages for heading in passage.section}
    headings |= {document.metadata.title for document in documents}
    return [_check(text, quotation, documents) for quotation in find_quotations(text, known, headings)]


def _check(text: str, quotation: Quotation, documents: Sequence[Document]) -> Check:
    quoted = quotation.span.slice(text)
    return (
        _word_for_word(quotation, quoted, documents)
        or _stitched(quotation, quoted, documents)
        or _with_changes(quotation, quoted, documents)
        or Check(quoted, quotation.span, Verdict.NOT_FOUND, quotation.claimed)
    )


def _word_for_word(quotation: Quotation, quoted: str, documents: Sequence[Document]) -> Check | None:
    parts = split_at_gaps(without_bars(quoted))
    if not parts:
        return None
    chains = [(document, chain) for document in documents for chain in find_chains(document, parts)]
    if not chains:
        return None
    places = [found_at(document, chain) for document, chain in chains[: MOST_PLACES * 10]]
    best = next((i for i, place in enumerate(places) if spoke(quotation.claimed, place)), 0)
    between = words_between(*chains[best])
    words = "word is" if between == 1 else "words are"
    remarks = [f"{between} {words} left out where it shows a gap"] if between else []
    verdict = Verdict.EXACT if spoke(quotation.claimed, places[best]) else Verdict.MISATTRIBUTED
    if len(parts) > 1 and (joined := _joined(places[best])):
        verdict = Verdict.ALTERED
        remarks.append(joined)
    ordered = (places[best], *places[:best], *places[best + 1 :])[:MOST_PLACES]
    unseen = tuple(overlooked(*chains[best], parts))
    return Check(quoted, quotation.span, verdict, quotation.claimed, ordered, (), unseen, tuple(remarks))


def _joined(place: Found) -> str:
    """What a gap may not join: the words of two people, or of two sections."""
    if len(place.speakers) > 1:
        return f"it joins the words of {' and '.join(place.speakers)}"
    if len({passage.section for passage in place.passages}) > 1:
        numbers = [str(passage.paragraph) for passage in place.passages]
        return f"it joins paragraphs {' and '.join(numbers)}, of different sections"
    return ""


def _with_changes(quotation: Quotation, quoted: str, documents: Sequence[Document]) -> Check | None:
    sought = wording(GAP.sub(" ", without_bars(quoted)))
    scored = [(*nearest(wording(document.text), sought), document) for document in documents]
    if not scored:
        return None
    agreement, first, after, document = max(scored, key=lambda row: row[0])
    if agreement < LEAST_AGREEMENT:
        return None
    differing = changes(wording(document.text), first, after, sought)
    return _altered(quotation, quoted, found_at(document, [(first, after)]), differing)


def _stitched(quotation: Quotation, quoted: str, documents: Sequence[Document]) -> Check | None:
    """Sentences that stand far apart in a document, printed as if one followed the other."""
    plain = without_bars(quoted)
    sentences = [span.slice(plain) for span in split_sentences(plain, Span(0, len(plain)))]
    if len(sentences) < 2:
        return None
    for document in documents:
        for chain in find_chains(document, sentences):
            source = wording(document.text)
            differing = changes(source, chain[0][0], chain[-1][1], wording(plain.rstrip(" .,;:!?")))
            return _altered(quotation, quoted, found_at(document, chain), differing)
    return None


def _altered(quotation: Quotation, quoted: str, place: Found, differing: tuple[Change, ...]) -> Check:
    wrong = not spoke(quotation.claimed, place)
    remarks = (f"the words are not those of {quotation.claimed}",) if wrong else ()
    claimed = quotation.claimed
    return Check(quoted, quotation.span, Verdict.ALTERED, claimed, (place,), differing, (), remarks)


def check_to_json(check: Check) -> dict[str, Any]:
    """The check as the published JSON object; offsets of `found` are into the document's text."""
    return {
        "quotation": check.quotation,
        "start": check.span.start,
        "end": check.span.end,
        "verdict": check.verdict.value,
        "claimed_speaker": check.claimed,
        "found": [place.as_json() for place in check.found],
        "changes": [{"kind": change.kind, "text": change.text} for change in check.changes],
        "overlooked": list(check.overlooked),
        "remarks": list(check.remarks),
    }
