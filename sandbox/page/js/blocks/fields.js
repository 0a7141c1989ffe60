/** Things that are filled in: text, numbers, dates, radio buttons, check boxes, files. */

import { h } from '../dom.js';
import { control, gestureKey, press } from '../gesture.js';
import { fromLocal, toLocal } from '../when.js';
import { plain, textObject } from './text.js';

const WAIT = 250;
/** Characters before the limit at which the rest is counted; earlier it would only distract. */
const NEAR = 100;
const TYPES = { email_text_input: 'email', url_text_input: 'url', number_input: 'text', plain_text_input: 'text' };

function watchTyping(node, element, block, ctx, key) {
  const when = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const tellApp = (enter = false) => press(ctx, block, element, node.value, { key, latest: true, enter });
  let timer = null;
  if (when.includes('on_character_entered')) node.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(tellApp, WAIT, false); });
  if (when.includes('on_enter_pressed')) node.addEventListener('keydown', (event) => { if (event.key === 'Enter' && !event.shiftKey) { event.preventDefault(); tellApp(true); } });
}

function counter(node, most) {
  const left = h('span', { class: 'count', 'aria-hidden': 'true' });
  const show = () => {
    left.textContent = String(most - node.value.length);
    left.hidden = most - node.value.length > NEAR;
    left.classList.toggle('count-over', node.value.length > most);
  };
  node.addEventListener('input', show);
  show();
  return left;
}

/** Text of one or many lines, e-mail, address, number. */
export function textField(element, block, ctx, live) {
  const key = gestureKey(ctx, block, element);
  const many = element.multiline || element.type === 'rich_text_input';
  const props = {
    class: 'field', placeholder: plain(element.placeholder) || null, data: { focus: key, action: element.action_id }, 'aria-label': block.label ? null : plain(element.placeholder) || 'Text',
    autocomplete: 'off', autofocus: element.focus_on_load || null, value: ctx.answers.get(block, element) ?? '',
    on: { input: () => ctx.answers.set(block, element, node.value === '' ? null : node.value) },
  };
  if (many) props.rows = Math.min(Math.max(element.min_lines ?? 5, 3), 12);
  else props.type = TYPES[element.type] ?? 'text';
  if (element.type === 'number_input') props.inputmode = element.is_decimal_allowed ? 'decimal' : 'numeric';
  const node = h(many ? 'textarea' : 'input', props);
  if (live) watchTyping(node, element, block, ctx, key);
  return control(key, element.max_length ? h('span', { class: 'counted' }, node, counter(node, element.max_length)) : node);
}

const PICKERS = {
  datepicker: ['date', (value) => value, (value) => value],
  timepicker: ['time', (value) => value, (value) => value],
  datetimepicker: ['datetime-local', (seconds) => toLocal(seconds * 1000), (text) => fromLocal(...text.match(/\d+/g).slice(0, 5).map(Number)) / 1000],
};

/** A day, a time, or both. */
export function picker(element, block, ctx, live) {
  const key = gestureKey(ctx, block, element);
  const [type, shown, read] = PICKERS[element.type];
  const start = ctx.answers.get(block, element);
  const changed = () => {
    const value = node.value ? read(node.value) : null;
    ctx.answers.set(block, element, value);
    if (live && value !== null) press(ctx, block, element, value, { key, latest: true });
  };
  const node = h('input', {
    class: 'field field-short', type, value: start === null ? '' : shown(start), data: { focus: key, action: element.action_id },
    'aria-label': plain(element.placeholder) || plain(block.label) || 'Date', on: { change: changed },
  });
  return control(key, node);
}

function choice(type, option, props) {
  return h('label', { class: 'choice' }, h('input', { type, ...props }),
    h('span', { class: 'choice-words' }, textObject(option.text), option.description ? h('span', { class: 'choice-description' }, textObject(option.description)) : null));
}

/** Radio buttons: one of a few. */
export function radios(element, block, ctx, live) {
  const key = gestureKey(ctx, block, element);
  const chosen = ctx.answers.get(block, element);
  const pick = (value) => {
    ctx.answers.set(block, element, value);
    if (live) press(ctx, block, element, value, { key, latest: true });
  };
  return control(key, h('div', { class: 'choices', role: 'radiogroup', 'aria-label': plain(block.label) || 'Choose one', data: { action: element.action_id } },
    (element.options ?? []).map((option) => choice('radio', option, {
      name: key, checked: option.value === chosen, data: { focus: `${key}|${option.value}` }, on: { change: () => pick(option.value) },
    }))));
}

/** Check boxes: any of a few. */
export function checkboxes(element, block, ctx, live) {
  const key = gestureKey(ctx, block, element);
  const flip = (value, yes) => {
    const before = ctx.answers.get(block, element) ?? [];
    const after = yes ? [...before, value] : before.filter((one) => one !== value);
    ctx.answers.set(block, element, after);
    if (live) press(ctx, block, element, after, { key, latest: true });
  };
  const chosen = ctx.answers.get(block, element) ?? [];
  return control(key, h('div', { class: 'choices', role: 'group', 'aria-label': plain(block.label) || 'Choose any', data: { action: element.action_id } },
    (element.options ?? []).map((option) => choice('checkbox', option, {
      checked: chosen.includes(option.value), data: { focus: `${key}|${option.value}` }, on: { change: (event) => flip(option.value, event.target.checked) },
    }))));
}

/** A place for files; the sandbox keeps none. */
export function files() {
  return h('p', { class: 'placeholder' }, 'Files can’t be attached in the sandbox.');
}
