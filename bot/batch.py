"""`ask --json --batch`: JSON lines of questions in, one answer a line out, in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.answer import QuoteError, to_json
from bot.answering import Answerer
from bot.asking import in_thread
from bot.scope import EVERYTHING, Filters
from bot.turns import QuestionError


def answers(answerer: Answerer, lines: Iterable[bytes], filters: Filters = EVERYTHING) -> Iterator[dict[str, Any]]:
    """One object for each line that is not blank: the answer with its `id`, or `id` and `error`."""
    for line in lines:
        if line.strip():
            yield _answer(answerer, line, filters)


def _answer(answerer: Answerer, line: bytes, filters: Filters) -> dict[str, Any]:
    number = None
    try:
        row = json.loads(line.decode("utf-8"))
        if not isinstance(row, dict):
            raise ValueError("not a JSON object")
        number = row.get("id")
        question, history = row.get("question"), row.get("history") or []
        if not isinstance(question, str):
            raise ValueError("question is missing or not a text")
        if not isinstance(history, list) or not all(isinstance(turn, str) for turn in history):
            raise ValueError("history is not a list of texts")
        return {"id": number, **to_json(in_thread(answerer, question, history, filters))}
    except UnicodeDecodeError as error:
        return {"id": None, "error": f"not UTF-8: byte {error.start} of the line"}
    except json.JSONDecodeError as error:
        return {"id": None, "error": f"not JSON: {error.msg} at character {error.pos}"}
    except (ValueError, QuestionError, QuoteError, RecursionError) as error:
        return {"id": number, "error": str(error)}
