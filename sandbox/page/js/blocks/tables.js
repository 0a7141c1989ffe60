/** Tables: of raw and rich cells. */

import { h } from '../dom.js';
import { pictured } from '../emoji.js';
import { rich } from './rich.js';
import { plain } from './text.js';

function cell(content, tag, setting) {
  const inner = content?.type === 'rich_text' ? rich(content) : pictured(String(content?.text ?? content?.value ?? ''));
  return h(tag, { class: `align-${setting?.align ?? 'left'}${setting?.is_wrapped ? ' wrapped' : ''}`, scope: tag === 'th' ? 'col' : null }, inner);
}

const row = (cells, tag, settings) => h('tr', {}, (cells ?? []).map((one, at) => cell(one, tag, settings[at])));

/** A table or data_table block; the first row is its head. */
export function table(block) {
  const settings = block.column_settings ?? [];
  const rows = block.rows ?? [];
  return h('div', { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': plain(block.caption) || 'Table' },
    h('table', {}, block.caption ? h('caption', {}, plain(block.caption)) : null,
      h('thead', {}, rows.length ? row(rows[0], 'th', settings) : null),
      h('tbody', {}, rows.slice(1).map((cells) => row(cells, 'td', settings)))));
}
