"""Transcripts of interviews, in which each paragraph begins with who speaks: 'Interviewer: …', 'Jo (driver): …'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.attribution import Utterance
from corpus.document import Span
from corpus.inquiry import INTERVIEWER
from corpus.speakers import Speaker

_TURN = re.compile(r"(?P<name>[A-Z][\w.’'-]*(?: [\w.’'&-]+){0,3})(?: \((?P<role>[^()]{2,40})\))?\s*:\s+(?=\S)")
_UNNAMED = re.compile(
    rf"{INTERVIEWER.pattern}|(?:P|R|Participant|Respondent|Speaker|Carer|Patient|Parent) ?\d*\W", re.I
)


def transcript(lines: Sequence[str]) -> range:
    """The paragraphs of an interview: from its first turn to its last one; none where no interviewer speaks."""
    asking = [index for index, line in enumerate(lines) if INTERVIEWER.match(line)]
    if not asking:
        return range(0)
    turns = [index for index in range(asking[0], len(lines)) if _TURN.match(lines[index])]
    return range(asking[0], turns[-1] + 1)


def turn(line: str, last: Speaker | None) -> Utterance:
    """A paragraph of an interview as the words of its speaker; one without a name goes on with the `last` one's."""
    label = _TURN.match(line)
    speaker = last
    if label and _UNNAMED.match(label.group()):
        speaker = Speaker(None, label["name"])
    elif label:
        speaker = Speaker(label["name"], label["role"])
    return Utterance(
        Span(0, len(line)).shrink(line), Span(label.end() if label else 0, len(line)).shrink(line), speaker
    )
