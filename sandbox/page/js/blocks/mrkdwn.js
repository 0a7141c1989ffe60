/** Slack's mrkdwn as elements: escapes, control sequences, and the six styles, never as markup. */

import { h } from '../dom.js';
import { emoji, pictured } from '../emoji.js';
import { broadcast, channel, group, link, moment, person } from './mentions.js';

const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
/** What Slack escaped, as it was written. */
export const unescape = (text) => text.replace(/&(amp|lt|gt);/g, (whole) => ENTITIES[whole]);

const STYLES = { '*': 'strong', _: 'em', '~': 's' };
const WORDY = /[\p{L}\p{N}]/u;
const BARE = /^https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)'"*_~]/;
const SHOUT = /^@(here|channel|everyone)(?![\p{L}\p{N}_])/u;
const NAMED = /^:([a-z0-9_+-]+(?:::[a-z0-9_-]+)?):/;

function shout(body, label) {
  const [word, ...rest] = body.slice(1).split('^');
  if (['here', 'channel', 'everyone'].includes(word)) return broadcast(word);
  if (word === 'date') return moment(rest[0], rest[1] ?? '{date}', rest[2], unescape(label ?? ''));
  if (word === 'subteam') return group(rest[0], label && unescape(label));
  return document.createTextNode(unescape(label ?? `<${body}>`));
}

function sequence(inner) {
  const bar = inner.indexOf('|');
  const body = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? null : inner.slice(bar + 1);
  if (body[0] === '@') return person(body.slice(1));
  if (body[0] === '#') return channel(body.slice(1), label && unescape(label));
  if (body[0] === '!') return shout(body, label);
  const url = unescape(body);
  return link(url, ...(label ? inline(label, { verbatim: true }) : [url]));
}

/** Where a style that opens at `at` closes, or -1: it must hug its words as Slack wants it. */
function closing(text, at) {
  const mark = text[at];
  if (at > 0 && WORDY.test(text[at - 1])) return -1;
  if (!text[at + 1] || /\s/.test(text[at + 1]) || text[at + 1] === mark) return -1;
  for (let end = text.indexOf(mark, at + 2); end > 0; end = text.indexOf(mark, end + 1)) {
    if (text.slice(at, end).includes('\n')) return -1;
    if (!/\s/.test(text[end - 1]) && !WORDY.test(text[end + 1] ?? '')) return end;
  }
  return -1;
}

/** One thing that starts at `at`: [how many characters it takes, its node], or null for plain text. */
function thing(text, at, options) {
  const rest = text.slice(at, at + 4100);
  const sign = text[at];
  if (sign === '<') {
    const end = rest.indexOf('>');
    return end > 1 ? [end + 1, sequence(rest.slice(1, end))] : null;
  }
  if (sign === '`') {
    const end = rest.slice(1).search(/[`\n]/) + 1;
    return end > 1 && rest[end] === '`' ? [end + 1, h('code', {}, unescape(rest.slice(1, end)))] : null;
  }
  if (STYLES[sign]) {
    const end = closing(text, at);
    return end > 0 ? [end + 1 - at, h(STYLES[sign], {}, inline(text.slice(at + 1, end), options))] : null;
  }
  return loose(rest, sign, options);
}

function loose(rest, sign, options) {
  if (sign === ':') {
    const named = rest.match(NAMED);
    const picture = named && emoji(named[1]);
    return picture ? [named[0].length, h('span', { class: 'emoji', role: 'img', 'aria-label': named[1] }, pictured(picture))] : null;
  }
  if (options.verbatim) return null;
  if (sign === 'h') {
    const bare = rest.match(BARE);
    return bare ? [bare[0].length, link(unescape(bare[0]))] : null;
  }
  if (sign === '@' && options.names) {
    const said = rest.match(SHOUT);
    return said ? [said[0].length, broadcast(said[1])] : null;
  }
  return null;
}

/** The nodes of one run of text. */
export function inline(text, options = {}) {
  const nodes = [];
  let plain = '';
  const flush = () => { if (plain) nodes.push(...pictured(unescape(plain))); plain = ''; };
  for (let at = 0; at < text.length;) {
    const found = '<`*_~:h@'.includes(text[at]) ? thing(text, at, options) : null;
    if (found) {
      flush();
      nodes.push(found[1]);
      at += found[0];
    } else {
      plain += text[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

const QUOTE = /^(?:&gt;|>)(?!(?:&gt;|>){2}) ?/;

function paragraphs(text, options) {
  const nodes = [];
  let quoted = [];
  let lines = [];
  const flushLines = () => {
    if (lines.length) nodes.push(h('span', { class: 'run' }, inline(lines.join('\n'), options)));
    lines = [];
  };
  const flushQuoted = () => {
    if (quoted.length) nodes.push(h('blockquote', {}, inline(quoted.join('\n'), options)));
    quoted = [];
  };
  for (const line of text.split('\n')) {
    const isQuote = QUOTE.test(line);
    if (isQuote) { flushLines(); quoted.push(line.replace(QUOTE, '')); } else { flushQuoted(); lines.push(line); }
  }
  flushLines();
  flushQuoted();
  return nodes;
}

/** A whole mrkdwn text. `names` says whether @here and its kin are read without brackets (mrkdwn that is not verbatim). */
export function mrkdwn(text, options = {}) {
  const pieces = String(text ?? '').split('```');
  if (pieces.length % 2 === 0) pieces.push(`\`\`\`${pieces.splice(-1, 1)[0]}`);
  const nodes = pieces.map((piece, at) => {
    if (at % 2) return h('pre', {}, unescape(piece.replace(/^\n/, '')));
    return piece ? paragraphs(piece.replace(/^\n/, at ? '' : '\n'), options) : null;
  });
  return h('div', { class: 'text' }, nodes);
}
