"""The forms for a file on hold: its details, and the confirmation where it replaces another source."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.held import Held
from bot.scope import DATE
from bot.slack import action_ids
from bot.slack.kit import Json, plain, rich, section, shorten, small
from bot.slack.modals import ask, modal
from bot.slack.receiving import FIELDS, WANTED
from corpus.collection import REFERENCE

TITLE = "Add a submission"
LONGEST = 1000  # characters of a field
HINTS = {"reference": "Such as PSR0074", "date": "2020, 2020-06 or 2020-06-30", "url": "Where it is published"}


def add_view(on_hold: Held) -> Json:
    """The form with what the file says of itself, to be completed and corrected."""
    blocks = [small(f"From {on_hold.name}. What stands here is what citations will say.")]
    for name in FIELDS:
        field: Json = {"type": "plain_text_input", "action_id": name, "max_length": LONGEST}
        if known := on_hold.known.get(name, "")[:LONGEST]:
            field["initial_value"] = known
        if hint := HINTS.get(name):
            field["placeholder"] = plain(hint)
        label = "Web address" if name == "url" else name.capitalize()
        blocks.append(ask(name, label, field, optional=name not in WANTED))
    return modal(TITLE, blocks, callback=action_ids.ADD_FORM, submit="Add", keep={"f": on_hold.id})


def replace_view(on_hold: Held, given: Mapping[str, str], there: str) -> Json:
    """The question whether a file takes the place of the source of a submission that is there."""
    text = (
        f"{there} is in the corpus already. Shall {shorten(on_hold.name, LONGEST)} become its source? "
        "What is known of it (title, submitter, date) stays as it is."
    )
    keep = {"f": on_hold.id, "r": given["reference"]}
    return modal(TITLE, [rich(section(text))], callback=action_ids.REPLACE_FORM, submit="Replace", keep=keep)


def read_details(view: Json) -> dict[str, str]:
    """What the form says of the submission."""
    values = view["state"]["values"]
    return {name: " ".join(str(values[name][name].get("value") or "").split()) for name in FIELDS}


def wrong_details(given: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the fields, by field."""
    wrong = {name: "Say what it is." for name in WANTED if not given[name]}
    if given["reference"] and not REFERENCE.fullmatch(given["reference"]):
        wrong["reference"] = "A reference has letters, digits, dots, dashes and underscores only."
    if given["date"] and not DATE.fullmatch(given["date"]):
        wrong["date"] = "Write it as 2020, 2020-06 or 2020-06-30."
    if given["url"] and not re.match(r"https?://\S+$", given["url"]):
        wrong["url"] = "An address begins with https://."
    return wrong
