/** The conversation in the middle: a channel, the bot's direct messages, or App Home. */

import * as api from './api.js';
import { composer } from './composer.js';
import { calmly, h, refill } from './dom.js';
import { showHome } from './home.js';
import { icon } from './icons.js';
import { drawList } from './list.js';
import { avatar, nameOf } from './people.js';
import { showPhone } from './phone.js';
import { go } from './route.js';
import { appName, belongs, botId, channelOf, isMyDirect, isTalk, on, placeWord, state, tell } from './state.js';
import { announce, complain } from './toast.js';

const PAGE = 80;
const root = document.getElementById('talk');
let scroller = null;
let list = null;
let earlier = null;
let limit = PAGE;
let last = null;
let asked = 0;

const back = () => h('button', { class: 'quiet back', type: 'button', 'aria-label': 'Back to the channels', on: { click: () => { document.body.dataset.view = 'list'; document.querySelector('#sidebar [aria-current]')?.focus(); } } }, icon('back'));

function panelButton(name, words, picture) {
  const shown = state.panels[name];
  return h('button', { class: `quiet panel-button${shown ? ' on' : ''}`, type: 'button', 'aria-pressed': String(shown), on: { click: () => tell('panel', name) } }, icon(picture, 18), h('span', {}, words));
}

function channelHead(channel) {
  const people = [...(channel?.members ?? []), ...(channel?.guests ?? []), ...(channel?.outsiders ?? [])].map((one) => one.id ?? one);
  return [back(), h('div', { class: 'head-words' },
    h('h1', {}, icon(channel?.is_private ? 'lock' : 'hash', 18), channel?.name ?? state.place.name),
    channel?.topic ? h('p', { class: 'topic' }, channel.topic) : null),
  h('div', { class: 'faces', title: people.map(nameOf).join(', '), role: 'img', 'aria-label': `${people.length} people` }, people.slice(0, 3).map((id) => avatar(id, 's')), h('span', { class: 'fine' }, String(people.length))),
  panelButton('x', 'X', 'public')];
}

function appHead(kind) {
  const tab = (word, label, isOn) => h('button', { class: `tab${isOn ? ' on' : ''}`, type: 'button', role: 'tab', 'aria-selected': String(isOn), on: { click: () => go(word) } }, label);
  return [back(), h('div', { class: 'head-words head-app' }, avatar(botId()), h('h1', {}, appName())),
    h('div', { class: 'app-tabs', role: 'tablist', 'aria-label': appName() }, tab('@home', 'Home', kind === 'home'), tab('@app', 'Messages', kind === 'direct')), panelButton('x', 'X', 'public')];
}

const phoneHead = () => [back(), h('div', { class: 'head-words' }, h('h1', {}, icon('phone', 18), 'Phone'), h('p', { class: 'topic' }, 'Whom the phone system was told to ring')), panelButton('x', 'X', 'public')];

function headWords() {
  if (state.place.kind === 'phone') return phoneHead();
  return state.place.kind === 'channel' ? channelHead(channelOf(state.place.name)) : appHead(state.place.kind);
}

const drawHead = () => {
  const head = root.querySelector('.head');
  if (head) refill(head, headWords());
};

function emptyWords() {
  if (state.place.kind === 'direct') return ['Just you and ' + appName(), `What ${appName()} has to tell you alone arrives here.`];
  return ['All quiet here', 'Nobody has needed anything yet. When somebody writes about you in public, it lands here. Write as a customer in the X panel to see it happen.'];
}

function emptyState() {
  const [title, words] = emptyWords();
  return h('div', { class: 'empty' }, icon('talk', 34), h('h2', {}, title), h('p', {}, words));
}

function outsideNote() {
  return h('div', { class: 'empty' }, icon('lock', 34), h('h2', {}, `${nameOf(state.as)} isn’t in this channel`), h('p', {}, 'Act as somebody who is, or choose another channel.'));
}

async function markRead() {
  if (document.hidden || !isTalk() || !state.unread[placeWord()]) return;
  state.unread = { ...state.unread, [placeWord()]: 0 };
  tell('unread');
  await api.read(state.as, placeWord()).catch(() => null);
}

function tellNew(messages) {
  const newest = messages.at(-1);
  if (newest && last && newest.ts > last && newest.user !== state.as) announce(`${nameOf(newest.user)}: ${newest.text ?? ''}`.slice(0, 300));
  last = newest?.ts ?? last ?? '0';
}

async function load({ toEnd = false } = {}) {
  if (!isTalk() || !scroller) return;
  const place = placeWord();
  const turn = (asked += 1);
  let messages;
  try {
    messages = await api.messages(state.as, place, { limit });
  } catch (refusal) {
    if (refusal.status === 403 && turn === asked) refill(scroller, outsideNote());
    else if (refusal.status) complain(refusal);
    return;
  }
  // A slower answer to an older question must not overwrite a newer one.
  if (turn !== asked || place !== placeWord()) return;
  earlier.hidden = messages.length < limit;
  const empty = scroller.querySelector('.empty');
  if (!messages.length && !empty) scroller.append(emptyState());
  if (messages.length) empty?.remove();
  drawList(scroller, list, messages, { place, toEnd });
  tellNew(messages);
  markRead();
}

function talk() {
  const channel = channelOf(state.place.name);
  list = h('ol', { class: 'messages', 'aria-label': 'Messages' });
  earlier = h('button', { class: 'button button-small earlier', type: 'button', hidden: true, on: { click: () => { limit *= 3; load(); } } }, 'Show earlier messages');
  scroller = h('div', { class: 'scroller', tabindex: '-1' }, h('div', { class: 'spring' }), earlier, list);
  const label = state.place.kind === 'direct' ? `Message ${appName()}` : `Message #${state.place.name}`;
  const closed = channel?.is_archived ? h('p', { class: 'closed-note' }, 'This channel is archived. It can be read, not written in.') : null;
  const outside = state.place.kind === 'channel' && (!channel || !belongs(channel));
  return [scroller, closed ?? (outside ? null : composer({ place: placeWord(), label, after: () => load({ toEnd: true }) }))];
}

function drawTitle() {
  const waiting = Object.values(state.unread).reduce((sum, count) => sum + count, 0);
  const name = { channel: `#${state.place.name}`, phone: 'Phone' }[state.place.kind] ?? appName();
  document.title = `${waiting ? `(${waiting}) ` : ''}${name} · ${state.world?.workspace?.name ?? 'Sandbox'}`;
}

/** Draw the place anew: its head, its messages, its composer. */
export function showPlace() {
  limit = PAGE;
  last = null;
  scroller = null;
  refill(root, h('header', { class: 'head' }));
  drawHead();
  drawTitle();
  if (!isTalk()) {
    const box = h('div', { class: 'scroller home' });
    root.append(box);
    ({ home: showHome, phone: showPhone })[state.place.kind](box);
    return;
  }
  root.append(...talk().filter(Boolean));
  load({ toEnd: true });
}

const reload = calmly(load);

/** Ask anew for what is shown. */
export const refreshPlace = () => reload();

on('news:message', (news) => {
  const direct = isMyDirect(news.channel) || /^[D@]/.test(news.channel);
  const here = state.place.kind === 'direct' ? direct : channelOf(news.channel)?.name === state.place.name;
  if (here && (!news.user || news.user === state.as)) reload();
});
on('counted', () => { drawTitle(); markRead(); });
on('unread', drawTitle);
on('place', showPlace);
on('person', showPlace);
on('people', drawHead);
on('panels', drawHead);
document.addEventListener('visibilitychange', markRead);
