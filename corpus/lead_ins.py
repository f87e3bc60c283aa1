"""Items of a list below words that deny or limit them: one sentence with those words, and never quoted without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from corpus.document import Passage, Sentence, Span, Voice
from corpus.reading import Line, Style
from corpus.sentences import blank_markers

_TURNS = re.compile(
    r"\b(?:not|no|nor|none|nothing|nobody|nowhere|never|neither|cannot|without|against|unless|until|except|only|instead|rather|hardly"
    r"|few|if|(?:\w+n[’']t)|oppos\w+|reject\w*|refus\w+|avoid\w*|stop\w*|lack\w*|fail\w*|den(?:y|ies|ied|ying)"
    r"|prevent\w*|exclud\w+|disagree\w*|dispute\w*|doubt\w*|myths?|wrong\w*|false\w*|untrue|mistaken\w*|critics"
    r"|opponents|claims?|fears?|feared|risks?|threat\w*|worr\w+|concern\w*|ban(?:s|ned|ning)?|end(?:ed|ing)?)\b",
    re.I,
)
_FRAGMENT = 20  # words of an item without a mark
_LONGEST = 1500  # characters that a quote of a list may have; items beyond are not quoted
_MARK = re.compile(r"\W*(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,4})[.):\]]\W*)?", re.I)
_GOES_ON = re.compile(r"(?:[;,]|[;,]?\s(?:and|or))\s*$")
_LABELLED = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]\s")


def with_lead_ins(said: Iterable[tuple[Line, Passage]]) -> Iterator[Passage]:
    """The passages in order, with items that the words above them deny or limit made one passage with these words.

    Whoever reads only 'cutting the pay of carers' would take it for a wish, where 'We do not support:' stands above.
    """
    lead: Passage | None = None
    above: tuple[Line, Passage] | None = None  # the item above
    for line, passage in said:
        if lead is not None and _is_item(line, lead, above, passage):
            lead, above = _joined(lead, passage), (line, passage)
            continue
        if lead is not None:
            yield lead
        lead, above = (passage, None) if _turns(passage) else (None, None)
        if lead is None:
            yield passage
    if lead is not None:
        yield lead


def _turns(passage: Passage) -> bool:
    """Whether the last sentence of the submitter's leads to a list and denies or limits what is in it."""
    if passage.voice is not Voice.SUBMITTER or not passage.sentences:
        return False
    last = blank_markers(passage.sentences[-1].span.slice(passage.document.text)).rstrip()
    return last.endswith(":") and _TURNS.search(last) is not None


def _is_item(line: Line, lead: Passage, above: tuple[Line, Passage] | None, passage: Passage) -> bool:
    """Whether a passage is an item of the list that another one leads to: marked as the item above, or going on."""
    text = passage.document.text
    apart = _MARK.fullmatch(text, lead.span.end, passage.span.start) is None
    if apart or passage.voice is not lead.voice or passage.section != lead.section or not passage.sentences:
        return False
    if lead.printed and passage.printed and passage.paragraph != lead.paragraph:
        return False  # the next paragraph
    if above is not None and above[0].style is Style.ITEM and line.style is not Style.ITEM:
        return False
    marked = line.style is Style.ITEM or _is_marked(passage)
    if marked or passage.text[:1].islower():
        return True
    if above is None:
        return len(passage.text.split()) <= _FRAGMENT
    last = above[1]
    going = _GOES_ON.search(blank_markers(last.text)) is not None
    return not _is_marked(last) and (going or not (_ends(last.text) or _ends(passage.text)))


def _is_marked(passage: Passage) -> bool:
    """Whether a bullet, number or letter stands before the words of a passage."""
    text, start = passage.document.text, passage.span.start
    return bool(text[text.rfind("\n", 0, start) + 1 : start].strip()) or _LABELLED.match(passage.text) is not None


def _ends(words: str) -> bool:
    return blank_markers(words).rstrip().endswith((".", "!", "?"))


def _joined(lead: Passage, item: Passage) -> Passage:
    """The passage of both, whose last sentence goes from the lead-in to the item where that is not too long."""
    first, last = lead.sentences[-1], item.sentences[-1]
    whole = Span(lead.span.start, item.span.end)
    if last.span.end - first.span.start > _LONGEST:
        return replace(lead, span=whole)
    notes = dict.fromkeys([*first.notes, *(note for sentence in item.sentences for note in sentence.notes)])
    joined = Sentence(Span(first.span.start, last.span.end), tuple(notes))
    return replace(lead, span=whole, sentences=(*lead.sentences[:-1], joined))
