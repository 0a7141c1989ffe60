/** The thread beside the conversation. */

import * as api from './api.js';
import { composer } from './composer.js';
import { calmly, h, refill } from './dom.js';
import { icon } from './icons.js';
import { drawList } from './list.js';
import { openThread } from './route.js';
import { appName, channelOf, isMyDirect, isTalk, on, placeWord, state } from './state.js';
import { complain } from './toast.js';

const root = document.getElementById('thread');
let scroller = null;
let list = null;
let shown = null;
let opener = null;

const where = () => (state.place.kind === 'direct' ? appName() : `#${state.place.name}`);

/** Close it; the keyboard goes back to what opened it. */
export function closeThread() {
  const ts = state.thread;
  openThread(null);
  const again = document.querySelector(`#talk [data-focus="thread|${CSS.escape(ts)}"], #talk [data-focus="reply|${CSS.escape(ts)}"]`);
  (again ?? opener)?.focus?.();
}

async function load(toEnd = false) {
  const ts = state.thread;
  if (!ts || !isTalk() || !list) return;
  try {
    const messages = await api.messages(state.as, placeWord(), { thread: ts });
    if (ts === state.thread && list) drawList(scroller, list, messages, { place: placeWord(), inThread: true, toEnd });
  } catch (refusal) {
    if (refusal.status === 404) openThread(null);
    else if (refusal.status !== 403) complain(refusal);
  }
}

function draw() {
  const open = Boolean(state.thread) && isTalk();
  root.hidden = !open;
  document.body.classList.toggle('has-thread', open);
  const key = open ? `${state.as}|${placeWord()}|${state.thread}` : null;
  if (key === shown) return;
  shown = key;
  list = null;
  if (!open) { root.replaceChildren(); return; }
  opener = document.activeElement;
  list = h('ol', { class: 'messages', 'aria-label': 'Thread' });
  scroller = h('div', { class: 'scroller', tabindex: '-1' }, list);
  const close = h('button', { class: 'quiet', type: 'button', 'aria-label': 'Close the thread', on: { click: closeThread } }, icon('close'));
  refill(root, h('header', { class: 'head' }, h('button', { class: 'quiet back', type: 'button', 'aria-label': 'Back', on: { click: closeThread } }, icon('back')),
    h('div', { class: 'head-words' }, h('h2', {}, 'Thread'), h('p', { class: 'topic' }, where())), close),
  scroller, composer({ place: placeWord(), thread: state.thread, label: 'Reply…', after: () => load(true) }));
  load(true);
  root.querySelector('.composer-field')?.focus({ preventScroll: true });
}

const reload = calmly(load);

/** Ask anew for what is shown. */
export const refreshThread = () => reload();

root.addEventListener('keydown', (event) => { if (event.key === 'Escape' && !event.defaultPrevented) closeThread(); });
on('news:message', (news) => {
  const here = state.place.kind === 'direct' ? isMyDirect(news.channel) || /^[D@]/.test(news.channel) : channelOf(news.channel)?.name === state.place.name;
  if (here && state.thread && (news.thread_ts === state.thread || news.ts === state.thread)) reload();
});
for (const kind of ['place', 'thread', 'person']) on(kind, draw);
