/** One post on X, and how posts stand together in conversations. */

import * as api from './api.js';
import { confirmed } from './confirm.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { handleAvatar } from './people.js';
import { state } from './state.js';
import { complain } from './toast.js';
import { ago, fullMoment } from './when.js';

const DEEPEST = 2;
/** Whether the brand itself wrote a post. */
export const isBrand = (post) => String(post.author).replace(/^@/, '').toLowerCase() === (state.brand?.username ?? '').toLowerCase();
/** The author's handle, without the @. */
export const handle = (post) => String(post.author).replace(/^@/, '');

/** Posts as rows: each conversation together, the one that moved last on top, answers under what they answer. */
export function grouped(posts) {
  const byId = new Map(posts.map((post) => [post.id, post]));
  const answers = new Map();
  const roots = [];
  for (const post of [...posts].sort((a, b) => a.at.localeCompare(b.at))) {
    if (byId.has(post.in_reply_to)) answers.set(post.in_reply_to, [...(answers.get(post.in_reply_to) ?? []), post]);
    else roots.push(post);
  }
  const walk = (post, depth) => [{ post, depth: Math.min(depth, DEEPEST), quoted: byId.get(post.quote_of) ?? null }, ...(answers.get(post.id) ?? []).flatMap((next) => walk(next, depth + 1))];
  const newest = (rows) => rows.reduce((top, row) => (row.post.at > top ? row.post.at : top), '');
  return roots.map((root) => walk(root, 0)).sort((a, b) => newest(b).localeCompare(newest(a))).flat();
}

/** A post's words with @names and addresses set apart, all of it text. */
function words(text) {
  return text.split(/(@\w+|https?:\/\/\S+|#[\p{L}\p{N}_]+)/u).map((part, at) => (at % 2 ? h('span', { class: 'x-link' }, part) : part));
}

function rewriting(post, node, load) {
  const field = h('textarea', { class: 'field', rows: 3, value: post.text, 'aria-label': 'New words' });
  const save = async () => { try { await api.rewrite(post.id, field.value); load(); } catch (refusal) { complain(refusal); } };
  node.replaceChildren(field, h('div', { class: 'x-tools' }, h('button', { class: 'button button-small button-primary', type: 'button', on: { click: save } }, 'Save'), h('button', { class: 'button button-small', type: 'button', on: { click: () => { node.replaceChildren(...words(post.text)); } } }, 'Leave it')));
  field.focus();
}

async function erase(post, load) {
  if (!await confirmed({ title: 'Delete this post?', text: `@${handle(post)} takes it back, as a customer may at any time.`, confirm: 'Delete', deny: 'Keep', style: 'danger' })) return;
  try { await api.erase(post.id); load(); } catch (refusal) { complain(refusal); }
}

function tools(post, body, { answer, load }) {
  const tool = (name, label, act) => h('button', { class: 'quiet', type: 'button', title: label, 'aria-label': `${label}: @${handle(post)}`, data: { focus: `${name}|${post.id}` }, on: { click: act } }, icon(name, 17));
  return h('div', { class: 'x-tools' }, tool('reply', 'Reply', () => answer(post)), tool('edit', 'Edit', () => rewriting(post, body, load)), tool('trash', 'Delete', () => erase(post, load)));
}

/** A row of the timeline. */
export function drawPost({ post, depth, quoted }, { aim, answering, answer, load }) {
  const ours = isBrand(post);
  const look = ['x-post', `x-depth-${depth}`, ours && 'x-ours', post.id === aim && 'message-aim', post.id === answering && 'x-answering'].filter(Boolean).join(' ');
  const ms = new Date(post.at).getTime();
  const body = h('div', { class: 'x-text', dir: 'auto' }, post.deleted ? h('em', {}, 'This post was deleted.') : words(post.text));
  return h('li', { class: look }, handleAvatar(handle(post), ours), h('div', { class: 'x-main' },
    h('div', { class: 'byline' }, h('span', { class: 'author' }, `@${handle(post)}`), ours ? h('span', { class: 'mark mark-brand' }, 'Brand') : null,
      h('time', { class: 'message-time', datetime: post.at, title: fullMoment(ms), data: { ms, pattern: '{ago}' } }, ago(ms)), post.edited ? h('span', { class: 'fine' }, '(edited)') : null),
    body,
    quoted ? h('blockquote', { class: 'x-quoted' }, h('strong', {}, `@${handle(quoted)} `), quoted.text) : null,
    post.deleted ? null : tools(post, body, { answer, load })));
}
