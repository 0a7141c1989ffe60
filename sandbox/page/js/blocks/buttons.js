/** Things that are pressed: buttons, overflow menus, feedback and icon buttons. */

import { choose } from '../choose.js';
import { h, safeHref } from '../dom.js';
import { control, gestureKey, press } from '../gesture.js';
import { icon } from '../icons.js';
import { inside } from '../route.js';
import { state } from '../state.js';
import { plain, words } from './text.js';

const LOOKS = { primary: 'button-primary', danger: 'button-danger' };
const ICONS = { trash: 'trash', edit: 'edit' };

function follow(url) {
  const href = safeHref(url);
  if (!href) return;
  const stay = inside(href);
  if (stay) stay(); else window.open(href, '_blank', 'noopener,noreferrer');
}

/** A button; one with an address opens it and tells the app as well. */
export function button(element, block, ctx) {
  const key = gestureKey(ctx, block, element, element.value ?? '');
  const pressed = () => {
    if (element.url) follow(element.url);
    press(ctx, block, element, element.value, { key });
  };
  const node = h('button', {
    class: `button ${LOOKS[element.style] ?? ''}`, type: 'button', 'aria-label': element.accessibility_label, data: { focus: key, action: element.action_id },
    on: { click: pressed },
  }, h('span', { class: 'button-words' }, words(element.text)), element.url ? icon('out', 15) : null);
  return control(key, node);
}

/** The menu behind three dots. */
export function overflow(element, block, ctx) {
  const key = gestureKey(ctx, block, element);
  const options = (element.options ?? []).map((option) => ({ value: option.value, label: plain(option.text), description: plain(option.description), url: option.url }));
  const picked = (option) => {
    if (option.url) follow(option.url);
    press(ctx, block, element, option.value, { key });
  };
  const node = h('button', {
    class: 'button button-icon', type: 'button', 'aria-label': 'More', 'aria-haspopup': 'listbox', 'aria-expanded': 'false', data: { focus: key, action: element.action_id },
    on: { click: () => choose(node, { groups: [{ options }], label: 'More', onPick: picked }) },
  }, icon('more'));
  return control(key, node);
}

/** Thumbs up and down. */
export function feedback(element, block, ctx) {
  const thumb = (side, words) => {
    const one = element[side] ?? {};
    const key = gestureKey(ctx, block, element, one.value);
    return control(key, h('button', {
      class: 'button button-small', type: 'button', 'aria-label': one.accessibility_label, data: { focus: key, action: element.action_id },
      on: { click: () => press(ctx, block, element, one.value, { key }) },
    }, plain(one.text) || words));
  };
  return h('span', { class: 'feedback' }, thumb('positive_button', 'Good'), thumb('negative_button', 'Bad'));
}

/** A button with a picture; some are for certain people only. */
export function iconButton(element, block, ctx) {
  const only = element.visible_to_user_ids;
  if (only && !only.includes(state.as)) return null;
  const key = gestureKey(ctx, block, element, element.value ?? '');
  return control(key, h('button', {
    class: 'button button-small', type: 'button', 'aria-label': element.accessibility_label, data: { focus: key, action: element.action_id },
    on: { click: () => press(ctx, block, element, element.value, { key }) },
  }, icon(ICONS[element.icon] ?? 'more', 16), plain(element.text)));
}
