/** The box one writes in: messages, mentions, and slash commands. */

import * as api from './api.js';
import { choose } from './choose.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { avatar, nameOf } from './people.js';
import { appName, channelOf, state } from './state.js';
import { complain, toast } from './toast.js';

const drafts = new Map();
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What goes out: escaped, with @names and #channels as the references they mean. */
export function encoded(text) {
  const byName = new Map([...state.users.values()].map((user) => [user.name, user.id]));
  byName.set(appName().toLowerCase(), state.world?.app?.bot_user);
  return escape(text)
    .replace(/(^|[\s(])@([\p{L}\p{N}._-]+)/gu, (whole, before, name) => (byName.get(name.toLowerCase()) ? `${before}<@${byName.get(name.toLowerCase())}>` : whole))
    .replace(/(^|[\s(])#([\p{L}\p{N}_-]+)/gu, (whole, before, name) => (channelOf(name) ? `${before}<#${channelOf(name).id}>` : whole));
}

function grow(field) {
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight, 180)}px`;
}

async function deliver(place, text, thread) {
  if (!text.startsWith('/')) return api.say(state.as, place, encoded(text), thread);
  const answer = await api.command(state.as, place, text);
  if (answer?.error) toast(answer.error, 'bad');
  return answer;
}

function insert(field, text) {
  const at = field.selectionStart;
  field.setRangeText(text, at, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
}

function mentionList(field, anchor) {
  const people = [...state.users.values()].filter((user) => user.kind !== 'deactivated');
  const options = people.map((user) => ({ value: user.name, label: nameOf(user.id), description: user.title ?? '', before: avatar(user.id, 's') }));
  choose(anchor, { groups: [{ options }], label: 'Mention somebody', onPick: (option) => insert(field, `@${option.value} `) });
}

function commandList(field, anchor) {
  const options = (state.world?.commands ?? []).map((name) => ({ value: name, label: name, description: appName() }));
  choose(anchor, { groups: [{ options }], label: 'Commands', onPick: (option) => { field.value = ''; insert(field, `${option.value} `); } });
}

/** A composer for a place, or for a thread in it. `label` names it; `after` runs once something was sent. */
export function composer({ place, thread = null, label, after }) {
  const key = `${state.as}|${place}|${thread ?? ''}`;
  const field = h('textarea', { class: 'composer-field', rows: 1, placeholder: label, 'aria-label': label, value: drafts.get(key) ?? '', data: { focus: `write|${thread ?? ''}` }, enterkeyhint: 'send' });
  const send = h('button', { class: 'send', type: 'submit', 'aria-label': 'Send', title: 'Send' }, icon('send'));
  const at = h('button', { class: 'quiet', type: 'button', title: 'Mention somebody', 'aria-label': 'Mention somebody', 'aria-haspopup': 'listbox', on: { click: () => mentionList(field, at) } }, icon('at', 18));
  const slash = h('button', { class: 'quiet slash', type: 'button', title: 'Commands', 'aria-label': 'Commands', 'aria-haspopup': 'listbox', on: { click: () => commandList(field, slash) } }, '/');
  const show = () => { send.disabled = !field.value.trim(); grow(field); };
  let sending = false;
  const submit = async (event) => {
    event?.preventDefault();
    const text = field.value.trim();
    if (!text || sending) return;
    sending = true;
    form.classList.add('is-busy');
    try {
      await deliver(place, text, thread);
      drafts.delete(key);
      field.value = '';
      show();
      after?.();
    } catch (refusal) {
      complain(refusal);
    }
    sending = false;
    form.classList.remove('is-busy');
  };
  field.addEventListener('input', () => { drafts.set(key, field.value); show(); });
  field.addEventListener('keydown', (event) => { if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event); });
  const form = h('form', { class: 'composer', on: { submit } }, field, h('div', { class: 'composer-foot' }, slash, at, h('span', { class: 'composer-hint' }, 'Enter to send · Shift + Enter for a new line'), send));
  queueMicrotask(show);
  return form;
}
