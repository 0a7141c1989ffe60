/** Pictures and films: nothing is fetched from outside, so what is elsewhere is named and linked. */

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { link } from './mentions.js';
import { plain } from './text.js';

const isHere = (url) => {
  try { return new URL(url, location.href).origin === location.origin || url.startsWith('data:image/'); } catch { return false; }
};

/** An image block or element. */
export function image(element, look = 'block') {
  const url = element.image_url ?? element.slack_file?.url ?? '';
  const alt = element.alt_text ?? '';
  if (isHere(url)) return h('img', { class: `picture picture-${look}`, src: url, alt, loading: 'lazy' });
  if (look === 'context') return h('span', { class: 'picture-mini', role: 'img', 'aria-label': alt, title: alt }, icon('image', 14));
  return h('span', { class: `picture-away picture-${look}`, title: url }, icon('image', 22), h('span', {}, alt || 'Picture'), look === 'block' && url ? link(url, 'Open it') : null);
}

/** An image block with its title. */
export const imageBlock = (block) => h('figure', { class: 'figure' }, block.title ? h('figcaption', {}, plain(block.title)) : null, image(block));

/** A video block: what it is and where. */
export function video(block) {
  return h('div', { class: 'video' }, h('span', { class: 'video-play' }, icon('play', 26)),
    h('div', {}, h('strong', {}, block.title_url ? link(block.title_url, plain(block.title)) : plain(block.title)),
      block.description ? h('p', {}, plain(block.description)) : null,
      h('p', { class: 'fine' }, [block.author_name, block.provider_name].filter(Boolean).join(' · ') || block.alt_text)));
}
