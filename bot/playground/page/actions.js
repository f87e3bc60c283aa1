// What the acting person does, and the short notices when something could not be done.

import { h } from "./dom.js";
import { state } from "./store.js";

async function post(path, body) {
  try {
    const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    return await answer.json();
  } catch {
    return { problem: "The playground does not answer. Is it still running in the terminal?" };
  }
}

export async function act(name, args = {}) {
  const result = await post(`/control/act/${name}`, { user: state.me, ...args });
  if (result.problem) toast(result.why ? `${result.problem} (${result.why})` : result.problem);
  return result;
}

export async function fault(name, args = {}) {
  const result = await post(`/control/fault/${name}`, args);
  toast(result.problem ?? "Done: see the traffic.");
}

export function toast(text) {
  const note = h("div", { class: "toast" }, text);
  const toasts = document.getElementById("toasts");
  toasts.append(note);
  // Shown anew each time, so that it lies above an open modal.
  toasts.hidePopover();
  toasts.showPopover();
  setTimeout(() => note.remove(), 6000);
}

export async function fileContent(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let i = 0; i < bytes.length; i += 32768) binary += String.fromCharCode(...bytes.subarray(i, i + 32768));
  return { name: file.name, content: btoa(binary) };
}
