/** Short words at the edge, and the same words for those who listen instead of look. */

import { h } from './dom.js';
import { icon } from './icons.js';

const LASTS = 6000;

/** Show a line for a few seconds. `tone` is 'bad' or 'plain'. */
export function toast(words, tone = 'plain') {
  const node = h('div', { class: `toast toast-${tone}` }, tone === 'bad' ? icon('warn', 18) : null, h('span', {}, words),
    h('button', { class: 'quiet', type: 'button', 'aria-label': 'Dismiss', on: { click: () => node.remove() } }, icon('close', 16)));
  const box = document.getElementById('toasts');
  box.append(node);
  while (box.children.length > 3) box.firstElementChild.remove();
  setTimeout(() => node.remove(), LASTS);
}

/** Tell a screen reader. */
export function announce(words) {
  document.getElementById('announcer').textContent = words;
}

/** Show why something did not work. */
export const complain = (error) => toast(error?.message ?? String(error), 'bad');
