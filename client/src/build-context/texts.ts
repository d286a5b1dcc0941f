/** The fixed texts of the page. */
import { t } from '@vscode/l10n';
import type { ContextTexts } from './page.ts';

/** `file` is the Dockerfile as it is shown. */
export function pageTexts(file: string): ContextTexts {
  return {
    title: t('Build Context of {0}', file),
    refresh: t('Refresh'),
    chooseFolder: t('Change Directory…'),
    cancel: t('Cancel'),
    parts: {
      included: t('Included'),
      excluded: t('Excluded'),
      unused: t('Not Used'),
    },
    name: t('Name'),
    size: t('Size'),
    files: t('Files'),
    decision: t('Reason'),
    open: t('Open'),
    reveal: t('Reveal in Explorer'),
    exclude: t('Add to Ignore File'),
    find: t('Why is this path included or excluded?'),
    byPattern: t('Excluded by pattern'),
    unusedTitle: t('Not used by any instruction'),
    tree: t('Files of the build context'),
    sizeByPart: t('Size of the directory by use'),
  };
}
