"""Small checks that compose into the shape of a JSON value and complain in Slack's words.

Each check appends `message [json-pointer:path]` to a list. The wordings are those that Slack has been seen to
answer in public logs, for example https://github.com/slackapi/bolt-js/issues/793; where none was found the
wording is ours in the same manner.
"""

from collections.abc import Callable
from typing import Any

Check = Callable[[Any, str, list[str]], None]


def complain(errors: list[str], message: str, path: str) -> None:
    """Append one complaint."""
    errors.append(f"{message} [json-pointer:{path}]")


def string(longest: int, *, shortest: int = 1) -> Check:
    """Accept a string of shortest to longest characters."""

    def check(value: object, path: str, errors: list[str]) -> None:
        if not isinstance(value, str):
            complain(errors, "must be a string", path)
        elif len(value) < shortest:
            complain(errors, f"must be more than {shortest - 1} characters", path)
        elif len(value) > longest:
            complain(errors, f"must be less than {longest + 1} characters", path)

    return check


def instance(*types: type) -> Check:
    """Accept a value of these types; a boolean is no integer."""

    def check(value: object, path: str, errors: list[str]) -> None:
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            complain(errors, f"must be a {types[0].__name__}", path)

    return check


def word(*allowed: object) -> Check:
    """Accept one of these values."""

    def check(value: object, path: str, errors: list[str]) -> None:
        if value not in allowed:
            complain(errors, f"must be a valid enum value: {', '.join(map(str, allowed))}", path)

    return check


def number(lowest: int, highest: int) -> Check:
    """Accept an integer in [lowest, highest]."""

    def check(value: object, path: str, errors: list[str]) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            complain(errors, "must be an integer", path)
        elif not lowest <= value <= highest:
            complain(errors, f"must be between {lowest} and {highest}", path)

    return check


def items(each: Check, most: int, *, least: int = 1) -> Check:
    """Accept a list of least to most values that each pass."""

    def check(value: object, path: str, errors: list[str]) -> None:
        if not isinstance(value, list):
            complain(errors, "must provide an array", path)
            return
        if len(value) < least:
            complain(errors, f"must provide at least {least} items", path)
        if len(value) > most:
            complain(errors, f"no more than {most} items allowed", path)
        for index, item in enumerate(value[:most]):
            each(item, f"{path}/{index}", errors)

    return check


def shape(required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    """Accept an object with these fields and no others; `type` is looked at by `by_type`."""
    known = required | (optional or {})

    def check(value: object, path: str, errors: list[str]) -> None:
        if not isinstance(value, dict):
            complain(errors, "must provide an object", path)
            return
        for name in required:
            if name not in value:
                complain(errors, f"missing required field: {name}", path)
        for name, part in value.items():
            if name in known:
                known[name](part, f"{path}/{name}", errors)
            elif name != "type":
                complain(errors, f"invalid additional property: {name}", path)

    return check


def by_type(shapes: dict[str, Check]) -> Check:
    """Choose the check by the object's `type`."""

    def check(value: object, path: str, errors: list[str]) -> None:
        if not isinstance(value, dict):
            complain(errors, "must provide an object", path)
        elif "type" not in value:
            complain(errors, "missing required field: type", path)
        elif not isinstance(value["type"], str) or value["type"] not in shapes:
            complain(errors, f"unsupported type: {value['type']}", f"{path}/type")
        else:
            shapes[value["type"]](value, path, errors)

    return check


def both(first: Check, second: Check) -> Check:
    """Apply two checks."""

    def check(value: object, path: str, errors: list[str]) -> None:
        first(value, path, errors)
        second(value, path, errors)

    return check
