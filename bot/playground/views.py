"""Open modals, one stack for each person, and Home tabs."""

import secrets
from dataclasses import dataclass, field

from bot.playground.refused import Refused
from bot.playground.traffic import News
from bot.playground.workspace import APP_ID, BOT_ID, TEAM_ID, Json

# Source: https://docs.slack.dev/surfaces/modals ("up to 3 views in a stack").
MOST_STACKED = 3


@dataclass
class View:
    """One modal or Home tab as the bot last sent it, with what the person has entered so far."""

    id: str
    user: str
    body: Json
    root_id: str
    previous_id: str | None = None
    hash: str = ""
    values: dict[str, dict[str, Json]] = field(default_factory=dict)

    def as_json(self) -> Json:
        """Return the view object of views.open and of payloads."""
        empty: Json = {"private_metadata": "", "callback_id": "", "external_id": "", "title": None, "submit": None,
                       "close": None, "clear_on_close": False, "notify_on_close": False}  # fmt: skip
        own: Json = {
            "id": self.id, "team_id": TEAM_ID, "app_id": APP_ID, "bot_id": BOT_ID, "hash": self.hash,
            "state": {"values": self.values}, "root_view_id": self.root_id, "previous_view_id": self.previous_id,
            "app_installed_team_id": TEAM_ID,
        }  # fmt: skip
        return empty | self.body | own


class Views:
    """Stacks of modals by person, and each person's Home."""

    def __init__(self, news: News) -> None:
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self._news = news

    def open(self, user: str, body: Json) -> View:
        """Show a modal on top of nothing; what was open is gone."""
        self.stacks[user] = []
        return self.push(user, body)

    def push(self, user: str, body: Json) -> View:
        """Show a modal on top of those open."""
        stack = self.stacks.setdefault(user, [])
        if len(stack) >= MOST_STACKED:
            raise Refused("push_limit_reached")
        view_id = f"V{secrets.token_hex(5).upper()}"
        root, previous = (stack[0].id, stack[-1].id) if stack else (view_id, None)
        view = View(view_id, user, name_blocks(body), root, previous, _new_hash())
        stack.append(view)
        self.tell(user)
        return view

    def update(self, view: View, body: Json, expected_hash: str | None = None) -> View:
        """Replace what a view shows; entered values stay where block and action keep their names."""
        if expected_hash and expected_hash != view.hash:
            raise Refused("hash_conflict")
        view.body, view.hash = name_blocks(body), _new_hash()
        kept = {block.get("block_id") for block in view.body["blocks"]}
        view.values = {block: values for block, values in view.values.items() if block in kept}
        self.tell(view.user)
        return view

    def publish(self, user: str, body: Json, expected_hash: str | None = None) -> View:
        """Replace a person's Home."""
        if old := self.homes.get(user):
            return self.update(old, body, expected_hash)
        view_id = f"V{secrets.token_hex(5).upper()}"
        self.homes[user] = View(view_id, user, name_blocks(body), view_id, None, _new_hash())
        self.tell(user)
        return self.homes[user]

    def close(self, view: View, *, everything: bool = False) -> list[View]:
        """Take a modal, or its whole stack, away and return what was closed."""
        stack = self.stacks.get(view.user, [])
        closed = list(stack) if everything else [v for v in stack if v is view]
        self.stacks[view.user] = [v for v in stack if v not in closed]
        self.tell(view.user)
        return closed

    def find(self, view_id: str | None = None, external_id: str | None = None) -> View:
        """Return an open view, or refuse as views.update does."""
        for view in [*self.homes.values(), *(v for stack in self.stacks.values() for v in stack)]:
            if (view_id and view.id == view_id) or (external_id and view.body.get("external_id") == external_id):
                return view
        raise Refused("not_found")

    def tell(self, user: str) -> None:
        """Send the person's page what is open now."""
        home = self.homes.get(user)
        stack = [view.as_json() for view in self.stacks.get(user, [])]
        self._news.tell("views", {"stack": stack, "home": home.as_json() if home else None}, only_for=[user])


def name_blocks(body: Json) -> Json:
    """Give a block_id and action_ids to what has none, as Slack does."""
    return body | {"blocks": named(body.get("blocks", []))}


def named(blocks: list[Json]) -> list[Json]:
    """Return the blocks with a block_id on each and an action_id on each interactive element."""
    out = []
    for block in blocks:
        block = {"block_id": secrets.token_hex(3), **block}
        for place in ("accessory", "element"):
            if place in block and block[place]["type"] != "image":
                block[place] = {"action_id": secrets.token_hex(3), **block[place]}
        if block["type"] in ("actions", "context_actions"):
            block["elements"] = [{"action_id": secrets.token_hex(3), **e} for e in block["elements"]]
        out.append(block)
    return out


def _new_hash() -> str:
    return f"{secrets.token_hex(6)}"
