// Messages: one row each, with its reactions, thread bar and actions.

import { act } from "./actions.js";
import { renderBlocks } from "./blocks.js";
import { day, h, icon, iconButton, time } from "./dom.js";
import { menu } from "./menu.js";
import { openThread, permalink } from "./navigate.js";
import { channel, key, person, state, threadOf } from "./store.js";
import { emoji, mrkdwn, REACTIONS } from "./text.js";

const GAP = 300;

export function avatar(id) {
  const who = person(id);
  if (id === state.bot) return h("span", { class: "avatar bot", "aria-hidden": "true" }, "“");
  const letters = who.real_name.split(" ").map((word) => word[0]).slice(0, 2).join("");
  return h("span", { class: `avatar tint-${[...state.people.keys()].indexOf(id) % 5}`, "aria-hidden": "true" }, letters);
}

// Rows with day lines between; a row within five minutes of the same person's last goes without a head.
// Rows that say the same as before are the same nodes, so focus and what is half chosen stay.
export function rows(messages, { inThread = false, cache }) {
  const out = [];
  let last = null;
  for (const m of messages) {
    if (!last || day(last.ts) !== day(m.ts)) out.push(h("div", { class: "day", role: "separator" }, h("span", {}, day(m.ts))));
    const same = last && last.user === m.user && m.ts - last.ts < GAP && !m.ephemeral && !last.ephemeral && day(last.ts) === day(m.ts);
    const thread = inThread ? [] : [threadOf(channel(m.channel), m.ts).map((r) => r.ts), state.statuses.get(key(m.channel, m.ts))];
    const says = JSON.stringify([m, same, thread]);
    if (cache.get(m.ts)?.says !== says) cache.set(m.ts, { says, node: row(m, { compact: same, inThread }) });
    out.push(cache.get(m.ts).node);
    last = m;
  }
  return out;
}

function row(m, { compact, inThread }) {
  const who = person(m.user);
  const label = `${who.real_name}, ${time(m.ts)}`;
  const head = h("div", { class: "head" }, h("span", { class: "name" }, who.real_name), who.is_bot && h("span", { class: "badge" }, "APP"), h("time", { datetime: new Date(m.ts * 1000).toISOString() }, time(m.ts)));
  return h("article", { class: `message ${compact ? "compact" : ""} ${m.ephemeral ? "ephemeral" : ""}`, "aria-label": label, dataset: { ts: m.ts } },
    compact ? h("time", { class: "small-time" }, time(m.ts)) : avatar(m.user),
    h("div", { class: "body" },
      m.ephemeral && h("div", { class: "only-you" }, icon("eye"), "Only visible to you"),
      !compact && head, content(m), files(m), m.edited && h("span", { class: "edited" }, "(edited)"), reactions(m), !inThread && threadBar(m),
      m.ephemeral && h("button", { type: "button", class: "plain", onclick: () => act("dismiss", { channel: m.channel, ts: m.ts }) }, "Dismiss message")),
    tools(m, inThread));
}

export function content(m) {
  const context = {
    use: (block, item, value) => act("press", { channel: m.channel, ts: m.ts, block: block.block_id, action: item.action_id, value }),
    keep: () => {}, kept: () => undefined, suggest: () => ({ options: [] }),
  };
  if (m.blocks?.length) return h("div", { class: "blocks" }, renderBlocks(m.blocks, context));
  return m.text ? h("div", { class: "blocks" }, h("div", { class: "block" }, mrkdwn(m.text))) : null;
}

const files = (m) => m.files?.map((file) => h("a", { class: "file", href: `/control/file/${file.id}`, download: file.name }, icon("file"), h("span", {}, file.title ?? file.name, h("small", {}, `${file.size.toLocaleString("en-GB")} bytes`))));

function reactions(m) {
  if (!m.reactions?.length) return null;
  return h("div", { class: "reactions" }, m.reactions.map((r) =>
    h("button", { type: "button", "aria-pressed": String(r.users.includes(state.me)), "aria-label": `${r.name}, ${r.count}`, title: r.users.map((u) => person(u).real_name).join(", "), onclick: () => act("toggle_reaction", { channel: m.channel, ts: m.ts, name: r.name }) }, emoji(r.name), ` ${r.count}`)));
}

