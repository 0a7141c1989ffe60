/** A small sheet beside the thing that opened it: one at a time, closed by Esc, a click elsewhere or leaving by Tab. */

import { h } from './dom.js';

const GAP = 6;
const MARGIN = 8;
let open = null;

function placeBeside(sheet, anchor) {
  const at = anchor.getBoundingClientRect();
  const size = sheet.getBoundingClientRect();
  const below = window.innerHeight - at.bottom;
  const top = below > size.height + GAP + MARGIN || below > at.top ? at.bottom + GAP : at.top - size.height - GAP;
  const left = Math.min(at.left, window.innerWidth - size.width - MARGIN);
  sheet.style.setProperty('--top', `${Math.max(MARGIN, Math.min(top, window.innerHeight - size.height - MARGIN))}px`);
  sheet.style.setProperty('--left', `${Math.max(MARGIN, left)}px`);
}

/** Close what is open; the keyboard goes back to what opened it. */
export function closePopover({ back = true } = {}) {
  if (!open) return;
  const { sheet, anchor, onClose, stop } = open;
  open = null;
  stop();
  sheet.remove();
  anchor.setAttribute('aria-expanded', 'false');
  if (back && anchor.isConnected) anchor.focus({ preventScroll: true });
  onClose?.();
}

/** Open `content` beside `anchor`; a second call on the same anchor closes it. */
export function openPopover(anchor, content, { label, onClose, wide = false } = {}) {
  const same = open?.anchor === anchor;
  closePopover({ back: same });
  if (same) return null;
  const sheet = h('div', { class: `popover${wide ? ' popover-wide' : ''}`, popover: 'manual', role: 'group', 'aria-label': label }, content);
  // Inside a modal everything outside it is inert, so the sheet must live within.
  (anchor.closest('dialog') ?? document.body).append(sheet);
  sheet.showPopover();
  placeBeside(sheet, anchor);
  anchor.setAttribute('aria-expanded', 'true');
  const outside = (event) => { if (!sheet.contains(event.target) && !anchor.contains(event.target)) closePopover({ back: false }); };
  const keys = (event) => { if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); closePopover(); } };
  const away = (event) => { if (event.relatedTarget && !sheet.contains(event.relatedTarget)) closePopover({ back: false }); };
  const resized = () => placeBeside(sheet, anchor);
  document.addEventListener('pointerdown', outside, true);
  window.addEventListener('keydown', keys, true);
  window.addEventListener('resize', resized);
  sheet.addEventListener('focusout', away);
  const stop = () => {
    document.removeEventListener('pointerdown', outside, true);
    window.removeEventListener('keydown', keys, true);
    window.removeEventListener('resize', resized);
    sheet.removeEventListener('focusout', away);
  };
  open = { sheet, anchor, onClose, stop };
  return sheet;
}

/** Whether something is open just now. */
export const popoverOpen = () => open !== null;
