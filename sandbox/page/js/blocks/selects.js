/** Select menus of every source, single and multiple. */

import * as api from '../api.js';
import { choose } from '../choose.js';
import { h, refill } from '../dom.js';
import { control, gestureKey, press } from '../gesture.js';
import { icon } from '../icons.js';
import { avatar, nameOf } from '../people.js';
import { belongs, botId, channelOf, state } from '../state.js';
import { plain } from './text.js';

/** Letters Slack wants before it asks the app, where the element names no number. */
const LEAST = 3;
const optionOf = (option) => ({ value: option.value, label: plain(option.text), description: plain(option.description) });

function staticGroups(element) {
  if (element.option_groups) return element.option_groups.map((group) => ({ label: plain(group.label), options: group.options.map(optionOf) }));
  return [{ options: (element.options ?? []).map(optionOf) }];
}

function userGroups() {
  const people = [...state.users.values()].filter((user) => user.kind !== 'deactivated' && user.id !== botId());
  return [{ options: people.map((user) => ({ value: user.id, label: nameOf(user.id), description: user.title ?? '', before: avatar(user.id, 's') })) }];
}

const channelGroups = () => [{ options: state.channels.filter(belongs).map((channel) => ({ value: channel.id, label: `#${channel.name}`, description: channel.topic ?? '' })) }];

function suggestions(element, block, ctx, known) {
  return async (text) => {
    const least = element.min_query_length ?? LEAST;
    if (text.length < least) return `Type at least ${least === 1 ? 'one letter' : `${least} letters`}.`;
    try {
      const answer = await api.suggest({ as: state.as, action_id: element.action_id, block_id: block.block_id, value: text, ...ctx.target });
      const groups = staticGroups(answer);
      for (const group of groups) for (const option of group.options) known.set(option.value, option.label);
      return groups;
    } catch {
      return [];
    }
  };
}

/** What a chosen value is called. */
function labelOf(kind, value, known) {
  if (kind === 'users') return nameOf(value);
  if (kind === 'channels' || kind === 'conversations') return channelOf(value) ? `#${channelOf(value).name}` : nameOf(value);
  return known.get(value) ?? value;
}

function knownOptions(element) {
  const known = new Map();
  const all = [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options), element.initial_option, ...(element.initial_options ?? [])];
  for (const option of all) if (option) known.set(option.value, plain(option.text));
  return known;
}

const SOURCES = { users: userGroups, channels: channelGroups, conversations: () => [...channelGroups(), ...userGroups()] };

/** A select menu; `live` ones tell the app of each choice. */
export function select(element, block, ctx, live) {
  const multi = element.type.startsWith('multi_');
  const kind = element.type.replace('multi_', '').replace('_select', '');
  const key = gestureKey(ctx, block, element);
  const known = knownOptions(element);
  const chosen = () => [ctx.answers.get(block, element) ?? []].flat();
  const words = h('span', { class: 'select-words' });
  const show = () => {
    const picked = chosen();
    const empty = plain(element.placeholder) || (multi ? 'Choose some' : 'Choose one');
    if (!picked.length) refill(words, h('span', { class: 'select-empty' }, empty));
    else refill(words, multi ? picked.map((value) => h('span', { class: 'chip' }, labelOf(kind, value, known))) : labelOf(kind, picked[0], known));
  };
  const picked = (option, added) => {
    known.set(option.value, option.label);
    const value = multi ? (added ? [...chosen(), option.value] : chosen().filter((one) => one !== option.value)) : option.value;
    ctx.answers.set(block, element, value);
    show();
    if (live) press(ctx, block, element, value, { key, latest: true });
  };
  const node = h('button', {
    class: 'select', type: 'button', 'aria-haspopup': 'listbox', 'aria-expanded': 'false', data: { focus: key, action: element.action_id },
    on: { click: () => choose(node, {
      groups: SOURCES[kind]?.() ?? staticGroups(element), ask: kind === 'external' ? suggestions(element, block, ctx, known) : null,
      chosen: chosen(), multi, most: element.max_selected_items, label: plain(element.placeholder) || 'Choose', onPick: picked,
    }) },
  }, words, icon('down', 16));
  show();
  return control(key, node);
}
