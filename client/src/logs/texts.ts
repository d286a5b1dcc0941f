/** The texts of the page of a log. */
import { t } from '@vscode/l10n';
import { formatCount } from '../ui/format.ts';
import type { Choice, LogTexts } from './page.ts';

export function logTexts(title: string): LogTexts {
  return {
    title,
    toolbar: t('Log'),
    follow: t('Follow'),
    pause: t('Pause'),
    range: t('Which lines are read'),
    levels: t('Levels'),
    stream: t('Output'),
    search: t('Search'),
    previousMatch: t('Previous match'),
    nextMatch: t('Next match'),
    matchCase: t('Match case'),
    useExpression: t('Use regular expression'),
    hideOthers: t('Show only lines that match'),
    wrap: t('Wrap lines'),
    timestamps: t('Show timestamps'),
    save: t('Save…'),
    copy: t('Copy'),
    more: t('More actions…'),
    containers: t('Containers'),
    showContainer: t('Show lines of {0}', '{0}'),
    newLine: t('1 new line'),
    newLines: t('{0} new lines', '{0}'),
    following: t('Following'),
    pausedAt: t('Paused at {0}', '{0}'),
    matchOf: t('{0} of {1}', '{0}', '{1}'),
    noMatches: t('No matches'),
    searching: t('Searching…'),
    standardError: t('standard error'),
    expand: t('Show details'),
    collapse: t('Hide details'),
    openFile: t('Open file'),
    empty: t('No lines yet.'),
    emptyFiltered: t('No line matches the filters.'),
    reading: t('Reading…'),
    levelNames: {
      none: '',
      trace: t('TRACE'),
      debug: t('DEBUG'),
      info: t('INFO'),
      warn: t('WARN'),
      error: t('ERROR'),
      fatal: t('FATAL'),
    },
    goToError: t('Go to last error'),
    goToWarning: t('Go to last warning'),
    goToRestart: t('Go to last restart'),
  };
}

/** The value is the number of the lowest level. */
export function levelChoices(): readonly Choice[] {
  return [
    { value: '0', label: t('All levels') },
    { value: '2', label: t('Debug and above') },
    { value: '3', label: t('Info and above') },
    { value: '4', label: t('Warnings and errors') },
    { value: '5', label: t('Errors') },
  ];
}

export function streamChoices(): readonly Choice[] {
  return [
    { value: 'both', label: t('All output') },
    { value: 'output', label: t('Standard output') },
    { value: 'error', label: t('Standard error') },
  ];
}

/** `12 errors`; empty for none. */
export function countText(kind: 'errors' | 'warnings' | 'restarts', count: number): string {
  if (count === 0) return '';
  const number = formatCount(count);
  if (kind === 'errors') return count === 1 ? t('1 error') : t('{0} errors', number);
  if (kind === 'warnings') return count === 1 ? t('1 warning') : t('{0} warnings', number);
  return count === 1 ? t('1 restart or exit') : t('{0} restarts and exits', number);
}
