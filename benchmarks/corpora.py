"""Made-up evidence of any size, always the same for a seed: submissions, and questions about what they say.

Some 25,000 wordings are repeated with other places, people, bodies and figures, a handful in each passage.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from benchmarks.speech import TOPICS, VOCABULARY, Speech, fill, fits
from corpus.document import Document, InquiryQuestion, Passage, Sentence, SourceNote, Span, Voice
from corpus.metadata import Metadata

PASSAGES = 60  # in a submission
TITLE = "{org} – written evidence"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the submission and its passage (counted from 0) from which it was made."""

    question: str
    reference: str
    passage: int


def documents(passages: int, seed: int = 0) -> Iterator[Document]:
    """Submissions that hold so many passages in all, one at a time."""
    speech = Speech(seed)
    for number in range(-(-passages // PASSAGES)):
        yield _Submission(speech, number, min(PASSAGES, passages - number * PASSAGES)).document()


def questions(count: int, passages: int, seed: int = 0) -> Iterator[Asked]:
    """Questions about the corpus of that size and seed, made of what a passage's last sentence says."""
    speech, random = Speech(seed), Random(f"questions/{seed}")
    for _ in range(count):
        number, passage = divmod(random.randrange(passages), PASSAGES)
        submission = _Submission(speech, number, passage + 1)
        reference = submission.document().reference
        about, said = submission.said[passage]
        pattern = random.choice([pattern for pattern in VOCABULARY["asked"] if fits(pattern, about, said)])
        yield Asked(fill(pattern, about).format_map(said), reference, passage)


class _Submission:
    """One submission in the making: its text so far and the places in it."""

    def __init__(self, speech: Speech, number: int, passages: int) -> None:
        self.speech, self.random, self.wanted = speech, Random(f"{speech.seed}/{number}"), passages
        self.submitter = speech.name("org", self.random)
        self.draft = Document(Metadata(f"SYN{number:05}", TITLE.format(org=self.submitter), self.submitter), "")
        self.text = ""
        self.passages: list[Passage] = []
        self.questions: list[InquiryQuestion] = []
        self.sources: list[str] = []
        self.said: list[tuple[dict[str, str], dict[str, str]]] = []

    def document(self) -> Document:
        """The whole submission, on one topic or two."""
        self._write(self.draft.metadata.title)
        topics = self.random.choices(range(len(TOPICS)), [1 / (5 + n) for n in range(len(TOPICS))], k=2)
        while len(self.passages) < self.wanted:
            self._section(self.random.choice(topics))
        notes = tuple(self._note(number, source) for number, source in enumerate(self.sources, 1))
        passages, asked = tuple(self.passages), tuple(self.questions)
        document = Document(self.draft.metadata, self.text, questions=asked, notes=notes, passages=passages)
        for passage in passages:  # each knows the other, as in corpus/structure.py
            object.__setattr__(passage, "document", document)
        return document

    def _section(self, topic: int) -> None:
        section = (self._say("headings", topic),)
        self._write(section[0])
        question = self._asked(topic, section) if self.random.random() < 0.4 else None
        if question is None or question.answered:
            for _ in range(min(self.random.randint(3, 9), self.wanted - len(self.passages))):
                self._passage(topic, section, question)

    def _asked(self, topic: int, section: tuple[str, ...]) -> InquiryQuestion:
        answered = self.random.random() < 0.95
        question = InquiryQuestion(self._write(self._say("inquiry", topic)), section, answered)
        self.questions.append(question)
        if not answered:
            self._write("N/A")
        return question

    def _passage(self, topic: int, section: tuple[str, ...], question: InquiryQuestion | None) -> None:
        """Write one to four sentences, at times in somebody else's words."""
        start = len(self.text)
        sentences = [self._sentence(topic) for _ in range(self.random.choice((1, 1, 2, 2, 2, 3, 3, 4)))]
        self.said.append(self.last)
        span = Span(start, len(self.text)).shrink(self.text)
        self.text = self.text.rstrip(" ") + "\n\n"
        quoted = self.random.random() < 0.05
        speaker = self.speech.name("person", self.random) if quoted else self.submitter
        role = (
            f"{self.random.choice(VOCABULARY['roles'])} at {self.speech.name('org', self.random)}" if quoted else None
        )
        self.passages.append(Passage(
            self.draft, span, Voice.QUOTED if quoted else Voice.SUBMITTER, tuple(sentences), speaker, role,
            section, question, paragraph=len(self.passages) + 1,
        ))  # fmt: skip

    def _sentence(self, topic: int) -> Sentence:
        """Write a sentence, one in ten with the mark of a note."""
        wording, said = self.random.choice(self.speech.wordings["sentences"][topic]), dict[str, str]()
        span = self._write(self.speech.say(wording.pattern, self.random, said), after=" ")
        self.last = wording.about, said
        if self.random.random() > 0.1:
            return Sentence(span)
        self.sources.append(self._say("sources", topic))
        self.text = self.text.rstrip(" ") + f"[{len(self.sources)}] "
        return Sentence(span, (len(self.sources),))

    def _note(self, number: int, source: str) -> SourceNote:
        self._write(f"[{number}]", after=" ")
        return SourceNote(number, self._write(source, after="\n"), (source.rpartition(" ")[2],))

    def _say(self, kind: str, topic: int) -> str:
        return self.speech.say(self.random.choice(self.speech.wordings[kind][topic]).pattern, self.random)

    def _write(self, words: str, after: str = "\n\n") -> Span:
        span = Span(len(self.text), len(self.text) + len(words))
        self.text += words + after
        return span
