/** Which drawing belongs to which element. */

import { h } from '../dom.js';
import { button, feedback, iconButton, overflow } from './buttons.js';
import { checkboxes, files, picker, radios, textField } from './fields.js';
import { image } from './media.js';
import { select } from './selects.js';

const TABLE = {
  button,
  overflow,
  feedback_buttons: feedback,
  icon_button: iconButton,
  radio_buttons: radios,
  checkboxes,
  datepicker: picker,
  timepicker: picker,
  datetimepicker: picker,
  plain_text_input: textField,
  email_text_input: textField,
  url_text_input: textField,
  number_input: textField,
  rich_text_input: textField,
  file_input: files,
  workflow_button: button,
  image: (element) => image(element, 'accessory'),
};

/** One element. `live` says whether using it tells the app at once (outside input blocks it always does). */
export function drawElement(element, block, ctx, live = true) {
  if (!element) return null;
  if (/_select$/.test(element.type)) return select(element, block, ctx, live);
  const draw = TABLE[element.type];
  return draw ? draw(element, block, ctx, live) : h('span', { class: 'placeholder' }, `(${element.type})`);
}
