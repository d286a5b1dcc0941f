/** Terminal colours of output, as segments of a text. Other control sequences are removed. */

import { controlSequences } from '../../../server/src/text/control-sequences.ts';

/** The 16 colours of the theme's terminal. */
export type AnsiColor =
  | 'black'
  | 'red'
  | 'green'
  | 'yellow'
  | 'blue'
  | 'magenta'
  | 'cyan'
  | 'white'
  | 'bright-black'
  | 'bright-red'
  | 'bright-green'
  | 'bright-yellow'
  | 'bright-blue'
  | 'bright-magenta'
  | 'bright-cyan'
  | 'bright-white';

export interface AnsiStyle {
  readonly color?: AnsiColor | undefined;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly strike?: boolean;
  readonly background?: AnsiColor | undefined;
  /** Text and background are exchanged. */
  readonly inverse?: boolean;
}

export interface AnsiSegment {
  readonly text: string;
  readonly style: AnsiStyle;
}

const colors: readonly AnsiColor[] = [
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
  'bright-black',
  'bright-red',
  'bright-green',
  'bright-yellow',
  'bright-blue',
  'bright-magenta',
  'bright-cyan',
  'bright-white',
];

/** Control sequences, and single control characters but the tab. */
const control = new RegExp(`${controlSequences.source}|[\\0-\\x08\\x0a-\\x1f\\x7f-\\x9f]`, 'g');

/** Splits a line into segments of one style. Returns the style at its end, with which the next line begins. */
export function parseAnsi(
  line: string,
  before: AnsiStyle = {},
): { readonly segments: readonly AnsiSegment[]; readonly style: AnsiStyle } {
  const segments: AnsiSegment[] = [];
  let style = before;
  let at = 0;
  const add = (end: number): void => {
    if (end > at) segments.push({ text: line.slice(at, end), style });
  };
  for (const found of line.matchAll(control)) {
    add(found.index);
    at = found.index + found[0].length;
    if (found[2] === 'm') style = withCodes(style, found[1] ?? '');
  }
  add(line.length);
  return { segments, style };
}

/**
 * The style after SGR parameters: `1;31`, `38;5;196`, `38;2;255;0;0`. A colon separates the parts of one parameter (ITU-T T.416):
 * `4:3`, `38:5:196`, `38:2::255:0:0`.
 */
function withCodes(before: AnsiStyle, parameters: string): AnsiStyle {
  const all = parameters.split(';');
  let style = before;
  for (let index = 0; index < all.length; index++) {
    const [code = 0, ...parts] = (all[index] ?? '').split(':').map(Number);
    if (code !== 38 && code !== 48 && code !== 58) {
      // `4:0` ends the underline; the other kinds of underlines are drawn as one.
      style = withCode(style, code === 4 && parts[0] === 0 ? 24 : code);
      continue;
    }
    const rest = all.slice(index + 1, index + 5).map(Number);
    const isPalette = (parts[0] ?? rest[0]) === 5;
    if (parts.length === 0) index += isPalette ? 2 : 4;
    const color = isPalette ? paletteColor(parts[1] ?? rest[1] ?? 0) : closest(parts.length > 0 ? parts.slice(-3) : rest.slice(1)); // prettier-ignore
    // 58 is the color of the underline, which has the color of the text here.
    if (code === 38) style = { ...style, color };
    else if (code === 48) style = { ...style, background: color };
  }
  return style;
}

/** What SGR parameters without further ones change. */
const changes: Readonly<Record<number, AnsiStyle>> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { strike: true },
  21: { underline: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  27: { inverse: false },
  29: { strike: false },
  39: { color: undefined },
  49: { background: undefined },
};

function withCode(style: AnsiStyle, code: number): AnsiStyle {
  if (code === 0 || Number.isNaN(code)) return {};
  if (code >= 30 && code <= 37) return { ...style, color: colors[code - 30] };
  if (code >= 90 && code <= 97) return { ...style, color: colors[code - 82] };
  if (code >= 40 && code <= 47) return { ...style, background: colors[code - 40] };
  if (code >= 100 && code <= 107) return { ...style, background: colors[code - 92] };
  return { ...style, ...changes[code] };
}

/** The values of the 16 colours in xterm. */
const values: readonly (readonly [number, number, number])[] = [
  [0, 0, 0],
  [205, 0, 0],
  [0, 205, 0],
  [205, 205, 0],
  [0, 0, 238],
  [205, 0, 205],
  [0, 205, 205],
  [229, 229, 229],
  [127, 127, 127],
  [255, 0, 0],
  [0, 255, 0],
  [255, 255, 0],
  [92, 92, 255],
  [255, 0, 255],
  [0, 255, 255],
  [255, 255, 255],
];

/** A colour of the 256: the first 16, a cube of 6 levels, and greys. */
function paletteColor(index: number): AnsiColor | undefined {
  if (index < 16) return colors[index];
  if (index >= 232)
    return closest([8 + 10 * (index - 232), 8 + 10 * (index - 232), 8 + 10 * (index - 232)]);
  const level = (step: number) => (step === 0 ? 0 : 55 + 40 * step);
  const cube = index - 16;
  return closest([level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)]);
}

/** The colour of the theme that is closest to red, green and blue: any other could be unreadable in the theme. */
function closest([red = 0, green = 0, blue = 0]: readonly number[]): AnsiColor | undefined {
  let best = Infinity;
  let found: AnsiColor | undefined;
  for (const [index, [r, g, b]] of values.entries()) {
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance < best) {
      best = distance;
      found = colors[index];
    }
  }
  return found;
}

/** The text without colours and other control sequences. */
export function stripAnsi(text: string): string {
  return text.replace(control, '');
}

/** The classes of a style in the style sheet of pages, separated by spaces; empty for plain text. */
export function ansiClasses(style: AnsiStyle): string {
  const { color, background, inverse = false } = style;
  // A background that is exchanged with the default color of the text is drawn like white.
  const back = inverse && background !== undefined ? (color ?? 'white') : background;
  const text = inverse && background !== undefined ? background : color;
  return [
    text === undefined ? '' : `ansi-${text}`,
    back === undefined ? '' : `ansi-on ansi-on-${back}`,
    inverse && background === undefined ? 'ansi-inverse' : '',
    style.bold ? 'ansi-bold' : '',
    style.dim ? 'ansi-dim' : '',
    style.italic ? 'ansi-italic' : '',
    style.underline ? 'ansi-underline' : '',
    style.strike ? 'ansi-strike' : '',
  ]
    .filter((one) => one !== '')
    .join(' ');
}
