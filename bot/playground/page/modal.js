// Modals: the topmost view of the stack in a native dialog, which keeps the focus inside.

import { act } from "./actions.js";
import { renderBlocks } from "./blocks.js";
import { h, iconButton } from "./dom.js";
import { listen, state } from "./store.js";
import { textObject } from "./text.js";

const kept = new Map();
let dialog = null;
let shown = "";
let errors = {};

const store = (view) => kept.get(view.id) ?? kept.set(view.id, new Map()).get(view.id);
const slot = (block, item) => `${block.block_id} ${item.action_id}`;

function draw() {
  const view = state.stack.at(-1);
  const says = view ? `${view.id} ${view.hash}` : "";
  if (says === shown) return;
  const updated = shown.startsWith(`${view?.id} `);
  shown = says;
  errors = {};
  if (!view) return remove();
  for (const id of kept.keys()) if (!state.stack.some((v) => v.id === id)) kept.delete(id);
  render(view, updated);
}

function remove() {
  dialog?.close();
  dialog?.remove();
  dialog = null;
}

function render(view, updated = false) {
  const scrolled = updated ? dialog?.querySelector(".modal-body")?.scrollTop : 0;
  const focused = updated ? dialog?.contains(document.activeElement) && document.activeElement.closest(".block")?.dataset.block : null;
  if (!dialog) {
    dialog = h("dialog", { class: "modal" });
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); close(); });
    document.body.append(dialog);
  }
  dialog.setAttribute("aria-label", view.title.text);
  const form = h("form", { method: "dialog", novalidate: true, onsubmit: (event) => { event.preventDefault(); submit(view); } },
    h("header", {}, view.previous_view_id && iconButton("back", "Back to the view before", close), h("h2", {}, textObject(view.title)), iconButton("close", "Close", () => close(!view.previous_view_id))),
    h("div", { class: "modal-body blocks", tabindex: "-1" }, renderBlocks(view.blocks, context(view))), footer(view));
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
  const body = dialog.querySelector(".modal-body");
  body.scrollTop = scrolled ?? 0;
  const target = focused && body.querySelector(`[data-block="${CSS.escape(focused)}"] :is(button,input,select,textarea)`);
  (target || body.querySelector("[autofocus], .block-input :is(input,select,textarea)") || body).focus({ preventScroll: true });
}

function footer(view) {
  const hasInputs = view.blocks.some((b) => b.type === "input");
  if (!view.submit && !view.close && !hasInputs) return null;
  return h("footer", {}, h("button", { type: "button", class: "button", onclick: () => close() }, view.close ? textObject(view.close) : "Cancel"),
    view.submit && h("button", { type: "submit", class: "button primary" }, textObject(view.submit)));
}

function context(view) {
  const values = store(view);
  return {
    errors,
    keep: (block, item, value) => values.set(slot(block, item), value),
    kept: (block, item) => values.get(slot(block, item)),
    suggest: (block, item, query) => act("suggest", { view: view.id, block: block.block_id, action: item.action_id, query }),
    use: (block, item, value) => {
      values.set(slot(block, item), value);
      if (block.type === "input" && !block.dispatch_action) return undefined;
      return act("press", { view: view.id, block: block.block_id, action: item.action_id, value });
    },
  };
}

async function submit(view) {
  if (!view.submit) return;
  const values = {};
  for (const block of view.blocks) if (block.type === "input" && store(view).has(slot(block, block.element))) values[block.block_id] = store(view).get(slot(block, block.element));
  const button = dialog.querySelector('[type="submit"]');
  button?.setAttribute("aria-busy", "true");
  const result = await act("submit", { view: view.id, values });
  button?.removeAttribute("aria-busy");
  errors = result.errors ?? {};
  if (!Object.keys(errors).length || !dialog) return;
  render(view, true);
  dialog.querySelector("[aria-invalid]")?.focus();
}

async function close(everything = false) {
  const view = state.stack.at(-1);
  if (view) await act("close", { view: view.id, everything: everything === true });
}

listen((kind) => { if (["all", "views"].includes(kind)) draw(); });
