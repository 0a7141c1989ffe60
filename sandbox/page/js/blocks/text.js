/** Text objects: plain_text and mrkdwn. */

import { h } from '../dom.js';
import { emoji, pictured } from '../emoji.js';
import { mrkdwn } from './mrkdwn.js';

/** Plain text with :short_names: shown as pictures unless that was turned off. */
export function plain(object) {
  const text = typeof object === 'string' ? object : object?.text ?? '';
  if (object?.emoji === false) return text;
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji(name) ?? whole);
}

/** The same as nodes. */
export const words = (object) => pictured(plain(object));

/** A text object as an element. */
export function textObject(object) {
  if (!object) return null;
  if (object.type === 'mrkdwn') return mrkdwn(object.text, { verbatim: object.verbatim === true, names: object.verbatim !== true });
  return h('div', { class: 'text' }, words(object));
}
