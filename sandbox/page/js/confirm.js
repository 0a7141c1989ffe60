/** The question before a step that matters. */

import { plain, textObject } from './blocks/text.js';
import { h } from './dom.js';

/** Ask; true when the person goes on. `question` is a confirm object of Block Kit, or {title, text, confirm, deny} in words. */
export function confirmed(question) {
  return new Promise((settle) => {
    const answer = (yes) => { settle(yes); dialog.close(); dialog.remove(); };
    const danger = question.style === 'danger';
    const dialog = h('dialog', { class: 'dialog confirm', 'aria-labelledby': 'confirm-title', on: { cancel: (event) => { event.preventDefault(); answer(false); }, close: () => settle(false) } },
      h('h2', { id: 'confirm-title' }, plain(question.title)),
      typeof question.text === 'string' ? h('p', {}, question.text) : textObject(question.text),
      h('div', { class: 'dialog-foot' },
        h('button', { class: 'button', type: 'button', on: { click: () => answer(false) } }, plain(question.deny) || 'Cancel'),
        h('button', { class: `button ${danger ? 'button-danger-full' : 'button-primary'}`, type: 'button', autofocus: true, on: { click: () => answer(true) } }, plain(question.confirm) || 'Yes')));
    document.body.append(dialog);
    dialog.showModal();
  });
}
