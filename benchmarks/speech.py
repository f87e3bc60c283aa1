"""How made-up submissions speak: their wordings from `vocabulary.toml`, and the names and figures that they draw."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

VOCABULARY: dict[str, Any] = tomllib.loads((Path(__file__).parent / "vocabulary.toml").read_text(encoding="utf-8"))
TOPICS: list[dict[str, list[str]]] = VOCABULARY["topics"]
# For each topic so many wordings of each kind.
_WORDINGS = {"sentences": 600, "headings": 16, "inquiry": 12, "sources": 12}
_CODES = 20_000
_BLANK, NAME = re.compile(r"<(\w+)>"), re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Wording:
    """A pattern whose places, people and figures are still open, and what its words speak of."""

    pattern: str
    about: dict[str, str] = field(default_factory=dict)


class Speech:
    """How the submissions of one seed speak."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        random = Random(f"names/{seed}")
        begin, end = VOCABULARY["beginnings"], VOCABULARY["endings"]
        self.places = [start + rest for start in begin for rest in end]
        self.surnames = [
            start + rest for start in begin for rest in ("son", "man", "cott", "low", "ward", "er", "ings")
        ]
        self.codes = ["".join(random.choices("ABCDEFGHIJKLMNOPRSTUVW", k=4)) for _ in range(_CODES)]
        for names in (self.places, self.surnames, self.codes):
            random.shuffle(names)

    @cached_property
    def wordings(self) -> dict[str, list[list[Wording]]]:
        """By kind and topic, the wordings of sentences, headings, questions of the committee and sources."""
        return {
            kind: [list(islice(self._distinct(kind, topic), count)) for topic in range(len(TOPICS))]
            for kind, count in _WORDINGS.items()
        }

    def _distinct(self, kind: str, topic: int) -> Iterator[Wording]:
        random, seen = Random(f"{kind}/{self.seed}/{topic}"), set()
        while True:
            wording = _wording(_pattern(kind, random), topic, random)
            if (same := NAME.sub("", wording.pattern)) not in seen:
                seen.add(same)
                yield wording

    def say(self, pattern: str, random: Random, said: dict[str, str] | None = None) -> str:
        """The pattern with names and figures, with a capital at its beginning; `said` takes down the names."""

        def name(blank: re.Match[str]) -> str:
            drawn = self.name(blank[1], random)
            if said is not None:
                said[blank[1]] = drawn
            return drawn

        return capital(NAME.sub(name, pattern))

    def name(self, kind: str, random: Random) -> str:
        """A name or figure of a kind; the n-th commonest name about 1/n as often as the first."""
        match kind:
            case "place":
                return _common(self.places, random)
            case "org":
                return f"{_common(self.places, random)} {_common(VOCABULARY['kinds'], random)}"
            case "person":
                return f"{_common(VOCABULARY['forenames'], random)} {_common(self.surnames, random)}"
            case "code":
                return _common(self.codes, random)
            case "year":
                return str(2024 - int(30 * random.random() ** 2))
            case "percent":
                return f"{random.uniform(1, 99):.{random.choice((0, 0, 0, 1))}f}%"
            case "count":
                return f"{int(10 ** random.uniform(0.5, 5.5)):,}"
            case "money":
                return f"£{10 ** random.uniform(0, 2.9):.1f}{random.choice(('m', 'm', 'm', 'bn'))}"
        raise ValueError(f"vocabulary.toml: no such name as {{{kind}}}")


def fill(pattern: str, about: dict[str, str]) -> str:
    """The pattern with its words, its names still open."""
    return _BLANK.sub(lambda blank: about[blank[1]], pattern)


def fits(pattern: str, about: dict[str, str], said: dict[str, str]) -> bool:
    """Whether a pattern asks for nothing but these words and names."""
    return {*_BLANK.findall(pattern)} <= {*about} and {*NAME.findall(pattern)} <= {*said}


def capital(sentence: str) -> str:
    """The sentence with a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]


def _pattern(kind: str, random: Random) -> str:
    if kind == "sentences":
        return "".join(random.choice(VOCABULARY[part]) for part in ("openers", "claims", "tails")) + "."
    return str(random.choice(VOCABULARY[kind]))


def _wording(pattern: str, topic: int, random: Random) -> Wording:
    """The pattern with words of a topic."""
    words = TOPICS[topic]
    about = {name: random.choice(choices) for name, choices in VOCABULARY["qualities"].items()}
    about |= {"people": random.choice(words["people"]), "problem": random.choice(words["problem"])}
    about["subject"], about["other"] = random.sample(words["subject"], 2)
    about["remedy"], about["remedy2"] = random.sample(words["remedy"], 2)
    return Wording(fill(pattern, about), {name: about[name] for name in _BLANK.findall(pattern)})


def _common(items: Sequence[str], random: Random) -> str:
    """One of the items by Zipf's law."""
    return items[int((len(items) + 1) ** random.random()) - 1]
