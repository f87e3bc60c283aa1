"""Questions that nobody asked of the submitter, though they look so: of its own survey, for effect, and one alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from corpus.document import Kind
from corpus.inquiry import LABEL, TO_SUBMITTER, asking_sentences, is_labelled, is_remarked, plain, sentences_in
from corpus.matter import HEADING_WORDS
from corpus.numbers import counts_on
from corpus.reading import Line, Style
from corpus.unanswered import is_not_answered

_OF_SURVEY = re.compile(
    r"\bour (?:\w+ )?(?:survey|poll|questionnaire)\b"
    r"|\b(?:survey|questionnaire|poll) (?:questions|results|findings|of)\b"
    r"|\b(?:annex|appendix)\b.*\b(?:survey|poll|questionnaire|interviews?)\b|\b(?:interview|topic) guide\b",
    re.I,
)
_GOES_ON = re.compile(r"(?:and|but|for|now|or|so|then|yet)\b", re.I)
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|should|will|would)"
# 'Why does this matter?', 'How did it come to that?': of what stands above
_OF_ABOVE = re.compile(
    rf"\b{_AUXILIARY}(?:n[’']t)? (?:(?:it|they|he|she|there)\b|(?:this|that|these|those)(?=\?| (?:a|all|actually"
    r"|affect|an|bad|be|change|come|compare|cost|different|do|done|enough|fair|for|go|good|happen\w*|have|help|important|in|lead|leave"
    r"|look|make|matter|mean|necessary|needed|new|not|really|right|so|still|the|to|true|urgent|work|wrong)\b))",
    re.I,
)
_FOR_EFFECT = re.compile(
    r"(?:what|how) (?:about|if|then)\b|why not\b|(?:who|what|why|where|how) (?:are|do|did|have|were) we\b", re.I
)
# words that name no matter of an inquiry: 'What needs to change?', 'Where do we go from here?', 'What is the problem?'
_WITHOUT_MATTER = re.compile(
    rf"(?:what|why|who|how|where|when|{_AUXILIARY}|a|an|the|it|this|that|us|to|for|from|of|in|be|been|being|go|goes|going"
    r"|gone|went|here|now|next|so|not|needs?|needed|change|changed|changes|happen\w*|matter|matters|mean|means|work|works"
    r"|done|help|helps|problems?|solutions?|answers?|issues?|point|way|forward|wrong|right|wants?|ask|asking|know|stake|at"
    r"|made|make|like|look|looks|missing|better|say|says|saying|big|real|story|all|about)(?: |$)",
    re.I,
)
_BARE = re.compile(r"\d{1,2} ")  # the number of a heading without a full stop
_OF_ANY_SUBMISSION = re.compile(  # headings that stand also beside the committee's questions
    r"[\W\d]*(?:about|annex|appendix|background|case stud|closing|conclu|contact|context|executive|foreword|further"
    r"|intro|key|method|overview|recommend|referenc|response|summary|who we)",
    re.I,
)
_SHORT = 8  # words of a heading that asks for effect; the committees' questions have 20 on average


def mark_unasked(text: str, known: Sequence[Line], kinds: list[Kind]) -> None:
    """Questions of the submitter's own survey are only listed; those for effect and one alone are headings.

    A short one among more of those that are for effect than not is a heading too, and so is one alone: nobody knows
    whose it is.
    """
    surveyed = frozenset(_of_survey(text, known, kinds))
    for index in _for_effect(text, known, kinds, surveyed):
        kinds[index] = Kind.HEADING
    asked = [index for index, kind in enumerate(kinds) if kind is Kind.QUESTION and index not in surveyed]
    if len(asked) == 1 and Kind.LISTED not in kinds and not _is_asked(text, known, asked[0]):
        words = known[asked[0]].span.slice(text).split()
        kinds[asked[0]] = Kind.HEADING if len(words) <= HEADING_WORDS else Kind.LISTED
    for index in surveyed:
        kinds[index] = Kind.LISTED


def asks_for_effect(line: str) -> bool:
    """Whether a short question shows by its words that it is none of a committee's: 'So what needs to change?'."""
    words = plain(line)
    shown = _GOES_ON.match(words) or _OF_ABOVE.search(line) or _FOR_EFFECT.match(words)
    return len(words.split()) <= _SHORT and (shown is not None or not _WITHOUT_MATTER.sub("", words))


def _for_effect(text: str, known: Sequence[Line], kinds: Sequence[Kind], surveyed: Collection[int]) -> list[int]:
    """The questions asked for effect, each with words below, where none has a label but one of the headings'.

    With one of them go the short ones that are numbered in its series.
    """
    lines = [line.span.slice(text).strip() for line in known]
    asked = [index for index, kind in enumerate(kinds) if kind is Kind.QUESTION and index not in surveyed]
    told = [index for index, kind in enumerate(kinds) if kind is Kind.HEADING]
    labelled = [index for index in asked if is_labelled(lines[index]) or LABEL.match(lines[index])]
    if any(is_labelled(lines[index]) or not _counts(known, lines, index, told) for index in labelled):
        return []
    may = [
        index
        for index in asked
        if not _is_asked(text, known, index)
        and len(lines[index].split()) <= _SHORT
        and Kind.QUESTION not in (*kinds[max(0, index - 1) : index], *kinds[index + 1 : index + 2])
    ]
    found = [index for index in may if asks_for_effect(lines[index]) or _is_among_headings(text, known, kinds, index)]
    if 2 * len(found) > len(asked):
        return may
    return [i for i in may if i in found or (i in labelled and any(_counts(known, lines, i, [at]) for at in found))]


def _counts(known: Sequence[Line], lines: Sequence[str], question: int, headings: Sequence[int]) -> bool:
    """Whether a line is numbered in one series with headings that do not ask, as '1. About us' and '2. Why us?'."""
    level = known[question].level
    return any(
        (known[index].style is Style.HEADING and known[index].level == level and _BARE.match(lines[index]))
        or counts_on(*(lines[at] for at in sorted((question, index))))
        for index in headings
    )


def _is_among_headings(text: str, known: Sequence[Line], kinds: Sequence[Kind], question: int) -> bool:
    """Whether a question is one of the submission's headings of one level, of which half or more do not ask."""
    level = known[question].level if known[question].style is Style.HEADING else -1
    beside = [index for index in range(len(kinds) - 1) if known[index].level == level]
    told = [i for i in beside if kinds[i] is Kind.HEADING and kinds[i + 1] is Kind.PASSAGE]
    told = [i for i in told if not _OF_ANY_SUBMISSION.match(known[i].span.slice(text))]
    return bool(told) and len(told) >= sum(kinds[index] is Kind.QUESTION for index in beside)


def _of_survey(text: str, known: Sequence[Line], kinds: Sequence[Kind]) -> Iterator[int]:
    """The questions below headings such as Annex: our survey, or Survey questions."""
    own = False
    for index, kind in enumerate(kinds):
        if kind is Kind.HEADING:
            own = _OF_SURVEY.search(known[index].span.slice(text)) is not None
        elif kind is Kind.QUESTION and own:
            yield index


def _is_asked(text: str, known: Sequence[Line], index: int) -> bool:
    """Whether a question shows by itself that the submitter is asked: by its label, by how to answer it, by you."""
    line = known[index].span.slice(text).strip()
    below = known[index + 1].span.slice(text) if index + 1 < len(known) else ""
    told = len(asking_sentences(line)) < len(sentences_in(line)) or is_remarked(line)
    shown = known[index].style is Style.QUESTION or is_labelled(line) or TO_SUBMITTER.search(line) is not None
    return shown or told or is_not_answered(below, line)
