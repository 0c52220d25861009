/**
 * Line icons in one weight, drawn on a grid of 24. They never speak: a word always stands beside them,
 * so every icon is hidden from screen readers.
 */
const shapes = {
  agency: '<path d="M4 20h16M6 20V9l6-4 6 4v11M10 20v-5h4v5M9.5 11h.01M14.5 11h.01"/>',
  alert: '<path d="M12 4 2.8 19.5h18.4zM12 10v4.5M12 17.2v.01"/>',
  audio: '<path d="M4 14v-2a8 8 0 0 1 16 0v2"/><rect x="3.5" y="14" width="4" height="6" rx="1.5"/>'
    + '<rect x="16.5" y="14" width="4" height="6" rx="1.5"/>',
  bell: '<path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5h4"/>',
  book: '<path d="M12 7c-1.5-1.5-4-2-8-2v13c4 0 6.5.5 8 2 1.5-1.5 4-2 8-2V5c-4 0-6.5.5-8 2zM12 7v13"/>',
  calendar: '<rect x="4" y="5.5" width="16" height="14.5" rx="2"/><path d="M4 10h16M8.5 3.5v4M15.5 3.5v4"/>',
  chart: '<path d="M4 20h16M6.5 16v-4M12 16V6M17.5 16v-7"/>',
  check: '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
  'check-circle': '<circle cx="12" cy="12" r="8.5"/><path d="m8.2 12.3 2.7 2.7 5-5.3"/>',
  class: '<path d="M3 8.5 12 5l9 3.5-9 3.5zM7 10.5v5c1.5 1.3 3 2 5 2s3.5-.7 5-2v-5M21 8.5V14"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.3 2"/>',
  close: '<path d="m6 6 12 12M18 6 6 18"/>',
  course: '<path d="M7 4h12v13H7a2 2 0 0 0-2 2V6a2 2 0 0 1 2-2zM5 19a2 2 0 0 0 2 2h12v-4"/>',
  down: '<path d="m6 9.5 6 6 6-6"/>',
  download: '<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14"/>',
  edit: '<path d="m5 19 1-4L16 5l3 3L9 18zM14 7l3 3"/>',
  error: '<path d="M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7z"/><path d="M12 8v5M12 16v.01"/>',
  external: '<path d="M14 4.5h5.5V10M19 5l-8 8M17 14v5H5V7h5"/>',
  eye: '<path d="M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.8 6.5-9.5 6.5S5 16.5 2.5 12z"/>'
    + '<circle cx="12" cy="12" r="2.8"/>',
  file: '<path d="M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5"/>',
  filter: '<path d="M4 6h16M7 12h10M10.5 18h3"/>',
  flag: '<path d="M6 21V4M6 5h12l-3 4 3 4H6"/>',
  help: '<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.7c.2-3 5-3 5 0 0 1.8-2.5 2-2.5 4M12 16.7v.01"/>',
  history: '<path d="M4 5v4.5h4.5M4.5 9A8.2 8.2 0 1 1 4 14M12 8v4.5l3 1.8"/>',
  home: '<path d="m4 11 8-7 8 7M6 9.5V20h12V9.5M10 20v-5.5h4V20"/>',
  info: '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.8v.01"/>',
  key: '<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8-8M16 7.5l2.5 2.5"/>',
  left: '<path d="M19 12H5M11 6l-6 6 6 6"/>',
  list: '<path d="M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01"/>',
  lock: '<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>',
  mail: '<rect x="3.5" y="5.5" width="17" height="13.5" rx="2"/><path d="m4 7.5 8 6 8-6"/>',
  map: '<path d="m4 6.5 5-2 6 2 5-2v13l-5 2-6-2-5 2zM9 4.5v13M15 6.5v13"/>',
  medal: '<circle cx="12" cy="9" r="5.5"/><circle cx="12" cy="9" r="2"/>'
    + '<path d="m8.5 13.5-1 7 4.5-2.3 4.5 2.3-1-7"/>',
  more: '<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3"/>',
  none: '<path d="M5 12h14"/>',
  offline: '<path d="M3 4l18 16M7 9.5A4.5 4.5 0 0 0 7 18.5h10M10.5 6.5A5.5 5.5 0 0 1 17 11a4 4 0 0 1 3.5 5.5"/>',
  pen: '<path d="M13 4H6v16h12v-9"/><path d="m11 13 1-3 7-7 2 2-7 7z"/>',
  people: '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c.8-3.5 3.2-5 6.5-5s5.7 1.5 6.5 5"/>'
    + '<path d="M15.5 5.3a3.5 3.5 0 0 1 0 6.4M18 15c2 .7 3 2.2 3.5 4.5"/>',
  person: '<circle cx="12" cy="8.5" r="4"/><path d="M4.5 20c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5"/>',
  play: '<path d="M7.5 5v14l11-7z"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  print: '<path d="M7 9V4h10v5M7 16H4V9h16v7h-3M7 13.5h10V20H7z"/>',
  programme: '<circle cx="12" cy="12" r="2.2"/><path d="M7.5 16.5a6.3 6.3 0 1 1 9 0M4.5 19.5a10.5 10.5 0 1 1 15 0"/>',
  quiz: '<rect x="4.5" y="4" width="15" height="16.5" rx="2"/><path d="m8 9 1.3 1.3L11.5 8M14 9h2.5M8 15l1.3 1.3 2.2-2.3M14 15.2h2.5"/>',
  report: '<path d="M6 3.5h8l4.5 4.5v12.5H6zM9.5 17v-3M12.3 17v-6M15 17v-4.5"/>',
  right: '<path d="M5 12h14M13 6l6 6-6 6"/>',
  search: '<circle cx="11" cy="11" r="6"/><path d="m15.5 15.5 5 5"/>',
  send: '<path d="M4 12 20 4.5 15 20l-3.5-6.5zM11.5 13.5 20 4.5"/>',
  settings: '<circle cx="12" cy="12" r="3"/><path d="M12 3.5V6M12 18v2.5M3.5 12H6M18 12h2.5M6 6l1.8 1.8M16.2 16.2 18 18'
    + 'M18 6l-1.8 1.8M7.8 16.2 6 18"/>',
  shield: '<path d="M12 3.5 5 6v6c0 4.3 2.7 7 7 8.5 4.3-1.5 7-4.2 7-8.5V6z"/><path d="m8.8 12 2.3 2.3 4.2-4.5"/>',
  'sign-out': '<path d="M13 4.5H6v15h7M10.5 12H20M16.5 8.5 20 12l-3.5 3.5"/>',
  sort: '<path d="m8 10 4-4 4 4M8 14l4 4 4-4"/>',
  'sort-down': '<path d="m7 10 5 5 5-5"/>',
  'sort-up': '<path d="m7 14 5-5 5 5"/>',
  target: '<circle cx="12" cy="12" r="8.5"/><circle cx="12" cy="12" r="4.5"/><path d="M12 12v.01"/>',
  trash: '<path d="M5 7h14M9.5 7V4.5h5V7M7 7l1 13h8l1-13M10.5 11v5.5M13.5 11v5.5"/>',
  undo: '<path d="M4.5 9h10a5 5 0 0 1 0 10H9M8.5 5l-4 4 4 4"/>',
  up: '<path d="m6 14.5 6-6 6 6"/>',
  upload: '<path d="M12 16V5M7.5 9 12 4.5 16.5 9M5 20h14"/>',
} as const;

export type IconName = keyof typeof shapes;

export const iconNames = Object.keys(shapes) as IconName[];

/** The inline SVG of an icon. Throws on a name that does not exist, so that a template cannot be silently bare. */
export function icon(name: string): string {
  if (!Object.hasOwn(shapes, name)) throw new Error(`No icon is called "${name}": see src/web/icons.ts`);
  const shape = shapes[name as IconName];
  return `<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">${shape}</svg>`;
}
