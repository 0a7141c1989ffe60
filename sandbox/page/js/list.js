/** A run of messages, oldest first, with the days between them; keeps its place while news comes in. */

import { h, reconcile } from './dom.js';
import { drawMessage, goesOn } from './message.js';
import { on, state, zone } from './state.js';
import { dayName, sameDay, tsMs } from './when.js';

const NEAR = 90;
/** The message a link led to, once it was scrolled to: afterwards the reader's own scrolling counts. */
let reached = null;

function rows(messages) {
  const out = [];
  let before = null;
  for (const message of messages) {
    if (!before || !sameDay(tsMs(before.ts), tsMs(message.ts))) {
      out.push({ key: `day${message.ts}`, day: dayName(tsMs(message.ts)) });
      before = null;
    }
    out.push({ key: `${message.ts}${message.ephemeral ? 'e' : ''}`, message, before });
    before = message;
  }
  return out;
}

on('aim', () => { reached = null; });

const signOf = (row) => (row.day ? row.day : JSON.stringify([row.message, goesOn(row.before, row.message), zone(), state.as, row.message.ts === state.aim]));
const dayLine = (row) => h('li', { class: 'day', role: 'separator' }, h('span', {}, row.day));

/** Whether the reader is at the end, where new messages appear. */
export const atEnd = (scroller) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;

/** Draw messages into an `ol` inside `scroller`; follow the end when the reader was there. */
export function drawList(scroller, list, messages, { place, inThread = false, toEnd = false }) {
  const stay = toEnd || atEnd(scroller);
  reconcile(list, rows(messages), (row) => row.key, signOf, (row) => (row.day ? dayLine(row) : drawMessage(row.message, { place, before: row.before, inThread })));
  const aimed = state.aim && list.querySelector(`[data-ts="${CSS.escape(state.aim)}"]`);
  if (aimed && reached !== `${place}|${state.aim}`) {
    reached = `${place}|${state.aim}`;
    aimed.scrollIntoView({ block: 'center' });
  } else if (stay) {
    scroller.scrollTop = scroller.scrollHeight;
  }
}
