/** X beside the workspace: write as a customer, and see what the brand answers in public. */

import * as api from './api.js';
import { calmly, h, reconcile, refill } from './dom.js';
import { icon } from './icons.js';
import { on, state, tell } from './state.js';
import { complain, toast } from './toast.js';
import { drawPost, grouped, handle, isBrand } from './xpost.js';
import { writeAs, xWriter } from './xwriter.js';

const LIMIT = 150;
const root = document.getElementById('xpanel');
let list = null;
let target = null;
let aim = null;
let posts = [];

function emptyState() {
  return h('div', { class: 'empty' }, icon('public', 34), h('h2', {}, 'Nobody has said anything'), h('p', {}, `Be the first: write something to @${state.brand?.username ?? 'the brand'} as a customer.`));
}

async function load() {
  if (!list) return;
  try {
    posts = await api.posts(LIMIT);
  } catch (refusal) {
    if (refusal.status !== 404) complain(refusal);
    return;
  }
  const scroller = list.parentElement;
  scroller.querySelector('.empty')?.remove();
  if (!posts.length) scroller.append(emptyState());
  reconcile(list, grouped(posts), (row) => row.post.id, (row) => JSON.stringify([row, row.post.id === aim, row.post.id === target?.id]), (row) => drawPost(row, { aim, answering: target?.id, answer, load }));
  const aimed = aim && list.querySelector(`[data-key="${CSS.escape(aim)}"]`);
  if (aimed) { aimed.scrollIntoView({ block: 'center' }); aim = null; }
}

/** Who would answer: the customer whom the brand answered. */
function answerer(post) {
  const asked = posts.find((one) => one.id === post.in_reply_to);
  return isBrand(post) && asked && !isBrand(asked) ? handle(asked) : null;
}

function answer(post) {
  target = post;
  if (answerer(post)) writeAs(answerer(post));
  drawWriter();
  load();
  root.querySelector('.x-words')?.focus();
}

function drawWriter() {
  const box = root.querySelector('.x-writer');
  if (!box) return;
  refill(box, xWriter({ target, drop: () => answerNothing(), sent: () => { answerNothing(); load(); } }));
}

function answerNothing() {
  target = null;
  drawWriter();
  load();
}

function draw() {
  const open = state.panels.x;
  root.hidden = !open;
  document.body.classList.toggle('has-x', open);
  if (!open) { root.replaceChildren(); list = null; return; }
  if (list) return;
  list = h('ol', { class: 'x-posts', 'aria-label': 'Newest posts' });
  refill(root, h('header', { class: 'head' }, h('span', { class: 'x-mark' }, icon('public', 20)), h('div', { class: 'head-words' }, h('h2', {}, 'X, as the public sees it'), h('p', { class: 'topic' }, state.brand ? `The brand is @${state.brand.username}` : 'A network on this machine')),
    h('button', { class: 'quiet', type: 'button', 'aria-label': 'Close X', on: { click: () => tell('panel', 'x') } }, icon('close'))),
  h('div', { class: 'x-writer' }), h('div', { class: 'scroller', tabindex: '-1' }, list));
  drawWriter();
  load();
}

/** Ask anew for what is shown. */
export const refreshX = calmly(load, 80, 400);

root.addEventListener('keydown', (event) => { if (event.key === 'Escape' && !event.defaultPrevented) tell('panel', 'x'); });
on('panels', draw);
on('person', refreshX);
on('news:x_post', refreshX);
on('post', (id) => {
  aim = id;
  if (!state.panels.x) tell('panel', 'x');
  else load();
  if (posts.length && !posts.some((post) => post.id === id)) toast('That post is further back than the panel reaches.');
});
