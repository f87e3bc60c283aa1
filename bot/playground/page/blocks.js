// Every block type, from its JSON to nodes.

import { h, icon } from "./dom.js";
import { element } from "./elements.js";
import { markdown } from "./markdown.js";
import { richText } from "./rich.js";
import { link, textObject } from "./text.js";

export function renderBlocks(blocks, context) {
  return blocks.map((block) => h("div", { class: `block block-${block.type}`, dataset: { block: block.block_id ?? "" } }, (BUILD[block.type] ?? unknown)(block, context)));
}

const unknown = (block) => h("span", { class: "unknown" }, `[block of type ${block.type}]`);

// Nothing is loaded from another address: the picture is described, with a link for those who want it.
function image(item) {
  const near = new URL(item.image_url ?? "", location.href).origin === location.origin;
  if (item.image_url && near) return h("img", { src: item.image_url, alt: item.alt_text, class: "picture" });
  return h("span", { class: "picture described" }, icon("eye"), h("span", {}, item.alt_text, item.image_url && [" ", link(item.image_url, "(open the picture)")]));
}

function section(block, context) {
  const fields = block.fields && h("div", { class: "fields" }, block.fields.map((field) => h("div", {}, textObject(field))));
  const words = h("div", { class: "section-text" }, block.text && h("div", {}, textObject(block.text)), fields);
  const side = block.accessory && (block.accessory.type === "image" ? image(block.accessory) : element(block, block.accessory, context));
  return [words, side && h("div", { class: "accessory" }, side)];
}

function input(block, context) {
  const title = h("div", { class: "label" }, textObject(block.label), block.optional && h("span", { class: "optional" }, " (optional)"));
  const error = context.errors?.[block.block_id];
  const field = element(block, block.element, context);
  const control = field.matches("input,textarea,select") ? field : field.querySelector("input,select");
  const id = `error-${block.block_id}`;
  if (error) { control?.setAttribute("aria-invalid", "true"); control?.setAttribute("aria-describedby", id); }
  return [title, field, block.hint && h("div", { class: "hint" }, textObject(block.hint)), error && h("div", { class: "error", id }, error)];
}

function table(block) {
  const [head, ...rows] = block.rows;
  const cell = (tag, settings) => (c, i) => h(tag, { class: `align-${settings?.[i]?.align ?? "left"}`, scope: tag === "th" ? "col" : undefined }, c.type === "rich_text" ? richText(c) : c.text ?? String(c.value ?? ""));
  return h("div", { class: "table", tabindex: "0", role: "region", "aria-label": "Table" }, h("table", {},
    h("thead", {}, h("tr", {}, head.map(cell("th", block.column_settings)))), h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cell("td", block.column_settings)))))));
}

const BUILD = {
  section, input, table,
  rich_text: (b) => richText(b),
  markdown: (b) => markdown(b.text),
  divider: () => h("hr"),
  header: (b) => h("h3", {}, textObject(b.text)),
  image: (b) => [b.title && h("div", { class: "hint" }, textObject(b.title)), image(b)],
  context: (b) => b.elements.map((e) => (e.type === "image" ? image(e) : h("span", { class: "context-item" }, textObject(e)))),
  actions: (b, c) => b.elements.map((e) => element(b, e, c)),
  context_actions: (b, c) => b.elements.map((e) => element(b, e, c)),
};
