/** Containers that exit soon after they were started in the background, where nothing shows their output. */
import { t } from '@vscode/l10n';
import type { Duplex, Engine } from '../engine/engine.ts';
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

/** Reports that the container exited and was removed. After a failure, offers to run it again without --rm. */
export async function offerRetry(
  spec: RunSpec,
  { code, output }: Exit,
  { editor, again }: RetryOptions,
): Promise<void> {
  const name = spec.texts.name ?? spec.image;
  const last = lastLine(output);
  if (code === 0) return showOutput(name, output, editor);
  if (code === undefined || expectedExitCodes.includes(code)) return;
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

/** Reports that the container exited, and offers its logs. */
export async function offerLogs(
  { code, output }: Exit,
  { engine, editor, id }: { readonly engine: Engine; readonly editor: Editor; readonly id: string },
): Promise<void> {
  if (code === undefined || (code !== 0 && expectedExitCodes.includes(code))) return;
  const container = (await engine.containers()).find((one) => one.id === id);
  // Removed, or started again by its restart policy.
  if (container?.state !== 'exited') return;
  const last = lastLine(output);
  const { name } = container;
  const show = t('Show Logs');
  const pressed = await (code === 0
    ? editor.showInformation(t('{0} exited with code {1}.', name, code), show)
    : editor.showWarning(exitSentence(name, code, last), show));
  if (pressed === show) await editor.runCommand('containers.logs', { subject: container });
}

function exitSentence(name: string, code: number, last: string): string {
  return last === ''
    ? t('{0} exited with code {1}.', name, code)
    : t('{0} exited with code {1}: {2}', name, code, last);
}

/** The output of a container that was removed exists only here. */
async function showOutput(name: string, output: string, editor: Editor): Promise<void> {
  if (output === '') return;
  const show = t('Show Output');
  const message = t('{0} exited with code {1} and was removed (--rm).', name, 0);
  if ((await editor.showInformation(message, show)) === show)
    await editor.showDocument(`${name}.log`, output, 'log');
}

function lastLine(output: string): string {
  return output.trimEnd().split(/\r?\n/).at(-1) ?? '';
}

/** Reports that the container could not start and was removed, and offers to create it and keep it. */
export async function offerCreate(spec: RunSpec, { editor, again }: RetryOptions): Promise<void> {
  const name = spec.texts.name ?? spec.image;
  const create = t('Create and Keep');
  const pressed = await editor.showWarning(t('{0} could not start and was removed.', name), create);
  // With --rm, the engine removes a container that does not start.
  if (pressed === create) await again(without(spec, 'rm'));
}
