// rich_text blocks: their text is shown as it is, never parsed.

import { h } from "./dom.js";
import { channelMention, emoji, link, mention } from "./text.js";

const MARKS = { code: "code", bold: "strong", italic: "em", strike: "s", underline: "u", highlight: "mark", client_highlight: "mark" };

export function richText(block) {
  return h("div", { class: "rich" }, block.elements.map(richElement));
}

function richElement(element) {
  if (element.type === "rich_text_list") return list(element);
  const runs = element.elements.map(run);
  if (element.type === "rich_text_quote") return h("blockquote", {}, runs);
  if (element.type === "rich_text_preformatted") return h("pre", {}, runs);
  return h("div", { class: "rich-section" }, runs);
}

function list(element) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  const props = { class: `indent-${element.indent ?? 0}`, start: element.offset ? element.offset + 1 : undefined };
  return h(tag, props, element.elements.map((item) => h("li", {}, item.elements.map(run))));
}

const RUNS = {
  text: (r) => r.text,
  link: (r) => link(r.url, r.text),
  emoji: (r) => emoji(r.name, r.unicode),
  user: (r) => mention(r.user_id),
  channel: (r) => channelMention(r.channel_id),
  usergroup: (r) => `@${r.usergroup_id}`,
  broadcast: (r) => h("span", { class: "mention loud" }, `@${r.range}`),
  date: (r) => h("time", {}, r.fallback ?? new Date(r.timestamp * 1000).toLocaleString("en-GB")),
  color: (r) => h("code", {}, r.value),
  citation: (r) => h("span", { class: "citation" }, r.text ?? r.title ?? "source"),
};

function run(part) {
  let node = (RUNS[part.type] ?? ((r) => `[${r.type}]`))(part);
  for (const [style, tag] of Object.entries(MARKS)) if (part.style?.[style]) node = h(tag, {}, node);
  return node;
}
