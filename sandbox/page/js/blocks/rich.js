/** rich_text: sections, lists, quotes and preformatted text, with every inline element. */

import { h } from '../dom.js';
import { emoji, pictured } from '../emoji.js';
import { broadcast, channel, group, link, moment, person } from './mentions.js';

const TAGS = { code: 'code', bold: 'strong', italic: 'em', strike: 's', underline: 'u', highlight: 'mark', client_highlight: 'mark' };

function styled(node, style) {
  let dressed = node;
  for (const [name, tag] of Object.entries(TAGS)) if (style?.[name]) dressed = h(tag, {}, dressed);
  return dressed;
}

function picture(element) {
  const drawn = element.unicode && /^[0-9a-f-]+$/i.test(element.unicode)
    ? String.fromCodePoint(...element.unicode.split('-').map((code) => parseInt(code, 16)).filter((code) => code <= 0x10ffff))
    : emoji(element.name);
  return h('span', { class: 'emoji', role: 'img', 'aria-label': element.name }, drawn ? pictured(drawn) : `:${element.name}:`);
}

const INLINE = {
  text: (e) => h('span', {}, pictured(e.text ?? '')),
  link: (e) => link(e.url, e.text || e.url),
  user: (e) => person(e.user_id),
  channel: (e) => channel(e.channel_id),
  usergroup: (e) => group(e.usergroup_id),
  broadcast: (e) => broadcast(e.range),
  emoji: picture,
  date: (e) => moment(e.timestamp, e.format ?? '{date}', e.url, e.fallback),
  color: (e) => h('code', {}, e.value),
  team: (e) => document.createTextNode(e.team_id ?? ''),
};

function inlines(elements) {
  return (elements ?? []).map((e) => styled((INLINE[e.type] ?? (() => document.createTextNode(e.text ?? '')))(e), e.style));
}

function list(element) {
  const ordered = element.style === 'ordered';
  const props = { class: `rich-list indent-${Math.min(element.indent ?? 0, 8)}${element.border ? ' bordered' : ''}` };
  if (ordered && element.offset) props.start = element.offset + 1;
  return h(ordered ? 'ol' : 'ul', props, (element.elements ?? []).map((item) => h('li', {}, inlines(item.elements))));
}

const PARTS = {
  rich_text_section: (e) => h('div', { class: 'rich-section' }, inlines(e.elements)),
  rich_text_list: list,
  rich_text_quote: (e) => h('blockquote', { class: e.border ? 'bordered' : '' }, inlines(e.elements)),
  rich_text_preformatted: (e) => h('pre', { class: e.border ? 'bordered' : '' }, inlines(e.elements)),
};

/** A rich_text block, or a rich_text cell of a table. */
export function rich(block) {
  return h('div', { class: 'text rich' }, (block.elements ?? []).map((part) => PARTS[part.type]?.(part) ?? null));
}
