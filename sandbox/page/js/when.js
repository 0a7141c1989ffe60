/** Business time in the acting person's zone: how moments read on the page. */

import { zone } from './state.js';

let skew = 0;
const formats = new Map();

/** Take the sandbox's word for what time it is. */
export function setNow(iso) {
  skew = new Date(iso).getTime() - Date.now();
}

/** Business time, in milliseconds. */
export const now = () => Date.now() + skew;

function format(options) {
  const key = zone() + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat('en-GB', { timeZone: zone(), ...options }));
  return formats.get(key);
}

const dayKey = (ms) => format({ year: 'numeric', month: '2-digit', day: '2-digit' }).format(ms);
const year = (ms) => format({ year: 'numeric' }).format(ms);

/** 14:05 */
export const clockTime = (ms) => format({ hour: '2-digit', minute: '2-digit' }).format(ms);
/** 14:05:09 */
export const clockSeconds = (ms) => format({ hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(ms);
/** Sat 28 Nov */
export const clockDay = (ms) => format({ weekday: 'short', day: 'numeric', month: 'short' }).format(ms);
/** Saturday, 28 November 2026 at 03:00:12 */
export const fullMoment = (ms) => `${format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(ms)} at ${clockSeconds(ms)}`;

/** A key that two moments of one day share. */
export const sameDay = (a, b) => dayKey(a) === dayKey(b);

/** Today, Yesterday, or the date. */
export function dayName(ms) {
  if (sameDay(ms, now())) return 'Today';
  if (sameDay(ms, now() - 86400000)) return 'Yesterday';
  const shown = { weekday: 'long', day: 'numeric', month: 'long' };
  if (year(ms) !== year(now())) shown.year = 'numeric';
  return format(shown).format(ms);
}

const STEPS = [[60, 'second'], [3600, 'minute'], [86400, 'hour'], [7 * 86400, 'day'], [Infinity, 'week']];
const UNIT = { second: 1, minute: 60, hour: 3600, day: 86400, week: 7 * 86400 };

/** 4 minutes ago, in 2 hours */
export function ago(ms) {
  const seconds = Math.round((ms - now()) / 1000);
  if (Math.abs(seconds) < 60) return seconds > 10 ? 'in a moment' : 'just now';
  const [, unit] = STEPS.find(([limit]) => Math.abs(seconds) < limit);
  return new Intl.RelativeTimeFormat('en-GB', { numeric: 'always' }).format(Math.round(seconds / UNIT[unit]), unit);
}

/** The moment of a message's ts. */
export const tsMs = (ts) => Number(ts) * 1000;

const TOKENS = {
  date_num: (ms) => format({ year: 'numeric', month: '2-digit', day: '2-digit' }).format(ms).split('/').reverse().join('-'),
  date_slash: dayKey,
  date: (ms) => format({ day: 'numeric', month: 'long', year: 'numeric' }).format(ms),
  date_short: (ms) => format({ day: 'numeric', month: 'short', year: 'numeric' }).format(ms),
  date_long: (ms) => format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(ms),
  time: clockTime,
  time_secs: clockSeconds,
  ago,
};

function pretty(ms, plain) {
  const near = dayName(ms);
  return ['Today', 'Yesterday'].includes(near) ? near.toLowerCase() : TOKENS[plain](ms);
}

/** Slack's {date_short_pretty} and its siblings filled in; unknown words stay as they are. */
export function dateText(ms, pattern) {
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => {
    if (TOKENS[name]) return TOKENS[name](ms);
    const plain = name.replace(/_pretty$/, '');
    return plain !== name && TOKENS[plain] ? pretty(ms, plain) : whole;
  });
}

/** Keep relative moments true while nobody redraws them. */
export function refreshMoments(root = document) {
  for (const node of root.querySelectorAll('time[data-pattern]')) {
    const text = dateText(Number(node.dataset.ms), node.dataset.pattern);
    if (node.textContent !== text) node.textContent = text;
  }
}

function parts(ms) {
  const read = format({ weekday: 'short', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' });
  return Object.fromEntries(read.formatToParts(ms).map((part) => [part.type, part.value]));
}

/** The epoch of a wall-clock reading in the acting person's zone; twice, so that a DST night comes out right. */
export function fromLocal(y, month, day, hour, minute) {
  const wall = Date.UTC(y, month - 1, day, hour, minute);
  let guess = wall;
  for (let turn = 0; turn < 2; turn += 1) {
    const p = parts(guess);
    guess += wall - Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second);
  }
  return guess;
}

/** The wall clock in the acting person's zone, as a datetime-local field wants it. */
export function toLocal(ms) {
  const p = parts(ms);
  const two = (n) => String(n).padStart(2, '0');
  return `${p.year}-${two(p.month)}-${two(p.day)}T${two(p.hour)}:${two(p.minute)}`;
}

/** Seconds until the next Saturday at 03:00. */
export function untilSaturday() {
  const p = parts(now());
  const days = (6 - ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(p.weekday) + 7) % 7;
  const at = (plus) => fromLocal(Number(p.year), Number(p.month), Number(p.day) + days + plus, 3, 0);
  const goal = at(0) > now() ? at(0) : at(7);
  return Math.ceil((goal - now()) / 1000);
}
