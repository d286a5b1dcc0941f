/** Names of files in containers, typed by the user. */
import { t } from '@vscode/l10n';

/** Why the text cannot be the name of a file; undefined if it can. */
export function fileNameError(text: string): string | undefined {
  if (text === '') return t('Enter a name.');
  if (text === '.' || text === '..' || text.includes('/')) return t('A name cannot contain a slash, and cannot be . or ..'); // prettier-ignore
  return text.includes('\0') ? t('Names cannot contain null characters.') : undefined;
}
