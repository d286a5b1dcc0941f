/** What has changed since the build before. */
import { t } from '@vscode/l10n';
import { formatSize } from '../../ui/format.ts';
import { roundTimeText } from './texts.ts';

/** `18 MB smaller`; undefined if the sizes are shown equal. */
export function sizeChange(bytes: number, before: number | undefined): string | undefined {
  if (before === undefined || formatSize(bytes) === formatSize(before)) return undefined;
  const difference = formatSize(Math.abs(bytes - before));
  return bytes < before ? t('{0} smaller', difference) : t('{0} larger', difference);
}

/** `12 s faster`; undefined for a difference below a second or a twentieth. */
export function timeChange(ms: number, before: number | undefined): string | undefined {
  if (before === undefined) return undefined;
  const difference = Math.abs(ms - before);
  if (difference < 1000 || difference < before / 20) return undefined;
  const text = roundTimeText(difference);
  return ms < before ? t('{0} faster', text) : t('{0} slower', text);
}
