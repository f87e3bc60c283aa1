"""The whole bot, started by its console command, as people meet it: over both wires, and in a browser.

The browser's part is skipped, loudly, where no Chromium is installed. Screenshots go to artefacts/story/.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pytest
from bot_process import ROOT, wait_until
from slack_story import PROXIES, Slack, quotes, reading

from bot.slack.blocks import NOT_FOUND
from corpus.submission import SHIPPED

COMMAND = Path(sys.executable).with_name("evidence-bot")
MANIFEST = ROOT / "bot" / "slack" / "manifest.json"
SOURCE = (SHIPPED / "PSR0074" / "source.txt").read_text()
ADA = "U0ADA0001"
MOUNTAINS = "Who was able to move mountains once the red tape went?"
MOVED = "With the red tape lifted, we have been able to move mountains"
ALTERED = "Kim Shutler said “With the red tape lifted, we have been able to move hills and change things”"
LOST = "How much income did charities lose in the first three months of the crisis?"
LATER = "what about the six months after?"
FURLOUGH = "What does the submission say about furlough?"
BORDERS = "How effectively were public services coordinated across the borders of the devolved administrations?"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
PICTURES = Path("artefacts/story")

try:
    from playwright.sync_api import expect, sync_playwright
except ImportError:
    CHROMIUM = None
if CHROMIUM is None:
    warnings.warn("THE PAGE IS NOT TESTED: install chromium and playwright", stacklevel=1)
in_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium or no Playwright: the page is not tested")


@contextlib.contextmanager
def running(slack, data, **settings):
    """The bot as `evidence-bot run` starts it, until it leaves on SIGTERM; what it wrote must hold no error."""
    environment = slack.bot_environment(EVIDENCE_BOT_DATA=str(data), EVIDENCE_BOT_ADMINISTRATORS=ADA, **settings)
    with (data / "bot.log").open("wb") as log:
        process = subprocess.Popen([COMMAND, "run"], env=environment, cwd=data, stdout=log, stderr=log)
    try:
        yield process
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
    finally:
        process.kill()
        process.wait()
    written = (data / "bot.log").read_text()
    assert not any(word in written for word in ("ERROR", "WARNING", "Traceback")), written


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def listens(port):
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def data(index_folder, tmp_path, index):
    (tmp_path / "index").symlink_to(index_folder)
    (tmp_path / "model").symlink_to(index_folder.parent / "model")
    return tmp_path


@pytest.fixture(scope="module", params=["socket", "http"])
def slack(request, index_folder, index, tmp_path_factory):
    """The imitation with the bot answering, over Socket Mode and then over signed HTTP."""
    data = tmp_path_factory.mktemp("data")
    (data / "index").symlink_to(index_folder)
    (data / "model").symlink_to(index_folder.parent / "model")
    if request.param == "socket":
        with Slack(manifest=MANIFEST) as story, running(story, data):
            story.wait_connected(timeout=60)
            yield story
        return
    port = free_port()
    url = f"http://127.0.0.1:{port}/slack/events"
    with Slack(manifest=MANIFEST, request_url=url) as story, running(story, data, EVIDENCE_BOT_HTTP=str(port)):
        wait_until(lambda: listens(port), 60, "the bot to listen")
        yield story


def verbatim(value):
    """The quotes shown, each of which must stand in the source as it was received."""
    shown = quotes(value)
    assert all(quote in SOURCE for quote in shown), shown
    return shown


def test_a_mention_a_follow_up_and_a_direct_message_are_answered_in_its_words(slack):
    asked = slack.say("#general", f"@evidence-bot {LOST}")
    reply = slack.wait_reply(asked)
    assert "£4.3bn" in verbatim(reply)[0] and "PSR0074" in reading(reply) and reply.thread_ts == asked.ts
    later = slack.say("#general", LATER, thread=asked, user="ben")
    follow_up = slack.wait_reply(later)
    assert "£6.4bn" in " ".join(verbatim(follow_up)) and follow_up.thread_ts == asked.ts
    direct = slack.wait_reply(slack.dm(MOUNTAINS, user="ben"))
    assert verbatim(direct)[0].startswith(MOVED) and "Kim Shutler" in reading(direct)


def test_a_private_answer_is_shared_with_everybody(slack):
    private = slack.wait_reply(slack.command(f"/evidence {MOUNTAINS}", user="chloe"))
    assert private.only_for == "U0CHLOE01" and verbatim(private)[0].startswith(MOVED)
    shared = slack.wait_reply(slack.click(private, "Share to channel", user="chloe"))
    assert shared.only_for is None and verbatim(shared) == verbatim(private)


def test_a_quote_is_read_in_context_turned_over_and_cited(slack):
    reply = slack.wait_reply(slack.say("#general", f"@evidence-bot {MOUNTAINS}"))
    slack.click(reply, "In context")
    context = slack.wait_view(showing="The committee asked")
    first = verbatim(context)
    assert any(verbatim(reply)[0] in passage for passage in first)
    slack.click(context, "Later")
    slack.wait_view(showing="Back to the quote")
    assert verbatim(slack.view()) and set(verbatim(slack.view())).isdisjoint(first)
    slack.click(slack.view(), "Cite")
    cited = reading(slack.wait_view(showing="BibTeX", depth=2))
    assert "Kim Shutler, quoted in written evidence from Locality (PSR0074), para 65" in cited
    slack.close(slack.view(), everything=True)


def test_an_altered_quotation_is_told_with_the_true_wording(slack):
    said = slack.say("#evidence", ALTERED)
    slack.shortcut("Check this quotation", on=said)
    checked = slack.wait_view(showing="Altered")
    assert MOVED in verbatim(checked)[0]
    slack.close(checked)


def test_a_search_by_form_finds_the_words_of_one_speaker(slack):
    slack.shortcut("Search the evidence")
    form = slack.wait_view(showing="What do you want to know?")
    [speaker] = slack.suggestions(form, "search_speaker", "shutler")
    assert slack.submit(form, {"question": "red tape", "speaker": speaker}) == {}
    found = slack.wait_view(showing="Kim Shutler")
    assert verbatim(found)
    slack.close(found)


def test_home_holds_the_submission_and_reads_an_answer(slack):
    home = slack.home()
    assert "Locality – written evidence (PSR0074)" in reading(home)
    slack.click(home, "Read the answer")
    read = slack.wait_view(showing="The committee asked")
    assert verbatim(read)
    slack.close(read)


def test_what_was_not_answered_and_what_nothing_answers_are_told_apart(slack):
    not_answered = slack.wait_reply(slack.command(f"/evidence {BORDERS}"))
    assert "The committee asked this, and Locality answered “N/A”." in reading(not_answered)
    assert quotes(not_answered) == []
    nothing = slack.wait_reply(slack.say("#general", f"@evidence-bot {FURLOUGH}"))
    assert nothing.text == NOT_FOUND and quotes(nothing) == []


def newcomer(port):
    """`evidence-bot run` without tokens."""
    environment = {k: v for k, v in os.environ.items() if k.lower() not in PROXIES and not k.startswith("SLACK_")}
    return {"args": [COMMAND, "run", "--port", str(port)], "env": environment, "stdin": subprocess.DEVNULL}


def test_without_tokens_one_line_says_where_the_page_is_and_ctrl_c_leaves_at_once(data):
    port = free_port()
    start = newcomer(port)
    start["env"]["EVIDENCE_BOT_DATA"] = str(data)
    with subprocess.Popen(**start, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline()
            assert f"http://127.0.0.1:{port}" in line and "imitation of Slack" in line
            second = subprocess.run(**start, capture_output=True, text=True, timeout=60)
            assert second.returncode == 1 and second.stdout == "" and second.stderr.count("\n") == 1
            assert f"Port {port}" in second.stderr and "--port" in second.stderr
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            rest, errors = process.communicate(timeout=20)
            assert process.returncode == 0 and time.monotonic() - began < 3
            assert (rest, errors) == ("", "")
        finally:
            process.kill()


class Newcomer:
    """Somebody at the page: what they type, press and see, with a picture of each state."""

    def __init__(self, page, name):
        self.page, self.name, self.seen = page, name, 0
        self.phone = name == "phone"

    def picture(self, state):
        self.seen += 1
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.wait_for_timeout(250)
        self.page.screenshot(path=PICTURES / f"{self.name}-{self.seen:02}-{state}.png")
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{state}: too wide"

    def write(self, text, where="Message #general"):
        self.page.get_by_label(where, exact=True).fill(text)
        self.page.keyboard.press("Enter")

    def thread(self):
        """The thread of the newest question; on a desk it opens by itself."""
        if self.phone:
            self.page.get_by_role("button", name="reply").last.click()
        return self.page.locator("#pane")

    def back(self):
        """To the channel again."""
        self.page.locator("#pane").get_by_role("button", name="Back" if self.phone else "Close", exact=True).click()

    def dialog(self, name):
        dialog = self.page.get_by_role("dialog", name=name)
        expect(dialog).to_be_visible()
        return dialog

    def away(self):
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("dialog")).to_have_count(0)


@pytest.fixture(params=[("desk", 1280, 800), ("phone", 390, 844)], ids=["desk", "phone"])
def visitor(request, data):
    name, width, height = request.param
    with Slack(manifest=MANIFEST) as slack, running(slack, data), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context(viewport={"width": width, "height": height}, has_touch=width < 500).new_page()
        page.set_default_timeout(15_000)
        expect.set_options(timeout=15_000)
        wrong = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        slack.wait_connected(timeout=60)
        page.goto(slack.playground.url)
        yield Newcomer(page, name)
        browser.close()
        assert wrong == []


@in_browser
def test_a_newcomer_asks_reads_shares_votes_checks_and_follows_up(visitor):
    page = visitor.page
    visitor.picture("start")
    page.get_by_role("button", name="Suggest a question").click()
    expect(page.locator("#pane").get_by_role("group", name="Suggested questions")).to_be_visible()
    visitor.picture("suggested")
    visitor.back()
    visitor.write(f"@evidence-bot {MOUNTAINS}")
    thread = visitor.thread()
    expect(thread.locator("blockquote").first).to_contain_text(MOVED)
    assert thread.locator("blockquote").first.inner_text().strip() in SOURCE
    visitor.picture("answer")
    thread.get_by_role("button", name="Show quote 1 in context").click()
    context = visitor.dialog("In context")
    expect(context.locator("blockquote").nth(1)).to_contain_text(MOVED)
    visitor.picture("context")
    context.get_by_role("button", name="Show later paragraphs").click()
    expect(context.get_by_role("button", name="Back to the quote")).to_be_visible()
    visitor.picture("context-later")
    context.get_by_role("button", name="Back to the quote").click()
    expect(context).to_contain_text(MOVED)
    context.get_by_role("button", name="Cite").click()
    expect(visitor.dialog("Cite this quote")).to_contain_text("BibTeX")
    visitor.picture("cite")
    page.keyboard.press("Escape")
    visitor.dialog("In context")
    visitor.away()
    thread.get_by_role("button", name="This answer is helpful").click()
    expect(thread.get_by_text("Thank you", exact=False)).to_be_visible()
    visitor.picture("vote")
    visitor.write("who said that?", "Reply in this thread")
    expect(thread.locator("blockquote")).to_have_count(2)
    visitor.picture("follow-up")
    thread.get_by_role("button", name="Share this quote in the channel: quote 1").first.click()
    visitor.back()
    expect(page.locator("#main .message").last).to_contain_text("Shared by")
    visitor.picture("shared")


@in_browser
def test_a_newcomer_asks_in_private_checks_a_quotation_searches_and_reads_home(visitor):
    page = visitor.page
    visitor.write(f"/evidence {LOST}")
    answer = page.locator(".message.ephemeral").last
    expect(answer).to_contain_text("£4.3bn")
    expect(answer).to_contain_text(f"Your question: {LOST}")
    expect(answer.get_by_text("Only visible to you")).to_be_visible()
    visitor.picture("private")
    answer.get_by_role("button", name="Share to channel").click()
    expect(page.locator("#main .message:not(.ephemeral)").last).to_contain_text("Shared by")
    visitor.picture("private-shared")
    visitor.write(ALTERED)
    said = page.locator(".message", has_text="move hills").last
    said.hover()
    said.get_by_role("button", name="More actions for this message").click()
    page.get_by_role("menuitem", name="Check this quotation").click()
    expect(visitor.dialog("Check this quotation")).to_contain_text("Altered")
    visitor.picture("check")
    visitor.away()
    visitor.write(f"/evidence {BORDERS}")
    expect(page.locator(".message.ephemeral").last).to_contain_text("Locality answered “N/A”")
    visitor.picture("not-answered")
    visitor.write(f"/evidence {FURLOUGH}")
    expect(page.locator(".message.ephemeral").last).to_contain_text(NOT_FOUND)
    visitor.picture("nothing")
    page.locator(".message.ephemeral").last.get_by_role("button", name="Show nearest passages").click()
    expect(page.locator(".message.ephemeral").last).to_contain_text("They do not answer the question")
    visitor.picture("nearest")
    page.get_by_role("button", name="Shortcuts and files").click()
    page.get_by_role("menuitem", name="Search the evidence").click()
    form = visitor.dialog("Search the evidence")
    form.get_by_role("textbox").first.fill("red tape")
    visitor.picture("search")
    form.get_by_role("button", name="Search").click()
    expect(form.locator("blockquote").first).to_be_visible()
    visitor.picture("search-found")
    visitor.away()
    if visitor.phone:
        page.get_by_role("button", name="Back to the channels").click()
        visitor.picture("channels")
    page.locator("#sidebar").get_by_role("button", name="evidence-bot").click()
    page.get_by_role("tab", name="Home").click()
    expect(page.get_by_text("Locality – written evidence (PSR0074)")).to_be_visible()
    visitor.picture("home")
    page.get_by_role("button", name="Read the answer").first.click()
    expect(visitor.dialog("The answer")).to_contain_text("The committee asked")
    visitor.picture("home-reading")
    visitor.away()
    page.get_by_role("tab", name="Messages").click()
    visitor.write(MOUNTAINS, "Message evidence-bot")
    expect(visitor.thread().locator("blockquote").last).to_contain_text(MOVED)
    visitor.picture("direct")
