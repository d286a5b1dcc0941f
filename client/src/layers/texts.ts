/** The fixed texts of the layers page. */
import { t } from '@vscode/l10n';
import type { LayersTexts } from './page.ts';

export function layersTexts(): LayersTexts {
  return {
    loading: t('Reading layers…'),
    number: '#',
    instruction: t('Instruction'),
    source: t('Source'),
    columns: {
      size: t('Size'),
      time: t('Time'),
      added: t('Added'),
      changed: t('Changed'),
      removed: t('Removed'),
      wasted: t('Wasted'),
    },
    sortBy: t('Sort by {0}', '{0}'),
    sizeByLayer: t('Size by layer'),
    layers: t('Layers'),
    key: {
      base: t('base image'),
      own: t('this Dockerfile'),
      wasted: t('wasted: removed or replaced by a later layer'),
    },
    search: t('Which layer made this path?'),
    noMatch: t('No layer has this path.'),
    moreMatches: t('More paths contain this text.'),
    files: t('Files'),
    noFiles: t('This layer does not change files.'),
    chooseLayer: t('Select a layer to see its files.'),
    notAnalyzed: t('The files of the layers have not been read.'),
    collapse: t('Collapse All'),
    more: t('{0} more', '{0}'),
    wasted: t('Wasted space'),
    nothingWasted: t('No layer removes or replaces files of another layer.'),
    biggest: t('Biggest files'),
    cancel: t('Cancel'),
    retry: t('Retry'),
    showOthers: t('Show'),
    hideOthers: t('Hide'),
  };
}
