/** News from the sandbox as it happens; after a gap everything shown is asked for anew. */

const KINDS = ['message', 'view', 'home', 'clock', 'delivery', 'x_post', 'users', 'channels', 'phone', 'click_failed'];
const RETRY = 1500;
/** A browser grants few connections to one address, and each open tab holds one: a tab that nobody looks at gives it up. */
const PATIENCE = 30000;

/** Listen for ever: `hear(kind, facts)` for news, `gap()` when some may have been missed, `link(up)` on changes. */
export function follow({ hear, gap, link }) {
  let source = null;
  let broken = false;
  let resting = null;
  function connect() {
    source?.close();
    source = new EventSource('/live');
    source.onopen = () => {
      link(true);
      if (broken) gap();
      broken = false;
    };
    source.onerror = () => {
      broken = true;
      link(false);
      source.close();
      setTimeout(connect, RETRY);
    };
    source.addEventListener('lost', gap);
    for (const kind of KINDS) source.addEventListener(kind, (event) => hear(kind, JSON.parse(event.data)));
  }
  connect();
  // A laptop that slept, or a tab that was frozen, may have missed the socket's end.
  document.addEventListener('visibilitychange', () => {
    clearTimeout(resting);
    if (document.hidden) resting = setTimeout(() => source.close(), PATIENCE);
    else if (source.readyState === EventSource.CLOSED) { broken = true; connect(); } else gap();
  });
  window.addEventListener('pagehide', () => source.close());
  window.addEventListener('pageshow', (event) => { if (event.persisted) connect(); });
}
