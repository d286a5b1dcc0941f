/** Icons of VS Code in pages: characters of its icon font, which is part of each page's style sheet. */
import { element } from '../elements.ts';

/** The characters of the icons that pages use, by the names in the codicon font. */
export const icons = {
  add: '\uea60',
  'arrow-down': '\uea9a',
  'arrow-left': '\uea9b',
  'arrow-up': '\ueaa1',
  'case-sensitive': '\ueab1',
  check: '\ueab2',
  'chevron-down': '\ueab4',
  'chevron-right': '\ueab6',
  'circle-filled': '\uea71',
  'circle-large-outline': '\uebb5',
  'circle-outline': '\ueabc',
  'circle-slash': '\ueabd',
  clippy: '\ueac0',
  'collapse-all': '\ueac5',
  close: '\uea76',
  'cloud-upload': '\ueac3',
  copy: '\uebcc',
  'debug-pause': '\uead1',
  'debug-stop': '\uead7',
  diff: '\ueae1',
  discard: '\ueae2',
  edit: '\uea73',
  ellipsis: '\uea7c',
  error: '\uea87',
  eye: '\uea70',
  'eye-closed': '\ueae7',
  file: '\uea7b',
  filter: '\ueaf1',
  folder: '\uea83',
  'folder-opened': '\ueaf7',
  'go-to-file': '\uea94',
  history: '\uea82',
  info: '\uea74',
  key: '\ueb11',
  layers: '\uebd2',
  'link-external': '\ueb14',
  'list-flat': '\ueb84',
  'list-tree': '\ueb86',
  loading: '\ueb19',
  lock: '\uea75',
  output: '\ueb9d',
  package: '\ueb29',
  pass: '\ueba4',
  'pass-filled': '\uebb3',
  pinned: '\ueba0',
  play: '\ueb2c',
  question: '\ueb32',
  refresh: '\ueb37',
  regex: '\ueb38',
  reply: '\uea7d',
  save: '\ueb4b',
  search: '\uea6d',
  'settings-gear': '\ueb51',
  'stop-circle': '\ueba5',
  sync: '\uea77',
  terminal: '\uea85',
  trash: '\uea81',
  wand: '\uebcf',
  warning: '\uea6c',
  'word-wrap': '\ueb80',
} as const;

export type IconName = keyof typeof icons;

/** The theme colours that icons can have. */
export type IconColor = 'green' | 'red' | 'yellow' | 'blue' | 'muted';

/** An icon; screen readers announce one with a label, others are decoration. */
export function icon(
  name: IconName,
  { label, color, spins }: { label?: string; color?: IconColor; spins?: boolean } = {},
): HTMLElement {
  const classes = ['i', color, spins === true ? 'spin' : undefined].filter((one) => one);
  const created = element('span', { className: classes.join(' '), textContent: icons[name] });
  if (label === undefined) created.setAttribute('aria-hidden', 'true');
  else {
    created.setAttribute('role', 'img');
    created.setAttribute('aria-label', label);
    created.title = label;
  }
  return created;
}

/** A button in a toolbar or row that shows only an icon; its label is its tooltip. */
export function iconButton(name: IconName, label: string, onPress: () => void): HTMLButtonElement {
  const created = element(
    'button',
    { type: 'button', className: 'icon-btn', title: label },
    icon(name),
  );
  created.setAttribute('aria-label', label);
  created.addEventListener('click', onPress);
  return created;
}

/** A button with a label, and an icon before it. */
export function labelButton(
  label: string,
  style: 'primary' | 'secondary' | 'quiet' | 'link',
  onPress: () => void,
  name?: IconName,
): HTMLButtonElement {
  const created = element(
    'button',
    { type: 'button', className: style === 'secondary' ? 'btn' : `btn ${style}` },
    ...(name === undefined ? [] : [icon(name)]),
    document.createTextNode(label),
  );
  created.addEventListener('click', onPress);
  return created;
}
