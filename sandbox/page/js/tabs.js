/** The bar under the thumb on a phone. */

import { h, refill } from './dom.js';
import { icon } from './icons.js';
import { go } from './route.js';
import { on, state, tell } from './state.js';

const root = document.getElementById('tabs');

function draw() {
  const view = document.body.dataset.view;
  const tab = (label, picture, isOn, act) => h('button', { class: `tabs-one${isOn ? ' on' : ''}`, type: 'button', 'aria-pressed': String(isOn), on: { click: act } }, icon(picture, 22), h('span', {}, label));
  const toList = () => { document.body.dataset.view = 'list'; draw(); };
  refill(root,
    tab('Channels', 'talk', view === 'list' && !state.panels.x, toList),
    tab('Home', 'home', view === 'talk' && state.place.kind === 'home', () => go('@home')),
    tab('X', 'public', state.panels.x, () => tell('panel', 'x')),
    tab('Log', 'log', state.panels.log, () => tell('panel', 'log')));
}

for (const kind of ['place', 'person', 'panels', 'people']) on(kind, draw);
