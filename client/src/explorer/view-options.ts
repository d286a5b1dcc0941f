/** How views are looked at: grouping, order, columns, filter. Settings keep the first three, the workspace the filter. */
import { t } from '@vscode/l10n';
import type { ViewId } from './item.ts';
import type { Choice, Editor } from '../ui/editor.ts';
import { filterKey } from './workspace-keys.ts';

/** One of several values of a setting; the present one is marked. Gives what was chosen. */
export async function chooseLook(
  editor: Editor,
  setting: string,
  { title, choices }: { readonly title: string; readonly choices: readonly Choice<string>[] },
): Promise<string | undefined> {
  const present = editor.preference(setting);
  const marked = choices.map((choice) =>
    choice.value === present ? { ...choice, icon: 'check' } : { ...choice, icon: 'blank' },
  );
  const picked = await editor.pick(title, marked);
  if (picked !== undefined) await editor.prefer(setting, picked);
  return picked;
}

/** Which columns, in the order in which they are offered. */
export async function chooseColumns(
  editor: Editor,
  setting: string,
  { title, choices }: { readonly title: string; readonly choices: readonly Choice<string>[] },
): Promise<void> {
  const raw = editor.preference(setting);
  const present: readonly unknown[] = Array.isArray(raw) ? raw : [];
  const picked = await editor.pickMany(
    title,
    choices.map((choice) => ({ ...choice, picked: present.includes(choice.value) })),
  );
  if (picked === undefined) return;
  // What was there keeps its order, which a person may have written by hand.
  const kept = present.filter((one): one is string => picked.includes(one as string));
  await editor.prefer(setting, [...kept, ...picked.filter((one) => !kept.includes(one))]);
}

/** Words that rows of the view must hold; none shows all again. */
export async function chooseFilter(
  { editor }: { readonly editor: Editor },
  view: ViewId,
): Promise<void> {
  const key = filterKey(view);
  const words = await editor.ask(t('Filter'), {
    value: editor.recall(key) ?? '',
    prompt: t('Words that must all be found in a row; leave empty to show all'),
  });
  if (words === undefined) return;
  await editor.remember(key, words.trim());
  editor.redraw();
}
