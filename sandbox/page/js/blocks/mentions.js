/** People, channels, groups, links and moments inside running text. */

import { h, safeHref } from '../dom.js';
import { shortName } from '../people.js';
import { go, inside } from '../route.js';
import { channelOf, state } from '../state.js';
import { dateText, fullMoment } from '../when.js';

/** @name; one's own stands out. */
export function person(id) {
  return h('span', { class: `mention${id === state.as ? ' mention-me' : ''}`, title: id }, `@${shortName(id)}`);
}

/** #name, which leads there when the acting person can see it. */
export function channel(id, label) {
  const known = channelOf(id);
  const name = `#${known?.name ?? (label || id)}`;
  if (!known) return h('span', { class: 'mention' }, name);
  return h('a', { class: 'mention', href: `/?c=${known.id}`, on: { click: (event) => { event.preventDefault(); go(known.name); } } }, name);
}

/** @channel and its kin: it pings many, so it looks like it. */
export const broadcast = (range) => h('span', { class: 'mention mention-all', title: 'This notifies many people' }, `@${range}`);

/** A user group. */
export const group = (id, label) => h('span', { class: 'mention' }, label ? (label.startsWith('@') ? label : `@${label}`) : `@${id}`);

/** A link that stays in this tab when it can, and opens another where it cannot. */
export function link(url, ...shown) {
  const href = safeHref(url);
  if (!href) return h('span', { class: 'dead-link', title: 'This address is not followed' }, ...(shown.length ? shown : [url]));
  const stay = inside(href);
  const props = { class: 'link', href, rel: 'noopener noreferrer nofollow', title: href };
  if (stay) props.on = { click: (event) => { if (!event.metaKey && !event.ctrlKey) { event.preventDefault(); stay(); } } };
  else props.target = '_blank';
  return h('a', props, ...(shown.length ? shown : [url]));
}

/** A moment that reads right in every zone and keeps reading right. */
export function moment(seconds, pattern, url, fallback) {
  const ms = Number(seconds) * 1000;
  if (!Number.isFinite(ms)) return document.createTextNode(fallback ?? '');
  const node = h('time', { datetime: new Date(ms).toISOString(), title: fullMoment(ms), data: { ms, pattern } }, dateText(ms, pattern));
  return url ? link(url, node) : node;
}
