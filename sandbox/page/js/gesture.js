/** A press on something the app drew: answers the eye at once, goes out once, and says when nobody answered. */

import * as api from './api.js';
import { confirmed } from './confirm.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { appName, state, tell } from './state.js';
import { announce, toast } from './toast.js';

const looks = new Map();
const waiting = new Map();
const SHOWN = 20000;

/** What Slack would show for a click the app did not answer, in words. */
function wordsFor(error) {
  if (/\s/.test(error)) return error;
  return `${appName()} didn’t answer in time. Nothing was changed that you can see; try again. (${error})`;
}

function dress(node) {
  const look = looks.get(node.dataset.gesture);
  const busy = look === 'busy';
  node.classList.toggle('is-busy', busy);
  const inner = node.firstElementChild;
  inner?.setAttribute('aria-busy', String(busy));
  node.querySelector(':scope > .failed')?.remove();
  if (look?.error) node.append(h('span', { class: 'failed', role: 'img', 'aria-label': look.error, title: look.error }, icon('warn', 18)));
}

function relook(key, look) {
  if (look) looks.set(key, look); else looks.delete(key);
  for (const node of document.querySelectorAll(`[data-gesture="${CSS.escape(key)}"]`)) dress(node);
}

/** The name of one control, the same across redraws. */
export const gestureKey = (ctx, block, element, value = '') => [state.as, ctx.key, block.block_id ?? '', element.action_id ?? '', value].join('|');

/** Wrap a control so that it shows whether its press is under way or went unanswered. */
export function control(key, node) {
  const wrapped = h('span', { class: 'control', data: { gesture: key } }, node);
  dress(wrapped);
  return wrapped;
}

function fail(key, error) {
  const words = wordsFor(error);
  relook(key, { error: words });
  toast(words, 'bad');
  setTimeout(() => { if (looks.get(key)?.error === words) relook(key, null); }, SHOWN);
}

/** The thing changed under the finger: show it as it is now instead of blaming anybody. */
function moved(key) {
  relook(key, null);
  toast('That has just changed. Here it is as it stands now.');
  tell('stale');
}

const isText = (element) => /_input$/.test(element.type);

function send(ctx, block, element, value, enter = false) {
  const gesture = { as: state.as, action_id: element.action_id, ...ctx.target };
  if (block.block_id) gesture.block_id = block.block_id;
  if (value !== undefined) gesture.value = value;
  return isText(element) ? api.type({ ...gesture, enter }) : api.click(gesture);
}

/** What was filled in elsewhere goes first, so that the app is told the whole state along with the press. */
async function catchUp(ctx, block) {
  for (const { block: other, element, value } of ctx.answers.untold(block)) {
    await send(ctx, other, element, value).catch(() => null);
  }
}

/**
 * Press. A second press while the first is under way does nothing, except for typing, where the last word goes out
 * once the one before has been answered.
 */
export async function press(ctx, block, element, value, { key = gestureKey(ctx, block, element), latest = false, enter = false } = {}) {
  if (looks.get(key) === 'busy') {
    if (latest) waiting.set(key, value);
    return;
  }
  if (element.confirm && !await confirmed(element.confirm)) return;
  if (looks.get(key) === 'busy') return;
  relook(key, 'busy');
  if (!latest) announce('Working…');
  try {
    await catchUp(ctx, block);
    const answer = await send(ctx, block, element, value, enter);
    if (answer?.error) fail(key, answer.error);
    else relook(key, null);
    if (answer?.view_id) tell('news:view', { user: state.as, view_id: answer.view_id });
  } catch (refusal) {
    if (refusal.status === 404) moved(key);
    else fail(key, refusal.message);
  }
  if (!waiting.has(key)) return;
  const next = waiting.get(key);
  waiting.delete(key);
  press(ctx, block, element, next, { key, latest, enter });
}
