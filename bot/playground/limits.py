"""Validation of whole messages and views, answered as Slack answers it."""

import json
from collections.abc import Iterator

from bot.playground import elements as e
from bot.playground.refused import Refused
from bot.playground.rich_text import RICH_TEXT
from bot.playground.shapes import Check, both, by_type, complain, instance, items, shape, string
from bot.playground.workspace import Json

# Source: https://docs.slack.dev/reference/block-kit/blocks and /reference/views.
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
# Believed: undocumented, seen at about 12,000; https://github.com/slackapi/bolt-js/issues/2509 and /2867.
MOST_BLOCK_TEXT = 12_000
# Source: https://docs.slack.dev/reference/methods/chat.postMessage ("truncate messages containing more than 40,000").
MOST_TEXT = 40_000
# Source: https://docs.slack.dev/reference/methods/chat.update (`msg_too_long`: "cannot exceed 4,000 characters").
MOST_UPDATED_TEXT = 4_000
# Source: https://docs.slack.dev/reference/methods/views.open (`view_too_large`: "greater than 250kb").
MOST_VIEW_BYTES = 250_000


def _text_or_fields(value: object, path: str, errors: list[str]) -> None:
    if isinstance(value, dict) and not ("text" in value or "fields" in value):
        complain(errors, "missing required field: text", path)


BLOCK = {"block_id": e.ID}
RAW_TEXT = shape({"text": string(3000, shortest=0)})
CELL = by_type({"raw_text": RAW_TEXT, "raw_number": shape({"value": instance(int, float)}, {"text": string(3000)}),
                "rich_text": RICH_TEXT})  # fmt: skip
SHAPES: dict[str, Check] = {
    "section": both(shape({}, {**BLOCK, "text": e.text(3000), "fields": items(e.text(2000), 10),
                               "accessory": by_type(e.IN_SECTION), "expand": e.BOOL}), _text_or_fields),
    "context": shape({"elements": items(by_type({
        "image": e.IMAGE, "mrkdwn": e.text(3000), "plain_text": e.text(3000)}), 10)}, BLOCK),
    "actions": shape({"elements": items(by_type(e.IN_ACTIONS), 25)}, BLOCK),
    "divider": shape({}, BLOCK),
    "header": shape({"text": e.plain(150)}, BLOCK),
    "image": both(shape({"alt_text": string(2000)}, {**BLOCK, "image_url": string(3000), "title": e.plain(2000),
                                                    "slack_file": instance(dict)}), e.ONE_PICTURE),
    "input": shape({"label": e.plain(2000), "element": by_type(e.IN_INPUT)},
                   {**BLOCK, "hint": e.plain(2000), "optional": e.BOOL, "dispatch_action": e.BOOL}),
    "rich_text": RICH_TEXT,
    "markdown": shape({"text": string(12_000)}, BLOCK),
    "context_actions": shape({"elements": items(by_type(e.IN_CONTEXT_ACTIONS), 5)}, BLOCK),
    "table": shape({"rows": items(items(CELL, 20), 100)}, {**BLOCK, "column_settings": items(
        shape({}, {"align": string(10), "is_wrapped": e.BOOL}), 20, least=0)}),
}  # fmt: skip
# Source: "Available in surfaces" on each block's page.
ONLY_MESSAGES = {"markdown", "context_actions", "table"}
VIEW = shape(
    {"type": string(10), "blocks": lambda *_: None},
    {"title": e.plain(24), "submit": e.plain(24), "close": e.plain(24), "private_metadata": string(3000, shortest=0),
     "callback_id": string(255, shortest=0), "external_id": string(255, shortest=0), "clear_on_close": e.BOOL,
     "notify_on_close": e.BOOL, "submit_disabled": e.BOOL},
)  # fmt: skip


def check_blocks(blocks: list[Json], surface: str, path: str = "/blocks") -> list[str]:
    """Return every complaint about these blocks on a `message`, `modal` or `home`."""
    errors: list[str] = []
    allowed = SHAPES if surface == "message" else {k: v for k, v in SHAPES.items() if k not in ONLY_MESSAGES}
    items(by_type(allowed), MOST_BLOCKS[surface], least=0)(blocks, path, errors)
    if not errors:
        _check_unique(blocks, path, errors)
    return errors


def _check_unique(blocks: list[Json], path: str, errors: list[str]) -> None:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        if (block_id := block.get("block_id")) in seen:
            complain(errors, f'`block_id` "{block_id}" already exists', f"{path}/{index}/block_id")
        seen |= {block_id} if block_id else set()
        # Documented: an action_id is unique within its block.
        actions: set[str] = set()
        for place, element in _elements(block):
            if (action_id := element.get("action_id")) in actions:
                complain(errors, f'`action_id` "{action_id}" already exists', f"{path}/{index}/{place}/action_id")
            actions |= {action_id} if action_id else set()


def _elements(block: Json) -> Iterator[tuple[str, Json]]:
    if block["type"] in ("actions", "context_actions"):
        yield from ((f"elements/{n}", element) for n, element in enumerate(block["elements"]))
    for name in ("accessory", "element"):
        if name in block:
            yield name, block[name]


def text_length(value: object) -> int:
    """Return the length in characters of all text that people read in these blocks."""
    if isinstance(value, list):
        return sum(text_length(item) for item in value)
    if not isinstance(value, dict):
        return 0
    own = value.get("text")
    return (len(own) if isinstance(own, str) else 0) + sum(text_length(part) for part in value.values())


def refuse_bad_blocks(blocks: list[Json]) -> None:
    """Raise what chat.postMessage answers for blocks that Slack does not take."""
    if errors := check_blocks(blocks, "message"):
        raise refusal("invalid_blocks", errors)
    if sum(block["type"] == "table" for block in blocks) > 1:
        raise refusal("invalid_attachments", ["only_one_table_allowed"])
    if text_length(blocks) > MOST_BLOCK_TEXT:
        raise Refused("msg_blocks_too_long")


def refuse_bad_view(view: Json | None) -> None:
    """Raise what views.open answers for a view that Slack does not take; seen there as invalid_arguments."""
    errors: list[str] = []
    VIEW(view, "/view", errors)
    view = view or {}
    if not errors and view["type"] not in ("modal", "home"):
        complain(errors, f"unsupported type: {view['type']}", "/view/type")
    if not errors:
        _check_view(view, errors)
    if errors:
        raise refusal("invalid_arguments", errors)
    if len(json.dumps(view).encode()) > MOST_VIEW_BYTES:
        raise Refused("view_too_large")


def _check_view(view: Json, errors: list[str]) -> None:
    if view["type"] == "modal" and "title" not in view:
        complain(errors, "missing required field: title", "/view")
    errors += check_blocks(view["blocks"], view["type"], "/view/blocks")
    for index, block in enumerate(view["blocks"] if not errors else []):
        if block["type"] == "input" and view["type"] == "modal" and "submit" not in view:
            message = "must define `submit` to use an `input` block in modals"
            complain(errors, message, f"/view/blocks/{index}/input")


def refusal(error: str, messages: list[str]) -> Refused:
    """Return a refusal that carries its reasons the way Slack does, twice."""
    return Refused(error, errors=messages, response_metadata={"messages": [f"[ERROR] {m}" for m in messages]})
