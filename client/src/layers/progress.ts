/** The progress of reading an image. */
import { t } from '@vscode/l10n';
import { formatSize } from '../ui/format.ts';
import type { ToLayers } from './page.ts';

/** Milliseconds between two reports. */
const interval = 100;

/** Reports how much of the image has been read. The archive is a little larger than the files, or smaller if it is compressed. */
export function progressReporter(
  total: number,
  post: (message: ToLayers) => void,
): (bytes: number) => void {
  let last = 0;
  return (bytes) => {
    const now = Date.now();
    if (now - last < interval) return;
    last = now;
    const fraction = total === 0 ? 0 : Math.min(1, bytes / total);
    const text =
      bytes > total
        ? t('Reading files · {0}', formatSize(bytes))
        : t('Reading files · {0} of {1}', formatSize(bytes), formatSize(total));
    post({ kind: 'progress', text, fraction });
  };
}
