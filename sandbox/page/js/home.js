/** App Home: the app's own page for each person. */

import * as api from './api.js';
import { Answers } from './blocks/answers.js';
import { contextOf, drawBlocks } from './blocks/draw.js';
import { calmly, h, refill } from './dom.js';
import { icon } from './icons.js';
import { appName, on, state } from './state.js';
import { complain } from './toast.js';

let box = null;
let blocks = null;
let ctx = null;

function draw(view) {
  if (!view) {
    refill(box, h('div', { class: 'empty' }, icon('home', 34), h('h2', {}, 'Your desk is being laid'), h('p', {}, `${appName()} hasn’t shown a home for you yet. Once it is connected, yours appears here by itself.`)));
    blocks = null;
    return;
  }
  if (ctx?.viewId !== view.id || !blocks) {
    ctx = { ...contextOf({ key: `home|${view.id}`, surface: 'home', target: { view_id: view.id }, answers: new Answers() }), viewId: view.id };
    blocks = h('div', { class: 'blocks home-blocks' });
    refill(box, blocks);
  }
  drawBlocks(blocks, view.blocks, ctx);
}

async function load() {
  const mine = box;
  try {
    const view = await api.home(state.as);
    if (mine === box && box?.isConnected) draw(view);
  } catch (refusal) {
    complain(refusal);
  }
}

/** Show the home of the acting person, and tell the app that it was opened. */
export async function showHome(into) {
  box = into;
  blocks = null;
  await load();
  // The app may answer late or with nothing; what it publishes arrives as news.
  api.openHome(state.as).then(() => refreshHome(), () => null);
}

/** Ask anew for what is shown. */
export const refreshHome = calmly(() => { if (box?.isConnected) load(); });

on('news:home', (news) => { if (news.user === state.as) refreshHome(); });
