/** Choosing from a list: arrow keys, typing to find, groups, one or several. */

import { fill, h, refill } from './dom.js';
import { icon } from './icons.js';
import { closePopover, openPopover } from './popover.js';

const SEARCH_FROM = 8;
const WAIT = 200;

function optionNode(option, list) {
  const chosen = list.isChosen(option);
  return h('div', {
    class: `option${option.disabled ? ' option-off' : ''}`, role: 'option', id: `option-${option.at}`, 'aria-selected': String(chosen), 'aria-disabled': option.disabled ? 'true' : null,
    on: { click: () => list.pick(option), pointermove: () => list.move(option.at) },
  }, option.before ?? null,
  h('span', { class: 'option-words' }, h('span', { class: 'option-label' }, option.label), option.description ? h('span', { class: 'option-description' }, option.description) : null),
  option.after ?? null, chosen ? icon('check', 16) : null);
}

class List {
  constructor(props) {
    Object.assign(this, props);
    this.at = 0;
    this.shown = [];
    this.box = h('div', { class: 'options', role: 'listbox', id: 'options', 'aria-label': this.label, 'aria-multiselectable': this.multi ? 'true' : null, tabindex: '-1' });
    this.field = h('input', {
      class: this.searchable ? 'field options-search' : 'unseen', type: 'text', placeholder: this.placeholder ?? 'Find…', autocomplete: 'off', spellcheck: 'false',
      role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'options', 'aria-autocomplete': 'list', 'aria-label': this.label,
      on: { input: () => this.search(), keydown: (event) => this.key(event) },
    });
  }

  isChosen(option) { return this.chosen.includes(option.value); }

  async search() {
    const wanted = this.field.value.trim().toLocaleLowerCase();
    if (this.ask) {
      clearTimeout(this.timer);
      refill(this.box, h('p', { class: 'options-note' }, 'Looking…'));
      this.timer = setTimeout(async () => this.draw(await this.ask(this.field.value.trim())), wanted ? WAIT : 0);
      return;
    }
    const fits = (option) => `${option.label} ${option.description ?? ''}`.toLocaleLowerCase().includes(wanted);
    this.draw(this.groups.map((group) => ({ ...group, options: group.options.filter(fits) })));
  }

  draw(groups) {
    this.shown = [];
    if (typeof groups === 'string') {
      refill(this.box, h('p', { class: 'options-note' }, groups));
      return;
    }
    const nodes = groups.filter((group) => group.options.length).map((group) => [
      group.label ? h('div', { class: 'options-group', role: 'presentation' }, group.label) : null,
      group.options.map((option) => { option.at = this.shown.push(option) - 1; return optionNode(option, this); }),
    ]);
    fill(refill(this.box), nodes.length ? nodes : [h('p', { class: 'options-note' }, 'Nothing here by that name.')]);
    this.move(Math.max(0, this.shown.findIndex((option) => this.isChosen(option))), true);
  }

  move(at, scroll = false) {
    this.at = Math.max(0, Math.min(at, this.shown.length - 1));
    const options = this.box.querySelectorAll('.option');
    options.forEach((node, index) => node.classList.toggle('option-at', index === this.at));
    this.field.setAttribute('aria-activedescendant', this.shown.length ? `option-${this.at}` : '');
    if (scroll) options[this.at]?.scrollIntoView({ block: 'nearest' });
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -9999, End: 9999 };
    if (steps[event.key] && (this.searchable ? !['Home', 'End'].includes(event.key) : true)) {
      event.preventDefault();
      this.move(this.at + steps[event.key], true);
    } else if (event.key === 'Enter' || (event.key === ' ' && !this.searchable)) {
      event.preventDefault();
      if (this.shown[this.at]) this.pick(this.shown[this.at]);
    }
  }

  pick(option) {
    if (option.disabled) return;
    if (!this.multi) {
      closePopover();
      this.onPick(option);
      return;
    }
    const has = this.isChosen(option);
    if (!has && this.most && this.chosen.length >= this.most) return;
    this.chosen = has ? this.chosen.filter((value) => value !== option.value) : [...this.chosen, option.value];
    this.onPick(option, !has);
    const at = this.at;
    this.search().then(() => this.move(at, true));
  }
}

/**
 * Open a list beside `anchor`. `groups` is [{label?, options: [{value, label, description?}]}]; `ask(text)` fetches them
 * instead, or answers with words to show. `onPick(option, added)` hears each choice; `multi` keeps the list open.
 */
export function choose(anchor, { groups = [], ask = null, chosen = [], multi = false, most = null, label, placeholder, head = null, onPick, onClose }) {
  const count = groups.reduce((sum, group) => sum + group.options.length, 0);
  const list = new List({ groups, ask, chosen, multi, most, label, placeholder, onPick, searchable: Boolean(ask) || count >= SEARCH_FROM });
  const sheet = openPopover(anchor, [head, list.field, list.box], { label, onClose });
  if (!sheet) return;
  list.search();
  list.field.focus({ preventScroll: true });
}
