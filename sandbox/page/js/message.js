/** One message: who, when, what, and how its thread goes on. */

import { contextOf, drawBlocks } from './blocks/draw.js';
import { mrkdwn } from './blocks/mrkdwn.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { avatar, kindWord, nameOf } from './people.js';
import { openThread } from './route.js';
import { botId, placeWord, state } from './state.js';
import { toast } from './toast.js';
import { ago, clockTime, fullMoment, tsMs } from './when.js';

const TOGETHER = 5 * 60000;
const contexts = new Map();

/** Whether a message goes on where the one before left off, so that the name need not be said again. */
export function goesOn(before, message) {
  return Boolean(before) && before.user === message.user && !before.ephemeral && !message.ephemeral && !before.reply_count
    && tsMs(message.ts) - tsMs(before.ts) < TOGETHER && !before.blocks?.length === !message.blocks?.length && message.user !== botId();
}

/** The same context for the same message, so that what was chosen in it survives a redraw. */
function contextFor(place, message) {
  const key = `${state.as}|${place}|${message.ts}`;
  if (!contexts.has(key)) contexts.set(key, contextOf({ key, surface: 'message', target: { channel: place, ts: message.ts } }));
  return contexts.get(key);
}

function time(ts) {
  const ms = tsMs(ts);
  return h('time', { class: 'message-time', datetime: new Date(ms).toISOString(), title: fullMoment(ms) }, clockTime(ms));
}

/** What a message says. People's own words come with the text they typed; the app's with its blocks. */
function said(message, place) {
  if (message.subtype === 'tombstone') return h('p', { class: 'tombstone' }, 'This message was deleted.');
  const isTyped = !message.bot_id && message.user !== botId();
  const body = h('div', { class: 'blocks' });
  if (message.blocks?.length && !isTyped) drawBlocks(body, message.blocks, contextFor(place, message));
  else if (message.text) body.append(mrkdwn(message.text));
  for (const extra of message.attachments ?? []) body.append(attachment(extra, place, message));
  return body;
}

function attachment(extra, place, message) {
  const body = h('div', { class: 'attachment' });
  if (extra.blocks) drawBlocks(body, extra.blocks, contextFor(place, message));
  else body.append(mrkdwn(extra.text ?? extra.fallback ?? ''));
  return body;
}

function threadLine(message) {
  if (!message.reply_count) return null;
  const count = message.reply_count === 1 ? '1 reply' : `${message.reply_count} replies`;
  return h('button', { class: 'thread-line', type: 'button', data: { focus: `thread|${message.ts}` }, on: { click: () => openThread(message.ts) } },
    h('span', { class: 'thread-faces' }, (message.reply_users ?? []).slice(0, 4).map((id) => avatar(id, 's'))),
    h('strong', {}, count),
    message.latest_reply ? h('span', { class: 'fine' }, 'last ', h('time', { data: { ms: tsMs(message.latest_reply), pattern: '{ago}' } }, ago(tsMs(message.latest_reply)))) : null);
}

async function copyLink(message) {
  const channel = state.channels.find((one) => one.name === placeWord());
  const address = `${location.origin}/archives/${channel?.id ?? placeWord()}/p${message.ts.replace('.', '')}`;
  try { await navigator.clipboard.writeText(address); toast('Link copied.'); } catch { toast(address); }
}

function tools(message, inThread) {
  if (message.ephemeral) return null;
  return h('div', { class: 'tools' },
    inThread ? null : h('button', { class: 'quiet', type: 'button', title: 'Reply in thread', 'aria-label': 'Reply in thread', data: { focus: `reply|${message.ts}` }, on: { click: () => openThread(message.ts) } }, icon('thread', 18)),
    h('button', { class: 'quiet', type: 'button', title: 'Copy link', 'aria-label': 'Copy link to this message', data: { focus: `link|${message.ts}` }, on: { click: () => copyLink(message) } }, icon('link', 18)));
}

function byline(message) {
  const user = state.users.get(message.user);
  const mark = message.user === botId() || message.bot_id ? 'App' : kindWord(user);
  return h('div', { class: 'byline' }, h('span', { class: 'author' }, nameOf(message.user)), mark ? h('span', { class: 'mark' }, mark) : null, time(message.ts), message.edited ? h('span', { class: 'fine' }, '(edited)') : null);
}

/** The whole message as a list item. */
export function drawMessage(message, { place, before, inThread = false }) {
  const follows = goesOn(before, message);
  const look = ['message', follows && 'message-follows', message.ephemeral && 'message-ephemeral', message.ts === state.aim && 'message-aim'].filter(Boolean).join(' ');
  return h('li', { class: look, data: { ts: message.ts } },
    h('article', { class: 'message-body', 'aria-label': `${nameOf(message.user)}, ${clockTime(tsMs(message.ts))}` },
      h('div', { class: 'message-side' }, follows ? time(message.ts) : avatar(message.user)),
      h('div', { class: 'message-main' },
        message.ephemeral ? h('p', { class: 'only-you' }, icon('eye', 15), 'Only visible to you') : null,
        follows ? null : byline(message), said(message, place), inThread ? null : threadLine(message)),
      tools(message, inThread)));
}
