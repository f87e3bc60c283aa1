"""What people enter into elements, in the form that `state.values` and `actions` carry it."""

from typing import Any

from bot.playground.refused import Refused
from bot.playground.workspace import Json

# The name under which each element's value travels.
# Source: https://docs.slack.dev/reference/block-kit/block-elements and /reference/views/view-submission.
FIELDS = {
    "button": "value", "icon_button": "value", "feedback_buttons": "value", "plain_text_input": "value",
    "email_text_input": "value", "url_text_input": "value", "number_input": "value",
    "rich_text_input": "rich_text_value", "static_select": "selected_option", "external_select": "selected_option",
    "radio_buttons": "selected_option", "overflow": "selected_option", "checkboxes": "selected_options",
    "multi_static_select": "selected_options", "multi_external_select": "selected_options",
    "users_select": "selected_user", "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation", "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel", "multi_channels_select": "selected_channels",
    "datepicker": "selected_date", "timepicker": "selected_time", "datetimepicker": "selected_date_time",
    "file_input": "files",
}  # fmt: skip
# Text, the value of an option, a whole option, several of them, or nothing.
Entered = str | Json | list[Any] | None
STATELESS = {"button", "icon_button", "feedback_buttons", "overflow", "image"}


def elements(blocks: list[Json]) -> list[tuple[Json, Json]]:
    """Return every interactive element with its block."""
    out = []
    for block in blocks:
        inside = block.get("elements", []) if block["type"] in ("actions", "context_actions") else []
        alone = [block[place] for place in ("accessory", "element") if place in block]
        out += [(block, element) for element in [*inside, *alone] if element["type"] in FIELDS]
    return out


def entry(element: Json, value: Entered) -> Json:
    """Return what an element carries when a person gives it this value: text, or the values of options."""
    kind = element["type"]
    field = FIELDS[kind]
    if kind == "feedback_buttons":
        button = element["positive_button" if value in (None, "positive") else "negative_button"]
        return {"type": kind, "value": button["value"], "text": button["text"]}
    if field == "selected_option":
        value = None if value is None else _option(element, value)
    elif field == "selected_options":
        value = [_option(element, each) for each in value or []]
    elif kind in ("button", "icon_button"):
        return {"type": kind, "text": element["text"]} | {k: element[k] for k in ("value", "style") if k in element}
    return {"type": kind, field: value}


def initial(element: Json) -> Json:
    """Return what an element carries before anybody touched it."""
    field = FIELDS[element["type"]]
    name = field.replace("selected_", "initial_") if field.startswith("selected_") else "initial_value"
    empty: Any = [] if field.endswith("s") and field != "selected_options" else None
    default = [] if field == "selected_options" else empty
    return {"type": element["type"], field: element.get(name, default)}


def state(blocks: list[Json], values: dict[str, dict[str, Json]]) -> dict[str, dict[str, Json]]:
    """Return `state.values` for these blocks: what was entered, else what they started with."""
    out: dict[str, dict[str, Json]] = {}
    for block, element in elements(blocks):
        if element["type"] not in STATELESS:
            given = values.get(block["block_id"], {}).get(element["action_id"])
            out.setdefault(block["block_id"], {})[element["action_id"]] = given or initial(element)
    return out


def complaints(blocks: list[Json], values: dict[str, dict[str, Json]]) -> dict[str, str]:
    """Return, by block_id, what Slack's own client asks to be mended before a form is sent."""
    out: dict[str, str] = {}
    for block, element in elements(blocks):
        if block["type"] != "input":
            continue
        given = values[block["block_id"]][element["action_id"]][FIELDS[element["type"]]]
        if not given and not block.get("optional"):
            out[block["block_id"]] = "Please complete this required field."
        elif isinstance(given, str) and len(given) > element.get("max_length", 3000):
            out[block["block_id"]] = f"Please use at most {element.get('max_length', 3000)} characters."
        elif isinstance(given, str) and given and len(given) < element.get("min_length", 0):
            out[block["block_id"]] = f"Please use at least {element['min_length']} characters."
    return out


def _option(element: Json, value: Entered) -> Json:
    if isinstance(value, dict):
        # An external select's options come from the bot, whole.
        return value
    groups = [group["options"] for group in element.get("option_groups", [])]
    for option in [*element.get("options", []), *(o for group in groups for o in group)]:
        if value in (option["value"], option["text"]["text"]):
            return dict(option)
    raise Refused(f"no option {value}")
