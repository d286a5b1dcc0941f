/** Whether the value of a label has the type that the project requires. */
import { isLicense } from '../../reference/licenses.ts';
import type { LabelKind } from './label-kinds.ts';

/** The check of each type of values, and hadolint's name for it. */
export const labelChecks: Readonly<
  Record<LabelKind, { readonly fits: (value: string) => boolean; readonly also: string }>
> = {
  text: { fits: () => true, also: 'DL3051' },
  rawtext: { fits: () => true, also: 'DL3051' },
  url: { fits: (value) => /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#]+[^\s]*$/i.test(value), also: 'DL3052' },
  rfc3339: { fits: isTime, also: 'DL3053' },
  spdx: { fits: isLicense, also: 'DL3054' },
  hash: { fits: (value) => /^(?:[0-9a-f]{7}|[0-9a-f]{40})$/.test(value), also: 'DL3055' },
  semver: { fits: isSemanticVersion, also: 'DL3056' },
  email: { fits: (value) => /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)*$/.test(value), also: 'DL3058' },
};

function isTime(value: string): boolean {
  const form = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
  const [, , month, day, hour, minute, second] = (form.exec(value) ?? []).map(Number);
  if (month === undefined || day === undefined) return false;
  const inDay = (hour ?? 99) < 24 && (minute ?? 99) < 60 && (second ?? 99) <= 60;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && inDay;
}

function isSemanticVersion(value: string): boolean {
  const number = '(?:0|[1-9]\\d*)';
  const part = '(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)';
  return new RegExp(
    `^${number}\\.${number}\\.${number}(?:-${part}(?:\\.${part})*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`,
  ).test(value);
}
