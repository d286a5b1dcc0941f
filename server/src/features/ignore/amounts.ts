/** Numbers of files and sizes in sentences. */
import { t } from '../../text/translation.ts';

/** `1 file`, `12,345 files`. */
export function filesText(count: number): string {
  return count === 1 ? t('1 file') : t('{0} files', grouped(count));
}

/** `1 directory`, `3 directories`. */
export function directoriesText(count: number): string {
  return count === 1 ? t('1 directory') : t('{0} directories', grouped(count));
}

/** With commas between thousands. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** In decimal units with at most three digits. */
export function sizeText(bytes: number): string {
  let rest = bytes;
  let unit = 0;
  // Values just below 1000 would be rounded to four digits.
  while (rest >= 999.5 && unit < units.length - 1) {
    rest /= 1000;
    unit++;
  }
  return `${Number(rest.toFixed(unit > 0 && rest < 9.95 ? 1 : 0))} ${units[unit] ?? ''}`;
}
