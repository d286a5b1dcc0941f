/** Messages and questions of copying in both directions. */
import { t } from '@vscode/l10n';
import { joinDetails, formatDateTime, formatSize } from '../ui/format.ts';
import type { CopyResult, EntryCount, ExistingFile, PathList } from './copy.ts';
import type { Editor } from '../ui/editor.ts';
import { formatNames } from '../ui/name-list.ts';

/** `61 MB of 128 MB · 1,200 of 20,000 files`, and the fraction. */
export function formatTransferred(
  bytes: number,
  total?: number,
  entries?: EntryCount,
): [message: string, fraction?: number] {
  const size =
    total === undefined || total === 0
      ? formatSize(bytes)
      : t('{0} of {1}', formatSize(bytes), formatSize(total));
  const message = joinDetails(size, entries && formatEntries(entries));
  if (total === undefined || total === 0) return [message];
  return [message, Math.min(1, bytes / total)];
}

/** Nothing for a single file. */
function formatEntries({ copied, total }: EntryCount): string | undefined {
  if (total === undefined) return copied < 2 ? undefined : t('{0} files', copied.toLocaleString());
  if (total < 2) return undefined;
  return t('{0} of {1} files', copied.toLocaleString(), total.toLocaleString());
}

/** More files than this are not listed one by one. */
const mostListed = 1000;

/** Asks once for all existing files. The files can be listed first, with their sizes and times. */
export async function confirmOverwrite(
  editor: Editor,
  { paths, details, target }: { readonly paths: PathList; readonly details: () => Promise<readonly ExistingFile[]>; readonly target: string }, // prettier-ignore
): Promise<boolean> {
  const [first = ''] = paths;
  if (paths.length === 1 && first.endsWith('/'))
    return editor.confirm(t('Overwrite files in {0} in {1}?', first, target), t('The directory exists and is too large to compare. Files with the same names are replaced.'), t('Overwrite')); // prettier-ignore
  if (paths.length === 1) {
    const [file] = await details();
    return editor.confirm(t('Overwrite {0} in {1}?', first, target), file && describeFile(file), t('Overwrite')); // prettier-ignore
  }
  const question = t('Overwrite {0} existing files in {1}?', paths.length, target);
  const pressed = await editor.chooseButton(question, formatNames(paths, 10), t('Overwrite'), t('Show List')); // prettier-ignore
  if (pressed !== t('Show List')) return pressed === t('Overwrite');
  for (;;) {
    const answer = await editor.pick(question, details().then((files) => listChoices(files)), t('Press Escape to cancel')); // prettier-ignore
    if (answer !== 'file') return answer === 'overwrite';
  }
}

function listChoices(files: readonly ExistingFile[]) {
  const rest = files.length - mostListed;
  return [
    { label: t('Overwrite {0} Files', files.length), icon: 'check', value: 'overwrite' },
    ...files.slice(0, mostListed).map((file) => {
      const description = describeFile(file);
      return { label: file.path, ...(description !== undefined && { description }), value: 'file' };
    }),
    ...(rest > 0 ? [{ label: t('{0} more files', rest), icon: 'ellipsis', value: 'file' }] : []),
  ];
}

/** Its size, and when it was modified; undefined if neither is known. */
function describeFile({ size, modified }: ExistingFile): string | undefined {
  const parts = joinDetails(
    size === undefined ? undefined : formatSize(size),
    modified === undefined ? undefined : t('modified {0}', formatDateTime(modified)),
  );
  return parts === '' ? undefined : parts;
}

/** Reports copied files in a notification, because no view shows them. */
export async function reportCopied(
  editor: Editor,
  { entries, bytes, skipped, refusedNames = [] }: CopyResult,
  target: string,
  /** What can be done with the copy: the labels of buttons, and their effects. */
  actions: Readonly<Record<string, () => Promise<void>>> = {},
): Promise<void> {
  const buttons = Object.keys(actions);
  const shown = async (message: Promise<string | undefined>): Promise<void> => {
    const pressed = await message;
    if (pressed !== undefined) await actions[pressed]?.();
  };
  if (skipped.length > 0) {
    const special = skipped.filter((name) => !refusedNames.includes(name));
    const refused = formatNames(refusedNames, 10);
    const aboutSpecial = t(
      'Copied to {0}. Skipped special files such as sockets and devices: {1}.',
      target,
      formatNames(special),
    );
    const message =
      refusedNames.length === 0
        ? aboutSpecial
        : special.length === 0
          ? t(
              'Copied to {0}. Names that are not possible or not distinct on this disk were not copied: {1}.',
              target,
              refused,
            )
          : `${aboutSpecial} ${t('Names that are not possible or not distinct on this disk were not copied: {0}.', refused)}`;
    await shown(editor.showWarning(message, ...buttons));
    return;
  }
  const details = joinDetails(
    entries === 1 ? undefined : t('{0} files and directories', entries),
    formatSize(bytes),
  );
  // Not awaited: the command ends while the notification is still visible.
  void shown(editor.showInformation(t('Copied to {0} ({1}).', target, details), ...buttons));
}
