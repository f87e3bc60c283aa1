// The middle: a channel, or the direct message with the bot and its two tabs.

import { act } from "./actions.js";
import { renderBlocks } from "./blocks.js";
import { begin, composer } from "./composer.js";
import { batched, fill, h, icon, iconButton } from "./dom.js";
import { openAgent, openTab, openThread, show } from "./navigate.js";
import { channel, direct, key, label, listen, messagesOf, state } from "./store.js";
import { stream } from "./stream.js";
import { statusLine } from "./messages.js";
import { prompts } from "./prompts.js";

const main = document.getElementById("main");
let drawn = "";
let list = null;
let home = null;

function build() {
  const place = channel();
  drawn = `${state.me} ${place.id} ${state.tab}`;
  list = home = null;
  const parts = [heading(place)];
  if (place.kind === "im") parts.push(tabs());
  if (place.kind === "im" && state.tab === "home") parts.push((home = h("div", { class: "home", role: "tabpanel", "aria-label": "Home" })));
  else {
    list = stream(`Messages in ${label(place)}`);
    const name = place.kind === "im" ? state.app.name : `#${place.name}`;
    parts.push(list.node, composer({ key: place.id, channel: place.id, thread: undefined, label: `Message ${name}`, sent: list.toEnd }));
  }
  main.replaceChildren(...parts);
}

function heading(place) {
  const direct = place.kind === "im";
  const sign = direct ? null : icon(place.kind === "group" ? "lock" : "hash");
  return h("header", { class: "heading" },
    iconButton("back", "Back to the channels", () => show("sidebar"), { class: "icon-button narrow" }),
    h("h1", {}, sign, label(place)), h("span", { class: "topic" }, direct ? "Direct message with the bot" : place.topic?.value),
    h("button", { type: "button", class: "button agent-button", "aria-label": `Ask ${state.app.name}`, onclick: openAgent }, icon("spark"), h("span", {}, `Ask ${state.app.name}`)));
}

function tabs() {
  const names = [["home", "Home"], ["messages", "Messages"]];
  const keys = (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    openTab(state.tab === "home" ? "messages" : "home");
    main.querySelector('[role="tab"][aria-selected="true"]').focus();
  };
  return h("div", { class: "tabs", role: "tablist", "aria-label": state.app.name, onkeydown: keys }, names.map(([tab, name]) =>
    h("button", { type: "button", role: "tab", "aria-selected": String(state.tab === tab), tabindex: state.tab === tab ? "0" : "-1", onclick: () => openTab(tab) }, name)));
}

function draw() {
  const place = channel();
  if (!place) return;
  if (drawn !== `${state.me} ${place.id} ${state.tab}`) build();
  if (home) drawHome();
  list?.draw(messagesOf(place), { before: [intro(place)], after: [strayStatus(place), absence(), place.kind === "im" && prompts(place, !place.messages.size)] });
}

const intros = new Map();
function intro(place) {
  const inside = place.members.includes(state.bot);
  const says = `${place.id} ${inside}`;
  if (intros.has(says)) return intros.get(says);
  const bot = `@${state.app.name}`;
  const text = place.kind === "im" ? "Ask a question here: nobody else reads it." : inside ? `Mention ${bot} to ask the evidence a question. The answer comes in a thread.` : `${bot} is not in this channel and hears nothing here.`;
  const invite = !inside && h("button", { type: "button", class: "button primary", onclick: () => act("invite", { channel: place.id }) }, `Invite ${bot}`);
  const ask = inside && place.kind !== "im" && h("button", { type: "button", class: "button primary", onclick: () => begin(main.querySelector(".composer textarea")) }, `Ask ${bot}`);
  const suggest = inside && h("button", { type: "button", class: "button", onclick: openAgent }, "Suggest a question");
  const node = h("div", { class: "intro" }, h("h2", {}, place.kind === "im" ? state.app.name : `#${place.name}`), h("p", {}, text), h("div", { class: "row" }, invite, ask, suggest));
  intros.set(says, node);
  return node;
}

const absent = h("p", { class: "absent", role: "status" }, "The bot is not connected. What you ask now is answered as soon as it is.");
const absence = () => state.live && state.connections === 0 && absent;

// A status whose thread has no message of its own here, as in the direct message.
function strayStatus(place) {
  const told = [...state.statuses.values()].find((s) => s.channel === place.id && !place.messages.has(s.thread_ts));
  return told && statusLine(told);
}

let homeShown = "";
function drawHome() {
  const view = state.home;
  const says = `${state.me} ${view?.hash}`;
  if (home.childNodes.length && homeShown === says) return;
  homeShown = says;
  const context = {
    use: (block, item, value) => act("press", { view: view.id, block: block.block_id, action: item.action_id, value }),
    suggest: (block, item, query) => act("suggest", { view: view.id, block: block.block_id, action: item.action_id, query }),
    keep: () => {}, kept: () => undefined,
  };
  fill(home, h("div", { class: "blocks" }, view ? renderBlocks(view.blocks, context) : h("p", { class: "empty" }, state.connections === 0 ? "The bot is not connected yet; its Home appears when it is." : "The bot has not published its Home yet.")));
}

// A thread that answers oneself opens by itself where there is room; Slack only shows its bar.
function openAnswer(m) {
  const parent = channel(m.channel)?.messages.get(m.thread_ts);
  const wide = matchMedia("(min-width: 900px)").matches;
  if (wide && m.isNew && m.user === state.bot && parent?.user === state.me && m.channel === state.channel && !state.thread && !state.agent) openThread(m.channel, m.thread_ts, { quiet: true });
}

const drawSoon = batched(draw);

listen((kind, data) => {
  if (kind === "message") openAnswer(data);
  if (kind !== "traffic") drawSoon();
});
