/** Containers with --rm that fail: the failure is shown, with an offer to create the container again without --rm. */
import { t } from '@vscode/l10n';
import type { Duplex } from '../engine/engine.ts';
import { without, type RunSpec } from './spec.ts';
import type { Editor } from '../ui/editor.ts';

export interface RetryOptions {
  readonly editor: Editor;
  /** Runs the spec again. */
  readonly again: (spec: RunSpec) => Promise<unknown>;
}

/** The exit of a container. */
export interface Exit {
  /** Undefined if it is not known; the container may still be running. */
  readonly code: number | undefined;
  /** The end of its output. */
  readonly output: string;
}

/** How long a container in the background is watched for an early exit, in milliseconds. */
export const watchTime = 15_000;

/** Characters of output that are kept. */
const outputLimit = 64 * 1024;

/** Success, and the codes after SIGINT, SIGKILL and SIGTERM. */
const expectedExitCodes: readonly number[] = [0, 130, 137, 143];

/** Reads the output until the container exits or the timeout ends; the container is not stopped. */
export async function waitForExit(stream: Duplex, timeout = watchTime): Promise<Exit> {
  const decoder = new TextDecoder();
  let output = '';
  const timer = setTimeout(() => stream.close(), timeout);
  try {
    for await (const chunk of stream.output) {
      output = (output + decoder.decode(chunk, { stream: true })).slice(-outputLimit);
    }
    // A process can close its output and continue.
    return { code: await stream.exit, output };
  } catch {
    // The timeout ended or the connection was lost.
    return { code: undefined, output };
  } finally {
    clearTimeout(timer);
  }
}

/** Reports that the container failed and was removed, and offers to run it again without --rm. */
export async function offerRetry(
  spec: RunSpec,
  { code, output }: Exit,
  { editor, again }: RetryOptions,
): Promise<void> {
  if (code === undefined || expectedExitCodes.includes(code)) return;
  const name = spec.texts.name ?? spec.image;
  const last = output.trimEnd().split(/\r?\n/).at(-1) ?? '';
  const message =
    last === ''
      ? t('{0} exited with code {1} and was removed (--rm).', name, code)
      : t('{0} exited with code {1} and was removed (--rm): {2}', name, code, last);
  const [show, keep] = [t('Show Output'), t('Run Again Without --rm')];
  const pressed = await (last === ''
    ? editor.showWarning(message, keep)
    : editor.showWarning(message, show, keep));
  if (pressed === show) await editor.showDocument(`${name}.log`, output, 'log');
  if (pressed === keep) await again(without(spec, 'rm'));
}

/** Reports that the container could not start and was removed, and offers to create it and keep it. */
export async function offerCreate(spec: RunSpec, { editor, again }: RetryOptions): Promise<void> {
  const name = spec.texts.name ?? spec.image;
  const create = t('Create and Keep');
  const pressed = await editor.showWarning(t('{0} could not start and was removed.', name), create);
  // With --rm, the engine removes a container that does not start.
  if (pressed === create) await again(without(spec, 'rm'));
}
