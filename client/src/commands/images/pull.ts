import { t } from '@vscode/l10n';
import type { PullProgress } from '../../engine/engine.ts';
import { joined, size } from '../../explorer/facts.ts';
import { attempt } from '../attempt.ts';
import { command } from '../command.ts';
import { referenceTrouble, withTag } from '../reference.ts';

export default command({
  title: 'Pull Image…',
  icon: 'cloud-download',
  titleOf: ['images'],
  async run(_, { engine: connected, editor }) {
    const typed = await editor.ask(t('Pull Image'), {
      placeholder: 'python:3.13-slim',
      prompt: t('Name of the image, with its registry where it is not Docker Hub'),
      check: referenceTrouble,
      note: (text) => (withTag(text) === text.trim() ? undefined : t('Pulls {0}', withTag(text))),
    });
    if (typed === undefined) return;
    const reference = withTag(typed);
    const engine = await connected();
    await editor.during(t('Pulling {0}', reference), async (signal, report) => {
      await attempt(t('{0} was not pulled', reference), async () => {
        const layers = new Map<string, PullProgress>();
        for await (const progress of engine.pull(reference, signal)) {
          if (progress.layer === undefined) continue;
          layers.set(progress.layer, merged(layers.get(progress.layer), progress));
          const { words, fraction } = pullState([...layers.values()]);
          report(words, fraction);
        }
      });
    });
  },
});

/** A layer says its size while it is loaded and no longer when it is done. */
function merged(before: PullProgress | undefined, now: PullProgress): PullProgress {
  // Extracting counts from nothing again; the person waits for bytes from the network.
  const loading = now.status === 'Downloading';
  const total = loading ? now.total : before?.total;
  const current = loading ? now.current : isLoaded(now) ? total : before?.current;
  return {
    status: now.status,
    ...(now.layer !== undefined && { layer: now.layer }),
    ...(current !== undefined && { current }),
    ...(total !== undefined && { total }),
  };
}

function isLoaded({ status }: PullProgress): boolean {
  return /^(Download complete|Verifying Checksum|Extracting|Pull complete|Already exists)/i.test(
    status,
  );
}

/** `4 of 7 layers · 61 MB of 128 MB`. */
export function pullState(layers: readonly PullProgress[]): {
  readonly words: string;
  readonly fraction: number;
} {
  const real = layers.filter(({ status }) => !status.startsWith('Pulling from'));
  const done = real.filter(({ status }) => /^(Pull complete|Already exists)/i.test(status)).length;
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
