/** A person's status: at their desk or away, quiet for a while or every night, and whether they still work here. */

import * as api from './api.js';
import { h, refill } from './dom.js';
import { nameOf } from './people.js';
import { closePopover, openPopover } from './popover.js';
import { state, tell } from './state.js';
import { complain } from './toast.js';
import { clockDay, clockTime, now } from './when.js';

const NIGHT = '22:00-08:00';

const snoozedTill = (user) => {
  const until = user?.dnd_until ? new Date(user.dnd_until).getTime() : 0;
  return until > now() ? until : null;
};

/** Whether somebody may not be disturbed now, or not at night. */
export const isQuiet = (user) => Boolean(snoozedTill(user) || user?.dnd_schedule);

function wordsOf(user) {
  if (user.kind === 'deactivated') return 'Has left the workspace.';
  const until = snoozedTill(user);
  const quiet = [until ? `quiet until ${clockDay(until)}, ${clockTime(until)}` : '', user.dnd_schedule ? `quiet ${user.dnd_schedule.replace('-', '–')} every day (${user.tz})` : ''];
  return [user.presence === 'away' ? 'Away' : 'Active', ...quiet].filter(Boolean).join(' · ');
}

function draw(box, id) {
  const user = state.users.get(id);
  const change = async (facts) => {
    try {
      state.users.set(id, await api.changeUser({ id, ...facts }));
      draw(box, id);
      tell('people');
    } catch (refusal) { complain(refusal); }
  };
  const step = (words, facts) => h('button', { class: 'button', type: 'button', data: { focus: `status|${words}` }, on: { click: () => change(facts) } }, words);
  const gone = user.kind === 'deactivated';
  const steps = gone ? [step('Bring back', { kind: 'staff' })] : [
    user.presence === 'away' ? step('Back at the desk', { presence: 'active' }) : step('Step away', { presence: 'away' }),
    step('Quiet for 30 minutes', { dnd_minutes: 30 }),
    step('Quiet for 2 hours', { dnd_minutes: 120 }),
    step('Quiet every night', { dnd_schedule: NIGHT }),
    isQuiet(user) ? step('End the quiet', { dnd_until: null, dnd_schedule: null }) : null,
    step('Deactivate', { kind: 'deactivated' })];
  refill(box, h('h3', { class: 'sheet-title' }, nameOf(id)), h('p', { class: 'fine status-words', role: 'status' }, wordsOf(user)), h('div', { class: 'status-steps' }, steps));
}

/** Open somebody's status beside the person who acts; it stays open while one tries things. */
export function openStatus(id) {
  closePopover({ back: false });
  const box = h('div', { class: 'status' });
  draw(box, id);
  openPopover(document.querySelector('.acting-button'), box, { label: `Status of ${nameOf(id)}` });
  box.querySelector('button')?.focus();
}
