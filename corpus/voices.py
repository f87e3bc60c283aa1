"""Whose words a stretch of text is: the submitter's, or those of a person or body that it quotes.

The rules read what prose prints: quotation marks, verbs of saying, and the name and role beside them, whether
the attribution comes before the words, after them or on a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.document import Span
from corpus.sentences import blank_markers

_HONORIFIC = r"Cllrs?|Councillor|Dr|Prof(?:essor)?|Sir|Dame|Lord|Lady|Baroness|Baron|Mr|Mrs|Ms|Miss|Mx|Revd?|Rt Hon"
_TITLE = rf"(?:(?:{_HONORIFIC})\.?\s+)*"
_WORD = r"(?:[A-Z][\w’'-]*[a-z][\w’'-]*|O[’']\w+|[A-Z]\.)"
_NAME = rf"(?P<title>{_TITLE})(?P<name>{_WORD}(?: (?:(?:van|von|de|der|al|bin|ap) )?{_WORD}){{1,3}})"
_NOT_IN_NAMES = re.compile(
    r"\b(?:The|This|That|These|Those|Our|We|In|On|At|For|As|One|A|An|If|When|While|But|And|Council|Councils|Committee"
    r"|Alliance|Trust|Government|Department|Ministry|Office|Service|Services|Network|University|Association|Group"
    r"|Foundation|Union|Institute|Board|Commission|Agency|Society|Centre|Report|Survey|NHS|House|County|City"
    r"|Party|Church|School|College|Hospital|Company|Limited|Ltd)\b"
)
SAYING = (
    r"(?:said|says|saying|say|told|tells|tell|remarked|remarks|described|describes|describe|explained|explains|explain"
    r"|reflected|reflects|reflect|commented|comments|noted|notes|observed|observes|argued|argues|added|adds|stated"
    r"|states|wrote|writes|laid out|lays out|set out|sets out|pointed out|points out|stressed|stresses|warned|warns"
    r"|emphasised|emphasises|highlighted|highlights|concluded|concludes|recalled|recalls|testified|reported|reports"
    r"|called|calls|puts it|put it|summed up|sums up|found|finds|heard|replied|suggested|suggests|insisted|admitted)"
)
_ADVERB = r"(?:(?:has|have|had|also|recently|rightly|then|once|later|\w+ly) )*"
_ROLE = r"(?:, (?P<role>[^.;:“”\"]+?),| \((?P<bracketed>[^()]+)\)| (?P<place>(?:at|of|from) [^,.;:“”\"]+?))?"
_SPEAKER_FIRST = re.compile(rf"{_NAME}{_ROLE} {_ADVERB}{SAYING}\b")
_ROLE_FIRST = re.compile(rf"(?:^|[.;:] |, as )(?P<role>[^.,;:“”\"]+), {_NAME},? {_ADVERB}{SAYING}\b")
_ROLE_AFTER = r"(?:, (?P<role>[^.;:“”\"]+))?"
_IN_WORDS_OF = re.compile(rf"\b(?:[Ii]n the words of|[Aa]ccording to) {_NAME}(?:, (?P<role>[^:“”\"]+?))?\s*[:,]?$")
_SAID_AFTER = (
    re.compile(rf"[\s,]*{SAYING} {_NAME}{_ROLE_AFTER}"),
    re.compile(rf"[\s,]*{_NAME} {SAYING}{_ROLE_AFTER}"),
)
_BODY = re.compile(rf"(?P<name>(?:[A-Z][\w’'&-]*)(?: (?:of|for|and|the|[A-Z][\w’'&-]*))*) {_ADVERB}{SAYING}\b")
_NOT_UNNAMED = r"(?!(?:[Ww]e|I|[Tt]hey|[Ii]t|[Hh]e|[Ss]he|[Tt]his|[Tt]hat|[Ww]hich|[Ww]ho)\b)"
_UNNAMED = re.compile(
    rf"(?:^|[.;:,] |\b[Aa]s )(?P<role>{_NOT_UNNAMED}[\w’'-]+(?: [\w’'-]+){{0,7}}?) {_ADVERB}{SAYING}\b"
)
_PRONOUN = re.compile(rf"\b(?:[Hh]e|[Ss]he) {_ADVERB}{SAYING}\b")
_SELF = re.compile(rf"\b(?:[Ww]e|[Oo]ur [\w ]+|I) {_ADVERB}{SAYING}\b")
_ATTRIBUTION = re.compile(rf"^[\s(–—-]*{_NAME}(?:[,:(]\s*(?P<role>.+?))?[\s.)]*$", re.S)
_OPEN, _CLOSE = '“"', '”"'
_PHRASE_WORDS = 5  # quotation marks round fewer words are the submitter's own emphasis, not somebody's words
_ATTRIBUTION_WORDS = 30
_REACH = 500  # characters before a quotation in which its speaker is looked for: bounds the work on any text


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person or body quoted; `name` is None for somebody unnamed. `role` is as printed."""

    name: str | None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch of one voice: `speaker` is None for the submitter. `words` leaves out the quotation marks."""

    span: Span
    words: Span
    speaker: Speaker | None


def is_quotation(line: str) -> bool:
    """Whether a whole paragraph stands in double quotation marks."""
    plain = blank_markers(line).strip(" \t\u00a0.,;")
    if len(plain) < 2 or plain[0] not in _OPEN or plain[-1] not in _CLOSE:
        return False
    return not any(mark in _CLOSE for mark in plain[1:-1]) and len(plain.split()) >= _PHRASE_WORDS


def is_attribution(line: str) -> bool:
    """Whether a line only says who spoke: a name, perhaps with a role."""
    plain = blank_markers(line).strip()
    match = _ATTRIBUTION.match(plain)
    return bool(
        match
        and _plausible(match)
        and len(plain.split()) <= _ATTRIBUTION_WORDS
        and not re.search(rf"\b{SAYING}\b", plain)
    )


def attribution(line: str) -> Speaker | None:
    """The speaker whom an attribution line names."""
    plain = " ".join(blank_markers(line).split())
    match = _ATTRIBUTION.match(plain) if is_attribution(line) else None
    return Speaker(match["name"], _tidy(match["role"])) if match else None


def introduced(line: str) -> Speaker | None:
    """The speaker whom the end of a paragraph introduces, as in 'Ann Lee, chair of the Trust, said:'."""
    plain = " ".join(blank_markers(line).split())[-_REACH:]
    named = _named(plain)
    if named is not None:
        return named
    if (match := _IN_WORDS_OF.search(plain)) and _plausible(match):
        return Speaker(match["name"], _tidy(match["role"]))
    if _SELF.search(plain):
        return None
    if match := _last(_BODY, plain):
        name = re.sub(r"^(?:As |The |In |And )+", "", match["name"])
        if len(name.split()) > 1 or name.isupper():
            return Speaker(name)
    return (
        Speaker(None, _tidy(re.sub(r"^(?:[Aa]s )?", "", match["role"]))) if (match := _last(_UNNAMED, plain)) else None
    )


def _named(plain: str) -> Speaker | None:
    first = [match for match in _ROLE_FIRST.finditer(plain) if _plausible(match)]
    if first:
        return Speaker(first[-1]["name"], _tidy(first[-1]["role"]))
    matches = [match for match in _each(_SPEAKER_FIRST, plain) if _plausible(match)]
    if not matches:
        return None
    match = matches[-1]
    return Speaker(match["name"], _tidy(match["role"] or match["bracketed"] or match["place"]))


def _each(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """All matches, one tried from each capital letter, so that 'As Linda Dellow' does not hide Linda Dellow."""
    starts = [match.start() for match in re.finditer(r"\b[A-Z]", text)]
    return [match for start in starts if (match := pattern.match(text, start))]


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda match: match.end(), default=None)


def _plausible(match: re.Match[str]) -> bool:
    return not _NOT_IN_NAMES.search(match["name"])


def _tidy(role: str | None) -> str | None:
    return role.strip(" ,.;:()") or None if role else None


def quotations(paragraph: str) -> list[Utterance]:
    """The voices inside one paragraph, in order; together they cover it.

    A quotation is somebody else's words when it has five words or more and a verb of saying with its subject
    stands beside it; other quotation marks are the submitter's.
    """
    plain = blank_markers(paragraph)
    found: list[Utterance] = []
    last: Speaker | None = None
    at = 0
    for start, end in _quoted_spans(plain):
        sentence = _sentence_before(plain, start)
        speaker = _speaker_beside(plain, sentence, end, last)
        if speaker is None:
            continue
        last = speaker
        stop = _with_trailing_marks(paragraph, end)
        found += _own_words(paragraph, at, start)
        found.append(Utterance(Span(start, stop), Span(start + 1, end - 1).shrink(paragraph), speaker))
        at = stop
    return found + _own_words(paragraph, at, len(paragraph))


def utterances(paragraphs: Sequence[str], set_off: Sequence[bool] = ()) -> list[list[Utterance]]:
    """The voices of paragraphs that follow each other, one list for each; spans count from each paragraph's start.

    `set_off` says which paragraphs the format sets off as quotations.

    A paragraph that is a quotation as a whole belongs to the name on the line below it, else to whom the
    paragraph above introduces. Words after 'Ann Lee, chair, described it:' are hers without quotation marks too.
    """
    found: list[list[Utterance]] = []
    speaking: Speaker | None = None  # whose quotation was opened in an earlier paragraph and not closed yet
    apart: Speaker | None = None  # whose words the block quotation is that the paragraph above belongs to
    for index, line in enumerate(paragraphs):
        if set_off and set_off[index] and speaking is None:
            apart = apart or _speaker_apart(paragraphs, set_off, index)
            found.append(quotations(line) if is_attribution(line) else [_whole(line, apart)])
            continue
        apart = None
        before = paragraphs[index - 1] if index else ""
        after = paragraphs[index + 1] if index + 1 < len(paragraphs) else ""
        opens = line.startswith(tuple(_OPEN)) and not any(mark in line[1:] for mark in _CLOSE)
        if speaking is None and (is_quotation(line) or (opens and _closes_later(paragraphs[index + 1 :]))):
            speaking = attribution(_line_below(paragraphs[index:])) or _introduced_above(before) or Speaker(None)
        elif speaking is None and (person := _introduces_unmarked(before, line)):
            found.append([_whole(line, person)])
            continue
        if speaking is None or (is_attribution(line) and after == ""):
            found.append(quotations(line))
            continue
        found.append([_whole(line, speaking)])
        if _closed(line):
            speaking = None
    return found


def _speaker_apart(paragraphs: Sequence[str], set_off: Sequence[bool], index: int) -> Speaker:
    """Who speaks in a block quotation: the name at its foot or below it, else who is introduced above it."""
    below = index
    while below < len(paragraphs) and set_off[below] and not is_attribution(paragraphs[below]):
        below += 1
    named = attribution(paragraphs[below]) if below < len(paragraphs) else None
    return named or (_introduced_above(paragraphs[index - 1]) if index else None) or Speaker(None)


def _closes_later(paragraphs: Sequence[str]) -> bool:
    for line in paragraphs:
        if _closed(line):
            return True
        if not line.startswith(tuple(_OPEN)):
            return False
    return False


def _closed(line: str) -> bool:
    return blank_markers(line).rstrip(" .,;\u00a0").endswith(tuple(_CLOSE))


def _line_below(paragraphs: Sequence[str]) -> str:
    """The line after the quotation that starts these paragraphs."""
    end = next((index for index, line in enumerate(paragraphs) if _closed(line)), 0)
    return paragraphs[end + 1] if end + 1 < len(paragraphs) else ""


def _introduced_above(paragraph: str) -> Speaker | None:
    sentence = _last_sentence(paragraph)
    return introduced(sentence) if sentence.rstrip().endswith(":") else _named(" ".join(sentence.split()))


def _introduces_unmarked(paragraph: str, line: str) -> Speaker | None:
    """Somebody named by 'described the experience:', when the words that follow carry no quotation marks."""
    sentence = _last_sentence(paragraph)
    marked = line.startswith(tuple(_OPEN))
    return None if marked or not sentence.rstrip().endswith(":") else _named(" ".join(sentence.split()))


def _last_sentence(paragraph: str) -> str:
    plain = blank_markers(paragraph)
    return _sentence_before(plain, len(plain.rstrip()))


def _whole(line: str, speaker: Speaker) -> Utterance:
    span = Span(0, len(line)).shrink(line)
    end = len(blank_markers(line).rstrip(" \u00a0.,;\u2003"))
    inner = Span(0, end)
    if line[:1] and line[0] in _OPEN:
        inner = Span(1, inner.end)
    if line[inner.start : inner.end][-1:] and line[inner.end - 1] in _CLOSE:
        inner = Span(inner.start, inner.end - 1)
    elif end:
        inner = Span(inner.start, len(blank_markers(line).rstrip()))
    return Utterance(span, inner.shrink(line), speaker)


def _own_words(paragraph: str, start: int, end: int) -> list[Utterance]:
    span = Span(start, end).shrink(paragraph)
    return [Utterance(span, span, None)] if span.start < span.end else []


def _quoted_spans(plain: str) -> list[tuple[int, int]]:
    spans, opened = [], None
    for index, mark in enumerate(plain):
        if opened is None and mark in _OPEN:
            opened = index
        elif opened is not None and mark in _CLOSE:
            spans.append((opened, index + 1))
            opened = None
    return [(a, b) for a, b in spans if len(plain[a:b].split()) >= _PHRASE_WORDS]


def _sentence_before(plain: str, start: int) -> str:
    """The words that lead to a quotation, back to the last full stop outside an abbreviation."""
    return re.split(r"[.!?][”’\"']?\s+(?=[“‘]?[A-Z])", plain[max(0, start - 2 * _REACH) : start])[-1]


def _speaker_beside(plain: str, sentence: str, end: int, last: Speaker | None) -> Speaker | None:
    for pattern in _SAID_AFTER:
        if (match := pattern.match(plain, end)) and _plausible(match):
            return Speaker(match["name"], _tidy(match["role"]))
    if re.search(rf"\b{SAYING}\b", sentence) or sentence.rstrip().endswith(":"):
        if _PRONOUN.search(sentence) and last is not None:
            return last
        return introduced(sentence)
    return None


def _with_trailing_marks(paragraph: str, end: int) -> int:
    match = re.compile(r"[.,;]?(?:\s*\[\d{1,3}\])*[.,;]?").match(paragraph, end)
    return match.end() if match else end


def with_full_roles(speakers: list[Speaker]) -> dict[str, str]:
    """For each name the fullest role that the document prints beside it; 'at Centre4' gives way to a job."""
    roles: dict[str, str] = {}
    for speaker in speakers:
        if speaker.name and speaker.role and _is_job(speaker.role) > _is_job(roles.get(speaker.name, "")):
            roles[speaker.name] = speaker.role
    return roles


def _is_job(role: str) -> int:
    return 0 if not role else 1 if re.match(r"(?:at|of|from)\b", role) else 2


def resolve_role(speaker: Speaker, roles: dict[str, str]) -> Speaker:
    """The speaker with the role printed beside the words, or the fuller one printed elsewhere."""
    if speaker.name is None or _is_job(speaker.role or "") == 2:
        return speaker
    return replace(speaker, role=roles.get(speaker.name, speaker.role))
