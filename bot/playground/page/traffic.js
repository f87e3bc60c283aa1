// The side panel: what went over the wire, newest last, and faults on request.

import { fault } from "./actions.js";
import { h, iconButton } from "./dom.js";
import { listen, state } from "./store.js";

const panel = document.getElementById("traffic");
const KINDS = { all: "All", call: "Calls", events_api: "Events", interactive: "Interactions", socket: "Sockets" };
const FROM_BOT = new Set(["call", "response_url", "file"]);
const NAMES = { call: "call", events_api: "event", interactive: "action", slash_commands: "command", response_url: "answer", socket: "socket", fault: "fault", file: "file" };
const FAULTS = [
  ["Rate-limit the next call (429)", "rate_limit", {}], ["Fail the next call (500)", "server_error", {}], ["Answer the next call 5 s late", "slow", { seconds: 5 }],
  ["Deliver the next event twice", "duplicate", {}], ["Lose the next acknowledgement", "lose_acks", {}], ["Refresh the connection", "refresh", {}],
  ["Cut the connection", "drop", {}], ["Leave the connection half-dead", "half_die", {}], ["Revoke the bot's token", "refuse_token", {}],
  ["Take Slack down", "down", {}], ["Mend everything", "clear", {}],
];
let filter = "all";
let list = null;

export function toggleTraffic() {
  panel.hidden = !panel.hidden;
  document.body.classList.toggle("with-traffic", !panel.hidden);
  if (!panel.hidden) build();
  return !panel.hidden;
}

function build() {
  list = h("ol", { class: "traffic-list" });
  const filters = h("div", { class: "filters", role: "group", "aria-label": "Show" }, Object.entries(KINDS).map(([kind, name]) =>
    h("button", { type: "button", "aria-pressed": String(kind === filter), onclick: () => { filter = kind; build(); } }, name)));
  const faults = h("details", { class: "faults" }, h("summary", {}, "Faults on request"), FAULTS.map(([text, name, args]) => h("button", { type: "button", class: "button", onclick: () => fault(name, args) }, text)));
  panel.replaceChildren(h("header", { class: "heading" }, h("h2", {}, "Traffic"), h("span", { class: "topic" }, "between this imitation and the bot"),
    iconButton("close", "Close the traffic", () => { toggleTraffic(); document.querySelector("#top [aria-pressed]")?.setAttribute("aria-pressed", "false"); })), filters, list, faults);
  list.append(...state.traffic.filter(wanted).slice(-200).map(row));
  list.scrollTop = list.scrollHeight;
}

const wanted = (entry) => filter === "all" || entry.kind === filter || (filter === "interactive" && ["slash_commands", "response_url"].includes(entry.kind));

function row(entry) {
  const away = FROM_BOT.has(entry.kind);
  const good = ["ok", "acked", "seen", "in force"].includes(entry.outcome);
  const details = h("details", { class: away ? "from-bot" : "to-bot", dataset: { number: entry.number } },
    h("summary", {}, h("span", { class: "arrow", title: away ? "from the bot" : "to the bot" }, entry.kind === "socket" || entry.kind === "fault" ? "•" : away ? "←" : "→"), h("span", { class: "kind" }, NAMES[entry.kind]), h("code", {}, entry.name),
      entry.attempt > 0 && h("span", { class: "retry" }, `retry ${entry.attempt}`),
      h("span", { class: `outcome ${entry.outcome ? (good ? "good" : "bad") : ""}` }, entry.outcome || "…"), h("span", { class: "ms" }, entry.seconds === null ? "" : `${Math.round(entry.seconds * 1000)} ms`)));
  details.addEventListener("toggle", () => details.open && fetchDetails(details, entry.number));
  return h("li", {}, details);
}

async function fetchDetails(details, number) {
  if (details.querySelector("pre")) return;
  const answer = await fetch(`/control/traffic/${number}`);
  const full = answer.ok ? await answer.json() : { payload: "no longer kept", answer: null };
  const part = (name, value) => value !== null && h("div", {}, h("h3", {}, name), h("pre", { tabindex: "0" }, JSON.stringify(value, null, 2)));
  details.append(...[part("Payload", full.payload), part("Answer", full.answer)].filter(Boolean));
}

function update(entry) {
  if (!list || panel.hidden || !wanted(entry)) return;
  const old = list.querySelector(`[data-number="${entry.number}"]`);
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  const fresh = row(entry);
  if (old?.open) fresh.firstChild.open = true;
  if (old) old.parentNode.replaceWith(fresh);
  else list.append(fresh);
  if (list.childNodes.length > 300) list.firstChild.remove();
  if (atEnd) list.scrollTop = list.scrollHeight;
}

listen((kind, data) => {
  if (kind === "traffic") update(data);
  if (kind === "all" && !panel.hidden) build();
});
