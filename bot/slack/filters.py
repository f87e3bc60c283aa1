"""What the passages found by a search must be, and the names that its lists offer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.slack.kit import Json, plain, shorten
from bot.slack.limits import OPTION_TEXT, OPTION_VALUE, OPTIONS
from corpus.document import Passage


@dataclass(frozen=True, slots=True)
class PassageFilter:
    """What a quoted passage must be; an empty field admits everything."""

    voice: str = ""
    speaker: str = ""
    section: str = ""

    def admit(self, passage: Passage) -> bool:
        """Whether a passage passes."""
        return (
            self.voice in ("", passage.voice.value)
            and self.speaker in ("", option_value(passage.speaker or ""))
            and (not self.section or self.section in map(option_value, passage.section))
        )


ANYWHERE = PassageFilter()


def option_value(name: str) -> str:
    """A name as an option can carry it; long ones are told apart by how they begin."""
    return name[:OPTION_VALUE]


def options(names: Iterable[str], typed: str) -> list[Json]:
    """The names that hold what is typed, as options of a list."""
    found = [name for name in dict.fromkeys(names) if name.strip() and typed.casefold() in name.casefold()]
    return [{"text": plain(shorten(name, OPTION_TEXT)), "value": option_value(name)} for name in found[:OPTIONS]]
