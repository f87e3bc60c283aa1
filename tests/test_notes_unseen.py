"""Numbers, notes and sentences of texts that nobody wrote the rules for, each text made to show one thing."""

import pytest

from corpus.document import Document
from corpus.formats.plain import read_text
from corpus.metadata import Metadata
from corpus.structure import structure

METADATA = Metadata("ABC0001", "Evidence", "The Group")
PROSE = "We have lent books to the whole of the town since the school was closed, and we mean to go on with it."


def read(*paragraphs: str) -> Document:
    return structure(METADATA, read_text("\n\n".join(paragraphs) + "\n"))


def sentences(document: Document) -> list[str]:
    return [" ".join(s.span.slice(document.text).split()) for p in document.passages for s in p.sentences]


def numbered(document: Document, words: str) -> int | str | None:
    return next(p.paragraph for p in document.passages if words in p.text and p.printed)


@pytest.mark.parametrize("label", ["{}.", "{})", "({})", "{}:", "Para {}", "{}"])
@pytest.mark.parametrize(
    "figure",
    ["4 out of 10 carers told us that they were ill.", "4 million people are carers.", "4 % of them had any help."],
)
def test_a_figure_at_the_start_of_a_paragraph_is_no_number_of_it(label, figure):
    rows = [f"{label.format(n)} {PROSE}" for n in (1, 2, 3)]
    document = read("About us", *rows, figure, f"{label.format(4)} The fourth thing is said here, and at length.")
    assert figure in sentences(document)
    assert numbered(document, "4 ") == 3
    assert numbered(document, "The fourth thing") == 4
    assert "The fourth thing is said here, and at length." in sentences(document)


@pytest.mark.parametrize("label", ["{}.", "{})", "Para {}"])
@pytest.mark.parametrize("figure", ["4 NHS trusts closed their doors to us.", "5 Carers in our group died in May."])
def test_a_bare_figure_is_no_number_among_marked_ones(label, figure):
    rows = [f"{label.format(n)} {PROSE}" for n in (1, 2, 3)]
    document = read("About us", *rows, figure, f"{label.format(4)} The fourth thing is said here.")
    assert figure in sentences(document)
    assert numbered(document, "The fourth thing") == 4


@pytest.mark.parametrize("labels", [("1", "2", "3"), ("1.1", "1.2", "2.1"), ("1", "2.", "3")])
def test_numbers_without_a_mark_are_numbers_where_the_others_have_none(labels):
    document = read("About us", *[f"{label} We say thing {at} of many here." for at, label in enumerate(labels)])
    found = [str(p.paragraph) for p in document.passages if p.printed]
    assert found == [label.rstrip(".") for label in labels]
