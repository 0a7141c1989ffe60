/** The markdown block: the common marks, as elements. */

import { h } from '../dom.js';
import { link } from './mentions.js';

const RULES = [
  [/^`([^`\n]+)`/, (m) => h('code', {}, m[1])],
  [/^\*\*([^\n]+?)\*\*/, (m) => h('strong', {}, spans(m[1]))],
  [/^__([^\n]+?)__/, (m) => h('strong', {}, spans(m[1]))],
  [/^\*(?!\s)([^*\n]+?)\*/, (m) => h('em', {}, spans(m[1]))],
  [/^_(?!\s)([^_\n]+?)_/, (m) => h('em', {}, spans(m[1]))],
  [/^~~([^\n]+?)~~/, (m) => h('s', {}, spans(m[1]))],
  [/^!?\[([^\]\n]*)\]\(([^)\s]+)[^)]*\)/, (m) => link(m[2], m[1] || m[2])],
  [/^https?:\/\/[^\s<>]*[^\s<>.,;:!?)]/, (m) => link(m[0])],
  [/^\\([\\`*_{}[\]()#+\-.!~|>])/, (m) => document.createTextNode(m[1])],
];

function spans(text) {
  const nodes = [];
  let plain = '';
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    const found = /[`*_~[!h\\]/.test(text[at]) && RULES.map(([rule, draw]) => [rest.match(rule), draw]).find(([match]) => match);
    if (found) {
      if (plain) nodes.push(document.createTextNode(plain));
      plain = '';
      nodes.push(found[1](found[0]));
      at += found[0][0].length;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  if (plain) nodes.push(document.createTextNode(plain));
  return nodes;
}

const KINDS = [
  ['heading', /^(#{1,6})\s+(.*)$/],
  ['rule', /^\s*([-*_])(?:\s*\1){2,}\s*$/],
  ['bullet', /^\s*[-*+]\s+(?:\[([ xX])\]\s+)?(.*)$/],
  ['number', /^\s*\d+[.)]\s+(.*)$/],
  ['quote', /^>\s?(.*)$/],
  ['row', /^\|(.+)\|\s*$/],
  ['blank', /^\s*$/],
];

function kindOf(line) {
  for (const [kind, rule] of KINDS) {
    const match = line.match(rule);
    if (match) return [kind, match];
  }
  return ['words', [line, line]];
}

const cells = (match) => match[1].split('|').map((cell) => cell.trim());

function task(match) {
  const box = match[1] === undefined ? null : h('input', { type: 'checkbox', disabled: true, checked: match[1] !== ' ', 'aria-label': 'Task' });
  return h('li', {}, box, spans(match[2]));
}

function table(matches) {
  const rows = matches.map(cells).filter((row) => !row.every((cell) => /^:?-+:?$/.test(cell)));
  const line = (row, tag) => h('tr', {}, row.map((cell) => h(tag, {}, spans(cell))));
  return h('div', { class: 'table-frame' }, h('table', {}, h('thead', {}, line(rows[0] ?? [], 'th')), h('tbody', {}, rows.slice(1).map((row) => line(row, 'td')))));
}

const DRAW = {
  heading: (matches) => matches.map((m) => h(`h${Math.min(m[1].length + 2, 6)}`, { class: `md-h${m[1].length}` }, spans(m[2]))),
  rule: () => h('hr', {}),
  bullet: (matches) => h('ul', { class: 'rich-list' }, matches.map(task)),
  number: (matches) => h('ol', { class: 'rich-list' }, matches.map((m) => h('li', {}, spans(m[1])))),
  quote: (matches) => h('blockquote', {}, spans(matches.map((m) => m[1]).join('\n'))),
  row: table,
  blank: () => null,
  words: (matches) => h('p', {}, spans(matches.map((m) => m[1]).join('\n'))),
};

function grouped(text) {
  const groups = [];
  for (const line of text.split('\n')) {
    const [kind, match] = kindOf(line);
    if (groups.at(-1)?.kind === kind) groups.at(-1).matches.push(match);
    else groups.push({ kind, matches: [match] });
  }
  return groups;
}

/** A markdown text as elements. */
export function markdown(text) {
  const pieces = String(text ?? '').split(/^```.*$/m);
  const nodes = pieces.map((piece, at) => (at % 2
    ? h('pre', {}, piece.replace(/^\n|\n$/g, ''))
    : grouped(piece).map(({ kind, matches }) => DRAW[kind](matches))));
  return h('div', { class: 'text md' }, nodes);
}
