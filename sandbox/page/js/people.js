/** People as they appear: names, initials on a colour of their own, presence. */

import { h } from './dom.js';
import { appName, botId, state } from './state.js';

const HUES = 10;

/** A person's name as shown beside what they said. */
export function nameOf(id) {
  if (id === botId()) return appName();
  const user = state.users.get(id);
  return user?.real_name || user?.name || id || 'Somebody';
}

/** The short name used in mentions. */
export function shortName(id) {
  if (id === botId()) return appName();
  const user = state.users.get(id);
  return user?.name || user?.real_name || id || 'somebody';
}

/** A stable number for a word, so that its colour never changes. */
export function hueOf(word) {
  let sum = 0;
  for (const letter of String(word)) sum = (sum * 31 + letter.codePointAt(0)) % 997;
  return sum % HUES;
}

function initials(name) {
  const words = name.replace(/[^\p{L}\p{N} ]/gu, ' ').trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0] ?? '?'];
  return letters.map((word) => [...word][0] ?? '').join('').toUpperCase();
}

/** A round (people) or square (app) mark with initials. */
export function avatar(id, size = 'm') {
  const isBot = id === botId();
  const look = isBot ? 'avatar-app' : `hue-${hueOf(id)}`;
  return h('span', { class: `avatar avatar-${size} ${look}`, 'aria-hidden': 'true' }, initials(nameOf(id)));
}

/** The same for somebody on X, who has a handle only. */
export function handleAvatar(handle, isBrand) {
  return h('span', { class: `avatar avatar-m ${isBrand ? 'avatar-app' : `hue-${hueOf(handle)}`}`, 'aria-hidden': 'true' }, initials(handle));
}

/** What sets somebody apart from the staff, in a word. */
export function kindWord(user) {
  return { guest: 'Guest', outsider: 'Other company', deactivated: 'Deactivated' }[user?.kind] ?? '';
}
