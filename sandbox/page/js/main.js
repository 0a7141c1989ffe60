/** Brings the page up: learns the world, draws it, and follows the news. */

import * as api from './api.js';
import { showLine } from './bar.js';
import { refreshPlace } from './channel.js';
import { readClock } from './clock.js';
import { h, refill } from './dom.js';
import { showHints } from './hints.js';
import { refreshHome } from './home.js';
import { follow } from './live.js';
import { refreshLog } from './log.js';
import { refreshModal } from './modal.js';
import { refreshPhone } from './phone.js';
import { readPerson, readPlace, settle } from './route.js';
import { refreshUnread } from './sidebar.js';
import { belongs, on, state, tell } from './state.js';
import './tabs.js';
import { refreshThread } from './thread.js';
import { toast } from './toast.js';
import { refreshX } from './xpanel.js';

const WIDE = '(min-width: 1180px)';
const NARROW = '(max-width: 720px)';
const AGAIN = 1000;

async function learn() {
  const [world, users, channels] = await Promise.all([api.world(), api.users(), api.channels(), readClock()]);
  state.world = world;
  state.users = new Map(users.map((user) => [user.id, user]));
  state.channels = channels;
  state.brand = world.brand ?? await api.brand().catch(() => null);
}

function choosePerson() {
  const asked = readPerson();
  const staff = [...state.users.values()].find((user) => user.kind === 'staff');
  state.as = state.users.has(asked) ? asked : staff?.id ?? [...state.users.keys()][0];
}

function choosePlace() {
  const mine = state.channels.find(belongs);
  const isAimed = readPlace(mine?.name ?? null);
  // A phone starts at the list, a wide screen in the middle of things.
  document.body.dataset.view = matchMedia(NARROW).matches && !isAimed ? 'list' : 'talk';
  settle();
}

function everythingAnew() {
  Promise.all([api.users(), api.channels(), readClock()]).then(([users, channels]) => {
    state.users = new Map(users.map((user) => [user.id, user]));
    state.channels = channels;
    tell('people');
  }, () => null);
  for (const refresh of [refreshPlace, refreshThread, refreshModal, refreshHome, refreshUnread, refreshX, refreshLog, refreshPhone]) refresh();
}

function hear(kind, facts) {
  if (kind === 'click_failed' && facts.user === state.as && document.hidden) toast(facts.error, 'bad');
  tell(`news:${kind}`, facts);
}

on('panel', (name) => {
  state.panels = { ...state.panels, [name]: !state.panels[name] };
  tell('panels');
});

on('stale', () => everythingAnew());

async function start() {
  try {
    await learn();
  } catch {
    refill(document.getElementById('talk'), h('div', { class: 'empty' }, h('h2', {}, 'Waking the sandbox…'), h('p', {}, 'This page appears by itself as soon as it answers.')));
    setTimeout(start, AGAIN);
    return;
  }
  choosePerson();
  choosePlace();
  state.panels.x = matchMedia(WIDE).matches;
  tell('person');
  tell('panels');
  refreshModal();
  showHints();
  follow({ hear, gap: everythingAnew, link: showLine });
}

start();
