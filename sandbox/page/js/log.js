/** The delivery log: what was handed to the app, and how long it took to answer; it makes the 3 s rule visible. */

import * as api from './api.js';
import { calmly, h, reconcile, refill } from './dom.js';
import { icon } from './icons.js';
import { shortName } from './people.js';
import { on, state, tell } from './state.js';
import { clockSeconds } from './when.js';

const KEPT = 300;
const SLOW = 1500;
const LATE = 3000;
const root = document.getElementById('log');
let rows = new Map();
let body = null;

function speed(row) {
  if (row.ms === null || row.ms === undefined) return 'bad';
  if (row.ms >= LATE) return 'bad';
  return row.ms >= SLOW ? 'slow' : 'good';
}

function line(row) {
  const tone = /fail|late|none|refus|error|lost|unanswered/i.test(row.outcome ?? '') ? 'bad' : speed(row);
  const width = Math.min(100, Math.round(((row.ms ?? LATE) / LATE) * 100));
  const meter = h('span', { class: `meter meter-${tone}`, 'aria-hidden': 'true' }, h('i', {}));
  meter.firstElementChild.style.width = `${Math.max(width, 2)}%`;
  return h('tr', { class: `log-${tone}` },
    h('td', {}, clockSeconds(new Date(row.at).getTime())), h('td', {}, String(row.kind ?? '')), h('td', { class: 'log-what' }, String(row.what ?? '')),
    h('td', {}, row.user ? shortName(row.user) : ''), h('td', { class: 'log-ms' }, row.ms === null || row.ms === undefined ? '—' : `${row.ms} ms`, meter), h('td', {}, String(row.outcome ?? '')));
}

function draw() {
  if (!body) return;
  const shown = [...rows.values()].slice(-KEPT).reverse();
  reconcile(body, shown, (row) => row.id, (row) => JSON.stringify(row), line);
  const bad = shown.filter((row) => speed(row) === 'bad').length;
  const times = shown.map((row) => row.ms).filter((ms) => typeof ms === 'number').sort((a, b) => a - b);
  const middle = times.length ? `median ${times[Math.floor(times.length / 2)]} ms` : 'nothing answered yet';
  root.querySelector('.log-sum').textContent = shown.length ? `${shown.length} deliveries · ${middle} · ${bad ? `${bad} late or unanswered` : 'none late'}` : 'Nothing was delivered yet. Press a button on a card, and it shows here.';
}

async function load() {
  if (!body) return;
  try {
    rows = new Map((await api.deliveries(KEPT)).map((row) => [row.id, row]));
    draw();
  } catch { /* the log is a luxury: without it the page goes on */ }
}

function show() {
  const open = state.panels.log;
  root.hidden = !open;
  document.body.classList.toggle('has-log', open);
  if (!open) { root.replaceChildren(); body = null; return; }
  if (body) return;
  body = h('tbody', {});
  const columns = ['Time', 'Envelope', 'What', 'Who', 'Acknowledged', 'Outcome'];
  refill(root, h('header', { class: 'log-head' }, h('h2', {}, 'Delivery log'), h('p', { class: 'fine log-sum' }), h('button', { class: 'quiet', type: 'button', 'aria-label': 'Close the log', on: { click: () => tell('panel', 'log') } }, icon('close'))),
    h('div', { class: 'log-scroll', tabindex: '0', role: 'region', 'aria-label': 'Deliveries' }, h('table', {}, h('thead', {}, h('tr', {}, columns.map((word) => h('th', { scope: 'col' }, word)))), body)));
  load();
}

const redraw = calmly(draw, 60, 250);

/** Ask anew for what is shown. */
export const refreshLog = calmly(load);

root.addEventListener('keydown', (event) => { if (event.key === 'Escape') tell('panel', 'log'); });
on('panels', show);
on('person', draw);
on('news:delivery', (row) => {
  rows.set(row.id, row);
  if (rows.size > 2 * KEPT) rows = new Map([...rows].slice(-KEPT));
  redraw();
});
