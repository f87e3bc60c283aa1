"""The structure of a submission as a tree for the terminal."""

from __future__ import annotations

from rich.markup import escape
from rich.tree import Tree

from corpus.document import Document, Passage, Voice

_SHOWN = 90  # characters of a passage


def tree_of(document: Document) -> Tree:
    """Headings, the committee's questions and the passages under them; each with its place and voice."""
    meta = document.metadata
    root = Tree(f"[bold]{escape(meta.reference)}[/] {escape(meta.title)}, {escape(meta.submitter)}")
    branches: dict[tuple[str, ...], Tree] = {}
    asked: dict[tuple[int, tuple[str, ...]], Tree] = {}
    for passage in document.passages:
        above = _branch(root, branches, passage.section)
        if passage.question is not None:
            key = (passage.question.span.start, passage.section)
            words = passage.question.span.slice(document.text)
            above = asked.get(key) or asked.setdefault(key, above.add(f"[cyan]? {escape(_short(words))}[/]"))
        above.add(_passage(passage))
    if document.notes:
        notes = root.add(f"{len(document.notes)} notes")
        for note in document.notes:
            notes.add(f"{note.number} {escape(_short(note.span.slice(document.text)))}")
    return root


def _branch(root: Tree, branches: dict[tuple[str, ...], Tree], section: tuple[str, ...]) -> Tree:
    above = root
    for depth in range(1, len(section) + 1):
        path = section[:depth]
        if path not in branches:
            branches[path] = above.add(f"[bold]{escape(path[-1])}[/]")
        above = branches[path]
    return above


def _passage(passage: Passage) -> str:
    number = f"{passage.paragraph}{'' if passage.printed else ' counted'}" if passage.paragraph is not None else "-"
    page = f", page {passage.page}" if passage.page else ""
    who = passage.speaker or passage.speaker_role or "somebody unnamed"
    voice = f"[magenta]{escape(who)}:[/] " if passage.voice is Voice.QUOTED else ""
    notes = f" [dim]notes {', '.join(map(str, passage.notes))}[/]" if passage.notes else ""
    return f"[dim]({number}{page})[/] {voice}{escape(_short(passage.text))}{notes}"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 1]}…"
