"""Which lines are questions of the committee, told from those that a submitter only asks for effect."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from corpus.document import Span
from corpus.sentences import split_sentences
from corpus.voices import is_quotation

_LABEL = re.compile(r"(?:(?:Q(?:uestion)?\s*)?\d{1,2}[.):]?|\(?[a-z]\)|[ivx]{1,4}[.)])\s+", re.I)
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
    flat = line.replace("\n", " ")
    sentences = [span.slice(flat) for span in split_sentences(flat, Span(0, len(flat)))]
    return 2 * sum(sentence.endswith("?") for sentence in sentences) >= len(sentences)
