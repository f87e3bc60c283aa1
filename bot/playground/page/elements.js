// Interactive elements. `use(block, element, value)` sends what a person did; forms keep what is entered.

import { h, icon } from "./dom.js";
import { fileContent } from "./actions.js";
import { confirmFirst } from "./confirm.js";
import { menu } from "./menu.js";
import { state } from "./store.js";
import { textObject } from "./text.js";

const plain = (object) => object?.text ?? "";
const nameOf = (block, element) => plain(block.label) || plain(element.placeholder) || block.text?.text || element.action_id;

export function element(block, item, context) {
  const build = BUILD[item.type];
  return build ? build(block, item, context) : h("span", { class: "unknown" }, `[${item.type}]`);
}

function send(block, item, context, value) {
  return confirmFirst(item.confirm, () => context.use(block, item, value));
}

async function press(event, block, item, context, value) {
  const button = event.currentTarget;
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  await send(block, item, context, value);
  button.removeAttribute("aria-busy");
}

function button(block, item, context) {
  const props = { type: "button", class: `button ${item.style ?? ""}`, "aria-label": item.accessibility_label, onclick: (e) => press(e, block, item, context) };
  if (item.url && /^https?:/i.test(item.url)) {
    return h("a", { class: props.class, href: item.url, target: "_blank", rel: "noopener noreferrer", "aria-label": item.accessibility_label, onclick: () => context.use(block, item) }, textObject(item.text));
  }
  return h("button", props, textObject(item.text));
}

function feedback(block, item, context) {
  const one = (which, name) => {
    const it = item[`${which}_button`];
    const chosen = (e) => {
      e.currentTarget.parentNode.querySelectorAll("button").forEach((b) => b.setAttribute("aria-pressed", String(b === e.currentTarget)));
      press(e, block, item, context, which);
    };
    return h("button", { type: "button", class: "feedback", "aria-pressed": "false", "aria-label": it.accessibility_label ?? plain(it.text), onclick: chosen }, icon(name), h("span", {}, textObject(it.text)));
  };
  return h("span", { class: "feedback-buttons", role: "group", "aria-label": "Feedback" }, one("positive", "up"), one("negative", "down"));
}

const iconOnly = (block, item, context) =>
  h("button", { type: "button", class: "icon-button", title: plain(item.text), "aria-label": item.accessibility_label ?? plain(item.text), onclick: (e) => press(e, block, item, context) }, icon("trash"));

function overflow(block, item, context) {
  const show = (event) => menu(event.currentTarget, item.options.map((o) => ({ label: plain(o.text), note: plain(o.description), run: () => send(block, item, context, o.value) })));
  return h("button", { type: "button", class: "button", "aria-haspopup": "menu", "aria-label": "More actions", onclick: show }, icon("dots"));
}

// People, channels and the bot's own options, all as a native select: quick, and at home on a phone.
function select(block, item, context, groups, initial) {
  const kept = context.kept(block, item);
  const chosen = kept ?? initial;
  const empty = h("option", { value: "" }, plain(item.placeholder) || "Choose an option");
  const option = (o) => h("option", { value: o.value, selected: o.value === chosen }, o.label);
  const node = h("select", { class: "select", "aria-label": nameOf(block, item) }, empty,
    groups.map(([name, options]) => (name ? h("optgroup", { label: name }, options.map(option)) : options.map(option))));
  node.addEventListener("change", () => send(block, item, context, node.value || null));
  return node;
}

const choices = (item) => (item.option_groups
  ? item.option_groups.map((g) => [plain(g.label), g.options.map((o) => ({ value: o.value, label: plain(o.text) }))])
  : [["", (item.options ?? []).map((o) => ({ value: o.value, label: plain(o.text) }))]]);
const peopleChoices = () => [["", [...state.people.values()].map((p) => ({ value: p.id, label: p.real_name }))]];
const channelChoices = (all) => [["", [...state.channels.values()].filter((c) => all || c.kind !== "im").map((c) => ({ value: c.id, label: c.kind === "im" ? state.app.name : `#${c.name}` }))]];

function ticks(type) {
  return (block, item, context) => {
    const kept = context.kept(block, item);
    const initial = (item.initial_options ?? [item.initial_option]).filter(Boolean).map((o) => o.value);
    const chosen = new Set([kept ?? initial].flat());
    const flat = choices(item).flatMap(([, options]) => options);
    const descriptions = new Map((item.options ?? []).map((o) => [o.value, o.description]));
    const group = `${block.block_id}-${item.action_id}-${Math.random()}`;
    const box = h("div", { class: "ticks", role: type === "radio" ? "radiogroup" : "group", "aria-label": nameOf(block, item) }, flat.map((o) =>
      h("label", {}, h("input", { type, name: group, value: o.value, checked: chosen.has(o.value) }), h("span", {}, o.label, descriptions.get(o.value) && h("small", {}, textObject(descriptions.get(o.value)))))));
    box.addEventListener("change", () => {
      const values = [...box.querySelectorAll("input:checked")].map((input) => input.value);
      send(block, item, context, type === "radio" ? values[0] : values);
    });
    return box;
  };
}

