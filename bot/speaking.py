"""Which submitters a question names as those who speak, told from those that it only asks about.

Of "What did Locality say about Shelter?" Locality speaks and Shelter is the topic. Where the form of a question leaves
that open nobody is taken for the speaker: too wide a search names everybody it quotes, too narrow a one hides them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.submitters import Mention, Names

_NAME, _UNSURE, _REFERENCE = "\ue000", "\ue001", "\ue002"  # stand for a mention while its question is read


def _list_of(*, unsure: bool = False, times: str = "*") -> str:
    """The form of one name or several; one in small letters has no article, so that "the locality" is a place."""
    one = rf"(?:(?:the )?[{_NAME}{_REFERENCE}]{f'|{_UNSURE}' if unsure else ''})"
    return rf"(?P<who>(?:both )?{one}(?:(?:,? (?:and|or|nor|&|vs\.?|versus|with) |, ){one}){times})"


def _verbs(*words: str) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_SAYING = (
    "say think recommend call argue suggest propose want ask believe claim state mention report describe write feel "
    "warn highlight note raise urge advocate tell explain emphasise emphasize stress express object oppose welcome "
    "criticise criticize conclude find identify cite quote point refer respond answer consider advise demand agree "
    "disagree comment complain speak talk submit testify need expect favour reject admit acknowledge discuss address "
    "view prefer"
).split()
_PAST = "said thought found felt told wrote written spoke spoken testified testifies".split()
_INFLECTED = [verb + ending for verb in _SAYING for ending in ("s", "es", "d", "ed", "ing", "red")]
_INFLECTED += [verb[:-1] + "ing" for verb in _SAYING if verb.endswith("e")] + _PAST
_ANY = _verbs(
    *_SAYING, *_INFLECTED, "have to say", "had to say", "make of", "made of", "give evidence", "gave evidence"
)
_BETWEEN = (
    r"(?: (?:also|ever|even|actually|really|itself|themselves|both|each|clearly|specifically|explicitly|strongly|has"
    r"|have|had|is|are|was|were|would|does|do|did|not|and (?:its|their) \w+))*"
)
_SPOKEN = (
    "evidence|submissions?|views?|positions?|opinions?|recommendations?|proposals?|responses?|answers?|arguments?|"
    "comments?|concerns?|stance|take|words|calls?|claims?|statements?|demands?|suggestions?|criticisms?|quotes?|asks|"
    "points?|findings|perspectives?|thoughts|account"
)
_KIND = r"(?: (?:own|main|key|written|oral|supplementary|original|first|second|overall|central|other))*"
_SURE, _ALL, _SEVERAL = _list_of(), _list_of(unsure=True), _list_of(times="+")
_QUESTION_WORD = r"\b(?:what|how|who|which|why|when|where|did|do|does|is|are|was|were|has|have|can|should)\b"
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"\b(?:did|do|does|has|have|had|would|could|might|should|will|is|are|was|were)(?:n['’]t)? {_ALL}"
        rf"{_BETWEEN} (?:{_ANY})\b",
        rf"{_SURE}{_BETWEEN} (?:{_verbs(*_INFLECTED)})\b",
        rf"{_SEVERAL}{_BETWEEN} (?:{_ANY})\b",
        rf"{_SURE}['’]s?{_KIND} (?:{_SPOKEN})\b",
        rf"(?<!\bthe )(?<!\ba )(?<!\beach )(?<!\bour )(?<!\btheir )(?P<who>{_UNSURE})['’]s{_KIND} (?:{_SPOKEN})\b",
        rf"{_SURE}{_KIND} (?:evidence|submissions?|responses?|views?|position|stance|recommendations?|proposals?)\b",
        rf"\b(?:{_SPOKEN}) (?:(?:sent|made|given|submitted|received) )?(?:from|by) {_SURE}",
        rf"\b(?:views?|position|opinions?|words|recommendations|proposals|arguments|response) of {_SURE}",
        rf"^\W*(?:(?:please )?(?:quote|cite|compare) )?{_SURE},? (?:on|about|regarding)\b(?!.*{_QUESTION_WORD})",
        rf"^\W*{_SURE}\s*[:–—]\s",
        rf"(?P<who>[{_REFERENCE}])",
    )
)
_ACCORDING = re.compile(rf"\baccording to {_ALL}(?:['’]s?{_KIND} (?:evidence|submission))?,? *", re.I)
_IN_THREAD = re.compile(rf"^\W*(?:(?:and|or|but|so|ok|okay|then|also)\b,? *)*(?:(?:what|how) about )?{_ALL}"
                        r"(?: then| too)?\W*$", re.I)  # fmt: skip
_TOPIC = re.compile(
    r"(?:\b(?:say|says|said|think|thinks|thought|know|hear|heard|write|wrote|written|talk\w*|speak\w*|comment\w*)"
    r"(?: anything| something| most)? (?:about|on|of|to)|\b(?:mention\w*|criticis\w*|criticiz\w*|respond\w* to"
    r"|(?:dis)?agree\w* with|support\w*|quoted|quotes|quoting|cited|cites|citing|refer\w* to|opposed? to|opposes|than"
    r"|besides|except(?: for)?|excluding|apart from|aside from|without|not|endors\w*|echo\w*|challeng\w*|contradict\w*"
    r"|shar(?:e|es|ed|ing)|backs?))(?: (?:what|how|why|the|in|where))* $",
    re.I,
)
_OTHERS_ON = re.compile(
    r"\b(?:others?|anyone|anybody|everyone|everybody|someone|somebody|no one|nobody|who|people|charities"
    r"|organi[sz]ations|submitters|submissions|witnesses)(?: (?:else|also|do|does|did|have|has|would))* "
    r"(?:(?:dis)?agree|differ|echo|support|oppose|challenge|contradict|dispute|share|back|endorse|mention|refer|respond"
    r"|cite|quote|criticis|criticiz)\w*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """The submissions whose submitters a question names as speakers, and the question without their names."""

    references: frozenset[str]
    question: str


def speakers_in(question: str, names: Names, *, in_thread: bool = False) -> Spoken | None:
    """Who speaks in a question, if it says so; `in_thread` a name alone counts ("And Shelter?")."""
    mentions = names.mentions(question)
    if not mentions:
        return None
    masked, origins = _mask(question, mentions)
    if _OTHERS_ON.search(masked):
        return None
    matches = list(_matches(masked, in_thread))
    spans = [(origins[start], origins[end]) for _, _, (start, end), _ in matches]
    held = [mention for mention in mentions if any(start <= mention.start < end for start, end in spans)]
    if not held:
        return None
    cuts = [(origins[start], origins[end], words) for start, end, _, words in matches]
    return Spoken(_references(held), _without(question, cuts))


def _references(mentions: Sequence[Mention]) -> frozenset[str]:
    """What is named: of a submitter beside one of its own references, only that one."""
    exact = frozenset[str]().union(*(mention.references for mention in mentions if mention.is_reference))
    return exact.union(*(mention.references for mention in mentions if not mention.references & exact))


def _mask(question: str, mentions: Sequence[Mention]) -> tuple[str, list[int]]:
    """The question with one sign for each mention, and for each character, and the end, where it stands in it."""
    signs, at = "", 0
    origins: list[int] = []
    for mention in mentions:
        sign = _REFERENCE if mention.is_reference else _UNSURE if mention.unsure else _NAME
        signs += question[at : mention.start] + sign
        origins += range(at, mention.start + 1)
        at = mention.end
    return signs + question[at:], [*origins, *range(at, len(question) + 1)]


def _matches(masked: str, in_thread: bool) -> Iterator[tuple[int, int, tuple[int, int], str]]:
    """The stretches that name speakers: what to cut [start, end), where the names stand, what to say instead."""
    for match in _ACCORDING.finditer(masked):
        yield match.start(), match.end(), match.span("who"), ""
    forms = (*_FORMS, _IN_THREAD) if in_thread else _FORMS
    for form in forms:
        for match in form.finditer(masked):
            if not _TOPIC.search(masked[: match.start("who")]):
                yield *match.span("who"), match.span("who"), "the submission"


def _without(question: str, cuts: Sequence[tuple[int, int, str]]) -> str:
    """The question with its stretches [start, end) exchanged for other words."""
    parts, at = [], 0
    for start, end, words in sorted(cuts, key=lambda cut: (cut[0], -cut[1])):
        if start >= at:
            parts += [question[at:start], words]
            at = end
    return "".join([*parts, question[at:]]).strip()
