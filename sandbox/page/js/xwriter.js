/** Writing on X as a customer. */

import * as api from './api.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { state } from './state.js';
import { announce, complain } from './toast.js';

const CUSTOMERS = ['harriet_runs', 'tom_b_1984', 'swimwithsal', 'priya_lifts', 'marco_spin'];
const draft = { author: CUSTOMERS[0], text: '' };

/** Who writes next: the customer whose conversation it is. */
export function writeAs(author) {
  draft.author = author;
}

/** The form: who writes, and what; `target` is the post that is answered. */
export function xWriter({ target, drop, sent }) {
  const brand = state.brand?.username ?? '';
  const author = h('input', { class: 'x-author', type: 'text', value: draft.author, 'aria-label': 'The customer’s handle', list: 'customers', autocomplete: 'off', spellcheck: 'false', maxlength: 15, on: { input: () => { draft.author = author.value.trim().replace(/^@/, ''); } } });
  const text = h('textarea', { class: 'field x-words', rows: 3, value: draft.text, dir: 'auto', 'aria-label': 'What the customer writes', placeholder: target ? `Answer @${target.author}…` : `Say something to @${brand} that their team has to answer…`, on: { input: () => { draft.text = text.value; show(); } } });
  const hint = h('span', { class: 'fine' });
  const post = h('button', { class: 'button button-primary', type: 'submit' }, 'Post');
  const show = () => {
    post.disabled = !text.value.trim();
    const named = text.value.toLowerCase().includes(`@${brand.toLowerCase()}`);
    hint.textContent = named || !brand || !text.value.trim() ? '' : `Doesn’t name @${brand}`;
  };
  const publish = async (event) => {
    event.preventDefault();
    if (post.disabled) return;
    post.disabled = true;
    try {
      await api.publish({ author: draft.author || CUSTOMERS[0], text: text.value.trim(), ...(target ? { in_reply_to: target.id } : {}) });
      draft.text = '';
      announce('Posted.');
      sent();
    } catch (refusal) { complain(refusal); show(); }
  };
  const mention = h('button', { class: 'quiet', type: 'button', hidden: !brand, on: { click: () => { text.setRangeText(`@${brand} `, text.selectionStart, text.selectionEnd, 'end'); draft.text = text.value; show(); text.focus(); } } }, `@${brand}`);
  text.addEventListener('keydown', (event) => { if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) publish(event); });
  queueMicrotask(show);
  return h('form', { class: 'x-form', on: { submit: publish } },
    target ? h('p', { class: 'x-target' }, icon('reply', 16), h('span', {}, 'Answering ', h('strong', {}, `@${target.author}`)), h('button', { class: 'quiet', type: 'button', 'aria-label': 'Don’t answer', on: { click: drop } }, icon('close', 16))) : null,
    h('label', { class: 'x-as' }, h('span', { class: 'fine' }, 'Write as @'), author), text,
    h('datalist', { id: 'customers' }, [...CUSTOMERS, brand].filter(Boolean).map((name) => h('option', { value: name }))),
    h('div', { class: 'x-foot' }, mention, hint, post));
}
