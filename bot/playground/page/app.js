// Starts the page: who one is, where one is, and what a screen reader hears.

import { goTo, openChannel, show } from "./navigate.js";
import { become, changed, channel, listen, person, state } from "./store.js";
import "./sidebar.js";
import "./main.js";
import "./pane.js";
import "./modal.js";
import "./traffic.js";
import { h } from "./dom.js";

const live = document.getElementById("live");

listen((kind, data) => {
  if (kind === "message" && data.isNew && data.user !== state.me) {
    live.append(h("p", {}, `${person(data.user).real_name}${data.ephemeral ? ", only visible to you" : ""}: ${data.text}`));
    if (live.childNodes.length > 20) live.firstChild.remove();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.target.value) return;
  if (event.key === "Escape" && (state.thread || state.agent) && !document.querySelector("dialog[open]")) document.querySelector("#pane .heading .wide")?.click();
});

async function start() {
  try { document.documentElement.dataset.theme = localStorage.getItem("theme") ?? "auto"; } catch { /* private window */ }
  const asked = new URLSearchParams(location.search).get("as");
  const here = new URL(location.href);
  await become(asked ?? "ada");
  const wanted = location.hash.slice(1);
  state.channel = channel(wanted) ? wanted : "C0GENERAL";
  show("main");
  changed("all");
  if (!goTo(here) && channel().kind === "im") openChannel(state.channel);
}

start();
