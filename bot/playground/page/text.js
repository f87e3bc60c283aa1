// mrkdwn and plain_text as nodes: <...> entities first, then Slack's marks for emphasis.

import { h } from "./dom.js";
import { person, state } from "./store.js";
import { follow } from "./navigate.js";

const EMOJI = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", eyes: "👀", white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌",
  warning: "⚠️", tada: "🎉", heart: "❤️", smile: "😄", slightly_smiling_face: "🙂", wave: "👋", pray: "🙏", bulb: "💡", book: "📖",
  books: "📚", scroll: "📜", mag: "🔍", memo: "📝", bookmark: "🔖", speech_balloon: "💬", left_speech_bubble: "🗨️", link: "🔗",
  lock: "🔒", calendar: "📅", chart_with_upwards_trend: "📈", hourglass: "⌛", robot_face: "🤖", question: "❓", exclamation: "❗",
  information_source: "ℹ️", arrow_left: "⬅️", arrow_right: "➡️", arrow_up: "⬆️", arrow_down: "⬇️", gear: "⚙️", star: "⭐",
  fire: "🔥", rocket: "🚀", thinking_face: "🤔", pushpin: "📌", page_facing_up: "📄", file_folder: "📁", house: "🏠", raised_hands: "🙌",
};

export const emoji = (name, unicode) =>
  unicode ? String.fromCodePoint(...unicode.split("-").map((code) => parseInt(code, 16))) : EMOJI[name.split("::")[0]] ?? `:${name}:`;
export const REACTIONS = ["thumbsup", "eyes", "white_check_mark", "heart", "tada", "thinking_face"];

export const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (all, name) => EMOJI[name] ?? all);

export function link(url, text) {
  const safe = /^(https?:|mailto:)/i.test(url);
  if (!safe) return document.createTextNode(text ?? url);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", onclick: follow }, text ?? url);
}

export const mention = (id) =>
  h("span", { class: id === state.me || id === state.bot ? "mention me" : "mention" }, `@${person(id).name}`);
export const channelMention = (id) => h("span", { class: "mention" }, `#${state.channels.get(id)?.name ?? id}`);

export function textObject(object) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text) : [object.emoji === false ? object.text : withEmoji(object.text)];
}

// Fenced code first, then lines (quotes), then what is inside a line.
export function mrkdwn(text) {
  return text.split(/```([\s\S]*?)```/).flatMap((part, i) => (i % 2 ? [h("pre", {}, unescape(part.replace(/^\n|\n$/g, "")))] : lines(part)));
}

function lines(text) {
  const out = [];
  let quote = null;
  text.split("\n").forEach((line, i, all) => {
    const quoted = /^(&gt;|>) ?/.exec(line);
    if (quoted) {
      quote ??= out[out.push(h("blockquote")) - 1];
      if (quote.childNodes.length) quote.append(h("br"));
      quote.append(...inline(line.slice(quoted[0].length)));
    } else {
      quote = null;
      out.push(...inline(line));
      if (i < all.length - 1) out.push(h("br"));
    }
  });
  return out;
}

const INLINE = /<([^<>\s][^<>]*)>|`([^`]+)`|(?<![\w*])\*(\S(?:[^*]*\S)?)\*(?![\w*])|(?<![\w_])_(\S(?:[^_]*\S)?)_(?![\w_])|(?<![\w~])~(\S(?:[^~]*\S)?)~(?![\w~])/;

function inline(text) {
  const out = [];
  for (let rest = text; rest; ) {
    const match = INLINE.exec(rest);
    const plain = match ? rest.slice(0, match.index) : rest;
    if (plain) out.push(withEmoji(unescape(plain)));
    if (!match) break;
    const [all, entity, code, bold, italic, strike] = match;
    if (entity) out.push(entityNode(entity));
    else if (code) out.push(h("code", {}, unescape(code)));
    else if (bold) out.push(h("strong", {}, inline(bold)));
    else if (italic) out.push(h("em", {}, inline(italic)));
    else out.push(h("s", {}, inline(strike)));
    rest = rest.slice(match.index + all.length);
  }
  return out;
}

function entityNode(entity) {
  const [target, text] = entity.split("|");
  if (target.startsWith("@")) return mention(target.slice(1));
  if (target.startsWith("#")) return channelMention(target.slice(1));
  if (target.startsWith("!date^")) return document.createTextNode(unescape(text ?? ""));
  if (target.startsWith("!")) return h("span", { class: "mention loud" }, `@${target.slice(1).split("^")[0]}`);
  return link(unescape(target), text === undefined ? undefined : unescape(text));
}
