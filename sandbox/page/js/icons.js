/** Our own small line icons, drawn here so that nothing is fetched. */

const SVG = 'http://www.w3.org/2000/svg';
const PATHS = {
  hash: 'M8 3 6 17M14 3l-2 14M3.5 7.5h13M3 12.5h13',
  lock: 'M5.5 9h9v7h-9zM7.5 9V6.5a2.5 2.5 0 0 1 5 0V9',
  home: 'M3.5 9.5 10 4l6.5 5.5M5.5 8.5V16h9V8.5',
  talk: 'M4 5h12v8.5H9L5.5 16v-2.5H4z',
  thread: 'M4 4.5h12v7H8.5L5.5 14v-2.5H4zM9 15h4l2.5 2v-2',
  public: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M3.2 10h13.6M10 3c2.4 2 3.2 4.5 3.2 7S12.4 15 10 17c-2.4-2-3.2-4.5-3.2-7S7.6 5 10 3',
  clock: 'M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M10 6.5V10l2.5 1.8',
  log: 'M4 5.5h3M9.5 5.5H16M4 10h3M9.5 10H16M4 14.5h3M9.5 14.5H16',
  close: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  back: 'M12.5 4.5 7 10l5.5 5.5',
  down: 'M5.5 8 10 12.5 14.5 8',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  send: 'M4 10h10M10 5.5l4.5 4.5-4.5 4.5',
  check: 'M4.5 10.5 8.5 14.5 15.5 6',
  warn: 'M10 4 17 16H3zM10 8.5v3.5M10 14h.01',
  plus: 'M10 4.5v11M4.5 10h11',
  link: 'M8.5 11.5l3-3M7 9.5 5.5 11a2.5 2.5 0 0 0 3.5 3.5l1.5-1.5M13 10.5l1.5-1.5A2.5 2.5 0 0 0 11 5.5L9.5 7',
  out: 'M8 5H5v10h10v-3M11 4.5h4.5V9M15.5 4.5 9.5 10.5',
  edit: 'M5 15l.7-3L13 4.7l2.3 2.3L8 14.3z',
  trash: 'M4.5 6h11M8 6V4.5h4V6M6 6l.7 10h6.6L14 6',
  reply: 'M8.5 5 4 9.5 8.5 14M4.5 9.5H12a4 4 0 0 1 4 4V15',
  eye: 'M3 10s2.5-4.5 7-4.5S17 10 17 10s-2.5 4.5-7 4.5S3 10 3 10zM10 8.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6',
  search: 'M9 4.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M12.5 12.5 16 16',
  image: 'M4 4.5h12v11H4zM4 13l3.5-3.5L10 12l2.5-2.5L16 13M12.5 7.5h.01',
  play: 'M7 5l8 5-8 5z',
  file: 'M6 3.5h5l3 3V16.5H6zM11 3.5v3h3',
  phone: 'M6.5 3.5 9 7.5 7.5 9.2a8 8 0 0 0 3.3 3.3L12.5 11l4 2.5c0 2-1.2 3-2.6 3C8.5 16.5 3.5 11.500 3.5 6.100c0-1.400 1-2.600 3-2.600z',
  at: 'M12.5 10a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0c0 3 4 3 4-.5A6.5 6.5 0 1 0 13 15.5',
};

/** One icon; decorative, so the thing that holds it must have a name. */
export function icon(name, size = 20) {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 20 20', width: size, height: size, class: 'icon', 'aria-hidden': 'true', focusable: 'false' })) svg.setAttribute(key, value);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name] ?? PATHS.more);
  svg.append(path);
  return svg;
}
