"""The page in a real browser: what people see, press and hear, on a desk and on a phone.

Skipped, loudly, where no Chromium or no Playwright is installed. Screenshots go to artefacts/playground/.
"""

import os
import shutil
import warnings
from pathlib import Path

import pytest
from slack_sdk import WebClient
from slack_story import Slack
from test_playground_bolt import EchoBot, answer, button, modal

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
PICTURES = Path("artefacts/playground")
HOSTILE = "<img src=x onerror=alert(1)> *_~` &amp; <!channel> <@U1> :tada: \u202eright to left\u202c e\u0301"

try:
    from playwright.sync_api import expect, sync_playwright
except ImportError:
    CHROMIUM = None
if CHROMIUM is None:
    warnings.warn("THE PAGE IS NOT TESTED: install chromium and playwright", stacklevel=1)
    pytest.skip("no Chromium or no Playwright: the page is not tested", allow_module_level=True)


class PageBot(EchoBot):
    """Says everything that a page must render."""

    def register(self, app):
        @app.message("every block")
        async def every(say):
            await say(text="every block", blocks=EVERY_BLOCK)

        @app.message("hostile")
        async def hostile(say):
            await say(text="hostile", blocks=answer(HOSTILE))

        super().register(app)


def plain(text):
    return {"type": "plain_text", "text": text}


def option(value):
    return {"text": plain(value), "value": value}


def rich(kind, **more):
    return {"type": kind, "elements": [{"type": "text", "text": f"a {kind}", "style": {"bold": True}}], **more}


def field(kind, **more):
    element = {"type": kind, "action_id": kind, **more}
    return {"type": "input", "block_id": kind, "optional": True, "label": plain(kind), "element": element}


OPTIONS = {"options": [option("one"), option("two")]}
EVERY_BLOCK = [
    {"type": "header", "text": plain("A header")},
    {"type": "section", "text": {"type": "mrkdwn", "text": "*bold* _italic_ ~struck~ `code` <https://a.example|link>"},
     "fields": [plain("a field"), plain("another")],
     "accessory": {"type": "static_select", "action_id": "a", **OPTIONS}},
    {"type": "rich_text", "elements": [
        rich("rich_text_section"), rich("rich_text_quote"), rich("rich_text_preformatted"),
        {"type": "rich_text_list", "style": "ordered", "elements": [rich("rich_text_section")]}]},
    {"type": "context", "elements": [plain("a context"), {"type": "image", "alt_text": "a picture",
                                                           "image_url": "https://example.org/x.png"}]},
    {"type": "divider"},
    {"type": "image", "alt_text": "a chart", "image_url": "https://example.org/x.png"},
    {"type": "markdown", "text": "# A heading\n\n- **an** item"},
    {"type": "table", "rows": [[{"type": "raw_text", "text": "head"}], [{"type": "raw_text", "text": "cell"}]]},
    {"type": "actions", "elements": [button("A button", "b"), {"type": "overflow", "action_id": "o", **OPTIONS},
                                     {"type": "users_select", "action_id": "u"}]},
    {"type": "context_actions", "elements": [
        {"type": "icon_button", "icon": "trash", "text": plain("Remove"), "action_id": "i"},
        {"type": "feedback_buttons", "action_id": "f", "positive_button": {"text": plain("Up"), "value": "1"},
         "negative_button": {"text": plain("Down"), "value": "0"}}]},
    field("plain_text_input"), field("checkboxes", **OPTIONS), field("radio_buttons", **OPTIONS), field("datepicker"),
    field("static_select", **OPTIONS), field("multi_static_select", **OPTIONS), field("external_select"),
]  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def slack():
    with Slack() as story, PageBot(story.environment()):
        story.wait_connected()
        yield story


@pytest.fixture(params=[(1280, 800), (390, 844)], ids=["desk", "phone"])
def size(request):
    return request.param


@pytest.fixture
def page(browser, slack, size, request):
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=size[0] < 500)
    page = context.new_page()
    page.set_default_timeout(8000)
    expect.set_options(timeout=8000)
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("request", lambda r: wrong.append(r.url) if not r.url.startswith(slack.playground.url) else None)
    page.goto(slack.playground.url)
    expect(page.get_by_text("Bot connected")).to_be_attached()
    yield page
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{request.node.name}.png")
    assert wrong == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the screen"
    context.close()


