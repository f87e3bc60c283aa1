from dataclasses import fields
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, read_settings
from corpus.submission import SHIPPED


def test_an_empty_environment_gives_the_defaults():
    settings = read_settings({"HOME": "/x", "EVIDENCE_BOT_MODEL": "", "SLACK_BOT_TOKEN": " "})
    assert settings == Settings()
    assert (settings.corpus, settings.data, settings.retention_days) == (SHIPPED, Path(".evidence-bot"), 30)


def test_every_kind_of_variable_is_read():
    settings = read_settings({
        "EVIDENCE_BOT_DATA": "/srv/bot", "SLACK_BOT_TOKEN": "xoxb-1", "EVIDENCE_BOT_WORKERS": "3",
        "EVIDENCE_BOT_HEALTH": "9100", "EVIDENCE_BOT_HTTP": "0.0.0.0:3000", "EVIDENCE_BOT_LOG_TEXTS": "yes",
        "EVIDENCE_BOT_USERS": "U1, U2 U3,", "EVIDENCE_BOT_SUBMISSIONS": "C1=PSR0074+PSR0080, *=PSR0074",
    })  # fmt: skip
    assert (settings.data, settings.slack_bot_token, settings.workers) == (Path("/srv/bot"), "xoxb-1", 3)
    assert (settings.health, settings.http) == (("127.0.0.1", 9100), ("0.0.0.0", 3000))
    assert settings.log_texts and settings.users == {"U1", "U2", "U3"}
    assert settings.submissions_of("C1") == {"PSR0074", "PSR0080"}
    assert settings.submissions_of("direct") == {"PSR0074"}


def test_without_a_rule_every_channel_sees_all():
    assert Settings().submissions_of("C1") is None


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("EVIDENCE_BOT_WORKERS", "many"),
        ("EVIDENCE_BOT_WORKERS", "0"),
        ("EVIDENCE_BOT_RETENTION_DAYS", "-1"),
        ("EVIDENCE_BOT_HEALTH", "here:port"),
        ("EVIDENCE_BOT_HEALTH", "70000"),
        ("EVIDENCE_BOT_LOG_FORMAT", "xml"),
        ("EVIDENCE_BOT_LOG_LEVEL", "LOUD"),
        ("EVIDENCE_BOT_LOG_TEXTS", "perhaps"),
        ("EVIDENCE_BOT_SUBMISSIONS", "C1:PSR0074"),
    ],
)
def test_a_value_that_cannot_be_used_is_one_line_with_the_variable_and_the_value(variable, value):
    with pytest.raises(SettingsError) as caught:
        read_settings({variable: value})
    assert str(caught.value).startswith(f"{variable}: {value!r} is ")
    assert "\n" not in str(caught.value)


def test_no_secret_stands_in_the_settings_shown():
    secrets = {"SLACK_BOT_TOKEN": "xoxb-hush", "SLACK_APP_TOKEN": "xapp-hush", "SLACK_SIGNING_SECRET": "hush",
               "EVIDENCE_BOT_STATE": "postgresql://me:hush@host/db"}  # fmt: skip
    assert "hush" not in repr(read_settings(secrets))


def test_every_setting_says_what_it_is_for():
    source = Path("bot/settings.py").read_text()
    for setting in fields(Settings):
        declared = source.index(f"\n    {setting.name}: ")
        following = source[declared + 1 :].split("\n", 2)[1]
        assert following.startswith('    """'), setting.name
