"""What a submission says of itself: its reference, submitter and title, from its first lines and its file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import itemgetter

from corpus.naming import names_submission, submitter_in
from corpus.reading import Line, Reading, Style
from corpus.sentences import blank_markers

_REFERENCE = re.compile(r"\b([A-Z]{2,5})(\d{3,5})\b|\(([A-Z]{2,5}) ?(\d{1,5})\)")
_USER = re.compile(r"\S*|.*\b(?:user|admin\w*|owner|office|microsoft|windows|docx|adobe|unknown|laptop|pc)\b.*", re.I)
_INQUIRY = re.compile(
    r"\b(?:inquiry|call for evidence)[^\S\n]*(?:on\b|into\b|:|–|-)[^\S\n]*[‘“\"']?(?P<name>[^\n.’”\"]{4,120})", re.I
)
_SUBJECT = re.compile(r"subject:\s*(?P<subject>\S.*)", re.I)
_FILE_NAME = re.compile(r"^Microsoft Word - |\.(?:docx?|pdf|html?|odt|rtf)$", re.I)
_MONTHS = "january february march april may june july august september october november december".split()
_DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{'|'.join(_MONTHS)})\s+(?P<year>\d{{4}})\W*", re.I
)
_LINES = 8  # from the top in which a submission names itself
_WORDS = 25  # longer lines are prose


def said_by(reading: Reading, name: str) -> dict[str, str]:
    """What the source says of itself; its first lines go before what its file was filled in with."""
    tops, foot = _short(reading, reading.lines[:_LINES]), _short(reading, reading.lines[-_LINES:])
    top = "\n".join(tops)
    reference = _REFERENCE.search(top) or _REFERENCE.fullmatch(name.partition(".")[0].strip())
    inquiry = _INQUIRY.search(top)
    filled = reading.said.get("submitter", "")
    found = {
        "reference": "".join(filter(None, reference.groups())) if reference else "",
        "submitter": submitter_in(tops, foot) or ("" if _USER.fullmatch(filled) else filled),
        "title": _title(reading, tops),
        "inquiry": re.sub(r"\s*\([A-Z]{2,5} ?\d{1,5}\)$", "", inquiry["name"].strip()) if inquiry else "",
        "date": reading.said.get("date", "") or _date(reading),
    }
    return {key: value for key, value in found.items() if value}


def _short(reading: Reading, lines: Sequence[Line]) -> list[str]:
    """The lines that are no prose, without note marks."""
    words = [" ".join(line.span.slice(reading.text).split()) for line in lines]
    return [blank_markers(line).strip() for line in words if len(line.split()) <= _WORDS]


def _date(reading: Reading) -> str:
    """The date that stands on a line of its own at the head or the foot, as 2020-06-30 or 2020-06."""
    body = [line for line in reading.lines if line.style is not Style.NOTE]
    for line in [*body[:_LINES], *body[-_LINES:]]:
        if match := _DATE.fullmatch(line.span.slice(reading.text).strip()):
            month = _MONTHS.index(match["month"].lower()) + 1
            day = f"-{int(match['day']):02}" if match["day"] else ""
            return f"{match['year']}-{month:02}{day}"
    return ""


def _title(reading: Reading, tops: list[str]) -> str:
    """The line that names the submission, else the highest heading, else what the file was filled in with."""
    if subject := next((match["subject"] for line in tops if (match := _SUBJECT.match(line))), ""):
        return subject
    if naming := next((line for line in tops if names_submission(line)), ""):
        return naming
    headings = [line for line in reading.lines[:_LINES] if line.style is Style.HEADING]
    named = [(line.level, " ".join(line.span.slice(reading.text).split())) for line in headings]
    _, own = min((pair for pair in named if not _REFERENCE.fullmatch(pair[1])), default=(0, ""), key=itemgetter(0))
    filled = _FILE_NAME.sub("", reading.said.get("title", "")).strip()
    return blank_markers(own).strip() or filled or (tops[0] if tops else "")
