// The pane at the right: a thread, or a conversation with the agent.

import { act } from "./actions.js";
import { composer } from "./composer.js";
import { batched, h, iconButton } from "./dom.js";
import { avatar, statusLine } from "./messages.js";
import { closePane, openAgent } from "./navigate.js";
import { prompts } from "./prompts.js";
import { channel, direct, key, label, listen, state, threadOf } from "./store.js";
import { stream } from "./stream.js";

const pane = document.getElementById("pane");
let drawn = "";
let list = null;

function draw(focus) {
  const what = state.thread ? `${state.me} ${state.thread.channel} ${state.thread.ts}` : state.agent ? `${state.me} agent ${state.agent.since}` : "";
  pane.hidden = !what;
  document.body.classList.toggle("with-pane", Boolean(what));
  if (what !== drawn) build(what);
  if (state.thread) drawThread();
  if (state.agent) drawAgent();
  if (focus && what) pane.querySelector("textarea")?.focus();
}

function build(what) {
  drawn = what;
  if (!what) return pane.replaceChildren();
  list = stream(state.thread ? "Thread" : "Conversation with the bot");
  return pane.replaceChildren(...(state.thread ? threadParts() : agentParts()));
}

function heading(title, note, ...more) {
  return h("header", { class: "heading" }, iconButton("back", "Back", closePane, { class: "icon-button narrow" }), h("h2", {}, title), h("span", { class: "topic" }, note), more, iconButton("close", "Close", closePane, { class: "icon-button wide" }));
}

function threadParts() {
  const { channel: id, ts } = state.thread;
  const place = channel(id);
  pane.setAttribute("aria-label", "Thread");
  return [heading("Thread", place.kind === "im" ? label(place) : `#${label(place)}`), list.node,
    composer({ key: `${id}-${ts.replace(".", "-")}`, channel: id, thread: ts, label: "Reply in this thread", sent: list.toEnd })];
}

function drawThread() {
  const { channel: id, ts } = state.thread;
  const told = state.statuses.get(key(id, ts));
  list.draw(threadOf(channel(id), ts), { inThread: true, after: [told && statusLine(told)] });
}

function agentParts() {
  const place = direct();
  pane.setAttribute("aria-label", `Ask ${state.app.name}`);
  const fresh = h("button", { type: "button", class: "plain", onclick: () => { state.agent = { since: null }; openAgent(); } }, "New chat");
  return [heading(state.app.name, "Agent", fresh), list.node,
    composer({ key: `agent-${state.agent.since ?? "new"}`.replace(".", "-"), channel: place.id, thread: undefined, label: `Ask ${state.app.name}`, sent: (m) => begin(m) })];
}

function begin(m) {
  if (state.agent && !state.agent.since && m?.ts) state.agent.since = m.ts;
  draw(true);
  list.toEnd();
}

// One chat: everything in the direct message since its first question, threads told flat.
function drawAgent() {
  const place = direct();
  const { since } = state.agent;
  pane.querySelector(".topic").textContent = (since && state.titles.get(key(place.id, since))) || "Agent";
  const messages = since ? [...place.messages.values()].filter((m) => m.ts >= since).sort((a, b) => a.ts - b.ts) : [];
  const told = [...state.statuses.values()].find((s) => s.channel === place.id && since && s.thread_ts >= since);
  const ask = async (text) => begin(await act("say", { channel: place.id, text }));
  const hello = !since && h("div", { class: "intro" }, avatar(state.bot), h("h2", {}, `Ask ${state.app.name}`), h("p", {}, "Answers are the exact words of the evidence."));
  list.draw(messages, { inThread: true, before: [hello], after: [prompts(place, !since, ask), told && statusLine(told)] });
}

const drawSoon = batched(() => draw(false));

listen((kind, data) => {
  if (kind === "pane") draw(data?.focus);
  else if (kind !== "traffic") drawSoon();
});
