// Moving about: channels, tabs, the thread pane, the agent pane, permalinks, the traffic panel.

import { act } from "./actions.js";
import { changed, channel, direct, state } from "./store.js";

export function show(screen) {
  document.body.dataset.screen = screen;
}

export function openChannel(id, tab = "messages") {
  state.channel = id;
  state.tab = tab;
  state.unread.delete(id);
  state.thread = null;
  show("main");
  history.replaceState(null, "", `/?as=${state.me}#${id}`);
  if (id === direct()?.id) act("open_tab", { tab });
  changed("place");
}

export function openTab(tab) {
  state.tab = tab;
  act("open_tab", { tab });
  changed("place");
}

export function openThread(channelId, ts, { quiet = false } = {}) {
  state.thread = { channel: channelId, ts };
  state.agent = null;
  if (!quiet) show("pane");
  changed("pane", { focus: !quiet });
}

export function openAgent() {
  state.agent = { since: null };
  state.thread = null;
  show("pane");
  act("open_tab", { tab: "messages" });
  changed("pane", { focus: true });
}

export function closePane() {
  state.thread = state.agent = null;
  show("main");
  changed("pane");
}

export const permalink = (m) =>
  `${location.origin}/archives/${m.channel}/p${m.ts.replace(".", "")}${m.thread_ts && m.thread_ts !== m.ts ? `?thread_ts=${m.thread_ts}&cid=${m.channel}` : ""}`;

// A permalink of this page moves within it; every other link opens beside it.
export function follow(event) {
  const url = new URL(event.currentTarget.href);
  if (url.origin !== location.origin || !goTo(url)) return;
  event.preventDefault();
}

export function goTo(url) {
  const match = /^\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})$/.exec(url.pathname);
  if (!match || !channel(match[1])) return false;
  const ts = `${match[2]}.${match[3]}`;
  openChannel(match[1]);
  const thread = url.searchParams.get("thread_ts");
  if (thread) openThread(match[1], thread);
  requestAnimationFrame(() => {
    const node = document.querySelector(`[data-ts="${ts}"]`);
    node?.scrollIntoView({ block: "center" });
    node?.classList.add("found");
  });
  return true;
}
