/** What this tab knows: who acts, the workspace, the place looked at; and who wants to hear of changes. */

export const state = {
  as: null,
  world: null,
  users: new Map(),
  channels: [],
  unread: {},
  place: { kind: 'channel', name: null },
  thread: null,
  aim: null,
  panels: { x: false, log: false },
  brand: null,
};

const hearers = new Map();

/** Hear of changes of one kind: place, people, unread, news:KIND … */
export function on(kind, hear) {
  if (!hearers.has(kind)) hearers.set(kind, new Set());
  hearers.get(kind).add(hear);
}

/** Tell whoever listens. */
export function tell(kind, facts) {
  for (const hear of hearers.get(kind) ?? []) hear(facts);
}

/** The person who acts in this tab. */
export const me = () => state.users.get(state.as) ?? { id: state.as, name: 'nobody' };

/** The zone times are shown in: the acting person's. */
export const zone = () => me().tz || 'UTC';

/** The app's name, as the workspace file gives it. */
export const appName = () => state.world?.app?.name ?? 'App';

/** The bot's user id. */
export const botId = () => state.world?.app?.bot_user ?? '';

/** Whether the place is one in which people write: a channel or the bot's direct messages. */
export const isTalk = () => ['channel', 'direct'].includes(state.place.kind);

/** A channel by its name or id. */
export const channelOf = (word) => state.channels.find((c) => c.name === word || c.id === word) ?? null;

/** The word the control API knows the present place by: a channel's name, or @USER for the bot's direct messages. */
export function placeWord() {
  if (state.place.kind === 'channel') return state.place.name;
  return `@${state.as}`;
}

/** Whether a live message belongs to the direct messages of the acting person with the bot. */
export function isMyDirect(channel) {
  return channel === `@${state.as}` || channel === state.directId;
}

/** Whether the acting person is in a channel. */
export function belongs(channel) {
  return [channel.members, channel.guests, channel.outsiders].some((list) => (list ?? []).some((m) => (m.id ?? m) === state.as));
}
