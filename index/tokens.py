"""Words as the lexical search sees them: stems, and numbers in one spelling however they are typed."""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer

_STEMMER = Stemmer.Stemmer("english")
_MAGNITUDE = "bn|billion|m|mn|million|k|thousand|trillion"
_FIGURE = rf"[£$€]?\d[\d,]*(?:\.\d+)?(?:\s?(?:{_MAGNITUDE})\b)?(?:\s?(?:%|per ?cent\b))?"
_TOKEN = re.compile(rf"{_FIGURE}|[^\W_]+(?:[’'][^\W_]+)*")
_SCALE = {"k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6}
_SCALE |= {"bn": 10**9, "billion": 10**9, "trillion": 10**12}
_NUMBER = re.compile(rf"[£$€]?(\d[\d,]*(?:\.\d+)?)\s?({_MAGNITUDE})?\s?(%|per ?cent)?")
_WORD_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
    if number > 1
}
# Words of no search value, among them those with which people ask (bm25s's own list lacks these).
STOPWORDS = frozenset(
    """
    about above after again against all also am an and any are as at be because been before being below between
    both but by can could did do does doing down during each else few for from further get give got had has have having
    he her here hers him his how if in into is it its itself just let like me more most my no nor not now of off
    on once only or other our out over own please quoted same say says said she should so some such tell than that the
    their them then there these they this those through to too under up us very was we were what when where which
    while who whom why will with would you your anything anyone something there's what's who's isn't find know
    need want ve re ll
    """.split()
)


def stem(word: str) -> str:
    """The stem of a lower-case word (Snowball's English stemmer)."""
    return str(_STEMMER.stemWord(word))


def tokens(text: str) -> list[str]:
    """The searchable tokens of a text, in order: stemmed words without stop words, numbers as plain figures."""
    return [token for raw in _TOKEN.findall(text.casefold()) if (token := _token(raw))]


@lru_cache(maxsize=65536)
def _token(raw: str) -> str:
    if raw[0].isdigit() or raw[0] in "£$€":
        return _number(raw)
    word = raw.replace("’", "'").removesuffix("'s")
    if word in STOPWORDS:
        return ""
    if len(word) == 1:
        return ""
    return _WORD_NUMBERS.get(word) or stem(word.replace("'", ""))


def _number(raw: str) -> str:
    match = _NUMBER.fullmatch(raw)
    if not match:
        return raw
    value = float(match[1].replace(",", "")) * _SCALE.get(match[2], 1)
    return f"{value:.10g}" + ("%" if match[3] else "")
