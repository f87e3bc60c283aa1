"""The names under which submitters are known, and where a question speaks of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Document

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
_POSSESSIVE = re.compile(r"['’]s$", re.I)
_BRACKETED = re.compile(r"\s*[(\[]([^)\]]*)[)\]]")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&]+")
_SHORTEST_ACRONYM = 3  # of the initials of a name; one that the submitter prints in brackets may be shorter
_LEGAL = frozenset("ltd limited plc llp cic cio inc incorporated company registered".split())
_TITLES = frozenset("dr prof professor sir dame lord lady baroness mr mrs ms miss mx cllr councillor rev".split())
# No single one of these words stands for a submitter, even if it is so called.
_NO_NAMES = frozenset("the a an we they us you it i me which who what how when where why that this all other".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch [start, end) of a question that names submissions; one word in small letters is `unsure`."""

    start: int
    end: int
    references: frozenset[str]
    unsure: bool = False
    is_reference: bool = False


@dataclass(frozen=True)
class Names:
    """The names of some submissions' submitters, in the forms that people type, and the references."""

    words: dict[tuple[str, ...], frozenset[str]]
    acronyms: dict[str, frozenset[str]]
    references: dict[str, str]
    longest: int
    everybody: frozenset[str]

    def mentions(self, question: str) -> list[Mention]:
        """Where a question names submitters or references, in order, the longest name at each place."""
        tokens = list(_TOKEN.finditer(question))
        found: list[Mention] = []
        at = 0
        while at < len(tokens):
            mention, used = self._longest_at(question, tokens, at)
            found += [mention] if mention else []
            at += used
        return found

    def _longest_at(self, question: str, tokens: Sequence[re.Match[str]], at: int) -> tuple[Mention | None, int]:
        for count in range(min(self.longest, len(tokens) - at), 0, -1):
            stretch = tokens[at : at + count]
            start, last = stretch[0].start(), stretch[-1]
            for end in dict.fromkeys((last.end(), _without_possessive(last))):
                if mention := self._named(question, start, end):
                    return mention, count
        return None, 1

    def _named(self, question: str, start: int, end: int) -> Mention | None:
        typed = question[start:end]
        if reference := self.references.get(_squeezed(typed)):
            return Mention(start, end, frozenset({reference}), is_reference=True)
        if found := self.acronyms.get(typed):
            return Mention(start, end, found)
        folded = _folded(typed)
        if found := self.words.get(folded):
            return Mention(start, end, found, unsure=len(folded) == 1 and typed.islower())
        return None


def _without_possessive(token: re.Match[str]) -> int:
    match = _POSSESSIVE.search(token.group())
    return token.start() + match.start() if match else token.end()


def names_of(documents: Iterable[Document]) -> Names:
    """The names of these submissions."""
    submitters = [(document.reference, document.metadata.submitter) for document in documents]
    words: dict[tuple[str, ...], set[str]] = defaultdict(set)
    acronyms: dict[str, set[str]] = defaultdict(set)
    for reference, submitter in submitters:
        for form in name_forms(submitter):
            words[form].add(reference)
        for acronym in _acronyms(submitter):
            acronyms[acronym].add(reference)
    return Names(
        words={form: frozenset(found) for form, found in words.items()},
        acronyms={acronym: frozenset(found) for acronym, found in acronyms.items()},
        references={_squeezed(r): r for r, _ in submitters if re.search(r"\d", r) and re.search(r"[A-Za-z]", r)},
        longest=max([3, *map(len, words)]),
        everybody=frozenset(reference for reference, _ in submitters),
    )


def name_forms(submitter: str) -> Iterator[tuple[str, ...]]:
    """A name as folded words: whole, without brackets, article, legal form and title."""
    for name in dict.fromkeys((submitter, _BRACKETED.sub(" ", submitter))):
        words = _folded(name)
        yield from _speakable(words)
        while len(words) > 1 and words[-1] in _LEGAL:
            words = words[:-1]
        yield from _speakable(words)
        words = words[1:] if words[:1] == ("the",) else words
        yield from _speakable(words)
        if len(words) > 2 and words[0] in _TITLES:
            yield words[1:]
            yield (words[0], words[-1])


def _speakable(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if words and not (len(words) == 1 and (words[0] in _NO_NAMES or len(words[0]) < 2)):
        yield words


def submitter_key(submitter: str) -> tuple[str, ...]:
    """What the names of one submitter have in common, however its submissions spell it."""
    *_, shortest = [(submitter,), *(form for form in name_forms(submitter) if form[0] not in _TITLES)]
    return shortest


def _acronyms(submitter: str) -> Iterator[str]:
    yield from (match[1] for match in _BRACKETED.finditer(submitter) if _ACRONYM.fullmatch(match[1]))
    plain = _TOKEN.findall(_BRACKETED.sub(" ", submitter))
    initials = "".join(word[0] for word in plain if word[0].isupper() and word.casefold() not in _LEGAL | {"the"})
    if len(initials) >= _SHORTEST_ACRONYM:
        yield initials


def _folded(name: str) -> tuple[str, ...]:
    words = _TOKEN.findall(name)
    return tuple("and" if word == "&" else re.sub(r"['’]", "", word).casefold() for word in words)


def _squeezed(reference: str) -> str:
    return re.sub(r"[\W_]+", "", reference).casefold()
