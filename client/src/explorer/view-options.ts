/** View options: grouping, sort order and columns, which are settings, and the filter, which is workspace state. */
import { t } from '@vscode/l10n';
import type { ViewId } from './item.ts';
import type { Choice, Editor } from '../ui/editor.ts';
import { filterKey } from './workspace-keys.ts';

/** Asks for one of several values of a setting, with the current one marked, and saves it. */
export async function chooseSetting(
  editor: Editor,
  setting: string,
  { title, choices }: { readonly title: string; readonly choices: readonly Choice<string>[] },
): Promise<string | undefined> {
  const current = editor.getSetting(setting);
  const marked = choices.map((choice) =>
    choice.value === current ? { ...choice, icon: 'check' } : { ...choice, icon: 'blank' },
  );
  const picked = await editor.pick(title, marked);
  if (picked !== undefined) await editor.updateSetting(setting, picked);
  return picked;
}

/** Asks for the columns of a view and saves them. */
export async function chooseColumns(
  editor: Editor,
  setting: string,
  { title, choices }: { readonly title: string; readonly choices: readonly Choice<string>[] },
): Promise<void> {
  const raw = editor.getSetting(setting);
  const current: readonly unknown[] = Array.isArray(raw) ? raw : [];
  const picked = await editor.pickMany(
    title,
    choices.map((choice) => ({ ...choice, picked: current.includes(choice.value) })),
  );
  if (picked === undefined) return;
  // Columns that are still selected keep their order, which may have been edited in the settings.
  const kept = current.filter((one): one is string => picked.includes(one as string));
  await editor.updateSetting(setting, [...kept, ...picked.filter((one) => !kept.includes(one))]);
}

/** Asks for the filter of a view; an empty filter shows all rows. */
export async function chooseFilter(
  { editor }: { readonly editor: Editor },
  view: ViewId,
): Promise<void> {
  const key = filterKey(view);
  const words = await editor.ask(t('Filter'), {
    value: editor.getState(key) ?? '',
    prompt: t('Show only rows that contain all of these words; leave empty to show all rows'),
  });
  if (words === undefined) return;
  await editor.setState(key, words.trim());
  editor.redrawViews();
}
