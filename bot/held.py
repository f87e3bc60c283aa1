"""Files that wait for an administrator's word, in a folder beside the index; nobody else on the machine reads them."""

from __future__ import annotations

import json
import logging
import re
import shutil
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

log = logging.getLogger(__name__)
KEPT_SECONDS = 86_400.0
_UNSAFE = re.compile(r"[^\w.() -]|^\.+")
_NOTE = "held.json"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a file, and the thread in which they are told what becomes of it."""

    user: str
    channel: str
    thread: str


@dataclass(frozen=True, slots=True)
class Held:
    """A file on hold in the folder `place`, and what it says of itself; `added` is its reference once it has one."""

    place: Path
    name: str
    sender: Sender
    known: Mapping[str, str] = field(default_factory=dict)
    added: str = ""

    @property
    def id(self) -> str:
        """Slack's id of the file."""
        return self.place.name

    @property
    def file(self) -> Path:
        """The file itself, under its own name as far as that is safe."""
        return self.place / "file" / (_UNSAFE.sub("_", self.name)[-100:] or "file")

    def save(self) -> Held:
        """Keep what is known of it."""
        self.place.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.file.parent.mkdir(exist_ok=True)
        note = {"name": self.name, "sender": asdict(self.sender), "known": dict(self.known), "added": self.added}
        unfinished = self.place / f"{_NOTE}.{uuid.uuid4().hex}"
        unfinished.write_text(json.dumps(note), encoding="utf-8")
        unfinished.replace(self.place / _NOTE)
        return self

    def drop(self) -> None:
        """Delete it."""
        shutil.rmtree(self.place, ignore_errors=True)


def held_in(folder: Path) -> Iterator[Held]:
    """The files on hold."""
    for path in sorted(folder.glob(f"*/{_NOTE}")):
        try:
            note = json.loads(path.read_text(encoding="utf-8"))
            yield Held(path.parent, note["name"], Sender(**note["sender"]), note["known"], note["added"])
        except (OSError, ValueError, KeyError, TypeError):
            log.exception("a file on hold cannot be read: %s", path)


def held(folder: Path, file_id: str) -> Held | None:
    """The file on hold with an id."""
    return next((one for one in held_in(folder) if one.id == file_id), None)


def drop_old(folder: Path) -> None:
    """Delete what nobody confirmed within a day."""
    for place in folder.glob("*"):
        with suppress(FileNotFoundError):  # it was added or discarded this moment
            if time.time() - place.stat().st_mtime > KEPT_SECONDS:
                shutil.rmtree(place, ignore_errors=True)
