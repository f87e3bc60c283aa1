// Suggested prompts of the agent: one press asks.

import { act } from "./actions.js";
import { h } from "./dom.js";
import { state } from "./store.js";

export function prompts(place, first, ask = (text) => act("say", { channel: place.id, text })) {
  const told = state.prompts.get(place.id);
  if (!told || !first) return null;
  return h("div", { class: "prompts", role: "group", "aria-label": "Suggested questions" }, h("p", {}, told.title || "Try one of these"),
    told.prompts.map((p) => h("button", { type: "button", onclick: () => ask(p.message) }, h("strong", {}, p.title), p.title !== p.message && h("span", {}, p.message))));
}
