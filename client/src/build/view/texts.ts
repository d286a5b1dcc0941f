/** Texts of the page of a build. */
import { t } from '@vscode/l10n';
import { formatTime, type PageTexts } from './page.ts';

/** `title` is the name of the tab. */
export function pageTexts(title: string): PageTexts {
  return {
    title,
    omitted: t('… lines left out: {0} …', '{0}'),
    noOutput: t('No output'),
    ...timeTexts(),
    steps: t('Build steps'),
    warnings: t('Warnings'),
    more: t('More Actions…'),
  };
}

function timeTexts(): Pick<PageTexts, 'seconds' | 'minutes'> {
  return { seconds: t('{0} s', '{0}'), minutes: t('{0} min {1} s', '{0}', '{1}') };
}

/** `0.3 s`, `2 min 5 s`. */
export function timeText(milliseconds: number): string {
  return formatTime(milliseconds, timeTexts());
}

/** `41 s`, `2 min 5 s`: for messages, without tenths. */
export function roundTimeText(milliseconds: number): string {
  return milliseconds < 9950
    ? timeText(milliseconds)
    : timeText(Math.round(milliseconds / 1000) * 1000).replace(/\.0(?= )/, '');
}
