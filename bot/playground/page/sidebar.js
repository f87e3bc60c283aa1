// The left side: channels, the bot, and the bar at the top with the person one acts as.

import { batched, h, icon, iconButton } from "./dom.js";
import { avatar } from "./messages.js";
import { openChannel } from "./navigate.js";
import { become, changed, direct, label, listen, state } from "./store.js";
import { toggleTraffic } from "./traffic.js";

const sidebar = document.getElementById("sidebar");
const top = document.getElementById("top");
const THEMES = ["auto", "light", "dark"];

function entry(place) {
  const unread = state.unread.get(place.id) ?? 0;
  const sign = place.kind === "im" ? avatar(state.bot) : icon(place.kind === "group" ? "lock" : "hash");
  const current = place.id === state.channel;
  return h("li", {}, h("button", { type: "button", class: unread ? "unread" : "", "aria-current": current ? "page" : undefined, onclick: () => openChannel(place.id, place.kind === "im" ? state.tab : "messages") },
    sign, h("span", {}, label(place)), unread > 0 && h("span", { class: "count", "aria-label": `${unread} new` }, String(unread))));
}

function drawSidebar() {
  const focused = sidebar.contains(document.activeElement) ? [...sidebar.querySelectorAll("button")].indexOf(document.activeElement) : -1;
  const all = [...state.channels.values()];
  const group = (title, places) => [h("h2", {}, title), h("ul", {}, places.map(entry))];
  sidebar.replaceChildren(h("div", { class: "workspace" }, h("strong", {}, "Playground"), h("small", {}, "not Slack: a local imitation")),
    ...group("Channels", all.filter((c) => c.kind !== "im")), ...group("Apps", [direct()].filter(Boolean)), h("p", { class: "note" }, "Everything here lives in the memory of one program on this machine and is gone when it stops."));
  if (focused >= 0) sidebar.querySelectorAll("button")[focused]?.focus();
}

function connection() {
  const open = state.connections;
  const [tone, text] = !state.live ? ["off", "Reconnecting to the playground"] : open === null ? ["on", "Bot over signed HTTP"] : open ? ["on", "Bot connected"] : ["off", "Bot not connected"];
  return h("span", { class: `connection ${tone}`, role: "status" }, h("span", { "aria-hidden": "true" }), text);
}

function drawTop() {
  if (top.contains(document.activeElement) && document.activeElement.tagName === "SELECT") return drawState();
  const people = [...state.people.values()].filter((p) => !p.is_bot);
  const group = (name, among) => h("optgroup", { label: name }, among.map((p) => h("option", { value: p.id, selected: p.id === state.me }, p.real_name)));
  const select = h("select", { "aria-label": "Act as" }, group("Administrators", people.filter((p) => p.is_admin)), group("Others", people.filter((p) => !p.is_admin)));
  select.addEventListener("change", () => switchTo(select.value));
  top.replaceChildren(h("span", { class: "imitation" }, "A local imitation of Slack"), connection(), h("span", { class: "grow" }),
    h("label", { class: "act-as" }, h("span", {}, "Act as"), select),
    iconButton("sun", "Light or dark", theme), h("button", { type: "button", class: "button ghost", "aria-label": "Traffic", "aria-pressed": String(!document.getElementById("traffic").hidden), onclick: (e) => e.currentTarget.setAttribute("aria-pressed", String(toggleTraffic())) }, icon("pulse"), h("span", {}, "Traffic")));
}

const drawState = () => top.querySelector(".connection").replaceWith(connection());

async function switchTo(id) {
  state.unread.clear();
  state.thread = state.agent = null;
  await become(id);
  if (!state.channels.has(state.channel) || state.channels.get(state.channel).kind === "im") state.channel = state.tab === "home" || !state.channels.has(state.channel) ? direct().id : state.channel;
  if (!state.channels.has(state.channel)) state.channel = "C0GENERAL";
  history.replaceState(null, "", `/?as=${id}#${state.channel}`);
  changed("all");
}

function theme() {
  const next = THEMES[(THEMES.indexOf(document.documentElement.dataset.theme ?? "auto") + 1) % THEMES.length];
  document.documentElement.dataset.theme = next;
  try { localStorage.setItem("theme", next); } catch { /* private window */ }
}

const drawSoon = batched(drawSidebar);

listen((kind) => {
  if (kind === "traffic") return;
  if (["connections", "live"].includes(kind)) return top.firstChild && drawState();
  if (["all", "place", "message", "channel"].includes(kind)) drawSoon();
  if (["all"].includes(kind)) drawTop();
});
