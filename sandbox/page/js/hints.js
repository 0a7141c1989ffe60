/** Three steps for somebody who has never been here. */

import { h, refill } from './dom.js';
import { icon } from './icons.js';
import { appName, state } from './state.js';

const KEPT = 'sandbox.hints';
const root = document.getElementById('hints');

/** Show the strip until it was dismissed once in this browser. */
export function showHints() {
  if (localStorage.getItem(KEPT)) return;
  const channel = state.channels[0]?.name ?? 'care';
  const steps = [
    [`Watch #${channel}`, 'what people say in public becomes a card'],
    ['Press Claim', 'it is yours, and everybody sees it'],
    ['Answer', 'the customer reads it on X'],
  ];
  const dismiss = () => { localStorage.setItem(KEPT, 'seen'); root.replaceChildren(); };
  refill(root, h('section', { class: 'hints', 'aria-label': `${appName()} in three steps` },
    h('ol', {}, steps.map(([verb, rest], at) => h('li', {}, h('span', { class: 'step' }, String(at + 1)), h('span', {}, h('strong', {}, verb), h('span', { class: 'step-more' }, `: ${rest}`))))),
    h('button', { class: 'quiet', type: 'button', 'aria-label': 'Dismiss the hints', on: { click: dismiss } }, icon('close', 18))));
}
