"""Settings, read from environment variables in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.submission import SHIPPED


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are. Each field is the variable EVIDENCE_BOT_<FIELD>."""

    corpus: Path = SHIPPED
    """The folder that holds the submissions."""
    data: Path = Path(".evidence-bot")
    """The folder for what the bot makes itself: the index and its state."""
    model: str = ""
    """A sentence-transformers model by name or folder; empty for the all-MiniLM-L6-v2 that is installed."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings that the environment asks for."""
    default = Settings()
    return Settings(
        corpus=Path(environment.get("EVIDENCE_BOT_CORPUS", default.corpus)),
        data=Path(environment.get("EVIDENCE_BOT_DATA", default.data)),
        model=environment.get("EVIDENCE_BOT_MODEL", default.model),
    )
