/** Syntaxes of values, with messages for values that docker refuses. */
import { t } from '@vscode/l10n';
import { addressOf, bytesOf, integerOf, nanoOf, nanosecondsOf, pairOf } from './values.ts';
import type { LineContext } from './words.ts';

/** Checks and normalizes a value as docker does, and can make local paths absolute. */
export type Syntax = (value: string, context: LineContext) => Checked;

export interface Checked {
  /** The normalized value. */
  readonly value: string;
  /** Why docker refuses it. */
  readonly trouble?: string;
}

/** A syntax that does not change values, from a function that returns why a value is invalid. */
export function createSyntax(check: (value: string) => string | undefined): Syntax {
  return (value) => {
    const trouble = check(value);
    return trouble === undefined ? { value } : { value, trouble };
  };
}

/** The value is one of these words. */
export function oneOf(...words: readonly string[]): Syntax {
  return createSyntax((value) =>
    words.includes(value)
      ? undefined
      : t('{0} is not valid; use {1}', value, words.filter((word) => word !== '').join(', ')),
  );
}

/** A value that strconv.ParseBool of Go accepts, normalized to `true` or `false`. */
export const boolean: Syntax = (value) => {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(value)) return { value: 'true' };
  if (/^(?:0|f|F|FALSE|false|False)$/.test(value)) return { value: 'false' };
  return { value: 'true', trouble: t('{0} is not valid; use true or false', value) };
};

export const size: Syntax = createSyntax((value) =>
  bytesOf(value) === undefined
    ? t('{0} is not a valid size; use a number with b, k, m or g', value)
    : undefined,
);

/** A size, or -1 for no limit. */
export const sizeOrUnlimited: Syntax = (value, context) =>
  value === '-1' ? { value } : size(value, context);

/** A whole number, optionally within bounds. */
export function integer(least?: number, most?: number): Syntax {
  return createSyntax((value) => {
    const read = integerOf(value);
    if (read === undefined) return t('{0} is not a whole number', value);
    const outside = (least !== undefined && read < least) || (most !== undefined && read > most);
    if (!outside) return undefined;
    return most === undefined
      ? t('{0} is less than {1}', value, least ?? 0)
      : t('{0} is not between {1} and {2}', value, least ?? 0, most);
  });
}

export const cpus: Syntax = createSyntax((value) => {
  const nano = nanoOf(value);
  return nano === undefined || nano < 0
    ? t('{0} is not a valid number of CPUs; use a number such as 1.5', value)
    : undefined;
});

export const duration: Syntax = createSyntax((value) => {
  const nano = nanosecondsOf(value);
  if (nano === undefined) {
    return t('{0} is not a valid duration; use a number with ms, s, m or h', value);
  }
  return nano > 0 && nano < 1e6 ? t('{0} is less than 1ms', value) : undefined;
});

/** An IP address, normalized to its shortest form. */
export const address: Syntax = (value) => {
  const short = addressOf(value);
  return short === undefined
    ? { value, trouble: t('{0} is not a valid IP address', value) }
    : { value: short };
};

/** `name=value` or `name`. */
export const nameOrPair: Syntax = createSyntax((value) =>
  pairOf(value)[0] === '' ? t('{0} has no name before =', value) : undefined,
);

/** `name=value`. */
export const pair: Syntax = createSyntax((value) =>
  /^[^=]+=/.test(value) ? undefined : t('{0} is not of the form name=value', value),
);

/** A value that net.ParseMAC of Go accepts. */
export const macAddress: Syntax = createSyntax((value) =>
  isMac(value.trim())
    ? undefined
    : t('{0} is not a valid MAC address; use a form such as 92:d0:c6:0a:29:33', value),
);

export function isMac(text: string): boolean {
  const bytes = text.split(/[:-]/);
  const separators = new Set(text.match(/[:-]/g));
  const pairs =
    separators.size === 1 && bytes.every((byte) => /^[\da-f]{2}$/i.test(byte)) ? bytes.length : 0;
  const words = text.split('.');
  const quads = words.every((word) => /^[\da-f]{4}$/i.test(word)) ? words.length * 2 : 0;
  return [6, 8, 20].includes(pairs) || [6, 8, 20].includes(quads);
}

export const absoluteInContainer: Syntax = createSyntax((value) =>
  value === '' || /^(?:\/|[A-Za-z]:)/.test(value)
    ? undefined
    : t('{0} must be an absolute path in the container', value),
);
