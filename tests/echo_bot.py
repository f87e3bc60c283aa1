"""The real bot over a small answerer, as a process: `python echo_bot.py` with the environment of a bot.

It quotes the passage of PSR0074 whose number the question holds ("passage 12"), so that a test knows what must come.
The words "slowly" and "fail" in a question make it take its time or raise an exception.
"""

import asyncio
import os
import re
import sys
import time
from pathlib import Path

from bot.answer import Answer, Outcome, Quote
from bot.answering import Answerer
from bot.health import HealthError
from bot.scope import Submissions
from bot.settings import SettingsError, read_settings
from bot.slack.app import serve
from bot.slack.web import SlackRefused
from bot.state.tables import StateError
from corpus.submission import SHIPPED, read_submission

DOCUMENT = read_submission(SHIPPED / "PSR0074")
SECRET = "an internal secret"


class EchoAnswerer(Answerer):
    documents = Submissions((DOCUMENT,))

    def __init__(self, slow_seconds=3.0):
        self.slow_seconds = slow_seconds

    def at_once(self):
        return self

    def answer(self, question, history=(), *, scope=None, where=None, quotes=3):
        if "fail" in question:
            raise RuntimeError(SECRET)
        if "slowly" in question:
            time.sleep(self.slow_seconds)
        number = re.search(r"passage (\d+)", question)
        visible = scope is None or DOCUMENT.reference in scope
        if not number or not visible:
            return Answer(question, Outcome.NOT_FOUND, 0.9)
        passage = DOCUMENT.passages[int(number[1])]
        seen = f"{question} (after {len(history)})" if history else question
        return Answer(question, Outcome.QUOTED, 0.9, (Quote(passage, passage.span, 1.0),), resolved_question=seen)


def passage_text(number):
    return DOCUMENT.passages[number].text


def main():
    try:
        settings = read_settings(os.environ)
        asyncio.run(serve(settings, EchoAnswerer(float(os.environ.get("SLOW_SECONDS", "3")))))
    except (SettingsError, SlackRefused, StateError, HealthError) as error:
        print(f"evidence-bot: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
