/** Which of the unused things a prune is about: by age, by label. */
import { t } from '@vscode/l10n';
import type { Choice, Editor } from '../ui/editor.ts';
import type { Prunable } from './candidates.ts';

export type PruneFilter = (thing: Prunable) => boolean;

const day = 86_400_000;

/** Undefined for cancel. */
export async function chosenFilter(
  editor: Editor,
  all: readonly Prunable[],
): Promise<PruneFilter | undefined> {
  const now = Date.now();
  const older =
    (days: number): PruneFilter =>
    ({ since }) =>
      since.getTime() < now - days * day;
  const way = (label: string, value: PruneFilter | 'with' | 'without'): Choice<typeof value> => ({
    label,
    value,
    ...(typeof value === 'function' && {
      description: t('{0} of {1}', all.filter(value).length, all.length),
    }),
  });
  const chosen = await editor.pick(t('Prune: of what nothing uses'), [
    way(t('Everything, to choose from'), () => true),
    way(t('Older than a day'), older(1)),
    way(t('Older than a week'), older(7)),
    way(t('Older than a month'), older(30)),
    way(t('With a label…'), 'with'),
    way(t('Without a label…'), 'without'),
  ]);
  if (chosen === undefined || typeof chosen === 'function') return chosen;
  const label = await editor.ask(t('Prune: which label?'), {
    placeholder: 'com.example.keep=true',
    prompt: t('A key, or a key and its value'),
    check: (text) => (text.trim() === '' ? t('A label has a key.') : undefined),
  });
  if (label === undefined) return undefined;
  const has = labelled(label.trim());
  return chosen === 'with' ? has : (thing) => !has(thing);
}

function labelled(text: string): PruneFilter {
  const [, key = text, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  return ({ labels }) => key in labels && (value === undefined || labels[key] === value);
}
