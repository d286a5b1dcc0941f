/** Attaches a terminal to the main process of a container. */
import { setTimeout as delay } from 'node:timers/promises';
import { t } from '@vscode/l10n';
import { currentEnvironment } from '../engine/docker-cli/config-file.ts';
import type { Container, Duplex } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { attempt } from '../ui/attempt.ts';
import { attachedStream } from './attached-process.ts';
import { configuredKeys, defaultKeys, formatKeys } from './detach-keys.ts';
import type { Connected } from './open-shell.ts';

/** Opens a terminal for the main process. Neither the detach keys nor closing the terminal end the process. */
export async function attachToContainer(
  { id, name }: Container,
  { engine, editor }: Connected,
): Promise<void> {
  const detachKeys = await configuredKeys(currentEnvironment());
  const inspect = () => engine.inspect('container', id);
  const { config } = await attempt(t('Could not attach to {0}', name), inspect);
  const tty = config.Tty === true;
  const start = async (): Promise<Duplex> => {
    // The engine accepts attaching to a stopped container and then waits for its next start.
    if (!(await inspect()).running)
      throw new EngineError('conflict', t('the container is not running'));
    const stream = await engine.attach(id, {
      tty,
      ...(detachKeys !== undefined && { detachKeys }),
    });
    const shown = attachedStream(stream, { tty, endsInput: config.StdinOnce === true });
    return endingOnDetach(shown, async () => (await inspect()).running);
  };
  await attempt(t('Could not attach to {0}', name), () =>
    editor.openTerminal({
      name: t('{0}: main process', name),
      icon: 'plug',
      note: noteOf(tty, config.OpenStdin === true, detachKeys ?? defaultKeys),
      start,
      describeEnd: async () =>
        (await inspect()).running
          ? t('Detached from {0}, which is still running.', name)
          : undefined,
    }),
  );
}

/** How long the exit code may follow the end of the output, in milliseconds. */
const exitDelay = 500;

/** The exit code of the process, which never comes after a detach: it then rejects when the output has ended. */
function endingOnDetach(stream: Duplex, isRunning: () => Promise<boolean>): Duplex {
  let reportEnd: () => void = () => undefined;
  const outputEnd = new Promise<void>((resolve) => (reportEnd = resolve));
  async function* output(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* stream.output;
    } finally {
      reportEnd();
    }
  }
  const detached = outputEnd.then(async () => {
    await delay(exitDelay, undefined, { ref: false });
    if (!(await isRunning())) return stream.exit;
    stream.close();
    throw new EngineError('cancelled', t('Detached'));
  });
  const exit = Promise.race([stream.exit, detached]);
  for (const promise of [exit, detached]) promise.catch(() => undefined);
  return { ...stream, output: output(), exit };
}

function noteOf(tty: boolean, hasInput: boolean, keys: string): string {
  const close = t('Closing the terminal does not stop the container.');
  if (!hasInput) return `${t('The process has no input; this shows its output.')} ${close}`;
  // The engine looks for the keys only in terminals.
  return tty ? `${t('Press {0} to detach.', formatKeys(keys))} ${close}` : close;
}
