/** Attaches a terminal to the main process of a container. */
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
    return attachedStream(stream, { tty, endsInput: config.StdinOnce === true });
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

function noteOf(tty: boolean, hasInput: boolean, keys: string): string {
  const close = t('Closing the terminal does not stop the container.');
  if (!hasInput) return `${t('The process has no input; this shows its output.')} ${close}`;
  // The engine looks for the keys only in terminals.
  return tty ? `${t('Press {0} to detach.', formatKeys(keys))} ${close}` : close;
}
