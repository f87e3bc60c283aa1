// The box where one writes: Enter sends, @ # and / offer what there is, the plus holds shortcuts and files.

import { act, fileContent, toast } from "./actions.js";
import { h, iconButton } from "./dom.js";
import { menu } from "./menu.js";
import { state } from "./store.js";

const drafts = new Map();

// `target` names the conversation: { key, channel, thread, label, commands, sent }.
export function composer(target) {
  const list = h("div", { class: "completions", role: "listbox", id: `list-${target.key}`, "aria-label": "Completions", hidden: true });
  const box = h("textarea", { rows: 1, "aria-label": target.label, placeholder: target.label, role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", value: drafts.get(target.key) ?? "" });
  const send = iconButton("send", "Send", () => submit(), { class: "icon-button send" });
  const offer = completions(box, list);

  async function submit() {
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    changed();
    const result = await deliver(text);
    if (result.problem && !box.value) { box.value = text; changed(); }
    else target.sent?.(result);
  }

  function deliver(text) {
    const place = { channel: target.channel, text };
    if (!text.startsWith("/")) return act("say", { ...place, thread: target.thread });
    if (target.thread) { toast("Slash commands do not work in threads, in Slack neither."); return { problem: true }; }
    if (/^\/invite\b/.test(text)) return act("invite", { channel: target.channel });
    return act("command", place);
  }

  function changed() {
    drafts.set(target.key, box.value);
    send.disabled = !box.value.trim();
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 220)}px`;
    offer.update(!target.thread);
  }

  box.addEventListener("input", changed);
  box.addEventListener("blur", () => setTimeout(() => offer.hide(), 150));
  box.addEventListener("keydown", (event) => {
    if (offer.key(event) || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); submit(); }
  });
  queueMicrotask(() => { changed(); offer.hide(); });
  return h("div", { class: "composer" }, list, box, h("div", { class: "row" }, plus(target), iconButton("spark", `Mention @${state.app.name}`, () => begin(box)), h("span", { class: "keys" }, "Enter sends, Shift + Enter starts a line"), send));
}

// Puts the bot's name at the start, ready for a question.
export function begin(box) {
  const name = `@${state.app.name} `;
  box.value = box.value.startsWith(name) ? box.value : name + box.value;
  box.dispatchEvent(new Event("input"));
  box.focus();
}

function plus(target) {
  const pick = h("input", { type: "file", hidden: true, "aria-label": "File to share" });
  pick.addEventListener("change", async () => {
    if (pick.files[0]) await act("share_file", { channel: target.channel, thread: target.thread, ...(await fileContent(pick.files[0])) });
    pick.value = "";
  });
  const entries = () => [
    ...state.app.shortcuts.filter((s) => s.type === "global").map((s) => ({ label: s.name, note: `${state.app.name}: ${s.description ?? "shortcut"}`, run: () => act("shortcut", { name: s.callback_id }) })),
    { label: "Share a file", note: "from this computer", run: () => pick.click() },
  ];
  const attach = iconButton("clip", "Attach a file", () => pick.click());
  return [iconButton("plus", "Shortcuts and files", (event) => menu(event.currentTarget, entries()), { "aria-haspopup": "menu" }), attach, pick];
}

function options(text, at, commands) {
  const word = /(^|\s)([@#])([\w.-]*)$/.exec(text.slice(0, at));
  const begins = (name) => name.toLowerCase().startsWith((word?.[3] ?? "").toLowerCase());
  if (word?.[2] === "@") return [...state.people.values()].sort((a, b) => b.is_bot - a.is_bot).filter((p) => begins(p.name)).map((p) => ({ put: `@${p.name} `, label: p.real_name, note: `@${p.name}`, from: at - word[3].length - 1 }));
  if (word?.[2] === "#") return [...state.channels.values()].filter((c) => c.kind !== "im" && begins(c.name)).map((c) => ({ put: `#${c.name} `, label: `#${c.name}`, note: "", from: at - word[3].length - 1 }));
  if (!commands || !/^\/\S*$/.test(text)) return [];
  const known = [...state.app.commands, { command: "/invite", description: "Invite the bot to this channel", usage_hint: `@${state.app.name}` }];
  return known.filter((c) => c.command.startsWith(text)).map((c) => ({ put: `${c.command} `, label: `${c.command} ${c.usage_hint ?? ""}`, note: c.description ?? "", from: 0 }));
}

function completions(box, list) {
  let found = [];
  let chosen = 0;

  function draw() {
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(found.length > 0));
    list.replaceChildren(...found.map((o, i) => h("button", { type: "button", role: "option", id: `${list.id}-${i}`, "aria-selected": String(i === chosen), tabindex: "-1", onpointerdown: (e) => { e.preventDefault(); take(i); } }, h("strong", {}, o.label), h("small", {}, o.note))));
    if (found.length) box.setAttribute("aria-activedescendant", `${list.id}-${chosen}`);
    else box.removeAttribute("aria-activedescendant");
  }

  function take(index) {
    const { put, from } = found[index];
    const after = box.value.slice(box.selectionStart);
    box.value = box.value.slice(0, from) + put + after;
    box.selectionStart = box.selectionEnd = from + put.length;
    found = [];
    draw();
    box.dispatchEvent(new Event("input"));
  }

  return {
    update(commands) { found = options(box.value, box.selectionStart, commands).slice(0, 8); chosen = 0; draw(); },
    hide() { found = []; draw(); },
    key(event) {
      if (!found.length) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) { chosen = (chosen + step + found.length) % found.length; draw(); }
      else if (event.key === "Enter" || event.key === "Tab") take(chosen);
      else if (event.key === "Escape") this.hide();
      else return false;
      event.preventDefault();
      return true;
    },
  };
}
