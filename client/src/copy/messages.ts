/** What both directions of copying ask and say. */
import { t } from '@vscode/l10n';
import { joined, size } from '../ui/format.ts';
import type { Copied } from './copy.ts';
import type { Editor } from '../ui/editor.ts';
import { listed } from '../ui/name-list.ts';

/** `61 MB of 128 MB`, and how far that is. */
export function amount(bytes: number, total?: number): [message: string, fraction?: number] {
  if (total === undefined || total === 0) return [size(bytes)];
  return [t('{0} of {1}', size(bytes), size(total)), bytes / total];
}

/** One question for all files that are there already. */
export function mayOverwrite(
  editor: Editor,
  there: readonly string[],
  place: string,
): Promise<boolean> {
  const question =
    there.length === 1
      ? t('Overwrite {0} in {1}?', there[0] ?? '', place)
      : t('Overwrite {0} files in {1}?', there.length, place);
  return editor.confirm(
    question,
    there.length === 1 ? undefined : listed(there, 10),
    t('Overwrite'),
  );
}

/** No row shows that files arrived, so this is said. */
export async function tellCopied(
  editor: Editor,
  { entries, bytes, skipped }: Copied,
  place: string,
): Promise<void> {
  if (skipped.length > 0) {
    await editor.warn(
      t('Copied to {0} without {1}: sockets and devices cannot be copied.', place, listed(skipped)),
    );
    return;
  }
  const facts = joined(
    entries === 1 ? undefined : t('{0} files and folders', entries),
    size(bytes),
  );
  // The notification stays as long as it likes; the command is done.
  void editor.tell(t('Copied to {0} · {1}', place, facts));
}
