/** Filters the unused objects by age or label. */
import { t } from '@vscode/l10n';
import type { Choice, Editor } from '../ui/editor.ts';
import type { Prunable } from './candidates.ts';

export type PruneFilter = (object: Prunable) => boolean;

const day = 86_400_000;

/** Undefined if the user cancels. */
export async function chooseFilter(
  editor: Editor,
  all: readonly Prunable[],
): Promise<PruneFilter | undefined> {
  const now = Date.now();
  const olderThan =
    (days: number): PruneFilter =>
    ({ since }) =>
      since.getTime() < now - days * day;
  const choice = (
    label: string,
    value: PruneFilter | 'with' | 'without',
  ): Choice<typeof value> => ({
    label,
    value,
    ...(typeof value === 'function' && {
      description: t('{0} of {1}', all.filter(value).length, all.length),
    }),
  });
  const chosen = await editor.pick(t('Prune: Filter Unused Objects'), [
    choice(t('All unused objects'), () => true),
    choice(t('Older than a day'), olderThan(1)),
    choice(t('Older than a week'), olderThan(7)),
    choice(t('Older than a month'), olderThan(30)),
    choice(t('With a label…'), 'with'),
    choice(t('Without a label…'), 'without'),
  ]);
  if (chosen === undefined || typeof chosen === 'function') return chosen;
  const label = await editor.ask(t('Prune: Label'), {
    placeholder: 'com.example.keep=true',
    prompt: t('Label key, or key=value'),
    check: (text) => (text.trim() === '' ? t('Enter a label key.') : undefined),
  });
  if (label === undefined) return undefined;
  const has = hasLabel(label.trim());
  return chosen === 'with' ? has : (object) => !has(object);
}

function hasLabel(text: string): PruneFilter {
  const [, key = text, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  return ({ labels }) => key in labels && (value === undefined || labels[key] === value);
}
