/** What the person has typed and chosen in one view, kept across redraws as long as block and action keep their ids. */

const keyOf = (block, element) => `${block.block_id}|${element.action_id}`;
const optionValues = (options) => (options ?? []).map((option) => option.value);

/** What an element starts with, in the form the control API takes. */
const INITIAL = {
  static_select: (e) => e.initial_option?.value ?? null,
  external_select: (e) => e.initial_option?.value ?? null,
  radio_buttons: (e) => e.initial_option?.value ?? null,
  checkboxes: (e) => optionValues(e.initial_options),
  multi_static_select: (e) => optionValues(e.initial_options),
  multi_external_select: (e) => optionValues(e.initial_options),
  users_select: (e) => e.initial_user ?? null,
  multi_users_select: (e) => e.initial_users ?? [],
  channels_select: (e) => e.initial_channel ?? null,
  multi_channels_select: (e) => e.initial_channels ?? [],
  conversations_select: (e) => e.initial_conversation ?? null,
  multi_conversations_select: (e) => e.initial_conversations ?? [],
  datepicker: (e) => e.initial_date ?? null,
  timepicker: (e) => e.initial_time ?? null,
  datetimepicker: (e) => e.initial_date_time ?? null,
  rich_text_input: (e) => flat(e.initial_value) || null,
};

/** The words of a rich_text value. */
function flat(value) {
  if (!value) return '';
  if (Array.isArray(value)) return value.map(flat).join('');
  if (value.type === 'rich_text') return value.elements.map(flat).join('\n');
  return value.text ?? flat(value.elements);
}

/** The answers of one view or message. */
export class Answers {
  constructor() {
    this.kept = new Map();
  }

  /** The present answer: what was given here, else what the element starts with. */
  get(block, element) {
    const key = keyOf(block, element);
    if (this.kept.has(key)) return this.kept.get(key).value;
    return INITIAL[element.type] ? INITIAL[element.type](element) : element.initial_value ?? null;
  }

  set(block, element, value) {
    this.kept.set(keyOf(block, element), { block, element, value, told: false });
  }

  /** What was given in inputs other than `except` and the sandbox has not heard of yet. */
  untold(except) {
    const news = [...this.kept.values()].filter((one) => !one.told && one.block.type === 'input' && one.block.block_id !== except.block_id && !one.block.dispatch_action);
    for (const one of news) one.told = true;
    return news;
  }

  /** Every input's answer by action id, as a submission sends them. */
  submission(blocks) {
    const values = {};
    for (const { block, element } of inputs(blocks)) values[element.action_id] = this.get(block, element);
    return values;
  }
}

/** The elements of a view that hold an answer. */
export function inputs(blocks) {
  const found = [];
  for (const block of blocks ?? []) {
    const elements = block.type === 'input' ? [block.element] : block.type === 'actions' ? block.elements : [block.accessory];
    for (const element of elements) if (element?.action_id && (INITIAL[element.type] || /input$/.test(element.type))) found.push({ block, element });
  }
  return found;
}

const empty = (value) => value === null || value === undefined || value === '' || (Array.isArray(value) && !value.length);

/** What the client itself refuses before anything is sent: {action_id: words}. */
export function faultsOf(blocks, answers) {
  const faults = {};
  for (const { block, element } of inputs(blocks)) {
    if (block.type !== 'input') continue;
    const value = answers.get(block, element);
    if (empty(value)) {
      if (!block.optional) faults[element.action_id] = 'Please complete this required field.';
    } else if (typeof value === 'string' && element.min_length && value.length < element.min_length) {
      faults[element.action_id] = `Please write at least ${element.min_length} characters.`;
    } else if (typeof value === 'string' && element.max_length && value.length > element.max_length) {
      faults[element.action_id] = `Please stay within ${element.max_length} characters; it has ${value.length}.`;
    }
  }
  return faults;
}
