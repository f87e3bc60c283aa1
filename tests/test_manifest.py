"""The manifest creates the app that the code listens for, with the least rights, each explained."""

import json
import os
from pathlib import Path

import jsonschema
import pytest

from bot.settings import Settings
from bot.slack import action_ids
from bot.slack.bolt import check_tokens
from bot.slack.web import SlackRefused, token_refused

FOLDER = Path(__file__).parent.parent / "bot" / "slack"
MANIFEST = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
README = (FOLDER / "README.md").read_text("utf-8")
# Slack's own schema: schemas/manifest.schema.1.0.0.json of github.com/slackapi/manifest-schema (MIT).
SCHEMA = os.environ.get("SLACK_MANIFEST_SCHEMA", "")
SCOPES = {
    "app_mentions:read": "app_mention",
    "channels:history": "message.channels",
    "groups:history": "message.groups",
    "im:history": "message.im",
}


@pytest.mark.skipif(not SCHEMA, reason="SLACK_MANIFEST_SCHEMA names Slack's schema, which is not kept here")
def test_slacks_schema_takes_the_manifest():
    schema = json.loads(Path(SCHEMA).read_text("utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(MANIFEST)] == []


def test_texts_keep_to_slacks_limits():
    shown = MANIFEST["display_information"]
    assert len(shown["name"]) <= 35 and len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
    assert all(len(s["name"]) <= 24 and len(s["description"]) <= 150 for s in MANIFEST["features"]["shortcuts"])
    assert len(MANIFEST["features"]["agent_view"]["agent_description"]) <= 300


def test_the_app_is_an_agent_of_the_present_kind_over_socket_mode():
    assert "assistant_view" not in MANIFEST["features"]
    assert MANIFEST["features"]["app_home"] == {
        "home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False,
    }  # fmt: skip
    assert MANIFEST["settings"]["socket_mode_enabled"] and MANIFEST["settings"]["interactivity"]["is_enabled"]


def test_commands_and_shortcuts_are_those_that_the_code_listens_for():
    features = MANIFEST["features"]
    assert [command["command"] for command in features["slash_commands"]] == [action_ids.COMMAND]
    shortcuts = {s["callback_id"]: s["type"] for s in features["shortcuts"]}
    assert shortcuts == {action_ids.SEARCH_SHORTCUT: "global", action_ids.CHECK_SHORTCUT: "message"}


def test_every_scope_is_needed_and_explained():
    scopes = MANIFEST["oauth_config"]["scopes"]
    assert set(scopes) == {"bot"}
    events = set(MANIFEST["settings"]["event_subscriptions"]["bot_events"])
    assert events == {*SCOPES.values(), "app_home_opened"}
    called = {"assistant:write", "chat:write", "commands", "files:read", "files:write", "reactions:write"}
    assert set(scopes["bot"]) == {*SCOPES, *called}
    assert [scope for scope in scopes["bot"] if f"`{scope}`" not in README] == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (Settings(), "SLACK_BOT_TOKEN is not set"),
        (Settings(slack_bot_token="xoxb-1", slack_app_token="xoxb-1"), "SLACK_APP_TOKEN does not start with xapp-"),
    ],
)
def test_the_readme_tells_what_to_do_about_what_the_bot_says(given, told):
    with pytest.raises(SlackRefused, match=told):
        check_tokens(given)
    assert f"`{told}`" in README
    for variable in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        assert str(token_refused(variable, "x")).startswith(f"{variable}: Slack refuses it (x)")
        assert f"`{variable}: Slack refuses it (" in README
