// The markdown block: the small part of Markdown that messages use.

import { h } from "./dom.js";
import { link } from "./text.js";

export function markdown(text) {
  const out = h("div", { class: "rich markdown" });
  const blocks = text.split(/```\w*\n([\s\S]*?)```/);
  blocks.forEach((part, i) => (i % 2 ? out.append(h("pre", {}, part.trimEnd())) : paragraphs(part, out)));
  return out;
}

function paragraphs(text, out) {
  for (const part of text.split(/\n{2,}/).filter((p) => p.trim())) {
    const lines = part.trim().split("\n");
    const heading = /^(#{1,6}) (.*)$/.exec(lines[0]);
    if (heading) {
      out.append(h("p", { class: "markdown-heading" }, spans(heading[2])));
      if (lines.length > 1) paragraphs(lines.slice(1).join("\n"), out);
    } else if (lines.every((l) => /^[-*] /.test(l))) out.append(h("ul", {}, lines.map((l) => h("li", {}, spans(l.slice(2))))));
    else if (lines.every((l) => /^\d+[.)] /.test(l))) out.append(h("ol", {}, lines.map((l) => h("li", {}, spans(l.replace(/^\d+[.)] /, ""))))));
    else if (lines.every((l) => l.startsWith(">"))) out.append(h("blockquote", {}, spans(lines.map((l) => l.replace(/^> ?/, "")).join("\n"))));
    else out.append(h("p", {}, spans(lines.join("\n"))));
  }
}

const SPAN = /\[([^\]]+)\]\((https?:[^)\s]+)\)|`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|_([^_]+)_|~~([^~]+)~~/;

function spans(text) {
  const out = [];
  for (let rest = text; rest; ) {
    const match = SPAN.exec(rest);
    out.push(match ? rest.slice(0, match.index) : rest);
    if (!match) break;
    const [all, label, url, code, bold, star, low, strike] = match;
    if (url) out.push(link(url, label));
    else if (code) out.push(h("code", {}, code));
    else if (bold) out.push(h("strong", {}, spans(bold)));
    else if (strike) out.push(h("s", {}, spans(strike)));
    else out.push(h("em", {}, spans(star ?? low)));
    rest = rest.slice(match.index + all.length);
  }
  return out;
}
