/** Block Kit on the page: one drawing per block type. */

import { h, reconcile } from '../dom.js';
import { icon } from '../icons.js';
import { Answers } from './answers.js';
import { drawElement } from './elements.js';
import { markdown } from './markdown.js';
import { image, imageBlock, video } from './media.js';
import { rich } from './rich.js';
import { table } from './tables.js';
import { plain, textObject, words } from './text.js';

const LONG = 700;

function folded(block, node) {
  if (block.expand || (block.text?.text ?? '').length < LONG) return node;
  const open = h('button', { class: 'more-words', type: 'button', on: { click: () => { node.classList.remove('folded'); open.remove(); } } }, 'See more');
  node.classList.add('folded');
  return h('div', {}, node, open);
}

function section(block, ctx) {
  return h('div', { class: 'section' },
    h('div', { class: 'section-words' }, block.text ? folded(block, textObject(block.text)) : null,
      block.fields ? h('div', { class: 'fields' }, block.fields.map((field) => h('div', { class: 'fields-one' }, textObject(field)))) : null),
    block.accessory ? h('div', { class: 'accessory' }, drawElement(block.accessory, block, ctx)) : null);
}

function input(block, ctx) {
  const element = block.element ?? {};
  const error = ctx.errors?.[element.action_id];
  const field = drawElement(element, block, ctx, block.dispatch_action === true);
  const named = `${ctx.key}|${block.block_id}`;
  const target = field?.querySelector('input, textarea, .select, .choices');
  target?.setAttribute('aria-labelledby', `${named}|label`);
  if (error) target?.setAttribute('aria-invalid', 'true');
  if (error || block.hint) target?.setAttribute('aria-describedby', `${named}|${error ? 'error' : 'hint'}`);
  return h('div', { class: `input${error ? ' input-bad' : ''}`, data: { input: element.action_id } },
    h('div', { class: 'input-label', id: `${named}|label`, on: { click: () => target?.focus() } }, plain(block.label), block.optional ? h('span', { class: 'fine' }, ' (optional)') : null),
    field,
    error ? h('p', { class: 'input-error', id: `${named}|error`, role: 'alert' }, icon('warn', 16), error) : null,
    block.hint ? h('p', { class: 'hint', id: `${named}|hint` }, plain(block.hint)) : null);
}

const contextPart = (element) => (element.type === 'image' ? image(element, 'context') : textObject(element));
const actions = (look) => (block, ctx) => h('div', { class: look }, (block.elements ?? []).map((element) => drawElement(element, block, ctx)));

function alert(block) {
  const level = ['info', 'warning', 'error', 'success'].includes(block.level) ? block.level : 'info';
  return h('div', { class: `alert alert-${level}`, role: 'note' }, icon(level === 'success' ? 'check' : 'warn', 18), textObject(block.text));
}

function card(block, ctx) {
  const words = [block.title && h('strong', {}, textObject(block.title)), block.subtitle && h('div', { class: 'fine' }, textObject(block.subtitle)), textObject(block.body)];
  return h('div', { class: 'card-block' }, block.hero_image ? image(block.hero_image) : null, words, block.actions ? actions('actions')({ ...block, elements: block.actions }, ctx) : null);
}

const TABLE = {
  section,
  input,
  alert,
  card,
  video,
  table,
  data_table: table,
  image: imageBlock,
  rich_text: rich,
  header: (block) => h('h3', { class: 'header' }, words(block.text)),
  divider: () => h('hr', { class: 'divider' }),
  context: (block) => h('div', { class: 'context' }, (block.elements ?? []).map(contextPart)),
  actions: actions('actions'),
  context_actions: actions('context-actions'),
  markdown: (block) => markdown(block.text),
  file: (block) => h('p', { class: 'placeholder' }, icon('file', 16), ` ${block.external_id ?? 'File'}`),
  carousel: (block, ctx) => h('div', { class: 'carousel' }, (block.elements ?? []).map((one) => card(one, ctx))),
  container: (block, ctx) => h('div', { class: 'container' }, block.title ? h('h4', {}, plain(block.title)) : null, (block.child_blocks ?? block.blocks ?? []).map((one) => drawBlock(one, ctx))),
};

function drawBlock(block, ctx) {
  const draw = TABLE[block.type];
  const node = draw ? draw(block, ctx) : h('p', { class: 'placeholder' }, `This page doesn’t draw “${block.type}” blocks.`);
  node.classList.add('block');
  return node;
}

/** What drawing needs to know of where the blocks stand. `target` is what a press sends along. */
export function contextOf({ key, surface, target, answers = new Answers(), errors = {} }) {
  return { key, surface, target, answers, errors };
}

const keyOf = (block, at) => block.block_id || `${at}:${block.type}`;
/** An input is redrawn only when it itself or its error changed, so that typing goes on undisturbed. */
const signOf = (block, ctx) => JSON.stringify([block, ctx.errors?.[block.element?.action_id] ?? null]);

/** Draw blocks into an element; what did not change since the last time stays as it is. */
export function drawBlocks(root, blocks, ctx) {
  reconcile(root, blocks ?? [], keyOf, (block) => signOf(block, ctx), (block) => drawBlock(block, ctx));
  return root;
}
