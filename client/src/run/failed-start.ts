/** Containers that would be gone with the reason of their failure: they are told of, and made again to be kept. */
import { t } from '@vscode/l10n';
import type { Duplex } from '../engine/engine.ts';
import { without, type RunSpec } from './spec.ts';
import type { Editor } from '../ui/editor.ts';

export interface Ways {
  readonly editor: Editor;
  /** Runs the same once more. */
  readonly again: (spec: RunSpec) => Promise<unknown>;
}

/** What became of a container that is removed when it ends. */
export interface Ending {
  /** Undefined where it is not known: it may still run. */
  readonly code: number | undefined;
  /** The end of what it said. */
  readonly output: string;
}

/** How long a container in the background is looked after, in milliseconds: who fails at once fails for a reason. */
export const early = 15_000;

/** Bytes. */
const kept = 64 * 1024;

/** Ended by whoever wanted it to: interrupted, killed, terminated. */
const onPurpose: readonly number[] = [0, 130, 137, 143];

/** Listens until it ends, or for a while; the process is left alone. */
export async function endingOf(stream: Duplex, patience = early): Promise<Ending> {
  const decoder = new TextDecoder();
  let output = '';
  const timer = setTimeout(() => stream.close(), patience);
  try {
    for await (const chunk of stream.output) {
      output = (output + decoder.decode(chunk, { stream: true })).slice(-kept);
    }
    // It may have closed its output and go on.
    return { code: await stream.exit, output };
  } catch {
    // We stopped listening, or the engine is away: nothing is known of its end.
    return { code: undefined, output };
  } finally {
    clearTimeout(timer);
  }
}

/** Says that it failed and is gone, and offers to run the same so that it stays. */
export async function offerToKeep(
  spec: RunSpec,
  { code, output }: Ending,
  { editor, again }: Ways,
): Promise<void> {
  if (code === undefined || onPurpose.includes(code)) return;
  const name = spec.texts.name ?? spec.image;
  const last = output.trimEnd().split(/\r?\n/).at(-1) ?? '';
  const message =
    last === ''
      ? t('{0} ended with exit code {1}, and was removed as was asked for.', name, code)
      : t('{0} ended with exit code {1}, and was removed as was asked for: {2}', name, code, last);
  const [show, keep] = [t('Show Output'), t('Run Again and Keep')];
  const pressed = await (last === ''
    ? editor.showWarning(message, keep)
    : editor.showWarning(message, show, keep));
  if (pressed === show) await editor.showDocument(`${name}.log`, output, 'log');
  if (pressed === keep) await again(without(spec, 'rm'));
}

/** Says that nothing of it is left, and offers to make it and leave it as it stands. */
export async function offerToMake(spec: RunSpec, { editor, again }: Ways): Promise<void> {
  const name = spec.texts.name ?? spec.image;
  const make = t('Make and Keep It');
  const pressed = await editor.showWarning(
    t('{0} did not start, and was removed again.', name),
    make,
  );
  // The engine itself would remove what does not start.
  if (pressed === make) await again(without(spec, 'rm'));
}
