// A small menu beside a button: arrow keys, Escape, focus back to the button.

import { h } from "./dom.js";

let open = null;

export function menu(button, entries) {
  close();
  const items = entries.filter(Boolean).map(({ label, note, run, danger }) =>
    h("button", { type: "button", role: "menuitem", class: danger ? "danger" : "", onclick: () => { close(true); run(); } }, label, note && h("small", {}, note)));
  const list = h("div", { class: "menu", role: "menu", "aria-label": button.getAttribute("aria-label") ?? "Menu", onkeydown: keys }, items);
  // Inside an open dialog, or it would lie beneath it.
  (button.closest("dialog") ?? document.body).append(list);
  place(list, button);
  button.setAttribute("aria-expanded", "true");
  open = { list, button, items };
  items[0]?.focus();
}

function place(list, button) {
  const at = button.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.left), innerWidth - list.offsetWidth - 8);
  const below = at.bottom + 4 + list.offsetHeight < innerHeight;
  list.style.left = `${left}px`;
  list.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - list.offsetHeight - 4)}px`;
}

export function close(focus = false) {
  if (!open) return;
  const { list, button } = open;
  open = null;
  list.remove();
  button.setAttribute("aria-expanded", "false");
  if (focus) button.focus();
}

function keys(event) {
  const at = open.items.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) open.items[(at + step + open.items.length) % open.items.length].focus();
  else if (event.key === "Escape" || event.key === "Tab") close(true);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.list.contains(event.target) && !open.button.contains(event.target)) close();
});
