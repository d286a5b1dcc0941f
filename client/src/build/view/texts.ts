/** Texts of the page of a build. */
import { t } from '@vscode/l10n';
import { elapsedTexts, formatElapsed } from '../../ui/format.ts';
import type { PageTexts } from './page.ts';

/** `title` is the name of the tab. */
export function pageTexts(title: string): PageTexts {
  return {
    title,
    omitted: t('… lines left out: {0} …', '{0}'),
    noOutput: t('No output'),
    ...elapsedTexts(),
    steps: t('Build steps'),
    warnings: t('Warnings'),
    more: t('More Actions…'),
  };
}

/** `41 s`, `2 min 5 s`: for messages, without tenths. */
export function roundTimeText(milliseconds: number): string {
  return milliseconds < 9950
    ? formatElapsed(milliseconds)
    : formatElapsed(Math.round(milliseconds / 1000) * 1000).replace(/\.0(?= )/, '');
}
