/** The phone system: whom it was told to ring, when, and what about. */

import * as api from './api.js';
import { calmly, h, reconcile, refill } from './dom.js';
import { icon } from './icons.js';
import { on, zone } from './state.js';
import { complain } from './toast.js';
import { clockDay, clockTime } from './when.js';

let box = null;
let list = null;

const moment = (iso) => `${clockDay(new Date(iso).getTime())}, ${clockTime(new Date(iso).getTime())}`;

function line(call) {
  const again = call.times > 1 ? ` · rang ${call.times} times, last ${moment(call.last_at)}` : '';
  return h('li', { class: 'call' }, icon('phone', 18), h('div', { class: 'call-main' },
    call.to ? h('strong', {}, call.to) : null, h('p', {}, call.text), h('p', { class: 'fine' }, `${moment(call.at)}${again}`),
    call.link ? h('a', { class: 'link', href: call.link }, 'What it is about') : null));
}

function draw(calls) {
  if (!calls.length) {
    list = null;
    refill(box, h('div', { class: 'empty' }, icon('phone', 34), h('h2', {}, 'Nobody was called'), h('p', {}, 'When an escalation comes to ringing the phone, the call shows here.')));
    return;
  }
  if (!list) {
    list = h('ol', { class: 'calls', 'aria-label': 'Calls' });
    refill(box, list);
  }
  reconcile(list, calls.reverse(), (call) => call.dedup_key, (call) => JSON.stringify([call, zone()]), line);
}

async function load() {
  const mine = box;
  try {
    const calls = await api.calls();
    if (mine === box && box?.isConnected) draw(calls);
  } catch (refusal) {
    complain(refusal);
  }
}

/** Show the calls. */
export async function showPhone(into) {
  box = into;
  list = null;
  await load();
}

/** Ask anew for what is shown. */
export const refreshPhone = calmly(() => { if (box?.isConnected) load(); });

on('news:phone', () => refreshPhone());
