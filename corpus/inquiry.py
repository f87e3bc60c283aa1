"""Which lines ask, as the questions of the committee do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from corpus.document import Span
from corpus.quotation_marks import is_quotation
from corpus.sentences import split_sentences

LABEL = re.compile(r"(?:(?:Q(?:uestion)?\s*)?\d{1,2}[.):]?|\(?[a-z]\)|[ivx]{1,4}[.)])\s+", re.I)
_PART = re.compile(
    r"(?:\(?[a-z]\)|[a-z]\.|\(?[ivx]{1,4}[.)]|\d{1,2}\.\d{1,2}[.)]?|(?:Q\s*)?\d{1,2}\(?[b-z]\)?[.)]?)\s+", re.I
)
_LABELLED = re.compile(
    r"\(?Q(?:uestion)?\.?\s*\d{1,2}(?:\.\d{1,2})?[a-z]?\)?(?:\s*[.:)–—-]+\s*|\s+(?-i:(?=[A-Z“‘])))(?=\S)", re.I
)
_TELL = (
    r"(?:please|comment|describe|discuss|explain|give|identify|indicate|list|name|outline|provide|set out|specify|state"
    r"|summarise|tell us)\b"
)
_INSTRUCTION = re.compile(rf"(?:{_TELL}|(?:if (?:so|not|yes|no|applicable|you)|where possible)\b)", re.I)
_OPENS = re.compile(rf"(?:{_TELL}|(?:what|which|who|whom|whose|when|where|why|how|to what extent)\b)", re.I)
_REPLY = re.compile(
    r"(?:yes|no|none|nil|not|n/a|agreed?|disagreed?|strongly|neither)\b|.*\b(?:we|our|ours|i|my)\b", re.I | re.S
)
TO_SUBMITTER = re.compile(
    r"\b(?:you(?:r|rs)?|committee|inquiry|anything else|(?:any )?other|further (?:comments?|evidence))\b", re.I
)
# The submitter asks: "How am I to live?", "I would like the Committee to ask: why ...?"; not so "Part I"
_OF_SUBMITTER = re.compile(
    r"(?<!Part )(?<!Annex )(?<!Schedule )\bI(?= [a-z]|['’][a-z])|\b(?i:my|mine|myself)\b"
    r"|^(?:[^?:]{0,40}, )?(?:[Ss]o |[Bb]ut |[Aa]nd )?[Ww]e (?:(?:also|must|now|still|therefore|would(?: like to)?"
    r"|want to) )*(?:ask|pose|question|wonder)\b"
)
INTERVIEWER = re.compile(r"(?:Interviewer|Researcher|Facilitator|Moderator|Int)(?: \d)?\s*:\s", re.I)
_REMARK = re.compile(r"\s*[(\[][^()\[\]?]{1,80}[)\]][\s.]*$")  # such as (Max 500 words)
_AS_LONG = 70.0  # rapidfuzz ratio of sorted words, 0 to 100: a few words out of a question are not the question
_LONGEST = 80  # words of a question that does not end as one
_SAME = 90.0  # rapidfuzz ratio, 0 to 100: submitters retype the committee's questions with small slips


def asks(line: str, questions: Sequence[str]) -> bool:
    """Whether a line is a question of the committee: one of its `questions` where they are listed."""
    if questions:
        return any(_is_same(line, question) for question in questions)
    return is_question(line)


def _is_same(line: str, question: str) -> bool:
    """Whether a line is a question of the committee with small slips, or asks it in other words."""
    said, listed = plain(line), plain(question)
    if fuzz.ratio(said, listed) >= _SAME:
        return True
    near = fuzz.token_set_ratio(said, listed) >= _SAME and fuzz.token_sort_ratio(said, listed) >= _AS_LONG
    return near and is_question(line)


def only_asks(line: str) -> bool:
    """Whether a line does nothing but ask, apart from its label and from how to answer."""
    words = LABEL.sub("", line.replace("\n", " "), count=1)
    return all(sentence.endswith("?") for sentence in asking_sentences(words))


def is_reworded(line: str) -> bool:
    """Whether a line that is none of the listed questions is labelled and asks as they do: nobody knows whose it is."""
    return (LABEL.match(line) is not None and only_asks(line)) or (is_labelled(line) and asks_by_label(line, ""))


def plain(question: str) -> str:
    """The words of a question without its label, as they are compared."""
    return " ".join(re.findall(r"[^\W_]+", LABEL.sub("", question.strip(), count=1).casefold()))


def is_question(line: str) -> bool:
    """Half or more of its sentences ask, the last one too, it speaks of no I and is nobody's quotation.

    What tells how to answer, after it or in brackets, is no part of it.
    """
    asking = asking_sentences(line)
    if not asking or not asking[-1].endswith("?") or is_quotation(line) or _is_others(line):
        return False
    return 2 * sum(sentence.endswith("?") for sentence in asking) >= len(asking)


def _is_others(line: str) -> bool:
    """Whether it is the submitter who asks, or an interviewer."""
    return _OF_SUBMITTER.search(line) is not None or INTERVIEWER.match(line) is not None


def asking_sentences(line: str) -> list[str]:
    """The sentences of a line without those at its end that tell how to answer."""
    sentences = sentences_in(_REMARK.sub("", line.replace("\n", " ")))
    while len(sentences) > 1 and not sentences[-1].endswith("?") and _INSTRUCTION.match(sentences[-1]):
        sentences.pop()
    return sentences


def is_remarked(line: str) -> bool:
    """Whether a line says in brackets how to answer: (Max 500 words)."""
    return _REMARK.search(line) is not None


def is_labelled(line: str) -> bool:
    """Whether a line is labelled as a question: Q3., Question 3:."""
    return _LABELLED.match(line) is not None


def asks_by_label(line: str, below: str) -> bool:
    """Whether a line labelled as a question is one although it does not end so.

    It tells what to answer, or has words `below` it that are no such line; and it says nothing of `we`, as replies do.
    """
    label = _LABELLED.match(line)
    words = line[label.end() :] if label else ""
    if label is None or len(words.split()) > _LONGEST or _REPLY.match(words):
        return False
    marked = label.group().rstrip()[-1] in ".:)–—-"
    return _OPENS.match(words) is not None or (marked and below != "" and not is_labelled(below))


def rows_of(questions: Sequence[str]) -> list[int]:
    """For each of the questions in a row the index of the one that it is a part of, its own where of none.

    Parts are labelled a), ii. or 2.1, or follow a labelled question without a label.
    """
    heads: list[int] = []
    for index, question in enumerate(questions):
        above = questions[heads[-1]] if heads else ""
        labelled = LABEL.match(question) is not None or is_labelled(question)
        part = _PART.match(question) or (not labelled and (LABEL.match(above) or is_labelled(above)))
        heads.append(heads[-1] if heads and part and not _PART.match(above) else index)
    return heads


def sentences_in(line: str) -> list[str]:
    """The sentences of a line."""
    return [span.slice(line) for span in split_sentences(line, Span(0, len(line)))]
