"""Labels at the start of paragraphs: printed paragraph numbers, which are pinpoints, and the marks of lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.attribution_lines import is_attribution
from corpus.document import Span

Number = int | str
"""A printed paragraph number: 12 as an integer, 1.12 as a text."""

# A number without a mark of its own before a small letter is a figure: "5 million people are carers".
_LABEL = re.compile(
    r"[\[(]?(?:[Pp]ara(?:graph)?\s+)?(\d{1,3}(?:\.\d{1,3}){0,2})(?:(?:[\])]|[.:]\)?)\s+(?=\S)|\s+(?=[^\sa-z%]))"
)
_BULLET = re.compile(r"[>•·●○◦▪▫■□–—*\-\u2043\u2219\uf0b7\uf0a7o]\s+(?=\S)")
_ITEM = re.compile(
    r"(?:\(?\d{1,2}[.)]|\(?[a-z]\)|[a-hj-z]\.|\(?[ivx]{1,5}[.)]|(?:A(?:nswer)?|Response|Reply)(?: \d{1,2})?:)"
    r"\s+(?=\S)"
)
_FEWEST = 3  # printed numbers on fewer paragraphs are a list
_GOING = 12  # runs that may still go on; of more the one that rested longest has ended
_SHARE = 0.4  # of the lines of the body; a numbered list covers less of it, numbered paragraphs more


@dataclass(frozen=True, slots=True)
class Printed:
    """A number printed before a paragraph: `end` is the offset after it, `run` counts on wherever it starts anew."""

    number: Number
    end: int
    run: int


@dataclass(slots=True)
class _Run:
    """Labels of which each follows the one before it; `fresh` when it starts below a heading or a question."""

    fresh: bool
    labels: list[tuple[int, re.Match[str]]]

    def takes(self, label: re.Match[str]) -> int:
        """How well a label follows the last one: 2 as the next, 1 when one is missing between, 0 not at all."""
        if _is_marked(self.labels[0][1]) and not _is_marked(label):
            return 0
        return _follows(_parts(self.labels[-1][1][1]), _parts(label[1]))

    @property
    def reach(self) -> int:
        """How many lines lie between its first and its last label."""
        return self.labels[-1][0] - self.labels[0][0] + 1


def printed_numbers(text: str, lines: Sequence[Span], sections: Sequence[int]) -> dict[int, Printed]:
    """For each line that starts with a printed paragraph number that number; the longest run of them is run 0.

    `sections` says for each line how many headings and questions stand above it. Paragraph numbers run through a
    whole submission (1, 2, 3 or 1.1, 1.2, 2.1) or start anew below a heading; a list starts anew within the text.
    """
    runs = sorted(_runs(text, lines, sections), key=lambda run: -len(run.labels))
    runs = runs[:1] + [run for run in runs[1:] if run.fresh and len(run.labels) > 1]
    if not runs or len(runs[0].labels) < _FEWEST or sum(run.reach for run in runs) < _SHARE * len(lines):
        return {}
    return {
        index: Printed(_number(match[1]), match.end(), at) for at, run in enumerate(runs) for index, match in run.labels
    }


def _runs(text: str, lines: Sequence[Span], sections: Sequence[int]) -> list[_Run]:
    """All runs of labels: a list within numbered paragraphs is one of its own, and the outer run goes on after it."""
    runs: list[_Run] = []
    going: list[_Run] = []
    for index, match in _labels(text, lines):
        number = _parts(match[1])
        fresh = not index or sections[index] != sections[index - 1]
        best = _best(going, match)
        if best is not None and not (fresh and max(number) <= 1):
            del going[best + 1 :]
            going[best].labels.append((index, match))
        elif max(number) <= 1 or ((fresh or not going) and _is_marked(match)):
            if len(going) == _GOING:
                going.remove(min(going, key=lambda run: run.labels[-1][0]))
            going.append(_Run(fresh, [(index, match)]))
            runs.append(going[-1])
    return runs


def _is_marked(label: re.Match[str]) -> bool:
    """Whether a label is no bare number, as a line of prose may start with one: a chapter may start with any."""
    return not label.group().strip().isdecimal()


def _labels(text: str, lines: Sequence[Span]) -> Iterator[tuple[int, re.Match[str]]]:
    for index, line in enumerate(lines):
        if match := _LABEL.match(text, line.start, line.end):
            yield index, match


def _best(going: Sequence[_Run], label: re.Match[str]) -> int | None:
    """The run that a label goes on with: as its next one before leaving one out, and a list only where none else."""
    takes = [(run.takes(label), run.fresh or not at, at) for at, run in enumerate(going)]
    best = max(takes, default=(0, False, 0))
    return best[2] if best[0] else None


def _parts(label: str) -> list[int]:
    return [int(part) for part in label.split(".")]


def _follows(before: Sequence[int], after: Sequence[int]) -> int:
    if len(before) != len(after):
        return 0
    if before[:-1] == after[:-1]:
        return {1: 2, 2: 1}.get(after[-1] - before[-1], 0)
    if before[:-2] != after[:-2] or after[-1] > 1:
        return 0
    return {1: 2, 2: 1}.get(after[-2] - before[-2], 0)


def _number(label: str) -> Number:
    return int(label) if label.isdecimal() else label


def after_bullet(text: str, span: Span) -> int:
    """The offset at which the words of a list item begin, after its bullet; a dash before who spoke is none."""
    match = _BULLET.match(text, span.start, span.end)
    return match.end() if match and not (match[0][0] in "–—" and is_attribution(span.slice(text))) else span.start


def after_label(text: str, span: Span) -> int:
    """The offset at which the first sentence of a list item or an answer begins, after its number, letter or label."""
    match = _ITEM.match(text, span.start, span.end)
    return match.end() if match else span.start


def counts_on(above: str, below: str) -> bool:
    """Whether two lines are of one numbered series, as '1. About us' and '3. What is the state of it?'."""
    first, second = _LABEL.match(above), _LABEL.match(below)
    if not first or not second or not (_is_marked(first) and _is_marked(second)):
        return False
    before, after = _parts(first[1]), _parts(second[1])
    return len(before) == len(after) and before[:-1] == after[:-1] and before[-1] < after[-1]


def in_force(numbers: Sequence[Printed | None], ends: Sequence[bool]) -> list[Printed | None]:
    """For each line the printed number it stands under, its own or the last one above; none after one that ends it."""
    found: list[Printed | None] = []
    current: Printed | None = None
    for number, end in zip(numbers, ends, strict=True):
        current = None if end else current if number is None else number
        found.append(current)
    return found
