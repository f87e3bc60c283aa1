"""Documents for tests: the submission that ships, and small ones made of any text."""

from collections.abc import Sequence

from bot.answer import Answer, Outcome, Quote
from corpus.document import Document, Passage, Sentence, SourceNote, Span, Voice
from corpus.metadata import Metadata
from corpus.submission import SHIPPED, read_submission

PSR0074 = read_submission(SHIPPED / "PSR0074")

CHAIN = (
    "Every noisy harbour on the northern coast should keep a lighthouse keeper through the long nights of winter.",
    "Every noisy harbour on the northern coast should keep a lighthouse keeper through the dark evenings of winter.",
    "Every old haven on the northern coast should keep a lighthouse keeper through the dark evenings of winter.",
)


def a_document(*texts: str, speaker: str | None = None, url: str = "", note: str = "") -> Document:
    """A submission whose passages are these texts; all are `speaker`'s words if one is named."""
    source = "\n\n".join([*texts, note])
    notes = (SourceNote(1, Span(len(source) - len(note), len(source)), (url,)),) if note else ()
    document = Document(Metadata("TST0001", "Test – written evidence", "Tester", url=url), source, notes=notes)
    at, passages = 0, []
    for number, text in enumerate(texts, 1):
        span = Span(at, at + len(text))
        passages.append(Passage(
            document=document, span=span, voice=Voice.QUOTED if speaker else Voice.SUBMITTER,
            sentences=(Sentence(span, (1,) if note else ()),), speaker=speaker or "Tester", paragraph=number,
        ))  # fmt: skip
        at += len(text) + 2
    whole = Document(document.metadata, source, notes=notes, passages=tuple(passages))
    for passage in whole.passages:
        object.__setattr__(passage, "document", whole)
    return whole


def quotes_of(document: Document) -> tuple[Quote, ...]:
    """Each passage as a quote."""
    return tuple(Quote(passage, passage.span, 0.9) for passage in document.passages)


def quoting(quotes: Sequence[Quote], question: str = "What is said?", **more) -> Answer:
    """An answer with these quotes."""
    return Answer(question, Outcome.QUOTED, 0.9, quotes=tuple(quotes), **more)


def passage_by(speaker: str) -> Passage:
    """The first passage of PSR0074 with this speaker."""
    return next(passage for passage in PSR0074.passages if passage.speaker == speaker)
