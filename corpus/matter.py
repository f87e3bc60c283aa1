"""What stands around the argument: the lines that name a submission, its date and signature, a report's lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Block, Kind, Span
from corpus.naming import is_body, names_itself
from corpus.sentences import blank_markers

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"(?:prepared\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_MONTH})\s+\d{{4}}\W*", re.I)
_RIGHTS = re.compile(r"©.{0,150}|\W*(?:parliamentary|crown) copyright\b.{0,100}", re.I | re.S)
_BACK = re.compile(
    r"(?:(?:appendix|annex)\s*\w{0,3}\W*)?(?:formal minutes|(?:list of )?witnesses|declarations? of interests?"
    r"|(?:list of )?(?:published|unpublished|printed|unprinted|additional|further)?\s*(?:written|oral) evidence"
    r"(?: (?:received|published|to be published))?|list of (?:unprinted|unpublished|printed|published) evidence"
    r"|list of reports from the committee\b.*"
    r"|(?:\d+\W+)?(?:references(?: and notes)?|notes and references|bibliography|works cited|reference list))\W*",
    re.I,
)
_FRONT = re.compile(
    r"(?:current )?membership(?: of the committee)?|powers|publications?|committee staff|contacts|terms of reference",
    re.I,
)
_ADDRESSED = r"(?:[A-Z][\w’'.-]*|all|and|chair|committee|madam|members?|of|or|sirs?|the)"
_DEAR = re.compile(rf"Dear(?: {_ADDRESSED}){{1,8}}\W*")
_FAREWELL = re.compile(
    r"(?:(?:yours|with) )?(?:(?:very )?(?:faithfully|sincerely|truly)|(?:(?:kind|best|warm) )?(?:regards|wishes))\W*",
    re.I,
)
_SIGNED = 8  # lines below a farewell at most
_CONTENTS = re.compile(r"(?:table of )?contents(?: page)?\W*", re.I)
_PAGE = re.compile(r"[\s.…]*\b\d{1,3}$")  # the page number behind a line of contents
_OPENS = re.compile(
    r"[\W\d]*(?:executive )?(?:summary|introduction|overview|background|foreword|context|key (?:findings|messages"
    r"|points)|about (?:me|us|the (?:author|charity|organisation|respondent|submitter|trust)|\w+)"
    r"|who (?:are we|i am|we are)|(?:reasons? for|about this) submi(?:ssion|tting evidence))\W*",
    re.I,
)
_ENDS = re.compile(
    r"[\W\d]*(?:(?:our|key|summary of|further|conclusions? and|summary and) )*(?:recommendations?|conclusions?|next"
    r" steps|contacts?(?: (?:details|us))?|about (?:us|the authors?)|acknowledge?ments?|closing (?:comments"
    r"|remarks))\W*|(?:annex|appendix)\b.*",
    re.I,
)
SENTENCE_END = re.compile(r"(?:[.!?:;,…]['\"’”)]*|[;,]\s+(?:and|and/or|but|or)|(?<=[a-z]{3})\.\s+\([^()]+\))$")
HEADING_WORDS = 20  # the longest heading met in the submissions has 18
_CAPTION = re.compile(r"(?:table|figure|box|chart|graph|photo(?:graph)?)\s+[A-Z]?\d{1,3}(?:\.\d{1,3})?\b[.:–—-]?", re.I)
_FRONT_LINES = 3  # so many of these lines make the front of a report; a submission may have one as a heading


def is_short(line: str) -> bool:
    """Whether a line is as short as a heading and does not end as a sentence does."""
    return len(line.split()) <= HEADING_WORDS and not SENTENCE_END.search(line)


def is_salutation(line: str) -> bool:
    """Whether a line only addresses whoever reads: 'Dear Sir or Madam,'."""
    return _DEAR.fullmatch(line) is not None


def is_farewell(line: str) -> bool:
    """Whether a line takes leave at the foot of a letter: 'Yours faithfully'."""
    return _FAREWELL.fullmatch(line) is not None


def is_date(line: str) -> bool:
    """Whether a line is nothing but a date."""
    return _DATE.fullmatch(line) is not None


def opens_submission(title: str) -> bool:
    """Whether a heading such as Summary or About us stands before what is asked, and not above it."""
    return _OPENS.fullmatch(title) is not None


def ends_submission(title: str) -> bool:
    """Whether a heading such as Conclusion or Annex A ends the answers when it stands below all questions."""
    return _ENDS.fullmatch(title) is not None


def is_caption(line: str) -> bool:
    """Whether a line says what the table or figure below it shows."""
    return _CAPTION.match(line) is not None and is_short(line)


def mark_title_and_closing(text: str, lines: Sequence[Span], kinds: list[Kind], plain: Sequence[bool]) -> None:
    """Lines that name the submission open it; a date, a signature or a notice of rights below all else closes it.

    `plain` says of each line whether it may close although it is a heading: not where it says N/A.
    """
    opening = (i for i, kind in enumerate(kinds) if kind is not Kind.HEADING and not _may_name(text, lines[i]))
    leading = next(opening, len(kinds))
    words = [_words(text, line) for line in lines]
    named = [i for i in range(leading) if names_itself(words[i]) or is_date(words[i]) or is_salutation(words[i])]
    if named and named[-1] + 1 < leading and is_body(words[named[-1] + 1]):
        named.append(named[-1] + 1)
    for index in range((named[-1] if named else 0) + 1 if leading > 1 or named else 0):
        kinds[index] = Kind.TITLE
    _mark_contents(words, kinds)
    _mark_farewells(words, kinds)
    for index in range(len(kinds) - 1, 0, -1):
        line = lines[index].slice(text).strip()
        if not (is_date(line) or _RIGHTS.fullmatch(line) or (kinds[index] is Kind.HEADING and plain[index])):
            break
        kinds[index] = Kind.CLOSING


def _mark_contents(lines: Sequence[str], kinds: list[Kind]) -> None:
    """A list of contents is title matter: the lines below its heading that stand again further below."""
    first = next((at for at, line in enumerate(lines) if _CONTENTS.fullmatch(line)), len(lines))
    titles = [_PAGE.sub("", line).casefold() for line in lines]
    after = first + 1
    while (
        after < len(lines) and titles[after] in titles[after + 1 :] and titles[after] not in titles[first + 1 : after]
    ):
        after += 1
    if after > first + 1:
        kinds[first:after] = [Kind.TITLE] * (after - first)


def _mark_farewells(lines: Sequence[str], kinds: list[Kind]) -> None:
    """'Yours faithfully' and the names below it close a letter."""
    for first in [at for at, line in enumerate(lines) if is_farewell(line)]:
        signed = range(first + 1, min(first + 1 + _SIGNED, len(lines)))
        after = next((at for at in signed if not is_short(lines[at]) or ends_submission(lines[at])), signed.stop)
        kinds[first:after] = [Kind.CLOSING] * (after - first)


def _words(text: str, line: Span) -> str:
    return blank_markers(line.slice(text)).strip()


def _may_name(text: str, line: Span) -> bool:
    words = _words(text, line)
    return is_date(words) or is_salutation(words) or (is_short(words) and names_itself(words))


def without_lists(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with a report's front (its members, its staff) as title matter, and its back as closing matter.

    The back is what stands below headings such as Formal minutes, Witnesses or References up to the next heading.
    """
    titles = [blank_markers(block.span.slice(text)).strip() for block in blocks]
    fronts = [index for index, title in enumerate(titles) if _FRONT.fullmatch(title)]
    front = range(fronts[0], _next_heading(blocks, fronts[-1])) if len(fronts) >= _FRONT_LINES else range(0)
    found, above = [], 0
    for index, block in enumerate(blocks):
        if block.kind is Kind.HEADING:
            above = 0 if block.level <= above else above
            above = block.level if not above and _BACK.fullmatch(titles[index]) else above
        kind = Kind.TITLE if index in front else Kind.CLOSING if above else block.kind
        found.append(block if kind is block.kind else Block(block.span, kind))
    return found


def _next_heading(blocks: Sequence[Block], after: int) -> int:
    return next((i for i in range(after + 1, len(blocks)) if blocks[i].kind is Kind.HEADING), len(blocks))
