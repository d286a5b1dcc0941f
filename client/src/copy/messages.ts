/** Messages and questions of copying in both directions. */
import { t } from '@vscode/l10n';
import { joinDetails, formatSize } from '../ui/format.ts';
import type { CopyResult } from './copy.ts';
import type { Editor } from '../ui/editor.ts';
import { formatNames } from '../ui/name-list.ts';

/** `61 MB of 128 MB`, and the fraction. */
export function formatTransferred(
  bytes: number,
  total?: number,
): [message: string, fraction?: number] {
  if (total === undefined || total === 0) return [formatSize(bytes)];
  return [t('{0} of {1}', formatSize(bytes), formatSize(total)), bytes / total];
}

/** Asks once for all existing files. */
export function confirmOverwrite(
  editor: Editor,
  existing: readonly string[],
  target: string,
): Promise<boolean> {
  const question =
    existing.length === 1
      ? t('Overwrite {0} in {1}?', existing[0] ?? '', target)
      : t('Overwrite {0} existing files in {1}?', existing.length, target);
  return editor.confirm(
    question,
    existing.length === 1 ? undefined : formatNames(existing, 10),
    t('Overwrite'),
  );
}

/** Reports copied files in a notification, because no view shows them. */
export async function reportCopied(
  editor: Editor,
  { entries, bytes, skipped, refusedNames = [] }: CopyResult,
  target: string,
): Promise<void> {
  if (skipped.length > 0) {
    const special = skipped.filter((name) => !refusedNames.includes(name));
    const refused = formatNames(refusedNames, 10);
    const aboutSpecial = t(
      'Copied to {0}. Skipped special files such as sockets and devices: {1}.',
      target,
      formatNames(special),
    );
    await editor.showWarning(
      refusedNames.length === 0
        ? aboutSpecial
        : special.length === 0
          ? t(
              'Copied to {0}. Names that are not possible or not distinct on this disk were not copied: {1}.',
              target,
              refused,
            )
          : `${aboutSpecial} ${t('Names that are not possible or not distinct on this disk were not copied: {0}.', refused)}`,
    );
    return;
  }
  const details = joinDetails(
    entries === 1 ? undefined : t('{0} files and directories', entries),
    formatSize(bytes),
  );
  // Not awaited: the command ends while the notification is still visible.
  void editor.showInformation(t('Copied to {0} ({1}).', target, details));
}