function peopleTicks(block, item, context) {
  const options = (item.type.includes("users") ? peopleChoices() : channelChoices(false))[0][1];
  const plainOptions = options.map((o) => ({ value: o.value, text: { type: "plain_text", text: o.label } }));
  return ticks("checkbox")(block, { ...item, options: plainOptions, initial_options: [] }, context);
}

function typed(type, more = {}) {
  return (block, item, context) => {
    const props = { class: "input", "aria-label": nameOf(block, item), placeholder: plain(item.placeholder), maxlength: item.max_length, value: context.kept(block, item) ?? item.initial_value ?? item.initial_date ?? item.initial_time ?? "", ...more };
    const node = item.multiline ? h("textarea", { rows: 4, ...props }) : h("input", { type, ...props });
    node.addEventListener("input", () => context.keep(block, item, node.value || null));
    node.addEventListener("change", () => send(block, item, context, node.value || null));
    if (item.focus_on_load) node.setAttribute("autofocus", "");
    return node;
  };
}

// Options come from the bot while one types; of a multi select each choice becomes a chip.
function external(block, item, context) {
  const many = item.type.startsWith("multi");
  let chosen = many ? [context.kept(block, item) ?? item.initial_options ?? []].flat() : [];
  let asked = 0;
  const chips = h("div", { class: "chips" });
  const list = h("div", { class: "suggestions", role: "listbox", "aria-label": "Suggestions" });
  const before = many ? "" : plain((context.kept(block, item) ?? item.initial_option)?.text);
  const input = h("input", { class: "input", type: "search", role: "combobox", "aria-expanded": "false", autocomplete: "off", "aria-label": nameOf(block, item), placeholder: plain(item.placeholder) || "Type to search", value: before });

  const offer = (options) => {
    input.setAttribute("aria-expanded", String(options.length > 0));
    list.replaceChildren(...options.map((o) => h("button", { type: "button", role: "option", onclick: () => choose(o) }, plain(o.text))));
  };
  const drawChips = () => chips.replaceChildren(...chosen.map((o) =>
    h("button", { type: "button", class: "chip", "aria-label": `Remove ${plain(o.text)}`, onclick: () => set(chosen.filter((c) => c !== o)) }, plain(o.text), icon("close"))));
  const set = (options) => { chosen = options; drawChips(); context.use(block, item, chosen); };
  const choose = (o) => {
    input.value = many ? "" : plain(o.text);
    offer([]);
    input.focus();
    if (many) set([...chosen.filter((c) => c.value !== o.value), o]);
    else context.use(block, item, o);
  };
  const ask = async () => {
    if (input.value.length < (item.min_query_length ?? 3)) return offer([]);
    const mine = ++asked;
    const { options = [] } = await context.suggest(block, item, input.value);
    if (mine === asked) offer(options);
  };
  input.addEventListener("input", ask);
  input.addEventListener("focus", () => item.min_query_length === 0 && ask());
  drawChips();
  return h("div", { class: "external" }, chips, input, list);
}

function file(block, item, context) {
  const node = h("input", { class: "input", type: "file", multiple: (item.max_files ?? 10) > 1, "aria-label": nameOf(block, item), accept: (item.filetypes ?? []).map((t) => `.${t}`).join(",") || undefined });
  node.addEventListener("change", async () => context.keep(block, item, await Promise.all([...node.files].map(fileContent))));
  return node;
}

const BUILD = {
  button, overflow, feedback_buttons: feedback, icon_button: iconOnly, file_input: file,
  static_select: (b, e, c) => select(b, e, c, choices(e), e.initial_option?.value),
  users_select: (b, e, c) => select(b, e, c, peopleChoices(), e.initial_user),
  channels_select: (b, e, c) => select(b, e, c, channelChoices(false), e.initial_channel),
  conversations_select: (b, e, c) => select(b, e, c, channelChoices(true), e.initial_conversation ?? (e.default_to_current_conversation ? state.channel : undefined)),
  external_select: external, multi_external_select: external,
  multi_static_select: ticks("checkbox"), checkboxes: ticks("checkbox"), radio_buttons: ticks("radio"),
  multi_users_select: peopleTicks, multi_channels_select: peopleTicks, multi_conversations_select: peopleTicks,
  datepicker: typed("date"), timepicker: typed("time"), plain_text_input: typed("text"), email_text_input: typed("email"),
  url_text_input: typed("url"), number_input: typed("text", { inputmode: "decimal" }),
};
