"""The imitation's Web API, limits, faults and signatures, through slack_sdk and plain HTTP."""

import asyncio
import json
import urllib.error
import urllib.request

import pytest
from aiohttp import ClientSession, WSServerHandshakeError, web
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.webhook import WebhookClient
from slack_story import Slack, slack

from bot.playground import Pace, Playground, PortTaken, people

__all__ = ["slack"]


@pytest.fixture
def client(slack):
    return client_of(slack)


def client_of(slack, **more):
    environment = slack.environment()
    return WebClient(environment["SLACK_BOT_TOKEN"], base_url=environment["SLACK_API_URL"], retry_handlers=[], **more)


def plain(text):
    return {"type": "plain_text", "text": text}


def section(text):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(**more):
    return {"type": "button", "text": plain("Go"), **more}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def rich(*elements):
    return {"type": "rich_text", "elements": list(elements)}


def option(text="One", value="1"):
    return {"text": plain(text), "value": value}


BLOCK_LIMITS = [
    (section("x" * 3000), None),
    (section("x" * 3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ({"type": "section"}, "missing required field: text [json-pointer:/blocks/0]"),
    ({"type": "section", "fields": [plain("x")] * 11}, "no more than 10 items allowed [json-pointer:/blocks/0/fields]"),
    ({"type": "nonsense"}, "unsupported type: nonsense [json-pointer:/blocks/0/type]"),
    ({"type": "divider", "text": "x"}, "invalid additional property: text [json-pointer:/blocks/0]"),
    ({"type": "header", "text": plain("x" * 151)},
     "must be less than 151 characters [json-pointer:/blocks/0/text/text]"),
    ({"type": "header", "text": section("x")["text"]}, "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"),
    (actions(button(value="x" * 2000, action_id="a" * 255)), None),
    (actions(button(value="x" * 2001)), "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]"),
    (actions(button(action_id="a" * 256)),
     "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]"),
    (actions({**button(), "text": plain("x" * 76)}),
     "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"),
    (actions(*[button()] * 26), "no more than 25 items allowed [json-pointer:/blocks/0/elements]"),
    (actions(button(action_id="a"), button(action_id="a")),
     '`action_id` "a" already exists [json-pointer:/blocks/0/elements/1/action_id]'),
    (actions({"type": "overflow", "action_id": "o", "options": [option(value=str(n)) for n in range(6)]}),
     "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]"),
    (actions({"type": "static_select", "action_id": "s"}),
     "must provide exactly one of options or option_groups [json-pointer:/blocks/0/elements/0]"),
    ({"type": "context", "elements": [plain("x")] * 11},
     "no more than 10 items allowed [json-pointer:/blocks/0/elements]"),
    (rich({"type": "rich_text_quote", "elements": [{"type": "text", "text": "*_~`<!channel>"}]}), None),
    (rich({"type": "rich_text_quote", "elements": [{"type": "text"}]}),
     "missing required field: text [json-pointer:/blocks/0/elements/0/elements/0]"),
    (rich({"type": "rich_text_section", "elements": [None]}),
     "must provide an object [json-pointer:/blocks/0/elements/0/elements/0]"),
    ({"type": "context_actions", "elements": [button()]},
     "unsupported type: button [json-pointer:/blocks/0/elements/0/type]"),
    ({"type": "image", "image_url": "https://example.org/x.png"},
     "missing required field: alt_text [json-pointer:/blocks/0]"),
]  # fmt: skip


@pytest.mark.parametrize(("block", "complaint"), BLOCK_LIMITS)
def test_blocks_are_taken_or_refused_with_a_json_pointer(client, block, complaint):
    if complaint is None:
        assert client.chat_postMessage(channel="#general", text="x", blocks=[block])["ok"]
        return
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="#general", text="x", blocks=[block])
    answer = refused.value.response
    assert answer["error"] == "invalid_blocks"
    assert f"[ERROR] {complaint}" in answer["response_metadata"]["messages"]


def test_a_message_takes_50_blocks_and_about_12000_characters_of_text(client):
    assert client.chat_postMessage(channel="#general", blocks=[section("x")] * 50, text="x")["ok"]
    for blocks, error in (([section("x")] * 51, "invalid_blocks"), ([section("x" * 3000)] * 4 + [section("x")],
                                                                    "msg_blocks_too_long")):  # fmt: skip
        with pytest.raises(SlackApiError, match=error):
            client.chat_postMessage(channel="#general", blocks=blocks, text="x")


def test_text_is_cut_at_40000_characters_and_an_update_takes_4000(client):
    posted = client.chat_postMessage(channel="#general", text="x" * 40_001)
    assert len(posted["message"]["text"]) == 40_000
    with pytest.raises(SlackApiError, match="msg_too_long"):
        client.chat_update(channel=posted["channel"], ts=posted["ts"], text="x" * 4001)


def test_an_update_keeps_the_blocks_that_it_does_not_mention(slack, client):
    posted = client.chat_postMessage(channel="#general", text="x", blocks=[section("kept")])
    client.chat_update(channel=posted["channel"], ts=posted["ts"], text="y")
    message = slack.messages("#general")[-1]
    assert (message.text, message.blocks[0]["text"]["text"], message.edited["user"]) == ("y", "kept", "U0EVIDENCE")
    client.chat_update(channel=posted["channel"], ts=posted["ts"], text="z", blocks=[])
    assert message.blocks == []


VIEW_LIMITS = [
    ({"title": plain("x" * 25)}, "must be less than 25 characters [json-pointer:/view/title/text]"),
    ({"private_metadata": "x" * 3001}, "must be less than 3001 characters [json-pointer:/view/private_metadata]"),
    ({"blocks": [{"type": "divider"}] * 101}, "no more than 100 items allowed [json-pointer:/view/blocks]"),
    ({"blocks": [{"type": "markdown", "text": "x"}]}, "unsupported type: markdown [json-pointer:/view/blocks/0/type]"),
    ({"blocks": [{"type": "input", "label": plain("x"), "element": {"type": "plain_text_input"}}]},
     "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "complaint"), VIEW_LIMITS)
def test_views_are_refused_beyond_their_limits(slack, client, change, complaint):
    view = {"type": "modal", "title": plain("x"), "blocks": [{"type": "divider"}], **change}
    with pytest.raises(SlackApiError) as refused:
        client.views_open(trigger_id=slack.world.triggers.issue("U0ADA0001"), view=view)
    assert refused.value.response["error"] == "invalid_arguments"
    assert f"[ERROR] {complaint}" in refused.value.response["response_metadata"]["messages"]


def test_a_stale_hash_is_a_conflict_and_a_fourth_view_too_many(slack, client):
    view = {"type": "modal", "title": plain("x"), "blocks": [{"type": "divider"}]}
    first = client.views_open(trigger_id=slack.world.triggers.issue("U0ADA0001"), view=view)["view"]
    client.views_update(view_id=first["id"], view=view, hash=first["hash"])
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_update(view_id=first["id"], view=view, hash=first["hash"])
    for _ in range(2):
        client.views_push(trigger_id=slack.world.triggers.issue("U0ADA0001", first["id"]), view=view)
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        client.views_push(trigger_id=slack.world.triggers.issue("U0ADA0001", first["id"]), view=view)


def test_each_method_takes_its_own_kind_of_token(slack, client):
    environment = slack.environment()
    bot, app, url = (environment[f"SLACK_{name}"] for name in ("BOT_TOKEN", "APP_TOKEN", "API_URL"))
    assert client.auth_test()["user_id"] == "U0EVIDENCE"
    for token, method, error in (
        (app, "auth.test", "not_allowed_token_type"), (bot, "apps.connections.open", "not_allowed_token_type"),
        ("xoxb-wrong", "auth.test", "invalid_auth"), (None, "auth.test", "not_authed"),
        (bot, "chat.unheardOf", "unknown_method"),
    ):  # fmt: skip
        with pytest.raises(SlackApiError) as refused:
            WebClient(token, base_url=url).api_call(method)
        assert refused.value.response["error"] == error
    slack.faults.refuse_token("bot", error="token_revoked")
    with pytest.raises(SlackApiError, match="token_revoked"):
        client.auth_test()
    assert bot not in repr(slack.playground.world) and bot not in str([e.payload for e in slack.calls()])


async def test_a_socket_ticket_opens_one_connection_once():
    async with Playground(port=0) as playground, ClientSession() as session:
        environment = playground.environment()
        headers = {"Authorization": f"Bearer {environment['SLACK_APP_TOKEN']}"}
        async with session.post(f"{environment['SLACK_API_URL']}apps.connections.open", headers=headers) as answer:
            url = (await answer.json())["url"]
        async with session.ws_connect(url) as socket:
            hello = await socket.receive_json()
            assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        with pytest.raises(WSServerHandshakeError):
            await session.ws_connect(url)


async def test_an_event_that_died_with_the_bot_comes_again_on_its_next_connection():
    async with Playground(port=0, pace=Pace(ack=0.2)) as playground, ClientSession() as session:
        environment = playground.environment()
        headers = {"Authorization": f"Bearer {environment['SLACK_APP_TOKEN']}"}

        async def connect():
            async with session.post(f"{environment['SLACK_API_URL']}apps.connections.open", headers=headers) as answer:
                socket = await session.ws_connect((await answer.json())["url"])
            assert (await socket.receive_json())["type"] == "hello"
            return socket

        socket = await connect()
        await people.say(playground.world, user="ada", channel="#general", text="heard, never answered")
        first = await socket.receive_json()
        await socket.close()
        await asyncio.sleep(0.3)
        again = await (await connect()).receive_json()
        assert again["payload"] == first["payload"]
        assert (first["retry_attempt"], first["retry_reason"]) == (0, "")
        assert again["retry_attempt"] >= 1 and again["envelope_id"] != first["envelope_id"]


def test_only_channels_with_the_bot_are_its_own(slack, client):
    for channel, error in (("#random", "not_in_channel"), ("C404", "channel_not_found")):
        with pytest.raises(SlackApiError, match=error):
            client.chat_postMessage(channel=channel, text="x")
    private = client.conversations_list(types="public_channel,private_channel")["channels"]
    assert [c["name"] for c in private] == ["general", "evidence", "random", "committee-team"]
    direct = client.conversations_open(users="U0BEN0001")["channel"]["id"]
    client.chat_postMessage(channel=direct, text="only for Ben")
    assert slack.messages(direct, user="ben")[0].text == "only for Ben"
    with pytest.raises(SlackApiError, match="user_not_in_channel"):
        client.chat_postEphemeral(channel="#committee-team", user="U0DEV0001", text="x")


def test_history_pages_and_threads_hold_what_was_said(slack, client):
    first = slack.say("#general", "first")
    slack.say("#general", "reply", thread=first, user="ben")
    last = slack.say("#general", "last")
    page = client.conversations_history(channel="C0GENERAL", limit=1)
    assert [m["ts"] for m in page["messages"]] == [last.ts] and page["has_more"]
    following = client.conversations_history(channel="C0GENERAL", cursor=page["response_metadata"]["next_cursor"])
    assert following["messages"][0]["reply_count"] == 1
    thread = client.conversations_replies(channel="C0GENERAL", ts=first.ts)["messages"]
    assert [m["text"] for m in thread] == ["first", "reply"]


def test_scopes_and_events_follow_the_manifest():
    manifest = {"display_information": {"name": "small"}, "features": {},
                "oauth_config": {"scopes": {"bot": ["chat:write"]}},
                "settings": {"event_subscriptions": {"bot_events": ["app_mention"]}}}  # fmt: skip
    with Slack(manifest=manifest) as slack:
        with pytest.raises(SlackApiError, match="missing_scope") as refused:
            client_of(slack).users_info(user="U0BEN0001")
        assert refused.value.response["needed"] == "users:read"
        slack.say("#general", "@small hello")
        slack.say("#general", "nobody in particular")
        assert {d.payload["event"]["text"] for d in slack.deliveries()} == {"<@U0EVIDENCE> hello"}
        assert {d.name for d in slack.deliveries()} == {"app_mention"}


def test_faults_happen_as_often_as_asked(slack, client):
    slack.faults.rate_limit("chat.*", times=1, retry_after=7)
    with pytest.raises(SlackApiError) as limited:
        client.chat_postMessage(channel="#general", text="x")
    assert limited.value.response.status_code == 429 and limited.value.response.headers["Retry-After"] == "7"
    assert client.chat_postMessage(channel="#general", text="x")["ok"]
    slack.faults.server_error("auth.test", status=503)
    with pytest.raises(SlackApiError) as failed:
        client.auth_test()
    assert failed.value.response.status_code == 503
    slack.go_down()
    with pytest.raises(OSError):
        client.auth_test()
    slack.come_back()
    slack.faults.slow("auth.test", seconds=0.2)
    assert client.auth_test()["ok"]
    assert slack.calls("auth.test")[-1].seconds >= 0.2


def test_files_go_up_in_three_steps_and_down_to_the_bearer_only(slack, client):
    client.files_upload_v2(channel="C0GENERAL", filename="gaps.csv", content="question,times\nwho?,3\n")
    file = slack.messages("#general")[-1].files[0]
    shared = slack.share_file("#general", "letter.txt", b"Dear committee")
    file = client.files_info(file=shared.files[0]["id"])["file"]
    assert fetch(file["url_private_download"], slack.environment()["SLACK_BOT_TOKEN"]) == b"Dear committee"
    assert b"Sign in" in fetch(file["url_private_download"], "xoxb-wrong")


def fetch(url, token):
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    return urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request).read()


def test_a_response_url_takes_five_messages(slack):
    url = f"{slack.playground.url}/commands/{slack.world.hooks.issue('C0GENERAL', 'U0ADA0001')}"
    hook = WebhookClient(url)
    assert [hook.send(text=str(n)).body for n in range(6)] == ["ok"] * 5 + ["used_url"]
    assert {m.only_for for m in slack.messages("#general")} == {"U0ADA0001"}


async def test_signed_http_carries_events_commands_and_retries():
    seen, answers = [], iter([500])

    async def take(request):
        body = await request.text()
        seen.append((dict(request.headers), body))
        if "challenge" in body:
            return web.json_response({"challenge": json.loads(body)["challenge"]})
        return web.Response(status=next(answers, 200), text="heard" if "command=" in body else "")

    app = web.Application()
    app.router.add_post("/slack/events", take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        with Slack(
            request_url=f"http://127.0.0.1:{port}/slack/events", pace=Pace(ack=2.0, retry_after=(0.0,))
        ) as slack:
            assert await asyncio.to_thread(lambda: slack._do(slack.playground.http.verify_request_url()))
            await asyncio.to_thread(lambda: (slack.say("#general", "hello"), slack.wait_acked()))
            asked = await asyncio.to_thread(slack.command, "/evidence a <b> & c")
            assert slack.replies(asked)[0].text == "heard"
            verifier = SignatureVerifier(slack.environment()["SLACK_SIGNING_SECRET"])
            assert all(verifier.is_valid_request(body, headers) for headers, body in seen)
            assert [headers.get("X-Slack-Retry-Num") for headers, _ in seen] == [None, None, "1", None]
            assert seen[2][0]["X-Slack-Retry-Reason"] == "http_error"
    finally:
        await runner.cleanup()


async def test_a_taken_port_is_named_with_what_to_do():
    async with Playground(port=0) as first:
        with pytest.raises(PortTaken, match=rf"Port {first.port} .* choose another port"):
            await Playground(port=first.port).start()


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}])
def test_other_sites_cannot_reach_it(slack, headers):
    request = urllib.request.Request(slack.playground.url + "/control/state", headers=headers)
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request)
