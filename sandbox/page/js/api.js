/** The control API, one function per thing a person can do; every answer is JSON. */

/** What the sandbox refused, in its own words. */
export class Refused extends Error {
  constructor(status, message, body) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

async function call(method, path, body) {
  const options = { method, headers: { accept: 'application/json' } };
  if (body !== undefined) {
    options.headers['content-type'] = 'application/json';
    options.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Refused(0, 'The sandbox does not answer. Is it still running?', null);
  }
  const data = await answer.json().catch(() => null);
  if (!answer.ok) throw new Refused(answer.status, data?.error ?? `The sandbox answered ${answer.status}.`, data);
  return data;
}

function query(path, params) {
  const kept = Object.entries(params).filter(([, value]) => value !== null && value !== undefined);
  return `${path}?${new URLSearchParams(kept)}`;
}

const get = (path, params = {}) => call('GET', query(path, params));
const post = (path, body) => call('POST', path, body);
/** The same as `get`, with null where the sandbox has nothing. */
const find = (path, params) => get(path, params).catch((refusal) => {
  if (refusal.status === 404) return null;
  throw refusal;
});

export const world = () => get('/control/world');
export const users = () => get('/control/slack/users');
export const changeUser = (change) => post('/control/slack/users', change);
export const channels = () => get('/control/slack/channels');
export const unread = (as) => get('/control/slack/unread', { as });
export const read = (as, channel) => post('/control/slack/read', { as, channel });
export const messages = (as, channel, more = {}) => get('/control/slack/messages', { channel, as, ...more });
export const click = (gesture) => post('/control/slack/click', gesture);
export const type = (gesture) => post('/control/slack/type', gesture);
export const suggest = (gesture) => post('/control/slack/suggest', gesture);
export const view = (as) => find('/control/slack/view', { as });
export const submit = (as, viewId, values) => post('/control/slack/submit', { as, view_id: viewId, values });
/** Cancel one view, or with `all` take the whole stack away. */
export const close = (as, viewId, all = false) => post('/control/slack/close', { as, view_id: viewId, all });
export const home = (as) => find('/control/slack/home', { as });
export const openHome = (as) => post('/control/slack/home', { as });
export const say = (as, channel, text, thread) => post('/control/slack/message', { as, channel, text, ...(thread ? { thread } : {}) });
export const command = (as, channel, text) => post('/control/slack/command', { as, channel, text });
export const clock = () => get('/control/clock');
export const moveClock = (change) => post('/control/clock', change);
export const calls = () => get('/control/phone');
export const deliveries = (limit = 200) => get('/control/deliveries', { limit });
export const brand = () => get('/control/x/brand');
export const posts = (limit = 120) => get('/control/x/posts', { limit });
export const publish = (post_) => post('/control/x/posts', post_);
export const erase = (id) => post('/control/x/delete', { id });
export const rewrite = (id, text) => post('/control/x/edit', { id, text });
