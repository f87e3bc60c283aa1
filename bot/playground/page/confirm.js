// The question that an element may ask before it acts.

import { h } from "./dom.js";
import { textObject } from "./text.js";

export function confirmFirst(question, run) {
  if (!question) return run();
  return new Promise((resolve) => {
    const dialog = h("dialog", { class: "modal confirm", "aria-label": question.title.text });
    const finish = async (go) => { dialog.close(); dialog.remove(); resolve(go ? await run() : undefined); };
    dialog.append(
      h("h2", {}, textObject(question.title)), h("div", { class: "modal-body" }, textObject(question.text)),
      h("footer", {}, h("button", { type: "button", class: "button", onclick: () => finish(false) }, textObject(question.deny)),
        h("button", { type: "button", class: `button ${question.style ?? "primary"}`, onclick: () => finish(true) }, textObject(question.confirm))));
    dialog.addEventListener("cancel", () => finish(false));
    document.body.append(dialog);
    dialog.showModal();
  });
}
