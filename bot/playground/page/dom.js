// Elements from plain calls. Text always becomes a text node: nothing here ever parses HTML.

const SVG = "http://www.w3.org/2000/svg";

export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) set(node, name, value);
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function set(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "dataset") Object.assign(node.dataset, value);
  else if (["value", "checked", "selected", "disabled", "hidden", "multiple"].includes(name)) node[name] = value;
  else node.setAttribute(name, value === true ? "" : value);
}

const PATHS = {
  hash: "M6 2 4.500 14M11.500 2 10 14M2.500 5.500h11.500M2 10.500h11.500",
  lock: "M4.500 7V5a3.500 3.500 0 0 1 7 0v2M3.500 7h9v6.500h-9z",
  send: "M2 13.500 14.500 8 2 2.500 3.500 8zM3.500 8H9",
  plus: "M8 2.500v11M2.500 8h11",
  close: "M3.500 3.500l9 9M12.500 3.500l-9 9",
  back: "M10 3 5 8l5 5",
  more: "M8 3.200v.1M8 8v.1M8 12.800v.1",
  dots: "M3.200 8h.1M8 8h.1M12.800 8h.1",
  reply: "M2.500 3h11v7.500H7L4 13v-2.500H2.500z",
  smile: "M8 1.800a6.200 6.200 0 1 0 0 12.400A6.200 6.200 0 0 0 8 1.800M5.500 9.500c1.300 1.900 3.700 1.900 5 0M6 6v.3M10 6v.3",
  eye: "M1.500 8S4 3.500 8 3.500 14.500 8 14.500 8 12 12.500 8 12.500 1.500 8 1.500 8M8 6.200a1.800 1.800 0 1 0 0 3.600 1.800 1.800 0 0 0 0-3.600",
  up: "M5 7.200 7.500 2c1.200 0 1.700.800 1.500 2l-.4 2.500h4l-1 6.500H5zM2.500 7.200H5V13H2.500z",
  down: "M5 8.800 7.500 14c1.200 0 1.700-.8 1.500-2l-.4-2.500h4l-1-6.500H5zM2.500 8.800H5V3H2.500z",
  trash: "M3 4.500h10M6 4.500V2.800h4v1.700M4.300 4.500l.6 9h6.200l.6-9",
  pulse: "M1.500 8.500h3l1.700-5 3 9 1.800-4h3.500",
  sun: "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8 1.300v1.200M8 13.500v1.200M1.300 8h1.200M13.500 8h1.200M3.300 3.300l.8.8M11.900 11.900l.8.8M12.700 3.300l-.8.8M4.100 11.900l-.8.8",
  spark: "M8 1.800 9.500 6.500 14.200 8 9.500 9.500 8 14.200 6.500 9.500 1.800 8 6.500 6.500z",
  file: "M4 1.800h5l3 3v9.400H4zM9 1.800v3h3",
  clip: "M10.500 5.500 6 10a1.400 1.400 0 0 0 2 2l5-5a2.900 2.900 0 0 0-4.100-4.100L4 7.800A4.200 4.200 0 0 0 10 13.800l4-4",
  menu: "M2.500 4h11M2.500 8h11M2.500 12h11",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

// Puts new children in place; a parent that shows the same nodes already is left alone, so focus stays.
export function fill(parent, ...children) {
  const wanted = children.flat(Infinity).filter(Boolean).map((child) => (typeof child === "string" ? document.createTextNode(child) : child));
  const kept = new Set(wanted);
  // What stays is not moved: a press on it must not get lost because something else came or went.
  for (const node of [...parent.childNodes]) if (!kept.has(node)) node.remove();
  wanted.forEach((node, i) => { if (parent.childNodes[i] !== node) parent.insertBefore(node, parent.childNodes[i] ?? null); });
}

// Runs once before the next frame, however often it is called until then.
export function batched(run) {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; run(); });
  };
}

export function iconButton(name, label, onclick, more = {}) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...more }, icon(name));
}

export function time(ts) {
  return new Date(Number(ts) * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

export function day(ts) {
  const date = new Date(Number(ts) * 1000);
  if (date.toDateString() === new Date().toDateString()) return "Today";
  return date.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });
}
