// A scrolling list of messages that stays at its end while one is at its end.

import { fill, h } from "./dom.js";
import { rows } from "./messages.js";

const FIRST = 150;

export function stream(label) {
  const list = h("div", { class: "stream-list" });
  const node = h("div", { class: "stream", tabindex: "0", role: "region", "aria-label": label }, list);
  const cache = new Map();
  let shown = FIRST;
  let head = null;

  function draw(messages, { before = [], after = [], inThread = false } = {}) {
    const atEnd = node.scrollHeight - node.scrollTop - node.clientHeight < 80;
    const fresh = !list.childNodes.length || messages.at(-1)?.ts !== head;
    head = messages.at(-1)?.ts;
    const older = messages.length > shown && h("button", { type: "button", class: "plain older", onclick: () => { shown += FIRST; draw(messages, { before, after, inThread }); } }, `Show ${messages.length - shown} earlier messages`);
    fill(list, [...before, older, ...rows(messages.slice(-shown), { inThread, cache }), ...after].filter(Boolean));
    if (atEnd || (fresh && messages.length && !node.scrollTop)) settle(fresh);
  }

  // To the end; but a new message that does not fit is shown from its first line, where its best quote is.
  function settle(fresh) {
    const last = [...list.querySelectorAll(".message")].at(-1);
    node.scrollTop = node.scrollHeight;
    if (fresh && last && last.offsetHeight > node.clientHeight - 24) {
      node.scrollTop += last.getBoundingClientRect().top - node.getBoundingClientRect().top - 8;
    }
  }

  return { node, draw, toEnd: () => { node.scrollTop = node.scrollHeight; } };
}
