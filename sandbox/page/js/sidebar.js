/** The list of places: channels, and the app with its home and its direct messages. */

import * as api from './api.js';
import { calmly, h, refill } from './dom.js';
import { icon } from './icons.js';
import { avatar, nameOf } from './people.js';
import { go } from './route.js';
import { appName, belongs, botId, me, on, state, tell } from './state.js';

const root = document.getElementById('sidebar');

const isHere = (word) => (state.place.kind === 'channel' ? state.place.name === word : { home: '@home', direct: '@app', phone: '@phone' }[state.place.kind] === word);

function entry(word, before, label, count) {
  const props = {
    class: `place${count ? ' place-new' : ''}`, href: `/?as=${encodeURIComponent(state.as)}&c=${encodeURIComponent(word)}`, data: { focus: `place|${word}` },
    'aria-current': isHere(word) ? 'page' : null, tabindex: isHere(word) ? '0' : '-1',
    on: { click: (event) => { if (event.metaKey || event.ctrlKey) return; event.preventDefault(); go(word); } },
  };
  return h('li', {}, h('a', props, before, h('span', { class: 'place-name' }, label), count ? h('span', { class: 'unread', 'aria-label': `${count} unread` }, count > 99 ? '99+' : String(count)) : null));
}

function moveFocus(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const places = [...root.querySelectorAll('.place')];
  const at = places.indexOf(document.activeElement);
  const next = { Home: places[0], End: places.at(-1) }[event.key] ?? (step && at >= 0 ? places[at + step] : null);
  if (at < 0 || !next) return;
  event.preventDefault();
  places[at].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function draw() {
  const focused = root.contains(document.activeElement) ? document.activeElement.closest('[data-focus]')?.dataset.focus : null;
  const mine = state.channels.filter(belongs);
  const open = mine.filter((channel) => !channel.is_archived || isHere(channel.name));
  refill(root,
    h('h2', { class: 'sidebar-title' }, 'Channels'),
    h('ul', { class: 'places' }, open.map((channel) => entry(channel.name, icon(channel.is_private ? 'lock' : 'hash', 17), channel.name, state.unread[channel.name]))),
    open.length ? null : h('p', { class: 'sidebar-note' }, `${nameOf(state.as)} isn’t in any channel.`),
    h('h2', { class: 'sidebar-title' }, appName()),
    h('ul', { class: 'places' },
      entry('@home', icon('home', 17), 'Home', 0),
      entry('@app', avatar(botId(), 'xs'), 'Direct messages', state.unread[`@${state.as}`])),
    h('h2', { class: 'sidebar-title' }, 'Outside'),
    h('ul', { class: 'places' }, entry('@phone', icon('phone', 17), 'Phone', 0)),
    h('div', { class: 'sidebar-foot' }, h('p', { class: 'sidebar-note' }, 'Everything here stays on this machine. Open a second tab as a colleague and race for a card.')));
  const first = root.querySelector('[tabindex="0"]') ?? root.querySelector('.place');
  if (first) first.tabIndex = 0;
  if (focused) root.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

async function count() {
  try {
    state.unread = await api.unread(state.as);
    draw();
    tell('counted');
  } catch { /* what is wrong with the person or the line is said elsewhere */ }
}

/** Ask anew how much is unread. */
export const refreshUnread = calmly(count, 120, 500);

root.addEventListener('keydown', moveFocus);
on('news:message', (news) => { if (!news.user || news.user === state.as) refreshUnread(); });
for (const kind of ['place', 'people', 'unread']) on(kind, draw);
on('person', () => { state.unread = {}; draw(); refreshUnread(); });
on('news:channels', async () => { state.channels = await api.channels(); tell('people'); });
on('news:users', async () => {
  state.users = new Map((await api.users()).map((user) => [user.id, user]));
  if (me()) tell('people');
});