def write(page, text, where="Message #general"):
    page.get_by_label(where, exact=True).fill(text)
    page.keyboard.press("Enter")


def test_whoever_one_acts_as_is_named_whole_at_the_top(page):
    select = page.get_by_label("Act as")
    cut = """select => {
        const pen = document.createElement("canvas").getContext("2d"), style = getComputedStyle(select);
        pen.font = style.font;
        const arrow = 20, sides = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
        const room = select.clientWidth - sides - arrow;
        return [...select.options].map(o => o.text).filter(name => pen.measureText(name).width > room);
    }"""
    assert select.evaluate(cut) == []
    assert select.evaluate("select => select.options[0].closest('optgroup').label") == "Administrators"


def open_thread(page, size):
    if size[0] < 500:
        page.get_by_role("button", name="reply").last.click()
    return page.locator("#pane")


def test_one_asks_reads_the_quote_opens_the_context_and_votes(page, slack, size):
    write(page, "@evidence-bot who owns the buildings?")
    thread = open_thread(page, size)
    expect(thread.locator("blockquote").last).to_contain_text("who owns the buildings?")
    thread.get_by_role("button", name="In context").last.click()
    dialog = page.get_by_role("dialog", name="In context")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Go").click()
    expect(dialog.get_by_text("Please complete this required field.")).to_be_visible()
    dialog.get_by_role("textbox").fill("bad")
    dialog.get_by_role("button", name="Go").click()
    expect(dialog.get_by_text("Not that word")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    thread.get_by_role("button", name="Helpful", exact=True).last.click()
    write(page, "and who pays?", "Reply in this thread")
    expect(thread.get_by_text("and who pays?")).to_be_visible()
    shown = (
        "all => all.filter(e => getComputedStyle(e).visibility === 'visible' && e.scrollWidth > e.clientWidth).length"
    )
    assert page.locator(".composer .keys").evaluate_all(shown) == 0, "the hint is whole or not there"
    votes = [m for m in slack.messages("#general") if m.text == "Vote: up"]
    assert votes and all(m.only_for == "U0ADA0001" for m in votes)


def test_a_private_answer_is_marked_and_its_quote_is_shared(page, slack):
    write(page, "/evidence what is private?")
    answer = page.locator(".message.ephemeral").last
    expect(answer.get_by_text("Only visible to you")).to_be_visible()
    answer.get_by_role("button", name="Share").click()
    expect(page.locator(".message:not(.ephemeral)").last).to_contain_text("Shared")
    other = page.context.new_page()
    other.goto(f"{slack.playground.url}/?as=ben")
    expect(other.get_by_text("Shared").last).to_be_visible()
    expect(other.locator(".message.ephemeral")).to_have_count(0)
    other.close()


def test_a_quotation_is_checked_and_a_search_opened_from_the_menus(page, slack):
    write(page, "“A quotation to check”")
    message = page.locator(".message", has_text="A quotation to check").last
    message.hover()
    message.get_by_role("button", name="More actions for this message").click()
    page.get_by_role("menuitem", name="Check this quotation").click()
    expect(page.locator(".message.ephemeral").last).to_contain_text("Checked:")
    page.get_by_role("button", name="Shortcuts and files").click()
    page.get_by_role("menuitem", name="Search the evidence").click()
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_home_tab_and_the_agents_prompts_appear(page, size):
    if size[0] < 500:
        page.get_by_role("button", name="Back to the channels").click()
    page.locator("#sidebar").get_by_role("button", name="evidence-bot").click()
    page.get_by_role("tab", name="Home").click()
    expect(page.get_by_role("heading", name="Known submissions")).to_be_visible()
    page.locator(".agent-button").click()
    page.locator("#pane").get_by_role("button", name="Ask", exact=False).last.click()
    expect(page.locator("#pane")).to_contain_text("You said What is there?")


def test_every_block_is_rendered_and_nothing_foreign_is_loaded(page, slack):
    write(page, "every block")
    blocks = page.locator(".message", has_text="A header").last
    expect(blocks.locator("table")).to_be_visible()
    assert page.locator(".unknown").count() == 0
    for name in ("h3", "blockquote", "pre", "ol", "hr", "strong", "textarea, input", "select", ".feedback-buttons"):
        assert blocks.locator(name).count() > 0, name
    unnamed = blocks.locator("button, select, input").evaluate_all(
        "all => all.filter(e => !(e.ariaLabel || e.textContent.trim() || e.labels?.length)).map(e => e.outerHTML)"
    )
    assert unnamed == []


def test_hostile_text_stays_text(page, slack):
    write(page, "hostile")
    expect(page.locator(".message blockquote").last).to_have_text(HOSTILE)
    assert page.locator("#main img").count() == 0


def test_the_keyboard_alone_mentions_asks_and_stays_in_the_modal(page, size):
    if size[0] < 500:
        pytest.skip("a phone has no keyboard")
    box = page.get_by_label("Message #general")
    box.focus()
    page.keyboard.type("@ev")
    expect(page.get_by_role("listbox").get_by_role("option", name="evidence-bot")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("by keyboard")
    expect(box).to_have_value("@evidence-bot by keyboard")
    page.keyboard.press("Enter")
    pane = page.locator("#pane")
    expect(pane.locator("blockquote").last).to_contain_text("by keyboard")
    pane.get_by_role("button", name="In context").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#live")).to_contain_text("An answer")


def test_the_traffic_shows_events_calls_and_payloads(page, size):
    page.get_by_role("button", name="Traffic").click()
    write_anywhere = page.locator("#traffic")
    expect(write_anywhere.get_by_text("apps.connections.open").first).to_be_visible()
    write_anywhere.locator("summary", has_text="apps.connections.open").first.click()
    expect(write_anywhere.locator("pre").last).to_contain_text("(a ticket)")


def test_modals_stack_and_their_views_change(page, slack):
    trigger = slack.world.triggers.issue("U0ADA0001")
    environment = slack.environment()
    client = WebClient(environment["SLACK_BOT_TOKEN"], base_url=environment["SLACK_API_URL"])
    view = client.views_open(trigger_id=trigger, view=modal("First"))["view"]
    first = page.get_by_role("dialog", name="First")
    first.get_by_role("textbox").fill("kept while the view changes")
    client.views_update(view_id=view["id"], view=modal("Changed"))
    changed = page.get_by_role("dialog", name="Changed")
    expect(changed.get_by_role("textbox")).to_have_value("kept while the view changes")
    changed.get_by_role("textbox").fill("next")
    changed.get_by_role("button", name="Go").click()
    second = page.get_by_role("dialog", name="Second")
    second.get_by_role("button", name="Back to the view before").click()
    changed.get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_name_is_searched_with_the_bot_and_chosen(page, slack, size):
    names = field("multi_external_select", min_query_length=1) | {"block_id": "names"}
    names["element"]["action_id"] = "speaker"
    client = WebClient(slack.environment()["SLACK_BOT_TOKEN"], base_url=slack.environment()["SLACK_API_URL"])
    form = modal("Names") | {"blocks": [names], "callback_id": f"names-{size[0]}"}
    view = client.views_open(trigger_id=slack.world.triggers.issue("U0ADA0001"), view=form)["view"]
    dialog = page.get_by_role("dialog", name="Names")
    for name in ("kim", "lee"):
        dialog.get_by_role("combobox").fill(name)
        dialog.get_by_role("option", name=name.title()).click()
    dialog.get_by_role("button", name="Remove Kim").click()
    expect(dialog.get_by_role("button", name="Remove")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert view["type"] == "modal"


def test_a_shared_file_is_saved_from_the_page(page, slack):
    slack.share_file("#general", "gaps.csv", b"question,times\n")
    with page.expect_download() as saved:
        page.get_by_role("link", name="gaps.csv").last.click()
    assert saved.value.path().read_bytes() == b"question,times\n"


def test_a_file_is_attached_with_the_paper_clip(page, slack):
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Attach a file").first.click()
    chooser.value.set_files({"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Dear committee"})
    expect(page.get_by_role("link", name="letter.txt").last).to_be_visible()
    assert slack.messages("#general")[-1].files[0]["size"] == len(b"Dear committee")
