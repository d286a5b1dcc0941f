/** What a pull or a push says while it goes. */
import { t } from '@vscode/l10n';
import type { PullProgress } from '../engine/engine.ts';
import { joined, size } from '../ui/format.ts';
import type { Report } from '../ui/editor.ts';

/** Reads it to its end and reports layers and bytes. */
export async function follow(progress: AsyncIterable<PullProgress>, report: Report): Promise<void> {
  const layers = new Map<string, PullProgress>();
  for await (const one of progress) {
    if (one.layer === undefined) continue;
    layers.set(one.layer, merged(layers.get(one.layer), one));
    const { words, fraction } = transferState([...layers.values()]);
    report(words, fraction);
  }
}

/** A layer says its size while it is loaded and no longer when it is done. */
function merged(before: PullProgress | undefined, now: PullProgress): PullProgress {
  // Extracting counts from nothing again; the person waits for bytes from the network. A layer that came faster than the
  // engine tells of it says its size there for the first time.
  const loading = now.status === 'Downloading' || now.status === 'Pushing';
  const total = loading ? now.total : (before?.total ?? now.total);
  const current = loading ? now.current : isLoaded(now) ? total : before?.current;
  return {
    status: now.status,
    ...(now.layer !== undefined && { layer: now.layer }),
    ...(current !== undefined && { current }),
    ...(total !== undefined && { total }),
  };
}

function isLoaded({ status }: PullProgress): boolean {
  return /^(Download complete|Verifying Checksum|Extracting|Pull complete|Already exists|Pushed|Layer already exists|Mounted from)/i.test(
    status,
  );
}

const isDone = /^(Pull complete|Already exists|Pushed|Layer already exists|Mounted from)/i;

/** `4 of 7 layers · 61 MB of 128 MB`. */
export function transferState(layers: readonly PullProgress[]): {
  readonly words: string;
  readonly fraction: number;
} {
  const real = layers.filter(({ status }) => !status.startsWith('Pulling from'));
  const done = real.filter(({ status }) => isDone.test(status)).length;
  const total = real.reduce((sum, layer) => sum + (layer.total ?? 0), 0);
  const current = real.reduce((sum, layer) => sum + (layer.current ?? 0), 0);
  return {
    words: joined(
      t('{0} of {1} layers', done, real.length),
      total === 0 ? undefined : t('{0} of {1}', size(current), size(total)),
    ),
    fraction: total === 0 ? 0 : current / total,
  };
}
