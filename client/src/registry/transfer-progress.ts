/** The progress of a pull or a push. */
import { t } from '@vscode/l10n';
import type { PullProgress } from '../engine/engine.ts';
import { joinDetails, formatSize } from '../ui/format.ts';
import type { ReportProgress } from '../ui/editor.ts';

/** Reads the progress to its end, and reports layers and bytes. */
export async function reportTransfer(
  progress: AsyncIterable<PullProgress>,
  report: ReportProgress,
): Promise<void> {
  const layers = new Map<string, PullProgress>();
  for await (const one of progress) {
    if (one.layer === undefined) continue;
    layers.set(one.layer, mergeProgress(layers.get(one.layer), one));
    const { message, fraction } = transferState([...layers.values()]);
    report(message, fraction);
  }
}

/** Keeps the size of a layer, which the engine reports only while the layer is transferred. */
function mergeProgress(previous: PullProgress | undefined, current: PullProgress): PullProgress {
  // Only bytes from the network are counted, and extracting restarts the count at 0. For a layer that was downloaded
  // before the engine reported it, extracting is the first status with a size.
  const isTransferring = current.status === 'Downloading' || current.status === 'Pushing';
  const total = isTransferring ? current.total : (previous?.total ?? current.total);
  const bytes = isTransferring ? current.current : isLoaded(current) ? total : previous?.current;
  return {
    status: current.status,
    ...(current.layer !== undefined && { layer: current.layer }),
    ...(bytes !== undefined && { current: bytes }),
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
  readonly message: string;
  readonly fraction: number;
} {
  const real = layers.filter(({ status }) => !status.startsWith('Pulling from'));
  const done = real.filter(({ status }) => isDone.test(status)).length;
  const total = real.reduce((sum, layer) => sum + (layer.total ?? 0), 0);
  const current = real.reduce((sum, layer) => sum + (layer.current ?? 0), 0);
  return {
    message: joinDetails(
      real.length === 1 ? t('{0} of 1 layer', done) : t('{0} of {1} layers', done, real.length),
      total === 0 ? undefined : t('{0} of {1}', formatSize(current), formatSize(total)),
    ),
    fraction: total === 0 ? 0 : current / total,
  };
}
