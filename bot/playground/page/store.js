// What the acting person sees, kept up to date by server-sent events.

export const state = {
  me: "", bot: "", app: {}, people: new Map(), channels: new Map(), stack: [], home: null,
  prompts: new Map(), statuses: new Map(), titles: new Map(), traffic: [], connections: 0,
  channel: "", tab: "messages", thread: null, agent: null, unread: new Map(), live: false,
};

const listeners = new Set();
let source = null;

export const listen = (listener) => listeners.add(listener);
export const changed = (kind, data) => listeners.forEach((listener) => listener(kind, data));
export const person = (id) => state.people.get(id) ?? { id, name: "somebody", real_name: "Somebody", profile: {} };
export const channel = (id = state.channel) => state.channels.get(id);
export const direct = () => [...state.channels.values()].find((c) => c.kind === "im");
export const label = (c) => (c.kind === "im" ? state.app.name : c.name);
export const key = (channelId, ts) => `${channelId} ${ts ?? ""}`;

// Reads everything once the stream is open, at first and after every break. News that comes meanwhile waits and is
// taken in its order afterwards, so that what was read never hides what is newer.
export function become(who) {
  source?.close();
  source = new EventSource(`/control/news?as=${encodeURIComponent(who)}`);
  let waiting = [];
  const hear = ({ kind, data }) => { take(kind, data); changed(kind, data); };
  source.onmessage = (event) => (waiting ? waiting.push(JSON.parse(event.data)) : hear(JSON.parse(event.data)));
  source.onerror = () => { waiting ??= []; state.live = false; changed("live"); };
  return new Promise((resolve) => {
    source.onopen = async () => {
      await load(who);
      state.live = true;
      const missed = waiting ?? [];
      waiting = null;
      resolve();
      changed("all");
      missed.forEach(hear);
    };
  });
}

async function load(who) {
  const answer = await fetch(`/control/state?as=${encodeURIComponent(who)}`);
  const seen = await answer.json();
  state.me = seen.me; state.bot = seen.bot; state.app = seen.app; state.connections = seen.connections;
  state.people = new Map(seen.people.map((p) => [p.id, p]));
  state.channels = new Map(seen.channels.map((c) => [c.id, { ...c, messages: new Map(c.messages.map((m) => [m.ts, { ...m, channel: c.id }])) }]));
  state.stack = seen.views.stack; state.home = seen.views.home; state.traffic = seen.traffic;
  state.prompts = new Map(seen.prompts.map((p) => [p.channel, p]));
  state.statuses = new Map(seen.statuses.map((s) => [key(s.channel, s.thread_ts), s]));
  state.titles = new Map(seen.titles.map((t) => [key(t.channel, t.thread_ts), t.title]));
}

const TAKE = {
  message: (m) => {
    const place = channel(m.channel);
    if (!place) return;
    const isNew = !place.messages.has(m.ts);
    place.messages.set(m.ts, m);
    if (isNew && m.user !== state.me && m.channel !== state.channel) state.unread.set(m.channel, (state.unread.get(m.channel) ?? 0) + 1);
    m.isNew = isNew;
  },
  message_deleted: ({ channel: id, ts }) => channel(id)?.messages.delete(ts),
  views: ({ stack, home }) => { state.stack = stack; state.home = home; },
  prompts: (told) => state.prompts.set(told.channel, told),
  status: (told) => (told.status ? state.statuses.set(key(told.channel, told.thread_ts), told) : state.statuses.delete(key(told.channel, told.thread_ts))),
  title: (told) => state.titles.set(key(told.channel, told.thread_ts), told.title),
  channel: ({ id, members }) => { if (channel(id)) channel(id).members = members; },
  connections: ({ open }) => { state.connections = open; },
  traffic: (entry) => {
    const at = state.traffic.findLastIndex((old) => old.number === entry.number);
    if (at >= 0) state.traffic[at] = entry; else state.traffic.push(entry);
    if (state.traffic.length > 500) state.traffic.splice(0, 100);
  },
};

function take(kind, data) { TAKE[kind]?.(data); }

export function messagesOf(place) {
  return [...place.messages.values()].filter((m) => !m.thread_ts || m.thread_ts === m.ts);
}

export function threadOf(place, ts) {
  return [...place.messages.values()].filter((m) => m.ts === ts || m.thread_ts === ts);
}
