"""Words behind the name of who says them, outside interviews: 'Sharon: They gave me a tent.'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from corpus.attribution import last_sentence
from corpus.names import FIRST_NAME, is_person
from corpus.saying import says
from corpus.speakers import POST, Speaker, tidy

_AGE = r"(?:aged )?\d{2}(?! ?%)"
_BESIDE = rf"(?:,? \((?P<bracketed>[^()]{{2,60}})\)|, (?P<role>{_AGE}(?:, [^:.]{{2,60}})?|[^:.]{{2,60}}))"
_NAMED = re.compile(rf"{FIRST_NAME}(?: [A-Z])?{_BESIDE}?\s*:\s+(?=\S)")
_POSTED = re.compile(r"(?P<who>[A-Z][a-z]+(?: [a-z]+)? ?\d{0,3}(?:, [^:.]{2,60}| \([^()]{2,60}\))?)\s*:\s+(?=\S)")
# labels that are no names, among them those with the endings of topics
_TOPIC = re.compile(
    r"(?:(?!(?:Char|Felic|Trin|Ver)ity|Clarence|Florence|Spence|Constance|Prudence|Clement|Irving|Sterling)\w{2,}"
    r"(?:[ts]ions?|ments?|ness|ity|ities|[ae]nces?|ships?|ism|ics|ings?|ology|istry|hood|ery|ures?)"
    r"|Access|Accounts?|Address|Age|Aims?|Alcohol|Answers?|Arts?|Asks?|Author|Autumn|Benefits?|Body|Britain|Children"
    r"|Climate|Comments?|Conclusion|Contact|Context|Costs?|Covid|Crime|Culture|Date|Day|Debts?|Diagnosis|Digital|Drugs?"
    r"|Economy|Energy|England|Europe|Examples?|Experiences?|Family|Fear|Finances?|Food|Friends|Fuel|Future|Gender|Goals?"
    r"|Heat|Homes?|Hope|Illness|Income|Internet|Ireland|Issues?|Jobs?|Journey|Justice|Law|Life|Lockdown|London|Me|Mind"
    r"|Money|Mood|My|Myself|Names?|Nature|Neglect|Night|Noise|Northern|Notes?|Outcomes?|Pain|Pandemic|Past|Pay|Phase"
    r"|Phone|Points?|Police|Positives?|Postscript|Poverty|Present|Privacy|Problems?|Quotes?|Reasons?|Refuge|Rent|Replies"
    r"|Reply|Responses?|Results?|Rights|Risks?|Role|Rural|Safety|Schools?|Scotland|Security|Shame|Sleep|Solutions?"
    r"|Sources?|Sport|Spring|Stage|Step|Stigma|Stor(?:y|ies)|Strengths?|Stress|Subject|Summer|Testimony|Themes?|Time"
    r"|Title|Transport|Travel|Update|Urban|Violence|Wages|Wales|Warning|Waste|Water|Website|Week|Winter|Work|Worklife"
    r"|Year|Your|Youth)\b"
)
_OF_ONESELF = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Mm]yself)\b(?!\.[a-z])")
_OF_US = re.compile(r"\b(?:we|our|us)\b", re.I)
_MARKS = re.compile(r"[“”\"‘]")
_PEOPLE_TELL = re.compile(
    r"\b(?:stor(?:y|ies)|quot\w+|voices|experiences|words|testimon\w+|heard|shared|comments)\b", re.I
)


def submitter_is_one(lines: Sequence[str]) -> bool:
    """Whether more of a submission's paragraphs speak of I than of us, marked quotations and labelled words aside."""
    own = [line for line in lines if not _MARKS.search(line) and not begins_with_speaker(line)]
    return sum(map(bool, map(_OF_ONESELF.search, own))) > sum(map(bool, map(_OF_US.search, own)))


def labelled_words(lines: Sequence[str], *, one: bool) -> dict[int, tuple[int, Speaker]]:
    """For each paragraph that begins with who speaks it, or goes on with it, where the words begin and the speaker.

    Labels that may be names are taken for names where words of some of them speak of oneself, as those of a body that
    submits do not: half in a row, or all in a row below words that lead to what people said. Where the submitter is
    `one` that speaks of itself as I, a name needs an age or a post beside it.
    """
    labels = {index: label for index, line in enumerate(lines) if (label := _label(line, lines))}
    labels = {index: label for index, label in labels.items() if label[2] or not one}
    found: dict[int, tuple[int, Speaker]] = {}
    for _, run in groupby(enumerate(labels), key=lambda pair: pair[1] - pair[0]):
        row = [index for _, index in run]
        speaking = sum(_OF_ONESELF.search(lines[index][labels[index][0] :]) is not None for index in row)
        led = row[0] > 0 and _leads(lines[row[0] - 1])
        if speaking and (led or 2 * speaking >= len(row)):
            found |= {index: labels[index][:2] for index in row}
            found |= {} if one else _further(lines, row[-1], labels[row[-1]][1])
    return found


def begins_with_speaker(line: str) -> bool:
    """Whether a line is labelled with a name and speaks of oneself, as no heading does."""
    label = _label(line, [line])
    return label is not None and _OF_ONESELF.search(line[label[0] :]) is not None


def _label(line: str, lines: Sequence[str]) -> tuple[int, Speaker, bool] | None:
    """Where the words begin, the speaker whom their label may name, and whether age or post stand beside the name."""
    match = _NAMED.match(line)
    if match and not says(match.group()) and is_person(match["name"]) and not _TOPIC.match(match["name"]):
        beside = match["bracketed"] or match["role"] or ""
        shown = bool(re.match(_AGE, beside) or POST.search(beside) or match["title"])
        if not shown and any(
            re.search(rf"\b(?:in|at|across|near) {re.escape(match['name'])}\b", each) for each in lines
        ):
            return None
        if POST.match(match["name"]) is None:
            return match.end(), Speaker(match["name"], tidy(beside)), shown
    posted = _POSTED.match(line)
    described = posted and (POST.match(posted["who"]) or POST.match(posted["who"].partition(" ")[2]))
    if posted and described and not says(posted["who"]):
        return posted.end(), Speaker(None, posted["who"]), False
    return None


def _leads(above: str) -> bool:
    """Whether a paragraph leads to what people said."""
    sentence = last_sentence(above).rstrip()
    return says(sentence) or _PEOPLE_TELL.search(sentence) is not None


def _further(lines: Sequence[str], last: int, speaker: Speaker) -> dict[int, tuple[int, Speaker]]:
    """The paragraphs below labelled words in which the same person goes on to speak of oneself."""
    found = {}
    for index in range(last + 1, len(lines)):
        line = lines[index]
        if not _OF_ONESELF.search(line) or _MARKS.search(line) or line.rstrip().endswith(":"):
            break
        found[index] = (0, speaker)
    return found
