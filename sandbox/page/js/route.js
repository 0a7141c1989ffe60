/** The address bar is the tab's memory: who acts, where one looks, which thread is open. */

import { channelOf, isMyDirect, state, tell } from './state.js';

const HOME = '@home';
const DIRECT = '@app';
const PHONE = '@phone';
const KEPT = 'sandbox.as';

function placeOf(word) {
  if (word === HOME) return { kind: 'home', name: null };
  if (word === PHONE) return { kind: 'phone', name: null };
  if (word === DIRECT || isMyDirect(word) || /^[@D]/.test(word)) return { kind: 'direct', name: null };
  return { kind: 'channel', name: channelOf(word)?.name ?? word };
}

const wordOf = (place) => ({ home: HOME, direct: DIRECT, phone: PHONE })[place.kind] ?? place.name;

function address() {
  const params = new URLSearchParams({ as: state.as });
  if (wordOf(state.place)) params.set('c', wordOf(state.place));
  if (state.thread) params.set('t', state.thread);
  return `/?${params}`;
}

/** Who acts in this tab: the address says so, else who acted here last. */
export function readPerson() {
  return new URLSearchParams(location.search).get('as') ?? sessionStorage.getItem(KEPT) ?? localStorage.getItem(KEPT);
}

/** Read where the address points; without a place, `fallback` is where one starts. */
export function readPlace(fallback) {
  const params = new URLSearchParams(location.search);
  const word = params.get('c');
  state.place = word ? placeOf(word) : { kind: 'channel', name: fallback };
  state.thread = params.get('t');
  state.aim = params.get('m');
  return Boolean(word);
}

/** Keep who acts for the next tab, and write the address without a new step in the history. */
export function settle() {
  sessionStorage.setItem(KEPT, state.as);
  localStorage.setItem(KEPT, state.as);
  history.replaceState(null, '', address());
}

/** Go to a place: 'care', '@app', '@home'; optionally with a thread open or a message to find. */
export function go(word, { thread = null, aim = null } = {}) {
  state.place = placeOf(word);
  state.thread = thread;
  state.aim = aim;
  tell('aim');
  document.body.dataset.view = 'talk';
  history.pushState(null, '', address());
  tell('place');
}

/** Open or close the thread beside the conversation. */
export function openThread(ts) {
  state.thread = ts;
  history.pushState(null, '', address());
  tell('thread');
}

/** Another person takes over this tab. */
export function actAs(id) {
  state.as = id;
  state.thread = null;
  settle();
  tell('person');
}

/** The address under which another tab acts as somebody. */
export const addressAs = (id) => `/?${new URLSearchParams({ as: id, c: wordOf(state.place) ?? '' })}`;

/** Where a link leads when it stays on this page: a permalink or a post; null for everything else. */
export function inside(url) {
  let target;
  try { target = new URL(url, location.href); } catch { return null; }
  if (target.origin !== location.origin) return null;
  const message = target.pathname.match(/^\/archives\/([^/]+)\/p(\d+)$/);
  if (message) {
    const ts = `${message[2].slice(0, -6)}.${message[2].slice(-6)}`;
    return () => go(message[1], { aim: ts, thread: target.searchParams.get('thread_ts') });
  }
  const post = target.pathname.match(/^\/x\/[^/]+\/status\/(\d+)$/);
  return post ? () => tell('post', post[1]) : null;
}

window.addEventListener('popstate', () => {
  readPlace(state.channels[0]?.name ?? null);
  tell('place');
});
