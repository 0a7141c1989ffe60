/** The top of the page: the workspace, the clock, the log, and who acts in this tab. */

import { choose } from './choose.js';
import { clockButton } from './clock.js';
import { h, refill } from './dom.js';
import { icon } from './icons.js';
import { avatar, kindWord, nameOf } from './people.js';
import { actAs, addressAs } from './route.js';
import { botId, me, on, state, tell } from './state.js';
import { isQuiet, openStatus } from './status.js';

const root = document.getElementById('bar');
let line = 'up';

const presenceDot = (user) => h('span', { class: `presence${user?.presence === 'away' ? ' away' : ''}${isQuiet(user) ? ' hushed' : ''}`, title: `${user?.presence === 'away' ? 'Away' : 'Active'}${isQuiet(user) ? ', quiet' : ''}` });

function person(user) {
  const words = [kindWord(user), user.presence === 'away' ? 'Away' : '', isQuiet(user) ? 'Quiet' : '', user.title].filter(Boolean).join(' · ');
  const other = h('a', { class: 'quiet other-tab', href: addressAs(user.id), target: '_blank', rel: 'noopener', title: 'Open in another tab', 'aria-label': `Act as ${nameOf(user.id)} in another tab`, on: { click: (event) => event.stopPropagation() } }, icon('out', 16));
  const status = h('button', { class: 'quiet other-tab', type: 'button', title: 'Status', 'aria-label': `Status of ${nameOf(user.id)}`, on: { click: (event) => { event.stopPropagation(); openStatus(user.id); } } }, icon('clock', 16));
  return { value: user.id, label: nameOf(user.id), description: words, before: avatar(user.id, 's'), after: [status, other], disabled: user.kind === 'deactivated' };
}

function openPeople(anchor) {
  const everybody = [...state.users.values()].filter((user) => user.id !== botId());
  const groups = [['Colleagues', 'staff'], ['Guests', 'guest'], ['From another company', 'outsider'], ['Gone', 'deactivated']]
    .map(([label, kind]) => ({ label, options: everybody.filter((user) => (user.kind ?? 'staff') === kind).map(person) }));
  const status = h('button', { class: 'button button-small', type: 'button', on: { click: () => openStatus(state.as) } }, 'Status');
  const head = h('div', { class: 'acting' }, avatar(state.as), h('div', { class: 'acting-words' }, h('strong', {}, nameOf(state.as)), h('span', { class: 'fine' }, 'acts in this tab')), status);
  choose(anchor, { groups, chosen: [state.as], label: 'Act as', placeholder: 'Act as…', head, onPick: (option) => actAs(option.value) });
}

function draw() {
  const open = h('button', { class: 'acting-button', type: 'button', 'aria-haspopup': 'listbox', 'aria-expanded': 'false', 'aria-label': `Act as somebody else; now ${nameOf(state.as)}`, on: { click: () => openPeople(open) } },
    h('span', { class: 'face' }, avatar(state.as, 's'), presenceDot(me())), h('span', { class: 'acting-name' }, nameOf(state.as)), icon('down', 16));
  refill(root,
    h('div', { class: 'brand' }, h('img', { src: '/page/icon.svg', alt: '', width: 26, height: 26 }), h('div', { class: 'brand-words' }, h('strong', {}, state.world?.workspace?.name ?? 'Sandbox'), h('span', { class: 'fine' }, line === 'up' ? 'Sandbox workspace' : 'Reconnecting…'))),
    h('div', { class: 'bar-tools' }, clockButton(),
      h('button', { class: `quiet bar-log${state.panels.log ? ' on' : ''}`, type: 'button', 'aria-pressed': String(state.panels.log), 'aria-label': 'Delivery log', title: 'Delivery log', on: { click: () => tell('panel', 'log') } }, icon('log'), h('span', { class: 'bar-words' }, 'Log')),
      open));
}

/** Show whether news still arrives. */
export function showLine(up) {
  line = up ? 'up' : 'down';
  document.body.classList.toggle('is-offline', !up);
  const words = root.querySelector('.brand .fine');
  if (words) words.textContent = up ? 'Sandbox workspace' : 'Reconnecting…';
}

for (const kind of ['person', 'people', 'panels']) on(kind, draw);
