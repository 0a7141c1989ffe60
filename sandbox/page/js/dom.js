/** Elements without markup strings: what others wrote only ever becomes a text node. */

const SAFE_SCHEME = /^(https?:|mailto:|tel:)/i;

/** A link's address, or null when following it could run something here. */
export function safeHref(url) {
  const text = String(url ?? '').trim();
  if (/^\/(?![\/\\])/.test(text)) return text;
  return SAFE_SCHEME.test(text) ? text : null;
}

function set(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === 'class') node.className = value;
  else if (name === 'on') for (const [kind, hear] of Object.entries(value)) node.addEventListener(kind, hear);
  else if (name === 'data') Object.assign(node.dataset, value);
  else if (['value', 'checked', 'disabled', 'selected'].includes(name)) node[name] = value;
  else if (name === 'href') { const href = safeHref(value); if (href) node.setAttribute('href', href); }
  else node.setAttribute(name, value === true ? '' : String(value));
}

/** An element with attributes and children; strings become text, null and false nothing. */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) set(node, name, value);
  return fill(node, children);
}

/** Append children, however nested. */
export function fill(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === '') continue;
    node.append(child.nodeType ? child : document.createTextNode(String(child)));
  }
  return node;
}

/** Replace what an element holds. */
export function refill(node, ...children) {
  node.replaceChildren();
  return fill(node, children);
}

function focusMark(node) {
  const active = document.activeElement;
  if (!active || active === document.body || !node.contains(active)) return null;
  const marked = active.closest('[data-focus]');
  const caret = 'selectionStart' in active ? [active.selectionStart, active.selectionEnd] : null;
  return { name: marked?.dataset.focus ?? null, caret };
}

/** After a redraw, put the keyboard back where it was, or on the redrawn thing itself. */
export function refocus(node, mark) {
  if (!mark) return;
  const again = mark.name && node.querySelector(`[data-focus="${CSS.escape(mark.name)}"]`);
  const target = again || node;
  if (target === node && !node.hasAttribute('tabindex')) node.setAttribute('tabindex', '-1');
  target.focus({ preventScroll: true });
  try { if (again && mark.caret && mark.caret[0] !== null) again.setSelectionRange(...mark.caret); } catch { /* not a text field */ }
}

/** Draw a list so that what did not change keeps its node, its scroll, its focus and its typing. */
export function reconcile(parent, items, keyOf, signOf, draw) {
  const known = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let spot = parent.firstElementChild;
  const seen = new Set();
  items.forEach((item, index) => {
    const key = String(keyOf(item, index));
    const sign = signOf(item, index);
    let node = known.get(key);
    seen.add(key);
    if (!node || node.sign !== sign) {
      const mark = node ? focusMark(node) : null;
      const fresh = draw(item, index);
      fresh.dataset.key = key;
      fresh.sign = sign;
      if (node) {
        if (node === spot) spot = fresh;
        node.replaceWith(fresh);
        refocus(fresh, mark);
      }
      node = fresh;
    }
    if (node === spot) spot = spot.nextElementSibling;
    else parent.insertBefore(node, spot);
  });
  for (const [key, node] of known) if (!seen.has(key) && node.parentNode === parent) node.remove();
}

/** Call `act` once things have been quiet for `wait` ms, and at the latest after `limit` ms. */
export function calmly(act, wait = 40, limit = 250) {
  let timer = null;
  let since = 0;
  return (...args) => {
    if (!since) since = performance.now();
    clearTimeout(timer);
    const left = Math.max(0, Math.min(wait, limit - (performance.now() - since)));
    timer = setTimeout(() => { since = 0; act(...args); }, left);
  };
}
