"""Shapes and limits of text objects, block elements and rich text.

Source of every number: https://docs.slack.dev/reference/block-kit (one page for each block, element and
composition object), unless a comment says otherwise.
"""

from bot.playground.shapes import Check, both, by_type, complain, instance, items, number, shape, string, word

BOOL = instance(bool)
ID = string(255)


def plain(longest: int) -> Check:
    """Accept a plain_text object."""
    return by_type({"plain_text": shape({"text": string(longest)}, {"emoji": BOOL})})


def text(longest: int) -> Check:
    """Accept a plain_text or mrkdwn object, with the two complaints that Slack gives for a bad one."""
    exact = by_type({
        "plain_text": shape({"text": string(longest)}, {"emoji": BOOL}),
        "mrkdwn": shape({"text": string(longest)}, {"verbatim": BOOL}),
    })  # fmt: skip

    def check(value: object, path: str, errors: list[str]) -> None:
        found: list[str] = []
        exact(value, path, found)
        if found:
            complain(errors, "failed to match all allowed schemas", path)
            errors.extend(found)

    return check


CONFIRM = shape({"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
                {"style": word("primary", "danger")})  # fmt: skip
OPTION = shape({"text": text(75), "value": string(150)}, {"description": text(75), "url": string(3000)})
GROUP = shape({"label": plain(75), "options": items(OPTION, 100)})

ACTION = {"action_id": ID}
PICKED = {**ACTION, "confirm": CONFIRM, "focus_on_load": BOOL}
PLACEHOLDER = {**PICKED, "placeholder": plain(150)}
MOST_SELECTED = {"max_selected_items": number(1, 100)}
DISPATCH = shape({}, {"trigger_actions_on": items(word("on_enter_pressed", "on_character_entered"), 2)})
LENGTHS = {"min_length": number(0, 3000), "max_length": number(1, 3000)}
TYPED = {**ACTION, "initial_value": string(3000, shortest=0), "dispatch_action_config": DISPATCH,
         "focus_on_load": BOOL, "placeholder": plain(150)}  # fmt: skip
FEEDBACK = shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})
CHOICES = {"options": items(OPTION, 100), "option_groups": items(GROUP, 100)}
FILTER = shape({}, {"include": items(word("im", "mpim", "private", "public"), 4),
                    "exclude_bot_users": BOOL, "exclude_external_shared_channels": BOOL})  # fmt: skip


def _one_of(*names: str) -> Check:
    def check(value: object, path: str, errors: list[str]) -> None:
        if isinstance(value, dict) and sum(name in value for name in names) != 1:
            complain(errors, f"must provide exactly one of {' or '.join(names)}", path)

    return check


def _selects() -> dict[str, Check]:
    out: dict[str, Check] = {
        "static_select": both(shape({}, {**PLACEHOLDER, **CHOICES, "initial_option": OPTION}),
                              _one_of("options", "option_groups")),
        "multi_static_select": both(
            shape({}, {**PLACEHOLDER, **CHOICES, **MOST_SELECTED, "initial_options": items(OPTION, 100)}),
            _one_of("options", "option_groups")),
        "external_select": shape({}, {**PLACEHOLDER, "min_query_length": number(0, 100), "initial_option": OPTION}),
        "multi_external_select": shape({}, {**PLACEHOLDER, **MOST_SELECTED, "min_query_length": number(0, 100),
                                            "initial_options": items(OPTION, 100)}),
    }  # fmt: skip
    for thing in ("user", "channel", "conversation"):
        own = {"response_url_enabled": BOOL, "filter": FILTER, "default_to_current_conversation": BOOL}
        own = {} if thing == "user" else own
        single = {**PLACEHOLDER, **own, f"initial_{thing}": ID}
        many = {**PLACEHOLDER, **own, **MOST_SELECTED, f"initial_{thing}s": items(ID, 100)}
        out |= {f"{thing}s_select": shape({}, single), f"multi_{thing}s_select": shape({}, many)}
    return out


SELECTS = _selects()
ONE_PICTURE = _one_of("image_url", "slack_file")
IMAGE = both(shape({"alt_text": string(2000)}, {"image_url": string(3000), "slack_file": instance(dict)}), ONE_PICTURE)
BUTTON = shape({"text": plain(75)}, {**ACTION, "value": string(2000), "url": string(3000), "confirm": CONFIRM,
                                     "style": word("primary", "danger"), "accessibility_label": string(75),
                                     })  # fmt: skip
CHECKBOXES = shape({"options": items(OPTION, 10)}, {**PICKED, "initial_options": items(OPTION, 10)})
RADIO = shape({"options": items(OPTION, 10)}, {**PICKED, "initial_option": OPTION})
COMMON: dict[str, Check] = {
    **SELECTS,
    "checkboxes": CHECKBOXES,
    "radio_buttons": RADIO,
    "datepicker": shape({}, {**PLACEHOLDER, "initial_date": string(10)}),
    "timepicker": shape({}, {**PLACEHOLDER, "initial_time": string(5), "timezone": string(100)}),
    "datetimepicker": shape({}, {**PICKED, "initial_date_time": instance(int)}),
}
OVERFLOW = shape({"options": items(OPTION, 5)}, {**ACTION, "confirm": CONFIRM})
IN_ACTIONS = {**COMMON, "button": BUTTON, "overflow": OVERFLOW}
IN_SECTION = {**IN_ACTIONS, "image": IMAGE}
IN_CONTEXT_ACTIONS: dict[str, Check] = {
    "feedback_buttons": shape({"positive_button": FEEDBACK, "negative_button": FEEDBACK}, {**ACTION}),
    "icon_button": shape({"icon": word("trash"), "text": plain(75)},
                         {**ACTION, "value": string(2000), "confirm": CONFIRM, "accessibility_label": string(75),
                          "visible_to_user_ids": items(ID, 100)}),
}  # fmt: skip
IN_INPUT: dict[str, Check] = {
    **COMMON,
    "plain_text_input": shape({}, {**TYPED, **LENGTHS, "multiline": BOOL}),
    "email_text_input": shape({}, TYPED),
    "url_text_input": shape({}, TYPED),
    "number_input": shape({"is_decimal_allowed": BOOL},
                          {**TYPED, "min_value": instance(str, int), "max_value": instance(str, int)}),
    "rich_text_input": shape({}, {**TYPED, "initial_value": instance(dict)}),
    "file_input": shape({}, {**ACTION, "filetypes": items(string(20), 100), "max_files": number(1, 10)}),
}  # fmt: skip
