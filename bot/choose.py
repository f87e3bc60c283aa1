"""From evidence to quotes: which passages, which of their sentences, and which of near-identical copies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.answer import Copy, Quote
from bot.question_forms import asks_figure, has_figure
from bot.ranking import ranked
from corpus.document import Document, Passage, Span
from index.evidence import Evidence
from index.search import Index, Scope

_MOST_SENTENCES = 3
_COPIES_WEIGHED = 32  # copies of a quote of which one is chosen to be shown; a campaign has thousands
_MOST_CHARACTERS = 400
_NEIGHBOUR = 0.4  # a sentence beside the best one is quoted with it from this share of its score on
# A sentence's score: cosines of its own row and of the expansions nearest to it, its share of the question's rare
# words, and whether it has the figure asked for. An expansion speaks of a whole passage, so here it counts for less.
_TEXT, _EXPANSION, _WORDS, _FIGURES = 1.0, 0.5, 0.5, 0.3
_LEANS_BACK = re.compile(
    r"(?:This|These|That|Those|They|It|Such|Some of these|Others|Indeed|However|And|But|Finally)\b"
)


Where = Callable[[Passage], bool]
"""Whether a passage may be quoted."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A quote with the unit whose evidence speaks for it: its own, or a copy of it where only that was weighed."""

    unit: int
    quote: Quote


def choose(index: Index, evidence: Evidence, scope: Scope, *, where: Where | None = None) -> Iterator[Chosen]:
    """The best quotes of the passages in `scope` that `where` admits, best first: one for each, copies merged."""
    quoted_from: set[int] = set()
    used: set[tuple[int, int]] = set()
    for unit, score in ranked(evidence):
        if not _admits(index, unit, scope, where):
            continue
        sentences = _best_sentences(index, evidence, unit)
        places = [(unit, sentence) for sentence in sentences]
        if used.issuperset(places):
            continue
        shown, copies = _best_copy(index, unit, sentences, scope, where)
        if shown[0] in quoted_from:
            continue  # at most one quote from a passage
        quoted_from.add(shown[0])
        for owner, quoted in [shown, *copies]:
            used |= {(owner, sentence) for sentence in quoted}
        yield Chosen(shown[0] if shown[0] in evidence.candidates else unit, _quote(index, shown, copies, score))


def _admits(index: Index, unit: int, scope: Scope, where: Where | None) -> bool:
    in_scope = scope is None or index.units.submission(unit).reference in scope
    return in_scope and (where is None or where(index.units.passage(unit)))


def _best_sentences(index: Index, evidence: Evidence, unit: int) -> range:
    """The contiguous sentences of a passage that answer: the best one, and neighbours that belong to it."""
    passage = index.units.passage(unit)
    scores = sentence_scores(index, evidence, unit)
    best = int(np.argmax(scores))
    first, after = best, best + 1
    text = passage.document.text

    def fits(start: int, end: int) -> bool:
        span = Span(passage.sentences[start].span.start, passage.sentences[end - 1].span.end)
        return end - start <= _MOST_SENTENCES and span.end - span.start <= _MOST_CHARACTERS

    if first and _LEANS_BACK.match(passage.sentences[first].span.slice(text)) and fits(first - 1, after):
        first -= 1
    while True:
        options = [(scores[i], i) for i in (first - 1, after) if 0 <= i < len(scores)]
        options = [
            (s, i) for s, i in options if s >= _NEIGHBOUR * scores[best] and fits(min(first, i), max(after, i + 1))
        ]
        if not options:
            return range(first, after)
        _, index_of = max(options)
        first, after = min(first, index_of), max(after, index_of + 1)


def sentence_scores(index: Index, evidence: Evidence, unit: int) -> list[float]:
    """How well each sentence of a passage fits the question, higher is better."""
    passage = index.units.passage(unit)
    text, expansion = index.by_sentence(evidence, unit, len(passage.sentences))
    weight = {word: index.lexical.idf(word) for word in evidence.words}
    total = sum(weight.values()) or 1.0
    words = [sum(weight[word] for word in bag & weight.keys()) / total for bag in index.units.words(unit)]
    figure = asks_figure(evidence.question)
    figures = [figure and has_figure(s.span.slice(passage.document.text)) for s in passage.sentences]
    return [
        _TEXT * text[i] + _EXPANSION * expansion[i] + _WORDS * words[i] + _FIGURES * figures[i]
        for i in range(len(words))
    ]


Sentences = tuple[int, Sequence[int]]
"""A unit and the indices of contiguous sentences in it."""


def _best_copy(
    index: Index, unit: int, sentences: Sequence[int], scope: Scope, where: Where | None
) -> tuple[Sentences, list[Sentences]]:
    """The copy to show, which among the first has most notes or else answers the committee, and the others."""
    copies = [(unit, list(sentences)), *_copies(index, unit, sentences)]
    allowed = [copy for copy in copies if _admits(index, copy[0], scope, where)]

    def detail(copy: Sentences) -> tuple[int, bool, bool]:
        owner, quoted = copy
        return index.units.notes(owner, quoted), bool(index.units.question[owner] >= 0), owner == unit

    shown = max(allowed[:_COPIES_WEIGHED], key=detail)
    return shown, [copy for copy in allowed if copy is not shown]


def _copies(index: Index, unit: int, sentences: Sequence[int]) -> list[Sentences]:
    """Places in other passages that hold copies of all these sentences, in the same order without a gap."""
    copies = [index.units.copies(unit, sentence) for sentence in sentences]
    following = [set(of_sentence) for of_sentence in copies[1:]]
    runs = ((owner, range(start, start + len(sentences))) for owner, start in copies[0])
    return [
        (owner, run)
        for owner, run in runs
        if all((owner, there) in held for there, held in zip(run[1:], following, strict=True))
    ]


def _quote(index: Index, shown: Sentences, copies: Sequence[Sentences], score: float) -> Quote:
    units = index.units
    passage = units.passage(shown[0])
    return Quote(passage, units.span(*shown), score, _in_order(index, passage.document, copies))


def _in_order(index: Index, document: Document, copies: Sequence[Sentences]) -> tuple[Copy, ...]:
    """The copies, first those of the same submission."""
    units = index.units
    also = [Copy(units.submission(owner), units.span(owner, sentences)) for owner, sentences in copies]
    return tuple(sorted(also, key=lambda copy: (copy.document is not document, copy.document.reference, copy.span)))


def with_copies(index: Index, quote: Quote, scope: Scope, where: Where | None) -> Quote:
    """A quote of whole sentences with the places, of those that may be quoted, that say the same."""
    found = index.units.sentences_at(quote.document.reference, quote.span)
    if found is None:
        return quote
    copies = [copy for copy in _copies(index, *found) if _admits(index, copy[0], scope, where)]
    return replace(quote, also_at=_in_order(index, quote.document, copies))
