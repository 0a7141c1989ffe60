/** Modals: drawn from the sandbox's stack, filled in, submitted, and refused where they are wrong. */

import * as api from './api.js';
import { Answers, faultsOf } from './blocks/answers.js';
import { contextOf, drawBlocks } from './blocks/draw.js';
import { plain } from './blocks/text.js';
import { calmly, fill, h } from './dom.js';
import { icon } from './icons.js';
import { on, state } from './state.js';
import { announce, complain } from './toast.js';

/** Each view that was seen keeps its context, so that coming back to it finds what was typed. */
const contexts = new Map();
let shown = null;
let asked = 0;

function contextFor(view) {
  if (!contexts.has(view.id)) {
    contexts.set(view.id, contextOf({ key: `view|${view.id}`, surface: 'modal', target: { view_id: view.id }, answers: new Answers() }));
  }
  return contexts.get(view.id);
}

function takeDown() {
  const { dialog } = shown;
  shown = null;
  dialog.close();
  dialog.remove();
}

function forget() {
  if (!shown) return;
  const { opener } = shown;
  takeDown();
  const again = opener.name && document.querySelector(`[data-focus="${CSS.escape(opener.name)}"]`);
  (again || opener.node)?.focus?.({ preventScroll: true });
}

function firstField(dialog) {
  return dialog.querySelector('[autofocus], .input input, .input textarea, .input .select') ?? dialog.querySelector('.dialog-foot button');
}

function complainIn(dialog, words) {
  const line = dialog.querySelector('.dialog-trouble');
  line.replaceChildren();
  if (words) fill(line, [icon('warn', 16), words]);
}

function redraw(view, ctx) {
  drawBlocks(shown.dialog.querySelector('.blocks'), view.blocks, ctx);
}

async function close(all) {
  const { view, dialog } = shown;
  dialog.classList.add('is-busy');
  try {
    await api.close(state.as, view.id, all);
  } catch (refusal) {
    if (refusal.status !== 404) complain(refusal);
  }
  dialog.classList.remove('is-busy');
  refreshModal();
}

function settle(answer, view, ctx) {
  ctx.errors = answer.errors ?? {};
  complainIn(shown.dialog, answer.error);
  redraw(view, ctx);
  const first = Object.keys(ctx.errors)[0];
  if (!first) return;
  announce(Object.values(ctx.errors).join(' '));
  shown.dialog.querySelector(`[data-input="${CSS.escape(first)}"] :is(input, textarea, button)`)?.focus();
}

async function submit(event) {
  event.preventDefault();
  const { view, dialog } = shown;
  const ctx = contextFor(view);
  if (dialog.classList.contains('is-busy')) return;
  const faults = faultsOf(view.blocks, ctx.answers);
  if (Object.keys(faults).length) { settle({ errors: faults }, view, ctx); return; }
  dialog.classList.add('is-busy');
  settle({}, view, ctx);
  try {
    const answer = await api.submit(state.as, view.id, ctx.answers.submission(view.blocks));
    if (shown?.view.id === view.id && !answer.closed) settle(answer, view, ctx);
  } catch (refusal) {
    complainIn(dialog, refusal.message);
  }
  dialog.classList.remove('is-busy');
  refreshModal();
}

function foot(view) {
  const needsSubmit = view.submit || view.blocks.some((block) => block.type === 'input');
  return h('div', { class: 'dialog-foot' }, h('p', { class: 'dialog-trouble', role: 'alert' }),
    h('button', { class: 'button', type: 'button', on: { click: () => close(false) } }, plain(view.close) || (needsSubmit ? 'Cancel' : 'Close')),
    needsSubmit ? h('button', { class: 'button button-primary submit', type: 'submit' }, h('span', { class: 'button-words' }, plain(view.submit) || 'Submit')) : null);
}

function head(view) {
  const deeper = Boolean(view.previous_view_id);
  return h('header', { class: 'dialog-head' },
    deeper ? h('button', { class: 'quiet', type: 'button', 'aria-label': 'Back', on: { click: () => close(false) } }, icon('back')) : null,
    h('h2', { id: 'modal-title' }, plain(view.title)),
    h('button', { class: 'quiet', type: 'button', 'aria-label': 'Close', on: { click: () => close(true) } }, icon('close')));
}

function raise(view) {
  // Browsers close a dialog for good at the second Esc, asked or not; `close` above catches that one.
  const active = document.activeElement;
  const opener = shown?.opener ?? { node: active, name: active?.closest?.('[data-focus]')?.dataset.focus };
  if (shown) takeDown();
  const form = h('form', { class: 'dialog-form', novalidate: true, on: { submit } }, head(view), h('div', { class: 'dialog-scroll' }, h('div', { class: 'blocks' })), foot(view));
  const dialog = h('dialog', { class: 'dialog modal', 'aria-labelledby': 'modal-title', on: { cancel: (event) => { event.preventDefault(); close(false); }, close: () => { if (shown?.dialog === dialog) close(false); } } }, form);
  shown = { view, dialog, opener };
  document.body.append(dialog);
  redraw(view, contextFor(view));
  dialog.showModal();
  firstField(dialog)?.focus();
}

function show(view) {
  if (!view) { forget(); return; }
  if (shown?.view.id !== view.id) { raise(view); return; }
  if (shown.view.hash === view.hash) return;
  shown.view = view;
  const { dialog } = shown;
  dialog.querySelector('#modal-title').textContent = plain(view.title);
  const trouble = dialog.querySelector('.dialog-trouble').textContent;
  dialog.querySelector('.dialog-foot').replaceWith(foot(view));
  complainIn(dialog, trouble);
  redraw(view, contextFor(view));
}

async function load() {
  const turn = (asked += 1);
  try {
    const view = await api.view(state.as);
    if (turn === asked) show(view);
  } catch (refusal) {
    if (refusal.status === 403) forget();
    else complain(refusal);
  }
}

/** Ask anew which modal is open. */
export const refreshModal = calmly(load, 10, 60);

on('news:view', (news) => {
  if (news.user !== state.as) return;
  if (news.view_id) { refreshModal(); return; }
  asked += 1;
  forget();
});
on('person', () => { contexts.clear(); refreshModal(); });
