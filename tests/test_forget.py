"""`evidence-bot forget` deletes what it says, after asking, and nothing else."""

import pytest
from click.testing import CliRunner
from databases import KINDS, database_url
from test_state import THREAD, fill, kept

from bot.cli import main
from bot.forget import read_link
from bot.state.records import ChannelSettings
from bot.state.store import open_store

ALL = (["q0", "q1", "q2"], ["q0", "q1", "q2"], ["400.0", "401.0", "402.0"])
LINK = "https://example.slack.com/archives/C1/p100000000"


@pytest.fixture(params=KINDS)
def forget(request, tmp_path):
    """Runs the command beside a serving store with questions of U1 and U2 in two threads, and gives what is left."""
    url = database_url(request.param, tmp_path)
    store = open_store(url, tmp_path)
    fill(store)
    store.channels.set("T1", "C1", ChannelSettings(mention_only=True))

    def run(*arguments, typed=""):
        environment = {"EVIDENCE_BOT_STATE": url, "EVIDENCE_BOT_DATA": str(tmp_path)}
        done = CliRunner().invoke(main, ["forget", *arguments], input=typed, env=environment)
        assert store.channels.get("T1", "C1").mention_only
        questions, gaps, votes = kept(store)
        return done, (questions, gaps, sorted(votes))

    with store.claimed():
        yield run
    store.close()


@pytest.mark.parametrize(
    ("arguments", "left"),
    [
        (["--user", "U1"], (["q1"], ["q1"], ["401.0"])),
        (["--thread", LINK], (["q2"], ["q2"], ["402.0"])),
        (["--thread", f"{LINK[:-3]}777?thread_ts={THREAD.ts}&cid=C1"], (["q2"], ["q2"], ["402.0"])),
        (["--all"], ([], [], [])),
    ],
    ids=["a person", "a thread", "a thread by a reply in it", "everybody"],
)
def test_what_is_named_is_deleted_and_the_rest_stays(forget, arguments, left):
    done, after = forget(*arguments, "--yes")
    assert (done.exit_code, after) == (0, left)
    assert "Deleted what was kept of" in done.output


def test_nothing_is_deleted_without_a_yes(forget):
    for typed in ("n\n", "\n", ""):
        done, after = forget("--all", typed=typed)
        assert (done.exit_code, after) == (1, ALL)
    done, after = forget("--user", "U2", typed="y\n")
    assert done.exit_code == 0 and after[0] == ["q0", "q2"]
    assert "Delete what is kept of U2? It cannot be undone." in done.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "give one of --user ID, --thread LINK and --all"),
        (["--user", "U1", "--all"], "give one of"),
        (["--user", ""], "not a member ID"),
        (["--user", "@ben"], "@ben: not a member ID such as U012AB3CD"),
        (["--thread", "https://example.org/"], "not the link of a message"),
        (["--thread", ""], "not the link of a message"),
        (["--thread", "https://example.slack.com/archives/C9/p100000000"], "nothing is kept of that thread"),
    ],
)
def test_what_names_nobody_deletes_nothing(forget, arguments, told):
    done, after = forget(*arguments, "--yes")
    assert done.exit_code != 0 and told in done.output and after == ALL


def test_a_folder_without_a_state_is_told_and_stays_empty(tmp_path):
    done = CliRunner().invoke(main, ["forget", "--all", "--yes"], env={"EVIDENCE_BOT_DATA": str(tmp_path)})
    assert done.exit_code == 1 and "holds no state.db" in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_link_leads_to_its_thread():
    link = "https://a.slack.com/archives/C012AB3CD/p1712345678901234"
    assert read_link(link) == ("C012AB3CD", "1712345678.901234")
    assert read_link(f"{link}?thread_ts=1712345600.000100&cid=C012AB3CD") == ("C012AB3CD", "1712345600.000100")
    assert read_link(f"{link}?cid=C012AB3CD&thread_ts=1712345600.000100") == ("C012AB3CD", "1712345600.000100")
