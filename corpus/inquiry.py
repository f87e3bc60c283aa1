"""Which lines are questions of the committee, told from those that a submitter only asks for effect."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, groupby

from rapidfuzz import fuzz

from corpus.document import Kind, Span
from corpus.matter import is_caption
from corpus.numbers import printed_numbers
from corpus.reading import Line, Style
from corpus.sentences import split_sentences
from corpus.voices import is_quotation

_LABEL = re.compile(r"(?:(?:Q(?:uestion)?\s*)?\d{1,2}[.):]?|\(?[a-z]\)|[ivx]{1,4}[.)])\s+", re.I)
_LEADS_TO_LIST = re.compile(
    r":\W*$|\b(?:following|below|as follows|these questions|terms of reference)\b[^.?!]*\W*$", re.I
)
_SET_IN = (Style.ITEM, Style.QUOTATION, Style.ROW, Style.HEADER)
_FEWEST = 3  # questions in a row that are a list of them
_SAME = 90.0  # rapidfuzz ratio, 0 to 100: submitters retype the committee's questions with small slips


def asks(line: str, questions: Sequence[str]) -> bool:
    """Whether a line is a question of the committee: one of its `questions` where they are listed."""
    if questions:
        return any(fuzz.ratio(_plain(line), _plain(question)) >= _SAME for question in questions)
    return _is_question(line)


def _plain(question: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", _LABEL.sub("", question.strip(), count=1).casefold()))


def _is_question(line: str) -> bool:
    """Half or more of its sentences ask, the last one too, and it is nobody's quotation."""
    if not line.endswith("?") or is_quotation(line):
        return False
    sentences = _sentences(line.replace("\n", " "))
    return 2 * sum(sentence.endswith("?") for sentence in sentences) >= len(sentences)


def _sentences(line: str) -> list[str]:
    return [span.slice(line) for span in split_sentences(line, Span(0, len(line)))]


def set_apart(text: str, known: Sequence[Line], kinds: list[Kind]) -> None:
    """Tells from the questions that are answered those that are only listed, and paragraphs that end by asking."""
    _list(text, known, kinds)
    _number(text, known, kinds)


def _list(text: str, known: Sequence[Line], kinds: list[Kind]) -> None:
    """Questions in a row below a paragraph that announces them are its list, as of an inquiry's terms of reference."""
    at = 0
    for kind, row in groupby(list(kinds)):
        after = at + len(list(row))
        above = known[at - 1].span.slice(text) if at else ""
        led = _LEADS_TO_LIST.search(above) and kinds[at - 1] is not Kind.HEADING
        plain = all(line.style not in (Style.HEADING, Style.QUESTION) for line in known[at:after])
        if kind is Kind.QUESTION and plain and led:
            size = _size([line.span.slice(text) for line in known[at:after]])
            kinds[at : at + size] = [Kind.LISTED] * size
        at = after


def _size(questions: Sequence[str]) -> int:
    """How many of the questions in a row are a list: up to one that is said again or labelled in another way."""
    labelled = _LABEL.match(questions[0]) is not None
    said = [_plain(question) for question in questions]
    ends = (
        index
        for index, question in enumerate(questions)
        if (_LABEL.match(question) is not None) is not labelled or said[index] in said[:index]
    )
    size = next(ends, len(questions))
    return size if size >= _FEWEST else 0


def _number(text: str, known: Sequence[Line], kinds: list[Kind]) -> None:
    """A paragraph among numbered ones that only ends by asking is the submitter's own.

    One that does nothing but ask, with nothing below it, may be anybody's: it is neither asked nor quoted.
    """
    able = [i for i, kind in enumerate(kinds) if kind in (Kind.PASSAGE, Kind.QUESTION)]
    breaks = list(accumulate(kind is Kind.HEADING for kind in kinds))
    numbers = printed_numbers(text, [known[i].span for i in able], [breaks[i] for i in able])
    runs = {able[at]: printed.run for at, printed in numbers.items()}
    size = Counter(runs.values())
    asking = Counter(run for index, run in runs.items() if kinds[index] is Kind.QUESTION)
    for index, run in runs.items():
        line = known[index]
        if kinds[index] is not Kind.QUESTION or line.style is Style.QUESTION or 2 * asking[run] >= size[run]:
            continue
        below = _below(text, known, index)
        ends = below == len(kinds) or kinds[below] is Kind.HEADING
        if (ends or runs.get(below) == run) and not _only_asks(line.span.slice(text)):
            kinds[index] = Kind.PASSAGE
        elif ends:
            kinds[index] = Kind.LISTED


def _below(text: str, known: Sequence[Line], index: int) -> int:
    """The next line below that is not set in: no item, quotation, table or caption."""
    lines = range(index + 1, len(known))
    apart = (i for i in lines if known[i].style not in _SET_IN and not is_caption(known[i].span.slice(text)))
    return next(apart, len(known))


def _only_asks(line: str) -> bool:
    words = _LABEL.sub("", line.replace("\n", " "), count=1)
    return all(sentence.endswith("?") for sentence in _sentences(words))
