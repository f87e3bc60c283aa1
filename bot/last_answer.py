"""Turns about the last answer: they are answered from what was quoted, not by a new search."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from bot.answer import Answer, Outcome, Quote
from bot.place import Place, still_standing
from corpus.document import Document, Passage, Span


class About(StrEnum):
    """What a turn wants of the last answer."""

    SAME = "the same quotes, for whose words they are, their source, place or copies"
    WHOLE = "the whole passages"
    BEFORE = "what stands before"
    AFTER = "what stands after"
    MORE = "more quotes on the same question"


# A turn is brought to few forms first: small letters, no politeness, "that" for whatever points at the answer.
_FORMS = (
    (r"[’]", "'"),
    (r"[?!. ]+$", ""),
    (r"^(?:(?:and|so|ok|okay|great|thanks|right|but|hang on|sorry|please|can you|could you)[,.!]? )+", ""),
    (r"(?: (?:please|again|then|though|exactly|too|as well|in full))+$", ""),
    (r"\b(?:what|who|where)'s\b", lambda match: match.group()[:-2] + " is"),
    (r"\b(?:was|are|were|does|did|do)\b", "is"),
    (r"\b(?:show|give|send|tell|get) me |\bcan i (?:see|have|get) ", ""),
    (
        r"\b(?:that|this|the) (?:(?:last|first) )?(?:quote|line|bit|passage|figure|number|claim|stat|statistic|one)\b"
        r"|\b(?:this|it|those|these|them|they)\b",
        "that",
    ),
)
_PATTERNS = {
    About.SAME: (
        r"who (?:is )?(?:said|saying|says|say|wrote) that",
        r"whose (?:words|quote|line)(?: is that)?",
        r"where is that(?: (?:come|taken))?(?: from)?",
        r"(?:(?:what|which) is )?(?:(?:the|its|their|a|that) )?(?:source|reference|citation|footnote|link)s?"
        r"(?: (?:for|of|to) that)?",
        r"(?:what|which) (?:section|paragraph|part|page) (?:is )?that(?: (?:is )?(?:in|from))?",
        r"(?:what|which)(?: is)?(?: the)? question(?: is)?(?: that)?(?: is)?(?: that)?"
        r"(?: (?:answering|answers?|answered|asked|an answer to))?",
        r"what is that (?:answering|asked|an answer to)",
        r"is that (?:also )?(?:in|said in|repeated in|mentioned in) the summary",
        r"is that (?:said|repeated|mentioned) (?:anywhere|somewhere) else",
    ),
    About.WHOLE: (
        r"(?:i want )?(?:the )?(?:whole|full|entire|complete) (?:paragraph|passage|thing|quote|text)(?: of that)?",
        r"(?:the )?(?:rest|all) of that",
    ),
    About.BEFORE: (
        r"what (?:is |comes |came |stands )?(?:said |written )?(?:just |right )?before(?: that)?",
        r"(?:the )?(?:paragraph|passage|sentence|part|bit) before(?: that)?|(?:the )?previous (?:paragraph|passage)",
    ),
    About.AFTER: (
        r"what (?:is |comes |came |stands )?(?:said |written )?(?:just |right )?(?:after|next)(?: that)?",
        r"(?:the )?(?:paragraph|passage|sentence|part|bit) after(?: that)?|(?:the )?next (?:paragraph|passage)",
        r"how is that (?:go on|continue)|go on|continue",
    ),
    About.MORE: (
        r"more(?: quotes| like that| of that)?",
        r"(?:any(?:thing)?|what) (?:else|more)(?: on that)?|any more(?: quotes| on that)?",
        r"(?:is there|have you got|is you have|got) (?:any(?:thing)? )?(?:more|else)(?: quotes| on that)?",
    ),
}


def about_last(turn: str) -> About | None:
    """What a turn wants of the last answer; None when it asks for something new."""
    said = " ".join(turn.casefold().split())
    for form, plain in _FORMS:
        said = re.sub(form, plain, said)
    return next((a for a, patterns in _PATTERNS.items() if any(re.fullmatch(p, said) for p in patterns)), None)


def quotes_at(documents: Iterable[Document], places: Sequence[Place]) -> list[Quote]:
    """The quotes at places that an earlier answer gave; where other words stand now, or no whole sentences, none."""
    held = still_standing(documents, places)
    passages = ((_quotable(document, place.span), place.span) for document, place in held)
    return [Quote(passage, span, 1.0) for passage, span in passages if passage is not None]


def _quotable(document: Document, span: Span) -> Passage | None:
    """The passage of which a span is whole sentences; a submission that is read anew may have others."""
    for passage in document.passages:
        spans = [sentence.span for sentence in passage.sentences]
        if span.start in {each.start for each in spans} and span.end in {each.end for each in spans}:
            return passage
    return None


def answer_from(about: About, turn: str, quotes: Sequence[Quote]) -> Answer:
    """The answer to a turn about the last answer's quotes (not for MORE, which searches on)."""
    if about is About.WHOLE:
        return answer_whole(turn, [quote.passage for quote in quotes[:1]])
    shown = quotes if about is About.SAME else list(_beside(quotes[0], -1 if about is About.BEFORE else 1))
    return _answer(turn, shown)


def answer_whole(question: str, passages: Sequence[Passage]) -> Answer:
    """The answer that whole passages are, none of which was searched for."""
    return _answer(question, [Quote(passage, _words(passage), 1.0) for passage in passages])


def _answer(question: str, quotes: Sequence[Quote]) -> Answer:
    outcome = Outcome.QUOTED if quotes else Outcome.NOT_FOUND
    return Answer(question=question, outcome=outcome, confidence=1.0, quotes=tuple(quotes))


def _words(passage: Passage) -> Span:
    return Span(passage.sentences[0].span.start, passage.sentences[-1].span.end)


def _beside(quote: Quote, step: int) -> Iterator[Quote]:
    """The rest of the passage on that side of the quote, else the next passage there."""
    sentences = [sentence.span for sentence in quote.passage.sentences]
    rest = [s for s in sentences if (s.end <= quote.span.start if step < 0 else s.start >= quote.span.end)]
    if rest:
        yield Quote(quote.passage, Span(rest[0].start, rest[-1].end), 1.0)
        return
    passages = [passage for passage in quote.document.passages if passage.sentences]
    at = passages.index(quote.passage) + step
    if 0 <= at < len(passages):
        yield Quote(passages[at], _words(passages[at]), 1.0)