function threadBar(m) {
  const thread = threadOf(channel(m.channel), m.ts);
  const replies = thread.filter((r) => r.ts !== m.ts);
  const status = state.statuses.get(key(m.channel, m.ts));
  if (!replies.length) return status && statusLine(status);
  const last = replies.at(-1);
  const seen = replies.filter((r) => !r.ephemeral).length;
  const count = seen ? `${seen} ${seen === 1 ? "reply" : "replies"}` : "Only visible to you";
  return [h("button", { type: "button", class: "thread-bar", onclick: () => openThread(m.channel, m.ts) }, [...new Set(replies.map((r) => r.user))].slice(0, 4).map(avatar), h("strong", {}, count), h("span", {}, `Last at ${time(last.ts)} · view thread`)), status && statusLine(status)];
}

export const statusLine = (told) => h("div", { class: "status", role: "status" }, h("span", { class: "pulse", "aria-hidden": "true" }), `${state.app.name} ${told.status}`);

function tools(m, inThread) {
  const react = (event) => menu(event.currentTarget, REACTIONS.map((name) => ({ label: `${emoji(name)} ${name.replaceAll("_", " ")}`, run: () => act("toggle_reaction", { channel: m.channel, ts: m.ts, name }) })));
  const more = iconButton("more", "More actions for this message", (event) => menu(event.currentTarget, moreEntries(m)), { "aria-haspopup": "menu" });
  if (m.ephemeral) return h("div", { class: "tools", role: "toolbar", "aria-label": "Message" }, more);
  return h("div", { class: "tools", role: "toolbar", "aria-label": "Message" },
    iconButton("smile", "Add a reaction", react, { "aria-haspopup": "menu" }),
    !inThread && iconButton("reply", "Reply in thread", () => openThread(m.channel, m.thread_ts ?? m.ts)), more);
}

function moreEntries(m) {
  const shortcuts = m.ephemeral ? [] : state.app.shortcuts.filter((s) => s.type === "message");
  const mine = m.user === state.me;
  return [
    ...shortcuts.map((s) => ({ label: s.name, note: state.app.name, run: () => act("shortcut", { name: s.callback_id, channel: m.channel, ts: m.ts }) })),
    { label: "Copy text", run: () => navigator.clipboard.writeText(m.text) },
    !m.ephemeral && { label: "Copy link", run: () => navigator.clipboard.writeText(permalink(m)) },
    mine && { label: "Edit message", run: () => edit(m) },
    mine && { label: "Delete message", danger: true, run: () => act("delete", { channel: m.channel, ts: m.ts }) },
    m.ephemeral && { label: "Dismiss message", run: () => act("dismiss", { channel: m.channel, ts: m.ts }) },
  ];
}

function edit(m) {
  const body = document.querySelector(`[data-ts="${m.ts}"] .blocks`);
  const box = h("textarea", { class: "input", rows: 3, "aria-label": "Edit message", value: typedText(m) });
  const save = () => (box.value.trim() && box.value !== typedText(m) ? act("edit", { channel: m.channel, ts: m.ts, text: box.value }) : body.replaceWith(content(m)));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); save(); }
    if (event.key === "Escape") body.replaceChildren(content(m));
  });
  body.replaceChildren(box, h("div", { class: "row" }, h("button", { type: "button", class: "button", onclick: () => body.replaceChildren(content(m)) }, "Cancel"), h("button", { type: "button", class: "button primary", onclick: save }, "Save")));
  box.focus();
}

// A message as it was typed, names instead of identifiers.
function typedText(m) {
  const parts = m.blocks?.[0]?.elements?.[0]?.elements ?? [];
  return parts.map((p) => p.text ?? p.url ?? (p.user_id ? `@${person(p.user_id).name}` : p.channel_id ? `#${state.channels.get(p.channel_id)?.name}` : `@${p.range}`)).join("");
}
