/** Business time: shown, walked forward, or leapt as an outage does. */

import * as api from './api.js';
import { h, refill } from './dom.js';
import { icon } from './icons.js';
import { openPopover } from './popover.js';
import { on, tell } from './state.js';
import { complain, toast } from './toast.js';
import { clockDay, clockTime, now, refreshMoments, setNow, untilSaturday } from './when.js';

const TICK = 1000;
/** One request walks at most this far, so that the page can show how it goes and stop. */
const STAGE = 3600;
const STEPS = [['+ 1 minute', () => 60], ['+ 15 minutes', () => 900], ['+ 1 hour', () => 3600], ['+ 8 hours', () => 8 * 3600], ['To Saturday, 03:00', untilSaturday]];
let moving = false;
let stopped = false;
let leap = false;

/** The day steps back where there is little room. */
const words = () => [h('span', { class: 'clock-day' }, `${clockDay(now())}, `), clockTime(now())];

function show() {
  const face = document.querySelector('.clock-words');
  if (face) refill(face, words());
  document.querySelector('.clock')?.classList.toggle('is-busy', moving);
}

async function stage(seconds) {
  const answer = await api.moveClock(leap ? { jump_seconds: seconds } : { advance_seconds: seconds });
  setNow(answer.now);
  show();
  return answer;
}

async function walk(seconds) {
  const goal = now() + seconds * 1000;
  let answer = { settled: true };
  while (!stopped && goal - now() > 500) {
    const left = (goal - now()) / 1000;
    const before = now();
    answer = await stage(leap ? left : Math.min(left, STAGE));
    if (!answer.settled && now() - before < 1000) break;
  }
  if (!answer.settled) toast('The app hasn’t said yet that it has caught up with the new time.', 'bad');
}

async function move(seconds) {
  if (moving) { toast('The clock is already on its way.'); return; }
  moving = true;
  stopped = false;
  show();
  tell('clock-moving', true);
  try { await walk(seconds); } catch (refusal) { complain(refusal); }
  moving = false;
  show();
  tell('clock-moving', false);
  tell('moved');
}

function sheet() {
  const box = h('label', { class: 'choice' }, h('input', { type: 'checkbox', checked: leap, on: { change: (event) => { leap = event.target.checked; } } }),
    h('span', { class: 'choice-words' }, 'Leap instead of walking', h('span', { class: 'choice-description' }, 'As after an outage: nothing happens in between.')));
  const steps = h('div', { class: 'clock-steps' }, STEPS.map(([words, seconds]) => h('button', { class: 'button', type: 'button', on: { click: () => move(seconds()) } }, words)));
  const stop = h('button', { class: 'button button-small', type: 'button', hidden: !moving, on: { click: () => { stopped = true; } } }, 'Stop here');
  on('clock-moving', (yes) => { stop.hidden = !yes; });
  return [h('h3', { class: 'sheet-title' }, 'Move the clock'), h('p', { class: 'fine' }, 'It only goes forward. Deadlines, nags and “minutes ago” follow it.'), steps, box, stop];
}

/** The clock in the bar. */
export function clockButton() {
  const node = h('button', { class: `quiet clock${moving ? ' is-busy' : ''}`, type: 'button', 'aria-haspopup': 'true', 'aria-expanded': 'false', title: 'Business time; press to move it', 'aria-label': 'Business time; press to move it', on: { click: () => openPopover(node, sheet(), { label: 'Move the clock' })?.querySelector('button')?.focus() } },
    icon('clock', 18), h('span', { class: 'clock-words' }, words()));
  return node;
}

/** Ask what time it is. */
export async function readClock() {
  setNow((await api.clock()).now);
  show();
}

on('news:clock', (news) => { setNow(news.now); show(); refreshMoments(); });
setInterval(() => { show(); }, TICK);
setInterval(() => refreshMoments(), 10 * TICK);
