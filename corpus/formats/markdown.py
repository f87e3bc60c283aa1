"""Markdown, by CommonMark's rules with tables, read with markdown-it-py, which the terminal output brings along."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.formats.decode import decode
from corpus.formats.marks import raised, resolve_raised
from corpus.formats.tables import table
from corpus.reading import Draft, Reading, Style, assemble

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.S)
_NOTE = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*|(?=\n[ \t]+\S)))*)", re.M)
_MARK = re.compile(r"\[\^([^\]\s]+)\]")
_SUP = re.compile(r"<sup>\s*\[?(\d{1,3})\]?\s*</sup>", re.I)


def read_markdown(raw: bytes) -> Reading:
    """The reading of a Markdown file; notes are `[^1]: text`, or what a raised number begins."""
    text, remark = decode(raw)
    said, text = _front(text)
    numbers = _numbers(text)
    notes = [(numbers[match[1]], match[2]) for match in _NOTE.finditer(text) if match[1] in numbers]
    text = _SUP.sub(lambda match: raised(match[1]), _marked(_NOTE.sub("", text), numbers))
    footnotes = [_footnote(_marked(words, numbers), number) for number, words in notes]
    tokens = _parser().parse(text)
    drafts = resolve_raised(list(_drafts(tokens)), footnotes)
    return assemble([*drafts, *footnotes], said=said, remarks=[remark] if remark else [])


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _front(text: str) -> tuple[dict[str, str], str]:
    """What the lines `title: ...` between two --- at the start say, and the text below them."""
    front = _FRONT.match(text)
    if not front:
        return {}, text
    pairs = (line.partition(":") for line in front[1].split("\n"))
    said = {key.strip().lower(): value.strip(" \"'") for key, colon, value in pairs if colon and value.strip()}
    return {("submitter" if key == "author" else key): value for key, value in said.items()}, text[front.end() :]


def _numbers(text: str) -> dict[str, int]:
    """The number of each note by its name: the printed ones where all are numbers, else counted as marked."""
    defined = {match[1] for match in _NOTE.finditer(text)}
    marked = [match[1] for match in _MARK.finditer(_NOTE.sub("", text)) if match[1] in defined]
    names = list(dict.fromkeys([*marked, *sorted(defined)]))
    if all(name.isdecimal() and 0 < int(name) < 1000 for name in names):
        return {name: int(name) for name in names}
    return {name: number for number, name in enumerate(names, 1)}


def _marked(text: str, numbers: dict[str, int]) -> str:
    """The text with its marks open, so that the parser does not take them for links."""
    return _MARK.sub(lambda match: raised(str(numbers[match[1]])) if match[1] in numbers else match[0], text)


def _footnote(markdown: str, number: int) -> Draft:
    inline = _parser().parseInline(" ".join(markdown.split()))
    tokens = (inline[0].children or []) if inline else []
    links = [str(token.attrs.get("href")) for token in tokens if token.type == "link_open"]
    return Draft(_words(tokens), note=number, links=[link for link in links if link.startswith(("http:", "https:"))])


def _drafts(tokens: Sequence[Token]) -> Iterator[Draft]:
    lists: list[int] = []
    quoted, heading, label, rows = 0, 0, "", list[list[str]]()
    for token in tokens:
        quoted += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append(int(token.attrs.get("start", 1)) if token.type[0] == "o" else -1)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            label = f"{token.info}{token.markup} " if lists[-1] >= 0 else ""
        elif token.type == "heading_open":
            heading = int(token.tag[1])
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            yield from table(rows, headed=1)
            rows = []
        elif token.type == "inline" and rows:
            rows[-1].append(_words(token.children or []))
        elif token.type in ("inline", "fence", "code_block"):
            words = _words(token.children or []) or " ".join(token.content.split())
            yield Draft(f"{label}{words}", *_style(lists, quoted, heading, label))
            heading, label = 0, ""


def _style(lists: Sequence[int], quoted: int, heading: int, label: str) -> tuple[Style, int]:
    if heading:
        return Style.HEADING, heading
    if quoted:
        return Style.QUOTATION, 0
    return (Style.ITEM if lists and not label else Style.PARAGRAPH if label else Style.UNKNOWN), 0


def _words(tokens: Sequence[Token]) -> str:
    """The words of an inline stretch without their markup; what links lead to is not part of them."""
    words = (" " if token.type in ("softbreak", "hardbreak") else token.content for token in tokens)
    return " ".join("".join(words).split())
