"""Reporting clauses behind the words, which say who spoke: '…, said Ann Lee, chair of the Trust'."""

from __future__ import annotations

import re

from corpus.clause_before import speaker_in
from corpus.names import NAME, is_person
from corpus.saying import ADVERB, DETERMINER, REACH, SAYING
from corpus.speakers import GOES_ON, Speaker, tidy

_SAYING = rf"(?:{SAYING}|asks?|asked|wonders|wondered)"  # as one may behind a question
_ROLE_AFTER = r"(?:, (?P<role>[^.;:“”\"]+))?"
_SAID_BY = re.compile(rf"[\s,]*{_SAYING} {NAME}{_ROLE_AFTER}")
_WHO_SAID = re.compile(rf"[\s,]*{NAME} {_SAYING}{_ROLE_AFTER}")
_UNNAMED_AFTER = re.compile(
    rf"[\s,]*(?:(?:[Ss]?[Hh]e|[Tt]hey) {ADVERB}{_SAYING}\b|{_SAYING} (?:s?he|they)\b"
    rf"|(?P<alone>(?i:one|another|some|many|several|others?)) {ADVERB}{_SAYING}\b"
    rf"|{_SAYING} (?P<after>{DETERMINER}[^.;:“”\"]*)"
    rf"|(?P<before>(?i:{DETERMINER})(?: [\w’'-]+){{1,6}}?) {ADVERB}{_SAYING}\b)"
)
# A note mark, which is blanked, or 'Ann Lee told us that': what comes behind is said of something else.
_NEXT_SENTENCE = re.compile(rf"\s{{3}}|[^.?!“]{{0,80}}\b{_SAYING} (?:us |me |them )?that\b")


def said_after(plain: str, end: int, above: Speaker | None, last: Speaker | None = None) -> Speaker | None:
    """The speaker whom the words after a quotation name, as in '..., said Ann Lee, chair', else the one named above it.

    Where the quotation ends a sentence, 'Bob Ray said' after it begins the next one. `last` is whom 'she said' means.
    """
    stop = plain[max(0, end - REACH) : end - 1].rstrip()[-1:]
    ended = stop in (".", "…") or (stop in ("?", "!") and _NEXT_SENTENCE.match(plain, end) is not None)
    after_all = stop == "," or (above is None and not ended)
    for pattern in (_SAID_BY, _WHO_SAID) if after_all else (_SAID_BY,):
        if (match := pattern.match(plain, end)) and is_person(match["name"]):
            return speaker_in(match)
    if after_all and (match := _UNNAMED_AFTER.match(plain, end, end + REACH)):
        role = match["before"] or match["after"] or match["alone"]
        return Speaker(None, tidy(GOES_ON.split(role)[0])) if role else last or Speaker(None)
    return above
