/** The syntax of values, and what is wrong with a value that docker would refuse. */
import { t } from '@vscode/l10n';
import { addressOf, bytesOf, integerOf, nanoOf, nanosecondsOf, pairOf } from '../values.ts';
import type { Syntax } from './option.ts';

/** A syntax that keeps a value as it is, from a function that says what is wrong with it. */
export function checked(troubleOf: (value: string) => string | undefined): Syntax {
  return (value) => {
    const trouble = troubleOf(value);
    return trouble === undefined ? { value } : { value, trouble };
  };
}

/** One of these words. */
export function oneOf(...words: readonly string[]): Syntax {
  return checked((value) =>
    words.includes(value)
      ? undefined
      : t('{0} is not valid; use {1}', value, words.filter((word) => word !== '').join(', ')),
  );
}

/** As Go's strconv.ParseBool reads it: `true` or `false` afterwards. */
export const boolean: Syntax = (value) => {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(value)) return { value: 'true' };
  if (/^(?:0|f|F|FALSE|false|False)$/.test(value)) return { value: 'false' };
  return { value: 'true', trouble: t('{0} is not valid; use true or false', value) };
};

export const size: Syntax = checked((value) =>
  bytesOf(value) === undefined
    ? t('{0} is not a valid size; use a number with b, k, m or g', value)
    : undefined,
);

/** A size, or -1 for no limit. */
export const sizeOrUnlimited: Syntax = (value, around) =>
  value === '-1' ? { value } : size(value, around);

/** A whole number, within these bounds where there are any. */
export function integer(least?: number, most?: number): Syntax {
  return checked((value) => {
    const read = integerOf(value);
    if (read === undefined) return t('{0} is not a whole number', value);
    const outside = (least !== undefined && read < least) || (most !== undefined && read > most);
    if (!outside) return undefined;
    return most === undefined
      ? t('{0} is less than {1}', value, least ?? 0)
      : t('{0} is not between {1} and {2}', value, least ?? 0, most);
  });
}

export const cpus: Syntax = checked((value) => {
  const nano = nanoOf(value);
  return nano === undefined || nano < 0
    ? t('{0} is not a valid number of CPUs; use a number such as 1.5', value)
    : undefined;
});

export const duration: Syntax = checked((value) => {
  const nano = nanosecondsOf(value);
  if (nano === undefined) {
    return t('{0} is not a valid duration; use a number with ms, s, m or h', value);
  }
  return nano > 0 && nano < 1e6 ? t('{0} is less than 1ms', value) : undefined;
});

/** The shortest spelling of an IP address. */
export const address: Syntax = (value) => {
  const short = addressOf(value);
  return short === undefined
    ? { value, trouble: t('{0} is not a valid IP address', value) }
    : { value: short };
};

/** `name=value` or `name`. */
export const named: Syntax = checked((value) =>
  pairOf(value)[0] === '' ? t('{0} has no name before =', value) : undefined,
);

/** `name=value`. */
export const pair: Syntax = checked((value) =>
  /^[^=]+=/.test(value) ? undefined : t('{0} is not of the form name=value', value),
);

/** As Go's net.ParseMAC reads it. */
export const macAddress: Syntax = checked((value) =>
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

export const absoluteInContainer: Syntax = checked((value) =>
  value === '' || /^(?:\/|[A-Za-z]:)/.test(value)
    ? undefined
    : t('{0} must be an absolute path in the container', value),
);
